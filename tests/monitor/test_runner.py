"""Runs in real child processes: done, crashed, hung, stopped, orphaned; the caller outlives them all."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from typing import Any

import pytest
from sqlite_utils import Database

from crawlers.catalogue.model import Source
from crawlers.config import Config
from monitor import locks, runner
from pipelines.store import runs, sources
from pipelines.store.database import open_store
from pipelines.store.times import now_in_china
from tests.support.column import Column, column
from tests.support.commands import came_to_pass
from tests.support.httpserver import Answer, Routes, Site, serving
from tests.support.stored import audit


def routes(shown: Column, **others: Answer) -> Routes:
    return {path: Answer(body) for path, body in shown.pages().items()} | others


@pytest.fixture
def children(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Every process that the runner starts; none outlives the test."""
    started: list[subprocess.Popen[bytes]] = []

    class Noted(subprocess.Popen[bytes]):
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            started.append(self)

    monkeypatch.setattr(runner.subprocess, "Popen", Noted)
    yield started
    for child in started:
        child.kill()
        child.wait()


@contextmanager
def watched(store: Database, pages: Routes) -> Iterator[Site]:
    with serving(pages) as site:
        sources.add(store, Source("政务动态", site.url + "/zwdt/", every=60), now_in_china())
        yield site


def begin(store: Database, config: Config) -> runner.Run:
    return runner.begin(store, config, lambda: sources.due(store, now_in_china()), "scheduled")


def crawl(
    store: Database, config: Config, meanwhile: Callable[[threading.Event], object] = lambda stop: None
) -> dict[str, Any]:
    """One run over what is due, with something happening to it; gives the run's report."""
    run, stop = begin(store, config), threading.Event()
    with ThreadPoolExecutor(1) as pool:
        done = pool.submit(_crawl, config, run, stop)
        meanwhile(stop)
        done.result(60)
    assert audit(store) == []
    assert not locks.is_held(config.data / "locks" / f"run-{run.id}")
    assert sources.of_run(store.conn, run.id) == []
    return runs.report(store, run.id)


def _crawl(config: Config, run: runner.Run, stop: threading.Event) -> None:
    with open_store(config.database) as db:
        runner.crawl(db, config, run, stop)


def source(store: Database) -> dict[str, Any]:
    return dict(store.execute("SELECT * FROM sources").fetchone())


def is_due(store: Database) -> bool:
    return bool(sources.due(store, now_in_china()))


STALLING = {"/zwdt/": Answer(stalls=True)}


def test_a_crawl_that_comes_to_its_end(store: Database, config: Config) -> None:
    with watched(store, routes(column(5))) as site:
        report = crawl(store, config)
        assert [report[name] for name in ("state", "reason", "sources", "pages", "new")] == [
            "done",
            None,
            1,
            1,
            5,
        ]
        assert (report["failures"], source(store)["state"]) == ([], "healthy")
        assert "/robots.txt" in site.paths()
    assert "Traceback" not in runner.log_of(config).read_text()


@pytest.mark.usefixtures("children")
def test_a_killed_child_fails_its_run_and_what_it_had_not_finished(
    store: Database, config: Config, children: list[subprocess.Popen[bytes]]
) -> None:
    shown = column(5)
    with watched(store, routes(shown) | {shown.posts[3].path: Answer(stalls=True)}):

        def kill(stop: threading.Event) -> None:
            assert came_to_pass(lambda: store["articles"].count == 3)
            children[0].kill()

        report = crawl(store, config, kill)
    assert (report["state"], report["new"]) == ("failed", 3)
    assert report["reason"] == "the crawl process was killed by SIGKILL"
    assert [(one["source"], one["kind"]) for one in report["failures"]] == [("政务动态", "interrupted")]
    assert (source(store)["failures_in_row"], is_due(store)) == (1, False)
    left = store.execute(
        "SELECT count(*) FROM links WHERE article_id IS NULL AND next_attempt_at IS NOT NULL"
    )
    assert left.fetchone()[0] == 2


