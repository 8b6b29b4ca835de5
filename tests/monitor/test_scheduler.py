"""The watch: what is due is visited once, nothing stops the next tick, and there is one watch only."""

from __future__ import annotations

import logging
import os
import sqlite3
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta

import pytest
from sqlite_utils import Database

from crawlers.catalogue.model import Source
from crawlers.config import Config
from monitor import locks
from monitor.scheduler import Watch, summary
from pipelines.store import database, outbox, runs, sources, subscriptions
from pipelines.store.subscriptions import Subscription
from pipelines.store.times import now_in_china, stamp
from tests.support.column import column
from tests.support.commands import came_to_pass, here
from tests.support.httpserver import Answer, Routes, Site, serving
from tests.support.stored import audit


@contextmanager
def watching(config: Config) -> Iterator[Watch]:
    """The whole watch, until the block is left."""
    watch, until = Watch(config), threading.Event()
    thread = threading.Thread(target=watch.run, args=[until])
    thread.start()
    try:
        yield watch
    finally:
        until.set()
        thread.join(20)
        assert not thread.is_alive()


@pytest.fixture
def site(store: Database) -> Iterator[Site]:
    """Watched once an hour."""
    pages: Routes = {path: Answer(body) for path, body in column(3).pages().items()}
    with serving(pages) as running:
        sources.add(store, Source("政务动态", running.url + "/zwdt/", every=3600), now_in_china())
        yield running


def states(store: Database) -> list[str]:
    return [row["state"] for row in store.execute("SELECT state FROM runs ORDER BY id")]


def overdue(store: Database, hours: int) -> None:
    then = stamp(now_in_china() - timedelta(hours=hours))
    store.execute("UPDATE sources SET next_check_at = ?", [then])


def test_missed_time_is_caught_up_once(store: Database, config: Config, site: Site) -> None:
    overdue(store, 30)
    with watching(config) as watch:
        assert came_to_pass(lambda: states(store) == ["done"])
        for _ in range(3):
            watch.tick(store)
    assert states(store) == ["done"]
    assert site.paths().count("/zwdt/") == 1
    (row,) = store.execute("SELECT next_check_at FROM sources")
    assert row["next_check_at"] > stamp(now_in_china() + timedelta(minutes=59))
    assert audit(store) == []


def test_a_crashed_crawl_does_not_stop_the_next_tick(
    store: Database, config: Config, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = sys.executable
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with watching(config):
        assert came_to_pass(lambda: states(store) == ["failed"])
        monkeypatch.setattr(sys, "executable", real)
        overdue(store, 1)
        assert came_to_pass(lambda: states(store) == ["failed", "done"])
    assert runs.report(store, 1)["reason"].startswith("the crawl process ended with code 1")
    assert store["articles"].count == 3


@pytest.mark.usefixtures("site")
def test_what_a_kill_left_under_way_is_taken_up_again(store: Database, config: Config) -> None:
    runs.start(store, "scheduled", now_in_china(), [1])  # whoever began it is gone
    with watching(config):
        assert came_to_pass(lambda: states(store) == ["failed", "done"])
    assert runs.report(store, 1)["reason"] == "interrupted: its process was gone"


def test_a_site_of_many_columns_is_crawled_in_parts(
    store: Database, config: Config, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("monitor.scheduler.MOST_OF_A_SITE", 2)
    for number in range(2):
        other = Source(f"又一栏{number}", f"{site.url}/zwdt/?{number}", every=3600)
        sources.add(store, other, now_in_china())
    with watching(config):
        assert came_to_pass(lambda: states(store) == ["done", "done"])
    assert [runs.report(store, number)["sources"] for number in (1, 2)] == [2, 1]


def test_articles_become_mails_by_themselves(store: Database, config: Config, site: Site) -> None:
    subscriptions.put(store, Subscription("全部", "本报讯", ("a@example.org",)), now_in_china())
    store.execute("UPDATE sources SET alert_backlog = 1")
    with watching(config):
        assert came_to_pass(lambda: outbox.counts(store)["sent"] == 3)


def test_a_locked_database_is_told_in_one_line_and_the_watch_goes_on(
    store: Database,
    config: Config,
    site: Site,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.05)
    with closing(sqlite3.connect(config.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with watching(config):
            assert came_to_pass(lambda: "locked by another program" in caplog.text)
            other.execute("COMMIT")
            monkeypatch.setattr(database, "BUSY_SECONDS", 10)
            assert came_to_pass(lambda: states(store) == ["done"])
    assert all(record.exc_info is None for record in caplog.records)
    assert len(site.paths()) >= 4


def test_an_unforeseen_error_does_not_end_the_watch(
    store: Database,
    config: Config,
    site: Site,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.ERROR)
    real, broken = sources.due, threading.Event()

    def breaks(*args: object, **rest: object) -> list[Source]:
        if not broken.is_set():
            broken.set()
            raise RuntimeError("odd")
        return real(*args, **rest)

    monkeypatch.setattr(sources, "due", breaks)
    with watching(config):
        assert came_to_pass(lambda: states(store) == ["done"])
    assert "the watch goes on" in caplog.text
    assert len(site.paths()) >= 4


def test_a_second_watch_of_the_folder_is_refused_in_one_line(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = here(tmp_path_factory.mktemp("folder"))
    assert folder.run("init").code == 0
    lock = locks.hold(folder.path / "data" / "locks" / "watch", "process 4711")
    try:
        refused = folder.run("run")
    finally:
        os.close(lock)
    assert refused.code == 2
    assert "already watching in" in refused.complaint
    assert "process 4711" in refused.complaint


def test_a_run_in_one_line() -> None:
    report: dict[str, object]
    report = {"run": 7, "sources": 2, "pages": 3, "new": 4, "changed": 1, "reprints": 0, "reason": None}
    report |= {"relearned": []}
    failure = {"source": "政务动态", "kind": "timeout", "detail": "no answer"}
    line = "run 7: 2 sources, 3 pages, 4 new, 1 changed, 0 reprints"
    assert summary(report | {"failures": []}) == line
    assert summary(report | {"failures": [failure, failure], "reason": "ended"}) == (
        line + ", 2 failures (政务动态: timeout: no answer); ended"
    )
    relearned = [{"source": "要闻", "evidence": "9 of 9 known rows"}]
    assert summary(report | {"failures": [], "relearned": relearned}) == (
        line + ", new layout of 要闻 learned anew (9 of 9 known rows)"
    )
