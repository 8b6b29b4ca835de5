"""Due sources -> one Scrapy child process, watched until it ends, whatever way it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Literal

from attrs import frozen
from sqlite_utils import Database

from crawlers.catalogue.model import Source
from crawlers.config import Config
from monitor import locks
from pipelines.store import runs, sources, visits
from pipelines.store.times import now_in_china

GRACE_SECONDS = 10
"""Between asking a child to end and killing it: time to commit what it has in hand."""

POLL_SECONDS = 0.1


@frozen
class Wishes:
    """What a crawl by hand asks for beyond a usual visit; see `crawlers.visit.Wishes`."""

    pages: int | None = None
    since: date | None = None
    again: bool = False

    def arguments(self) -> list[str]:
        """As arguments of the spider."""
        given = {"pages": self.pages, "since": self.since, "again": "1" if self.again else None}
        return [part for name, value in given.items() if value for part in ("-a", f"{name}={value}")]


@frozen
class Ending:
    """How a child process ended."""

    how: Literal["done", "stopped", "hung", "crashed"]
    reason: str | None = None


def begin(db: Database, sources: Sequence[Source], kind: runs.RunKind) -> int:
    """Takes the sources in hand for a new run and gives its number."""
    return runs.start(db, kind, now_in_china(), [source.id for source in sources if source.id is not None])


def crawl(
    db: Database, config: Config, run_id: int, stop: threading.Event, wishes: Wishes | None = None
) -> None:
    """Does a run in a child process and writes down how it ended; returns when it has.

    Ends the child when `stop` is set or its time is over. Nothing that the child does or suffers
    (crash, hang, kill) reaches the caller: it becomes the run's reason and that of the sources which
    it had not finished. Stopped by us, those are simply due again.
    """
    if not sources.of_run(db.conn, run_id):
        visits.end_run(db, run_id, "done", None, now_in_china())
        return
    child = _start(config, run_id, wishes or Wishes())
    ending = _watch(child, config.time_limit, stop)
    visits.end_run(db, run_id, ending.how, ending.reason, now_in_china())
    _lock_of(config, run_id).unlink(missing_ok=True)


def sweep(db: Database, config: Config) -> int:
    """Ends the runs that a kill or a power cut left under way; their sources are due again."""
    dead = [run for run in runs.under_way(db) if not locks.is_held(_lock_of(config, run))]
    for run_id in dead:
        visits.end_run(db, run_id, "lost", "interrupted: its process was gone", now_in_china())
        _lock_of(config, run_id).unlink(missing_ok=True)
    return len(dead)


def log_of(config: Config) -> Path:
    """Where child processes write their log."""
    return config.data / "logs" / "crawl.log"


def _start(config: Config, run_id: int, wishes: Wishes) -> subprocess.Popen[bytes]:
    lock = locks.hold(_lock_of(config, run_id))
    log = log_of(config)
    log.parent.mkdir(parents=True, exist_ok=True)
    try:
        with log.open("ab") as output:
            return subprocess.Popen(
                [
                    sys.executable,
                    "-m",
                    "scrapy",
                    "crawl",
                    "column",
                    "-a",
                    f"run={run_id}",
                    *wishes.arguments(),
                ],
                env=os.environ | _settings_of(config),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                # The terminal's Ctrl-C goes to us alone; we end the child in order.
                start_new_session=True,
                # The child holds the lock from its first moment to its last.
                pass_fds=[lock],
            )
    finally:
        os.close(lock)


def _settings_of(config: Config) -> dict[str, str]:
    """What makes a child read the same configuration, wherever the package is installed."""
    return {
        "SCRAPY_SETTINGS_MODULE": "crawlers.settings",
        "GOVWATCH_DATA": str(config.data),
        "GOVWATCH_DATABASE": str(config.database),
    }


def _watch(child: subprocess.Popen[bytes], limit: float, stop: threading.Event) -> Ending:
    deadline = time.monotonic() + limit
    while child.poll() is None:
        if stop.wait(POLL_SECONDS):
            _end(child)
            return Ending("stopped", "stopped before its end")
        if time.monotonic() > deadline:
            _end(child)
            return Ending("hung", f"ended after {limit:g} seconds, its time limit")
    return _ending(child.returncode)


def _ending(code: int) -> Ending:
    if code == 0:
        return Ending("done")
    if code < 0:
        return Ending("crashed", f"the crawl process was killed by {signal.Signals(-code).name}")
    return Ending("crashed", f"the crawl process ended with code {code}; see logs/crawl.log")


def _end(child: subprocess.Popen[bytes]) -> None:
    child.terminate()
    try:
        child.wait(GRACE_SECONDS)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


def _lock_of(config: Config, run_id: int) -> Path:
    return config.data / "locks" / f"run-{run_id}"