def test_a_child_that_hangs_is_ended_at_its_time_limit(store: Database, config: Config) -> None:
    limited = config.model_copy(update={"time_limit": 3.0})
    with watched(store, STALLING):
        report = crawl(store, limited)
    assert (report["state"], report["reason"]) == ("failed", "ended after 3 seconds, its time limit")
    assert [one["kind"] for one in report["failures"]] == ["hung"]
    assert (source(store)["state"], is_due(store)) == ("broken", False)


def test_a_child_that_does_not_listen_is_killed(
    store: Database, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    deaf = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)"
    monkeypatch.setattr(runner, "GRACE_SECONDS", 0.2)
    monkeypatch.setattr(runner, "_start", lambda *_: subprocess.Popen([sys.executable, "-c", deaf]))
    with watched(store, STALLING):
        report = crawl(store, config.model_copy(update={"time_limit": 0.5}))
    assert report["reason"] == "ended after 0.5 seconds, its time limit"


def test_a_stopped_run_is_due_again_and_no_failure(store: Database, config: Config) -> None:
    with watched(store, STALLING) as site:

        def stop_it(stop: threading.Event) -> None:
            assert came_to_pass(lambda: "/zwdt/" in site.paths())
            stop.set()

        report = crawl(store, config, stop_it)
    assert (report["state"], report["reason"], report["failures"]) == ("done", "stopped before its end", [])
    assert is_due(store)


