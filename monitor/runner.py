"""Due sources -> one Scrapy child process, watched until it ends, whatever way it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import BinaryIO, Literal

from attrs import frozen
from sqlite_utils import Database

from crawlers.catalogue.model import Source
from crawlers.config import Config
from monitor import locks
from pipelines.store import runs, visits
from pipelines.store.times import now_in_china

GRACE_SECONDS = 5
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
        return [f"{name}={value}" for name, value in given.items() if value]


@frozen
class Run:
    """A run under way; whoever holds its lock is alive."""

    id: int
    lock: int
    """File descriptor, shared with the child process."""
    sources: int
    """How many it has in hand."""


@frozen
class Ending:
    """How a child process ended."""

    how: Literal["done", "stopped", "hung", "crashed"]
    reason: str | None = None


_STOPPED = Ending("stopped", "stopped before its end")


def begin(db: Database, config: Config, choose: Callable[[], Sequence[Source]], kind: runs.RunKind) -> Run:
    """Takes the sources that `choose` gives in hand for a new run.

    One after the other in this data folder: nobody chooses what another one is about to take, and no
    run is seen without its lock.
    """
    with locks.turn(_turn_of(config)):
        numbers = [source.id for source in choose() if source.id is not None]
        run_id = runs.start(db, kind, now_in_china(), numbers)
        return Run(run_id, locks.hold(_lock_of(config, run_id)), len(numbers))


def crawl(
    db: Database, config: Config, run: Run, stop: threading.Event, wishes: Wishes | None = None
) -> None:
    """Does a run in a child process and writes down how it ended; returns when it has.

    Ends the child when `stop` is set or its time is over. Nothing that the child does or suffers
    (crash, hang, kill) reaches the caller: it becomes the run's reason and that of the sources which
    it had not finished. Stopped by us, those are simply due again.
    """
    try:
        ending = _done_in_child(config, run, wishes or Wishes(), stop)
        visits.end_run(db, run.id, ending.how, ending.reason, now_in_china())
        _lock_of(config, run.id).unlink(missing_ok=True)
    finally:
        os.close(run.lock)


@contextmanager
def in_hand(db: Database, config: Config, choose: Callable[[], Sequence[Source]]) -> Iterator[Run]:
    """A run that the caller does in this process; what it has not ended by then is due as it was before."""
    run = begin(db, config, choose, "manual")
    try:
        yield run
    finally:
        visits.end_run(db, run.id, "stopped", None, now_in_china())
        _lock_of(config, run.id).unlink(missing_ok=True)
        os.close(run.lock)


def sweep(db: Database, config: Config) -> int:
    """Ends the runs whose processes are gone: by a kill, a power cut, or a disk that was full at their end.

    Their sources are due again.
    """
    with locks.turn(_turn_of(config)):
        dead = [run for run in runs.under_way(db) if not locks.is_held(_lock_of(config, run))]
        for run_id in dead:
            visits.end_run(db, run_id, "lost", "interrupted: its process was gone", now_in_china())
            _lock_of(config, run_id).unlink(missing_ok=True)
    return len(dead)


LOG_BYTES = 20 * 1024 * 1024


def log_of(config: Config) -> Path:
    """Where child processes write their log; at `LOG_BYTES` it becomes `crawl.log.1`, over the one before."""
    return config.data / "logs" / "crawl.log"


def _open_log(log: Path) -> BinaryIO:
    log.parent.mkdir(parents=True, exist_ok=True)
    if log.exists() and log.stat().st_size >= LOG_BYTES:
        log.replace(log.with_name(f"{log.name}.1"))
    return log.open("ab")


def _done_in_child(config: Config, run: Run, wishes: Wishes, stop: threading.Event) -> Ending:
    if not run.sources:
        return Ending("done")
    try:
        child = _start(config, run, wishes)
    except OSError as error:
        return Ending("crashed", f"the crawl process could not be started: {error}")
    return _watch(child, config.time_limit, stop)


def _start(config: Config, run: Run, wishes: Wishes) -> subprocess.Popen[bytes]:
    limit = str(config.time_limit + 2 * GRACE_SECONDS)
    with _open_log(log_of(config)) as output:
        return subprocess.Popen(
            [sys.executable, "-m", "monitor.child", limit, f"run={run.id}", *wishes.arguments()],
            env=os.environ | _settings_of(config),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            # The terminal's Ctrl-C goes to us alone; we end the child in order.
            start_new_session=True,
            # The child holds the lock too, to its last moment, should it outlive us.
            pass_fds=[run.lock],
        )


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
            return _STOPPED
        if time.monotonic() > deadline:
            _end(child)
            return Ending("hung", f"ended after {limit:g} seconds, its time limit")
    # A system that goes down tells the child and us at the same time.
    return _STOPPED if stop.is_set() else _ending(child.returncode)


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


def _turn_of(config: Config) -> Path:
    return config.data / "locks" / "begin"


def _lock_of(config: Config, run_id: int) -> Path:
    return config.data / "locks" / f"run-{run_id}"
