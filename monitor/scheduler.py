"""APScheduler's ticks: look what is due, crawl it, deliver the mails; until told to stop.

The truth about what is due stands in the database (`next_check_at`); a tick only looks. So a missed
tick, a restart or a clock that jumped loses nothing and repeats nothing.
"""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from apscheduler.executors.pool import ThreadPoolExecutor as TickExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from sqlite_utils import Database

from crawlers.config import Config
from monitor import delivery, runner
from pipelines.store import runs, sources
from pipelines.store.database import StoreError, explain, open_store
from pipelines.store.times import now_in_china

log = logging.getLogger("govwatch")

CRAWLS_AT_ONCE = 3
"""Child processes side by side: a slow batch must not keep the other sites waiting."""

MOST_OF_A_SITE = 20
"""Columns of one site in one crawl: they wait for each other, and all within one time limit."""

SEND_SECONDS = 5.0
"""Between two looks into the outbox."""

LAST_ANSWER_SECONDS = 5.0
"""How long a mail server may still answer when the watch ends; then its mail stays due."""


class Watch:
    """The scheduler, the crawls it started and the sender, as one thing that starts and stops."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._stop = threading.Event()
        self._scheduler = BackgroundScheduler(
            executors={"default": TickExecutor(1)},
            # APScheduler's own defaults drop a job that is a second late and pile up missed ones.
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )
        self._scheduler.add_job(self._guarded, "interval", [self.tick], id="tick", seconds=config.tick)
        # Not jobs of the scheduler: its `shutdown` holds the lock that `add_job` wants while it waits for
        # the tick that would call it, and neither comes to an end.
        self._crawls = ThreadPoolExecutor(CRAWLS_AT_ONCE, thread_name_prefix="crawl")
        # Not one of the scheduler's threads, all of which have to end before the process can: a mail
        # server may keep us waiting for minutes. A mail that is in hand when we end comes again.
        self._sender = threading.Thread(target=self._send_on_and_on, name="sender", daemon=True)

    def run(self, until: threading.Event) -> None:
        """Watches until the event is set; returns when every crawl and delivery has ended in order."""
        self._scheduler.start()
        self._sender.start()
        self._guarded(self.tick)
        until.wait()
        self._stop.set()
        self._scheduler.shutdown(wait=True)
        self._crawls.shutdown(wait=True)
        self._sender.join(LAST_ANSWER_SECONDS)

    def tick(self, db: Database) -> None:
        """Starts a crawl of what is due, if there is room for one."""
        if swept := runner.sweep(db, self._config):
            log.warning("%d runs were cut short; their sources are due again", swept)
        if len(runs.under_way(db)) >= CRAWLS_AT_ONCE or not sources.due(db, now_in_china()):
            return
        run = runner.begin(
            db,
            self._config,
            lambda: sources.due(db, now_in_china(), of_a_site=MOST_OF_A_SITE),
            "scheduled",
        )
        self._crawls.submit(self._guarded, lambda db: self._crawl(db, run))

    def send(self, db: Database) -> None:
        """Delivers what is due."""
        delivery.deliver(db, self._config, self._stop)

    def _send_on_and_on(self) -> None:
        while not self._stop.wait(min(SEND_SECONDS, self._config.tick)):
            self._guarded(self.send)

    def _crawl(self, db: Database, run: runner.Run) -> None:
        runner.crawl(db, self._config, run, self._stop)
        log.info("%s", summary(runs.report(db, run.id)))

    def _guarded(self, job: Callable[[Database], None]) -> None:
        """Runs a job with a connection of its own; whatever it raises is told, and the watch goes on."""
        try:
            with open_store(self._config.database) as db:
                job(db)
        except StoreError as error:
            log.error("%s", error)
        except sqlite3.Error as error:
            log.error("%s", explain(error, self._config.database))
        except OSError as error:
            log.error("%s", error)
        except Exception:  # a defect in one job must not end the watch, which others depend on
            log.exception("unexpected; the watch goes on")


def summary(report: dict[str, object]) -> str:
    """One run in one line."""
    failures, relearned = report["failures"], report["relearned"]
    assert isinstance(failures, list)
    assert isinstance(relearned, list)
    line = (
        f"run {report['run']}: {report['sources']} sources, {report['pages']} pages,"
        f" {report['new']} new, {report['changed']} changed, {report['reprints']} reprints"
    )
    for layout in relearned:
        line += f", new layout of {layout['source']} learned anew ({layout['evidence']})"
    if failures:
        first = failures[0]
        line += f", {len(failures)} failures ({first['source']}: {first['kind']}: {first['detail']})"
    return f"{line}; {report['reason']}" if report["reason"] else line
