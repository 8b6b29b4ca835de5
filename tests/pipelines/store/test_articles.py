"""What becomes of a reading: new, changed, the same, a copy; and who is told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from attrs import evolve
from sqlite_utils import Database

from crawlers.items import ListSeen, Pollution, Region, Row, Unmodified
from pipelines.store import articles, links, sources
from pipelines.store.articles import save
from tests.support.stored import HOST, HOUR, LONG, NOW, audit, mails, reading, subscribe, watch

DAY = timedelta(days=1)


def stored(db: Database, article_id: int) -> dict[str, Any]:
    return dict(db.execute("SELECT * FROM articles WHERE id = ?", [article_id]).fetchone())


def texts(db: Database, article_id: int) -> list[str]:
    rows = db.execute("SELECT body FROM versions WHERE article_id = ? ORDER BY number", [article_id])
    return [row["body"] for row in rows]


def test_a_new_article_is_told_to_everyone_whom_it_concerns(db: Database) -> None:
    subscribe(db, "水质", "a@example.org", "b@example.org")
    subscribe(db, "公报 AND NOT 噪声", "c@example.org")
    subscribe(db, "噪声", "d@example.org")
    saved = save(db, reading(), NOW)
    assert (saved.outcome, saved.alerts) == ("new", 3)
    assert [mail[0] for mail in mails(db)] == ["a@example.org", "b@example.org", "c@example.org"]
    assert audit(db) == []


def test_everything_that_is_known_of_an_article_is_kept(db: Database) -> None:
    polluted = evolve(
        reading(attachments=["http://x.example/a.pdf", "http://x.example/a.pdf"], etag='"1"'),
        region=Region("430304", "湖南省湘潭市岳塘区"),
        pollution=Pollution("pinyin", 3),
        original_title="關於水質",
        original_body="水(shui)",
    )
    row = stored(db, save(db, polluted, NOW).article_id)
    assert (row["region_code"], row["region"]) == ("430304", "湖南省湘潭市岳塘区")
    assert row["pollution"] == '{"kind": "pinyin", "pinyin": 3, "repaired_bytes": 0, "unresolved": 0}'
    assert (row["original_title"], row["original_body"]) == ("關於水質", "水(shui)")
    assert (row["published"], row["first_seen"]) == (
        "2026-11-22T11:00:00+08:00",
        "2026-11-22T12:00:00.000+08:00",
    )
    assert (row["site"], row["host"], row["etag"]) == ("青禾县人民政府", HOST, '"1"')
    names = [row["name"] for row in db.execute("SELECT name FROM attachments")]
    assert names == ["a.pdf"]


def test_the_same_page_again_is_only_seen(db: Database) -> None:
    subscribe(db, "水质")
    first = save(db, reading(), NOW)
    again = save(db, reading(body="水质公报\n 全文。".replace("\n ", "")), NOW + HOUR)
    assert (again.outcome, again.article_id, again.alerts) == ("same", first.article_id, 0)
    row = stored(db, first.article_id)
    assert (row["version"], row["last_seen"]) == (1, "2026-11-22T13:00:00.000+08:00")
    assert audit(db) == []


def test_a_changed_page_is_a_new_version_and_the_old_one_stays(db: Database) -> None:
    first = save(db, reading(body="旧文。"), NOW)
    for number, body in enumerate(("新文。", "再改。", "旧文。"), 2):
        saved = save(db, reading(body=body), NOW + number * HOUR)
        assert (saved.outcome, saved.article_id) == ("changed", first.article_id)
    assert texts(db, first.article_id) == ["旧文。", "新文。", "再改。", "旧文。"]
    row = stored(db, first.article_id)
    assert (row["version"], row["body"], row["first_seen"][:13]) == (4, "旧文。", "2026-11-22T12")
    assert audit(db) == []


@pytest.mark.parametrize(
    "change",
    [
        {"title": "关于水质的公报（更正）"},
        {"attachments": ["http://x.example/second.pdf"]},
        {"body": "水质公报全文，有更正。"},
    ],
)
def test_what_counts_as_a_change(db: Database, change: dict[str, Any]) -> None:
    save(db, reading(), NOW)
    assert save(db, reading(**change), NOW).outcome == "changed"
    assert audit(db) == []


def test_a_change_is_told_only_to_whom_the_earlier_text_did_not_concern(db: Database) -> None:
    subscribe(db, "水质", "knows@example.org")
    subscribe(db, "处罚", "new@example.org")
    save(db, reading(), NOW)
    saved = save(db, reading(body="水质公报全文。附处罚名单。"), NOW + HOUR)
    assert (saved.outcome, saved.alerts) == ("changed", 1)
    assert mails(db)[1:] == [("new@example.org", "关于水质的公报", 2)]


def test_nobody_is_told_again_of_what_comes_and_goes(db: Database) -> None:
    subscribe(db, "处罚")
    counts = [
        save(db, reading(body=body), NOW + number * HOUR).alerts
        for number, body in enumerate(("水质。", "水质，处罚。", "水质。", "水质，处罚。"))
    ]
    assert counts == [0, 1, 0, 0]


def test_history_is_stored_and_told_to_nobody(db: Database) -> None:
    subscribe(db, "水质")
    saved = save(db, reading(backlog=True), NOW)
    assert (saved.outcome, saved.alerts, mails(db)) == ("new", 0, [])
    assert stored(db, saved.article_id)["backlog"] == 1


def test_a_change_of_history_is_news(db: Database) -> None:
    subscribe(db, "处罚")
    subscribe(db, "水质")
    save(db, reading(backlog=True), NOW)
    assert save(db, reading(body="水质公报全文，附处罚名单。", backlog=True), NOW).alerts == 1


def test_the_history_of_one_column_is_news_in_another_that_was_watched_before(db: Database) -> None:
    subscribe(db, "水质")
    watched, added = watch(db, "部门动态"), watch(db, "要闻")
    assert save(db, reading(source=added, backlog=True), NOW).alerts == 0
    assert save(db, reading(source=watched), NOW).alerts == 1
    assert save(db, reading(source=watched), NOW).alerts == 0
    assert save(db, reading(source=added, backlog=True), NOW).alerts == 0


def test_history_that_became_news_with_a_change_is_told_too(db: Database) -> None:
    subscribe(db, "水质")
    watched, added = watch(db, "部门动态"), watch(db, "要闻")
    save(db, reading(source=added, backlog=True), NOW)
    assert save(db, reading(body="水质公报全文，更正版。", source=watched), NOW).alerts == 1


def test_a_column_that_spells_its_addresses_anew_brings_no_old_mails(db: Database) -> None:
    subscribe(db, "水质")
    column = watch(db)
    save(db, reading(source=column, backlog=True), NOW)
    respelled = reading(source=column, link=f"http://{HOST}/1.html?from=list")
    assert save(db, respelled, NOW).alerts == 0


@pytest.mark.parametrize(
    ("host", "path"), [(HOST, "/new/cms/8812.shtml"), (HOST + ":8443", "/1.html"), (HOST, "/1.htm")]
)
def test_a_column_that_moves_its_history_alarms_nobody(db: Database, host: str, path: str) -> None:
    subscribe(db, "水源地")
    column = watch(db)
    save(db, reading(body=LONG, source=column, backlog=True), NOW)
    moved = reading(path, LONG, host=host, source=column)
    saved = save(db, moved, NOW)
    assert (saved.outcome, saved.alerts) == ("reprint", 0)
    later = save(db, moved, NOW + HOUR)  # the next look at it must not find it new either
    assert (later.outcome, later.alerts) == ("same", 0)


def test_history_of_one_site_is_news_on_another_and_when_it_is_published_anew(db: Database) -> None:
    subscribe(db, "水源地")
    column = watch(db)
    save(db, reading(body=LONG, source=column, backlog=True), NOW)
    assert save(db, reading("/7.html", LONG, source=column, published=NOW), NOW).alerts == 1
    subscribe(db, "排查", name="second")
    assert save(db, reading("/7.html", LONG, host="www.linxian.example", source=column), NOW).alerts == 1


def test_a_copy_is_no_second_mail(db: Database) -> None:
    subscribe(db, "水源地")
    first = save(db, reading(body=LONG), NOW)
    copy = save(db, reading("/zz/7.html", LONG, host="news.example"), NOW + HOUR)
    assert (copy.outcome, copy.alerts) == ("reprint", 0)
    row = stored(db, copy.article_id)
    assert row["copy_of"] == first.article_id
    assert row["story_id"] == stored(db, first.article_id)["story_id"]
    assert audit(db) == []


def test_a_copy_of_what_was_corrected_since_is_no_second_mail(db: Database) -> None:
    subscribe(db, "水源地")
    first = save(db, reading(body=LONG), NOW)
    save(db, reading(body=LONG + "（更正）"), NOW + HOUR)
    copy = save(db, reading("/zz/7.html", LONG, host="news.example"), NOW + 2 * HOUR)
    assert (copy.outcome, copy.alerts) == ("reprint", 0)
    assert stored(db, copy.article_id)["copy_of"] == first.article_id


def test_a_copy_tells_those_who_were_not_told_of_the_original(db: Database) -> None:
    save(db, reading(body=LONG), NOW)
    subscribe(db, "水源地")
    assert save(db, reading("/zz/7.html", LONG, host="news.example"), NOW).alerts == 1
    assert save(db, reading("/yy/8.html", LONG, host="other.example"), NOW).alerts == 0


def test_look_alike_notices_are_each_told(db: Database) -> None:
    subscribe(db, "公示")
    for number in range(3):
        notice = reading(
            f"/{number}.html",
            "现将企业名单予以公示，详见附件。",
            title="企业名单公示",
            published=NOW + number * 30 * DAY,
            attachments=[f"http://{HOST}/{number}.pdf"],
        )
        assert save(db, notice, NOW).outcome == "new"
    assert len(mails(db)) == 3


def test_pages_without_text_are_never_copies(db: Database) -> None:
    subscribe(db, "名单")
    for number in range(2):
        row = reading(f"/{number}.pdf", "", title="名单", attachments=[f"http://{HOST}/{number}.pdf"])
        assert (save(db, row, NOW).outcome) == "new"
    assert len(mails(db)) == 2
    assert audit(db) == []


def test_dates_of_any_offset_stand_in_the_order_of_time(db: Database) -> None:
    moments = [
        datetime(2026, 11, 21, 23, 30, tzinfo=UTC),
        datetime(2026, 11, 22, 8, 0, tzinfo=timezone(8 * HOUR)),
        datetime(2026, 11, 21, 19, 0, tzinfo=timezone(-6 * HOUR)),
    ]
    for number, published in enumerate(moments):
        save(db, reading(f"/{number}.html", f"第{number}号公报", published=published), NOW)
    rows = db.execute("SELECT published FROM articles ORDER BY published, id")
    assert [row["published"][11:16] for row in rows] == ["07:30", "08:00", "09:00"]


def test_a_source_that_was_removed_meanwhile_costs_no_article(db: Database) -> None:
    subscribe(db, "水质")
    column = watch(db, "政务动态")
    sources.remove(db, "政务动态")
    saved = save(db, reading(source=column), NOW)
    assert (saved.outcome, saved.alerts) == ("new", 1)
    assert stored(db, saved.article_id)["source_id"] is None
    assert audit(db) == []


def test_an_unmodified_page_is_seen_and_looked_at_later(db: Database) -> None:
    column = watch(db)
    page = reading(source=column)
    links.record_rows(db, ListSeen(column, "", (Row(page.article.url, "水质"),), False), NOW)
    saved = save(db, page, NOW)
    articles.seen_unmodified(db, Unmodified(column, page.article.url), NOW + 2 * HOUR)
    assert stored(db, saved.article_id)["last_seen"] == "2026-11-22T14:00:00.000+08:00"
    (due,) = [row["next_attempt_at"] for row in db.execute("SELECT next_attempt_at FROM links")]
    assert due == "2026-11-22T16:00:00.000+08:00"
