"""Files of articles: due once, read once, searched, told to whom they concern and to nobody twice."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from crawlers.items import Failure, FileRead
from monitor.query import search
from pipelines.store import files, files_read, grams
from pipelines.store.articles import save
from pipelines.store.pipeline import StorePipeline
from tests.support.stored import NOW, audit, mails, reading, subscribe, watch

PDF, DOC, ZIP = (f"http://www.qinghe.example/f/{name}" for name in ("a.pdf", "b.docx", "c.zip"))
TEXT = "行政处罚决定书：示范化工厂私设暗管排放废水，处以罚款。"


def put(db: Database, *addresses: str, **wishes: object) -> int:
    return save(db, reading(attachments=addresses, **wishes), NOW).article_id


def states(db: Database) -> dict[str, tuple[str, str | None]]:
    rows = db.execute("SELECT name, state, next_attempt_at IS NOT NULL AS due FROM attachments ORDER BY id")
    return {row["name"]: (row["state"], "due" if row["due"] else None) for row in rows}


def read(db: Database, number: int = 1, text: str = TEXT, minutes: int = 1) -> int:
    file = FileRead(1, number, "read", text, None, 1000, "00")
    return files_read.record(db, file, NOW + timedelta(minutes=minutes))


def found(db: Database, query: str) -> list[str]:
    return [hit.snippet for hit in search(db, query, limit=9)]


def test_what_can_be_read_is_due_those_of_news_first(db: Database) -> None:
    source = watch(db)
    put(db, PDF, path="/1.html", source=source, backlog=True)
    put(db, DOC, ZIP, path="/2.html", source=source, body="另一篇公报全文。")
    assert states(db) == {"a.pdf": ("due", "due"), "b.docx": ("due", "due"), "c.zip": ("unsupported", None)}
    assert db["attachments"].get(3)["detail"] == "files of kind zip are not read"
    due = files.due(db.conn, source, 9, NOW)
    assert [(one.name, one.page.rpartition("/")[2]) for one in due] == [
        ("b.docx", "2.html"),
        ("a.pdf", "1.html"),
    ]
    assert files.due(db.conn, source, 1, NOW) == due[:1]
    assert files.due(db.conn, source + 1, 9, NOW) == []


def test_its_text_is_searched_with_its_place(db: Database) -> None:
    put(db, PDF)
    assert found(db, "私设暗管") == []
    read(db)
    (snippet,) = found(db, "私设暗管")
    assert snippet == "a.pdf: 行政处罚决定书:示范化工厂[[私设暗管]]排放废水，处以罚款。".replace(
        ":示", "：示"
    )
    assert len(found(db, "水质 AND 私设暗管")) == 1
    assert len(found(db, "file:暗管")) == 1
    assert found(db, "body:暗管") == found(db, "title:暗管") == found(db, "水质 NOT 暗管") == []
    assert states(db) == {"a.pdf": ("read", None)}
    assert audit(db) == []


def test_whom_the_file_concerns_is_told_once(db: Database) -> None:
    subscribe(db, "私设暗管", "a@x")
    subscribe(db, "水质", "b@x")
    subscribe(db, "水质 OR 罚款", "c@x")
    subscribe(db, "水质 AND 罚款", "d@x")
    put(db, PDF, DOC)
    assert [mail[0] for mail in mails(db)] == ["b@x", "c@x"]
    assert read(db) == 2
    assert [mail[0] for mail in mails(db)] == ["b@x", "c@x", "a@x", "d@x"]
    assert read(db, 2) == 0
    assert audit(db) == []


def test_a_file_of_history_tells_nobody(db: Database) -> None:
    subscribe(db, "私设暗管")
    put(db, PDF, backlog=True)
    assert (read(db), mails(db)) == (0, [])
    assert len(found(db, "私设暗管")) == 1


def test_a_changed_article_keeps_what_was_read_of_the_files_it_still_offers(db: Database) -> None:
    subscribe(db, "暗管", "a@x")
    put(db, PDF, DOC)
    read(db)
    save(db, reading(attachments=[PDF], body="水质公报全文，有更正。"), NOW)
    assert states(db) == {"a.pdf": ("read", None)}
    assert len(found(db, "暗管 AND 更正")) == 1
    assert len(mails(db)) == 1
    assert audit(db) == []
    save(db, reading(body="水质公报全文，附件撤下。"), NOW)
    assert found(db, "暗管") == []
    assert audit(db) == []
    assert read(db) == 0  # it came too late


@pytest.mark.parametrize("state", ["no_text", "encrypted", "broken", "too_large", "unsupported"])
def test_what_has_no_text_is_asked_for_once(db: Database, state: str) -> None:
    put(db, PDF)
    files_read.record(db, FileRead(1, 1, state, detail="why", bytes=3, digest="00"), NOW)
    assert states(db) == {"a.pdf": (state, None)}
    assert db["attachments"].get(1)["detail"] == "why"
    assert audit(db) == []


def test_what_cannot_be_had_is_tried_again_at_doubling_distance_and_given_up(db: Database) -> None:
    source = watch(db)
    put(db, PDF, source=source)
    now, waits = NOW, []
    while due := files.due(db.conn, source, 1, now):
        failure = Failure("timeout", "no answer", PDF, source)
        files_read.record(db, FileRead(source, due[0].id, "failed", failure=failure), now)
        row = db["attachments"].get(1)
        if row["next_attempt_at"] is None:
            break
        then = max(now + timedelta(minutes=1), now)
        while not files.due(db.conn, source, 1, then):
            then += timedelta(minutes=30)
        waits.append((then - now).total_seconds() / 3600)
        now = then
    assert (row["state"], row["detail"]) == ("failed", "timeout")
    assert [round(wait) for wait in waits[:4]] == [1, 2, 4, 8]
    assert len(waits) == 9


def test_what_is_to_be_read_later_keeps_its_state_and_is_tried_again(db: Database) -> None:
    source = watch(db)
    put(db, PDF, source=source)
    failure = Failure("interrupted", "it needs LibreOffice", PDF, source)
    files_read.record(
        db, FileRead(source, 1, "unsupported", detail="it needs LibreOffice", failure=failure), NOW
    )
    assert states(db) == {"a.pdf": ("unsupported", "due")}
    assert db["attachments"].get(1)["detail"] == "it needs LibreOffice"
    assert files.due(db.conn, source, 1, NOW + timedelta(minutes=59)) == []
    assert len(files.due(db.conn, source, 1, NOW + timedelta(minutes=61))) == 1


def test_one_that_cannot_be_stored_is_not_tried_again_at_once(db: Database, tmp_path: Path) -> None:
    source = watch(db)
    put(db, PDF, source=source)
    path = Path(db.execute("PRAGMA database_list").fetchone()["file"])
    pipeline = StorePipeline(path, tmp_path, None, lambda: None, lambda: NOW)
    odd = FileRead(source, 1, "read", "附\ud800", None, 3, "00")
    with pytest.raises(UnicodeEncodeError) as raised:
        pipeline.process_item(odd)
    pipeline.lost(odd, raised.value)
    pipeline.close_spider()
    row = db["attachments"].get(1)
    assert (row["state"], row["attempts"]) == ("failed", 1)
    assert row["detail"].startswith("UnicodeEncodeError")
    assert files.due(db.conn, source, 1, NOW) == []


def test_files_that_only_libreoffice_and_xlrd_read_are_due(db: Database) -> None:
    put(db, "http://www.qinghe.example/f/a.wps", "http://www.qinghe.example/f/b.et")
    assert states(db) == {"a.wps": ("due", "due"), "b.et": ("due", "due")}


def test_more_files_than_a_statement_takes_variables(db: Database) -> None:
    db.conn.setlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER, 100)
    put(db, *(f"http://www.qinghe.example/f/{number}.pdf" for number in range(300)))
    assert len(states(db)) == 300


def test_the_long_work_is_done_before_others_have_to_wait(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(db, PDF)
    locked = []
    spelled = grams.spelled

    def noted(*texts: Any) -> str:
        locked.append(db.conn.in_transaction)
        return spelled(*texts)

    monkeypatch.setattr(grams, "spelled", noted)
    read(db)
    assert locked == [False, False]
    assert len(found(db, "私设暗管")) == 1


@pytest.mark.parametrize("change", ["body", "file", "gone"])
def test_what_changed_meanwhile_is_indexed_as_it_is_now(
    db: Database, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    put(db, PDF, DOC)
    real = files_read.transaction

    @contextmanager
    def late(database: Database) -> Iterator[sqlite3.Connection]:
        monkeypatch.setattr(files_read, "transaction", real)
        if change == "file":
            read(db, 2, "另一个文件的内容，甲乙丙丁。")
        else:
            kept = [PDF, DOC] if change == "body" else [DOC]
            save(db, reading(attachments=kept, body="水质公报全文，有更正。"), NOW)
        with real(database) as conn:
            yield conn

    monkeypatch.setattr(files_read, "transaction", late)
    read(db)
    assert audit(db) == []
    assert len(found(db, "暗管")) == (0 if change == "gone" else 1)
    assert len(found(db, "更正" if change != "file" else "甲乙丙丁")) == 1


@pytest.mark.parametrize(("name", "most"), [("MOST_TEXT", 50), ("MOST_GRAMS", 95)])
def test_files_beyond_what_one_article_may_have_are_not_kept(
    db: Database, monkeypatch: pytest.MonkeyPatch, name: str, most: int
) -> None:
    put(db, PDF, DOC)
    monkeypatch.setattr(files_read, name, most)
    read(db)
    read(db, 2, "另一个文件的内容，甲乙丙丁，戊己庚辛，壬癸子丑，寅卯辰巳，午未申酉，戌亥。")
    assert states(db) == {"a.pdf": ("read", None), "b.docx": ("too_large", None)}
    assert str(most) in db["attachments"].get(2)["detail"]
    assert (len(found(db, "暗管")), found(db, "甲乙丙丁")) == (1, [])
    assert audit(db) == []


def test_a_file_that_failed_where_another_run_had_it_leaves_the_index_true(db: Database) -> None:
    put(db, PDF)
    read(db)
    failure = Failure("timeout", "no answer", PDF)
    files_read.record(db, FileRead(1, 1, "failed", failure=failure), NOW)
    assert audit(db) == []
