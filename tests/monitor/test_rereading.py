"""Articles that an older reader stored badly, read again from the bytes they came as."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from attrs import evolve
from sqlite_utils import Database

from crawlers.items import Page, Reading
from crawlers.reading.parts import put_together
from monitor import query
from monitor.rereading import Reread, read_again
from pipelines.clean import clean_reading
from pipelines.region import place
from pipelines.store import articles, rereading
from pipelines.store.captures import CaptureFile
from pipelines.store.database import open_store
from tests.support.stored import NOW, audit, mails, subscribe

FIRST = "检查组在青禾县发现问题十一个，要求限期整改，逐项销号，并向社会公开。"
SECOND = "示范化工厂私设暗管排放废水，已被立案调查，责令停产整治。"
FILE = "<p>附件：<a href='/f/list.xlsx'>问题清单.xlsx</a></p>"


def page(number: int, *paragraphs: str, rest: str = "") -> Page:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    markup = (
        "<html><head><meta charset=utf-8><title>通报</title></head><body><h1>青禾县通报检查情况</h1>"
        f"<p>来源：青禾县融媒体中心　时间：2026-11-20</p><div class=content>{text}{rest}</div></body></html>"
    )
    return Page(f"http://www.qinghe.gov.cn/{number}.html", markup.encode(), "text/html; charset=utf-8")


def as_read_today(*pages: Page) -> Reading:
    return place(clean_reading(Reading(put_together(pages), NOW, pages[0], pages[1:])))


def as_read_before(*pages: Page) -> Reading:
    """By a reader that took the source for unknown and the first paragraph for the whole."""
    reading = as_read_today(*pages)
    return evolve(reading, article=evolve(reading.article, source=None, body=FIRST, attachments=()))


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with open_store(tmp_path / "govwatch.db") as opened:
        yield opened


def stored(db: Database, data: Path, *readings: Reading) -> None:
    kept = CaptureFile(data, 1)
    for reading in readings:
        articles.save(db, reading, NOW, None, kept)
    kept.close()


def found(db: Database, text: str) -> list[str | None]:
    return [hit.title for hit in query.search(db, text, limit=9)]


def differing(db: Database, data: Path) -> list[Reread]:
    return [one for one in read_again(db, data) if one.difference]


def test_what_is_read_differently_is_reported_and_only_then_stored(db: Database, tmp_path: Path) -> None:
    bad, good = page(1, FIRST, SECOND, rest=FILE), page(2, SECOND)
    stored(db, tmp_path, as_read_before(bad), as_read_today(good))
    one, other = read_again(db, tmp_path)
    assert other == Reread(2)
    assert one.difference is not None
    assert set(one.difference.fields) == {"source", "body", "attachments"}
    assert one.difference.fields["source"] == (None, "青禾县融媒体中心")
    assert len(found(db, "私设暗管")) == 1
    assert rereading.apply(db, one.difference, NOW, tell=False) == 0
    assert len(found(db, "私设暗管")) == 2
    assert audit(db) == []
    assert [row["number"] for row in db["versions"].rows] == [1, 1]
    assert [(row["name"], row["state"]) for row in db["attachments"].rows] == [("问题清单.xlsx", "due")]
    assert differing(db, tmp_path) == []


def test_the_next_visit_finds_nothing_changed_after_it(db: Database, tmp_path: Path) -> None:
    bad = page(1, FIRST, SECOND)
    stored(db, tmp_path, as_read_before(bad))
    for one in differing(db, tmp_path):
        assert one.difference
        rereading.apply(db, one.difference, NOW, tell=False)
    assert articles.save(db, as_read_today(bad), NOW).outcome == "same"


def test_only_whom_it_did_not_concern_before_is_told_on_request(db: Database, tmp_path: Path) -> None:
    subscribe(db, "限期整改", "known@example.org")
    stored(db, tmp_path, as_read_before(page(1, FIRST, SECOND)))
    subscribe(db, "私设暗管", "new@example.org")
    assert [mail[0] for mail in mails(db)] == ["known@example.org"]
    ((one,),) = [differing(db, tmp_path)]
    assert one.difference
    assert rereading.apply(db, one.difference, NOW, tell=True) == 1
    assert [mail[0] for mail in mails(db)] == ["known@example.org", "new@example.org"]


def test_history_tells_nobody(db: Database, tmp_path: Path) -> None:
    subscribe(db, "私设暗管", "new@example.org")
    stored(db, tmp_path, evolve(as_read_before(page(1, FIRST, SECOND)), backlog=True))
    for one in differing(db, tmp_path):
        assert one.difference
        assert rereading.apply(db, one.difference, NOW, tell=True) == 0
    assert mails(db) == []


def test_texts_cut_into_pages_are_put_together_again(db: Database, tmp_path: Path) -> None:
    pages = page(1, FIRST), page(11, SECOND)
    reading = as_read_today(*pages)
    assert reading.article.body == f"{FIRST}\n{SECOND}"
    stored(db, tmp_path, reading)
    assert list(read_again(db, tmp_path)) == [Reread(1)]


def test_what_only_the_list_told_is_kept(db: Database, tmp_path: Path) -> None:
    bare = Page("http://www.qinghe.gov.cn/3.html", f"<p>{FIRST}</p><p>{SECOND}</p>".encode(), "text/html")
    reading = as_read_today(bare)
    told = evolve(reading.article, title="列表里的标题", published=NOW - timedelta(days=3))
    stored(db, tmp_path, evolve(reading, article=told))
    assert differing(db, tmp_path) == []


def test_the_latest_version_counts(db: Database, tmp_path: Path) -> None:
    later = evolve(as_read_today(page(1, FIRST, SECOND)), fetched_at=NOW + timedelta(hours=1))
    stored(db, tmp_path, as_read_today(page(1, FIRST)), later)
    assert list(read_again(db, tmp_path)) == [Reread(1)]


def test_an_article_that_changes_meanwhile_is_left_alone(db: Database, tmp_path: Path) -> None:
    stored(db, tmp_path, as_read_before(page(1, FIRST, SECOND)))
    (one,) = differing(db, tmp_path)
    articles.save(db, as_read_today(page(1, SECOND)), NOW)
    assert one.difference
    assert rereading.apply(db, one.difference, NOW, tell=True) is None
    assert db["articles"].get(1)["body"] == SECOND


@pytest.mark.parametrize("damage", [lambda file: file.unlink(), lambda file: file.write_bytes(b"x" * 999)])
def test_lost_pages_are_named_and_the_others_read(damage, db: Database, tmp_path: Path) -> None:
    stored(db, tmp_path, as_read_today(page(1, FIRST)))
    (file,) = (tmp_path / "warc").iterdir()
    damage(file)
    kept = CaptureFile(tmp_path, 2)
    articles.save(db, as_read_today(page(2, SECOND)), NOW, None, kept)
    kept.close()
    one, other = read_again(db, tmp_path)
    assert one.lost is not None
    assert one.lost.startswith("warc/run-00000001.warc.gz at 0: ")
    assert other == Reread(2)


def test_where_no_page_is_kept_the_text_is_cleaned_again(db: Database, tmp_path: Path) -> None:
    polluted = "環(huán)境質(zhì)量持續(xù)改善，監(jiān)測(cè)數(shù)據(jù)顯示，縣城空氣優良天數(shù)增加。"
    reading = evolve(as_read_today(page(1, FIRST)), page=None)
    stored(db, tmp_path, evolve(reading, article=evolve(reading.article, body=polluted)))
    (one,) = read_again(db, tmp_path)
    assert one.text_only
    assert one.difference is not None
    assert set(one.difference.fields) == {"body", "original_body", "pollution"}
    assert one.difference.fields["body"][1] == "环境质量持续改善，监测数据显示，县城空气优良天数增加。"
    rereading.apply(db, one.difference, NOW, tell=False)
    assert audit(db) == []
    assert [again.difference for again in read_again(db, tmp_path)] == [None]


def test_chosen_by_day_and_source(db: Database, tmp_path: Path) -> None:
    stored(db, tmp_path, as_read_before(page(1, FIRST)))
    assert len(list(read_again(db, tmp_path, since=date(2026, 11, 20)))) == 1
    assert list(read_again(db, tmp_path, since=date(2026, 11, 21))) == []
    assert list(read_again(db, tmp_path, source_id=5)) == []
    assert rereading.count(db, date(2026, 11, 20), None) == 1


def test_the_order_of_files_makes_no_difference(db: Database, tmp_path: Path) -> None:
    other = FILE.replace("list", "annex")
    stored(db, tmp_path, as_read_today(page(1, FIRST, rest=FILE + other)))
    swapped = page(1, FIRST, rest=other + FILE)
    kept = CaptureFile(tmp_path, 2)
    articles.save(db, evolve(as_read_today(swapped), fetched_at=NOW + timedelta(hours=1)), NOW, None, kept)
    kept.close()
    assert differing(db, tmp_path) == []


def test_an_article_without_a_page_is_the_same_at_the_next_look(db: Database, tmp_path: Path) -> None:
    polluted = "環(huán)境質(zhì)量持續(xù)改善，監(jiān)測(cè)數(shù)據(jù)顯示，縣城空氣優良天數(shù)增加。"
    file = FILE.replace("问题清单.xlsx", "list.xlsx")
    reading = evolve(as_read_today(page(1, FIRST, rest=file)), page=None)
    stored(db, tmp_path, evolve(reading, article=evolve(reading.article, body=polluted)))
    ((one,),) = [differing(db, tmp_path)]
    assert one.difference
    rereading.apply(db, one.difference, NOW, tell=False)
    cleaned = evolve(reading, article=evolve(reading.article, body=str(one.difference.fields["body"][1])))
    assert articles.save(db, cleaned, NOW).outcome == "same"
