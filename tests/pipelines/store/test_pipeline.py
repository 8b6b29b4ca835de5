"""Items go into the store at once; when the store gives way, the crawl ends and no visit is a success."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from scrapy.exceptions import DropItem
from sqlite_utils import Database
from twisted.python.failure import Failure as TwistedFailure

from crawlers.items import Failure, ListSeen, Page, Reading, Row, Unmodified, VisitEnded
from pipelines.store import articles, database, runs, sources
from pipelines.store import pipeline as storing
from pipelines.store.pipeline import StorePipeline
from tests.support.stored import HOST, NOW, audit, reading, watch

URL = f"http://{HOST}/1.html"


class Crawl:
    """A pipeline for a run over one source, and whether it wanted the crawl to end."""

    def __init__(self, folder: Path, db: Database, run: int | None) -> None:
        self.stopped = 0
        self.pipeline = StorePipeline(folder / "govwatch.db", folder, run, self._stop, lambda: NOW)
        self.db = db
        self.run = run

    def _stop(self) -> None:
        self.stopped += 1

    def note(self, item: Any) -> None:
        with pytest.raises(DropItem) as dropped:
            self.pipeline.process_item(item)
        assert dropped.value.log_level == "DEBUG"  # no page is to be written into the log

    def report(self) -> dict[str, Any]:
        return runs.report(self.db, self.run or 1)


@pytest.fixture
def crawl(tmp_path: Path, db: Database, monkeypatch: pytest.MonkeyPatch) -> Iterator[Crawl]:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.05)
    column = watch(db)
    one = Crawl(tmp_path, db, runs.start(db, "scheduled", NOW, [column]))
    yield one
    one.pipeline.close_spider()


def seen(*urls: str) -> ListSeen:
    return ListSeen(1, f"http://{HOST}/", tuple(Row(url, "关于水质的公报") for url in urls), False)


def test_every_item_finds_its_place(crawl: Crawl) -> None:
    crawl.note(seen(URL, URL + "?2", URL + "?3"))
    with_page = evolve(reading(source=1), page=Page(URL, b"<html>"))
    passed = crawl.pipeline.process_item(with_page)
    assert isinstance(passed, Reading)
    assert passed.page is None
    crawl.note(Unmodified(1, URL))
    crawl.note(Failure("timeout", "no answer", URL + "?2", 1))
    crawl.note(VisitEnded(1, "fresh", None, '"e"'))
    report = crawl.report()
    counts = ("pages", "new", "not_modified", "sources")
    assert [report[name] for name in counts] == [1, 1, 1, 1]
    assert [failure["url"] for failure in report["failures"]] == [URL + "?2"]
    assert sources.of_run(crawl.db.conn, 1) == []
    assert audit(crawl.db) == []


def test_a_spider_started_by_hand_gets_a_run_of_its_own(tmp_path: Path, db: Database) -> None:
    crawl = Crawl(tmp_path, db, None)
    crawl.note(ListSeen(None, "", (Row(URL, "题"),), True))
    crawl.pipeline.process_item(reading(backlog=True))
    crawl.note(VisitEnded(None, "failed", Failure("no_rows", "nothing", URL)))
    crawl.pipeline.close_spider()
    report = crawl.report()
    assert (report["state"], report["pages"], report["new"]) == ("done", 1, 1)
    assert [failure["kind"] for failure in report["failures"]] == ["no_rows"]


def test_a_spider_that_stores_nothing_leaves_no_run(tmp_path: Path, db: Database) -> None:
    Crawl(tmp_path, db, None).pipeline.close_spider()
    assert db["runs"].count == 0


def test_a_locked_database_ends_the_crawl_in_one_line(
    crawl: Crawl, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    crawl.note(seen(URL, URL + "?2"))
    with closing(sqlite3.connect(tmp_path / "govwatch.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        for item in (reading(source=1), reading("/1.html?2", source=1), VisitEnded(1, "fresh", None, '"e"')):
            crawl.note(item)
    assert crawl.stopped == 1
    (told,) = [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert "locked by another program; close it or try again" in told.getMessage()
    assert told.exc_info is None
    crawl.pipeline.close_spider()
    report = crawl.report()
    assert report["state"] == "failed"
    assert "locked by another program" in report["reason"]
    assert [(one["source"], one["kind"]) for one in report["failures"]] == [("政务动态", "interrupted")]
    (source,) = crawl.db["sources"].rows
    assert (source["etag"], source["last_success"], source["claimed_by"]) == (None, None, None)
    due = crawl.db.execute(
        "SELECT count(*) FROM links WHERE next_attempt_at <= '2026-11-22T12:00:00.000+08:00'"
    )
    assert due.fetchone()[0] == 2  # both pages are asked for again


def test_a_database_that_stays_locked_costs_no_traceback(
    crawl: Crawl, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    crawl.note(seen(URL))
    with closing(sqlite3.connect(tmp_path / "govwatch.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        crawl.note(reading(source=1))
        crawl.pipeline.close_spider()
    assert all(record.exc_info is None for record in caplog.records)
    assert runs.under_way(crawl.db) == [1]  # whoever started the process writes down how it ended


def test_a_full_disk_ends_the_crawl(crawl: Crawl, monkeypatch: pytest.MonkeyPatch) -> None:
    class Full:
        def __init__(self, *_: object) -> None:
            """As `CaptureFile`."""

        def keep(self, *_: object) -> None:
            raise OSError(28, "No space left on device", "warc/run.warc.gz")

        def close(self) -> None:
            """Nothing to close."""

    monkeypatch.setattr(storing, "CaptureFile", Full)
    crawl.note(evolve(reading(source=1), page=Page(URL, b"<html>")))
    assert crawl.stopped == 1
    assert (crawl.db["articles"].count, audit(crawl.db)) == (0, [])
    crawl.pipeline.close_spider()
    assert "No space left on device" in crawl.report()["reason"]


def test_an_item_that_cannot_be_stored_is_a_failure_of_its_page_and_keeps_no_other(crawl: Crawl) -> None:
    crawl.note(seen(URL, URL + "?2"))
    odd = reading(body="\ud800", source=1)
    with pytest.raises(UnicodeEncodeError) as error:
        crawl.pipeline.process_item(odd)
    crawl.pipeline.item_lost(odd, TwistedFailure(error.value))
    crawl.pipeline.process_item(reading("/1.html?2", source=1))
    crawl.note(VisitEnded(1, "fresh"))
    assert crawl.stopped == 0
    (failure,) = crawl.report()["failures"]
    assert (failure["kind"], failure["url"]) == ("unexpected", URL)
    assert failure["detail"].startswith("UnicodeEncodeError")
    (link,) = crawl.db.execute("SELECT attempts, last_error FROM links WHERE last_error IS NOT NULL")
    assert link["attempts"] == 1
    assert audit(crawl.db) == []


def test_a_page_whose_second_look_is_lost_is_looked_at_again(crawl: Crawl) -> None:
    crawl.note(seen(URL))
    crawl.pipeline.process_item(reading(source=1))
    crawl.pipeline.item_lost(Unmodified(1, URL), TwistedFailure(RuntimeError("odd")))
    (link,) = crawl.db["links"].rows
    assert (link["attempts"], link["last_error"]) == (1, "unexpected: RuntimeError: odd")


def test_a_visit_whose_list_could_not_be_stored_is_no_success(crawl: Crawl) -> None:
    crawl.pipeline.item_lost(seen(URL), TwistedFailure(RuntimeError("odd")))
    crawl.note(VisitEnded(1, "fresh", None, '"e"'))
    (source,) = crawl.db["sources"].rows
    assert (source["last_success"], source["etag"]) == (None, None)
    assert source["reason"] == "unexpected: its list could not be stored: RuntimeError: odd"


def test_an_article_is_there_wholly_or_not_at_all(crawl: Crawl, monkeypatch: pytest.MonkeyPatch) -> None:
    crawl.note(seen(URL))

    def breaks(*_: object) -> None:
        raise RuntimeError("just before the end")

    monkeypatch.setattr(articles.runs, "count", breaks)
    with pytest.raises(RuntimeError):
        crawl.pipeline.process_item(reading(source=1))
    assert (crawl.db["articles"].count, crawl.db["versions"].count, audit(crawl.db)) == (0, 0, [])