def test_a_child_that_went_down_with_the_system_is_no_failure_of_its_sources(
    store: Database, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    """systemd sends SIGTERM to us and to the child alike, which then ends in order before we look."""
    monkeypatch.setattr(runner, "_start", lambda *_: subprocess.Popen(["true"]))
    monkeypatch.setattr(runner, "POLL_SECONDS", 0)

    class Told(threading.Event):
        """Set while the child ends, unseen by the one who waits for it."""

        def wait(self, timeout: float | None = None) -> bool:
            return False

    stop = Told()
    stop.set()
    with watched(store, STALLING):
        run = begin(store, config)
        runner.crawl(store, config, run, stop)
        assert is_due(store)
    assert runs.report(store, run.id)["failures"] == []


def test_a_child_that_cannot_be_started_is_the_reason_of_its_run(
    store: Database, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", "/nonexistent/python")
    with watched(store, STALLING):
        report = crawl(store, config)
    assert report["state"] == "failed"
    assert "could not be started" in report["reason"]


@pytest.mark.parametrize(("code", "said"), [(3, "ended with code 3"), (-15, "killed by SIGTERM")])
def test_how_a_child_ended_is_told(
    store: Database, config: Config, monkeypatch: pytest.MonkeyPatch, code: int, said: str
) -> None:
    ends = f"import os; os.kill(os.getpid(), {-code}) if {code} < 0 else os._exit({code})"
    monkeypatch.setattr(runner, "_start", lambda *_: subprocess.Popen([sys.executable, "-c", ends]))
    with watched(store, STALLING):
        assert said in crawl(store, config)["reason"]


def test_a_run_over_nothing_starts_no_process(
    store: Database, config: Config, children: list[subprocess.Popen[bytes]]
) -> None:
    assert crawl(store, config)["state"] == "done"
    assert children == []


def test_the_sweep_ends_runs_whose_process_is_gone_and_no_others(store: Database, config: Config) -> None:
    with watched(store, STALLING):
        run = begin(store, config)
        assert (runner.sweep(store, config), is_due(store)) == (0, False)
        os.close(run.lock)  # as when the process that began it dies
        assert (runner.sweep(store, config), is_due(store)) == (1, True)
    report = runs.report(store, run.id)
    assert (report["state"], report["reason"]) == ("failed", "interrupted: its process was gone")
    assert runner.sweep(store, config) == 0


IMPATIENT = (
    "from pipelines.store import database; database.BUSY_SECONDS = 0.3\n"
    "from monitor.child import main; main()"
)


def test_a_database_that_locks_up_ends_the_crawl_and_loses_nothing(
    store: Database, config: Config, monkeypatch: pytest.MonkeyPatch, children: list[subprocess.Popen[bytes]]
) -> None:
    monkeypatch.setenv("GOVWATCH_DELAY", "0.2")
    noted = runner.subprocess.Popen
    monkeypatch.setattr(
        runner.subprocess,
        "Popen",
        lambda command, **rest: noted([command[0], "-c", IMPATIENT, *command[3:]], **rest),
    )
    shown = column(8)
    pages = dict(routes(shown))
    with (
        closing(sqlite3.connect(config.database, isolation_level=None, check_same_thread=False)) as other,
        watched(store, pages) as site,
    ):

        def lock(number: int) -> Answer:
            other.execute("BEGIN IMMEDIATE")
            return Answer(shown.pages()[shown.posts[2].path])

        pages[shown.posts[2].path] = lock

        def unlock(stop: threading.Event) -> None:
            log = runner.log_of(config)
            assert came_to_pass(lambda: log.exists() and "nothing can be stored" in log.read_text())
            other.execute("ROLLBACK")

        report = crawl(store, config, unlock)
    assert (report["state"], report["new"]) == ("failed", 2)
    assert "locked by another program" in report["reason"]
    assert [one["kind"] for one in report["failures"]] == ["interrupted"]
    assert "Traceback" not in runner.log_of(config).read_text()
    assert shown.posts[-1].path not in site.paths()  # what cannot be kept is not asked for
    left = store.execute(
        "SELECT count(*) FROM links WHERE article_id IS NULL AND next_attempt_at IS NOT NULL"
    )
    assert left.fetchone()[0] == 6


STARTER = """
import sys, threading
from crawlers.config import load_config
from monitor import runner
from pipelines.store import sources
from pipelines.store.database import open_store
from pipelines.store.times import now_in_china

class Noted(runner.subprocess.Popen):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        print(self.pid, flush=True)

runner.subprocess.Popen = Noted
config = load_config()
db = open_store(config.database)
run = runner.begin(db, config, lambda: sources.due(db, now_in_china()), "scheduled")
runner.crawl(db, config, run, threading.Event())
"""


def test_a_child_that_outlives_its_starter_keeps_its_run_until_it_ends_too(
    store: Database, config: Config
) -> None:
    with watched(store, STALLING) as site:
        environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
        starter = subprocess.Popen([sys.executable, "-c", STARTER], stdout=subprocess.PIPE, env=environment)
        assert starter.stdout is not None
        child = int(starter.stdout.readline())
        try:
            assert came_to_pass(lambda: "/zwdt/" in site.paths())
            starter.kill()
            starter.communicate()
            assert runner.sweep(store, config) == 0
        finally:
            os.kill(child, signal.SIGKILL)
        assert came_to_pass(lambda: runner.sweep(store, config) == 1)
        assert is_due(store)


def test_a_child_that_nobody_ends_ends_itself(store: Database, config: Config) -> None:
    with watched(store, STALLING):
        run = begin(store, config)
        command = [sys.executable, "-m", "monitor.child", "2", f"run={run.id}"]
        environment = os.environ | {"SCRAPY_SETTINGS_MODULE": "crawlers.settings"}
        environment["PYTHONPATH"] = os.pathsep.join(sys.path)
        child = subprocess.run(command, env=environment, capture_output=True, timeout=30)
        assert child.returncode == -signal.SIGALRM
        os.close(run.lock)
        assert runner.sweep(store, config) == 1


def test_a_log_that_grew_large_is_put_aside(
    store: Database, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runner, "LOG_BYTES", 1000)
    log = runner.log_of(config)
    log.parent.mkdir(parents=True)
    log.write_text("old\n" * 250)
    with watched(store, routes(column(1))):
        assert crawl(store, config)["state"] == "done"
    assert log.with_name("crawl.log.1").read_text() == "old\n" * 250
    assert "old" not in log.read_text()
