"""APScheduler's ticks: look what is due, crawl it, deliver the mails; until told to stop.

The truth about what is due stands in the database (`next_check_at`); a tick only looks. So a missed
tick, a restart or a clock that jumped loses nothing and repeats nothing.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from sqlite_utils import Database

from crawlers.config import Config
from monitor import delivery, runner
from pipelines.store import runs, sources
from pipelines.store.database import StoreError, open_store
from pipelines.store.times import now_in_china

log = logging.getLogger("govwatch")

CRAWLS_AT_ONCE = 3
"""Child processes side by side: a slow batch must not keep the other sites waiting."""

SEND_SECONDS = 5.0
"""Between two looks into the outbox."""


class Watch:
    """The scheduler, the crawls it started and the sender, as one thing that starts and stops."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._stop = threading.Event()
        self._claiming = threading.Lock()
        self._scheduler = BackgroundScheduler(
            executors={
                "default": ThreadPoolExecutor(2),
                "crawls": ThreadPoolExecutor(CRAWLS_AT_ONCE),
            },
            # APScheduler's own defaults drop a job that is a second late and pile up missed ones.
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )
        self._scheduler.add_job(self._guarded, "interval", [self.tick], id="tick", seconds=config.tick)
        send_every = min(SEND_SECONDS, config.tick)
        self._scheduler.add_job(self._guarded, "interval", [self.send], id="send", seconds=send_every)

    def run(self, until: threading.Event) -> None:
        """Watches until the event is set; returns when every crawl and delivery has ended in order."""
        with open_store(self._config.database) as db:
            swept = runner.sweep(db, self._config)
        if swept:
            log.warning("%d runs were cut short when govwatch last ended; their sources are due again", swept)
        self._scheduler.start()
        self._guarded(self.tick)
        until.wait()
        self._stop.set()
        self._scheduler.shutdown(wait=True)

    def tick(self, db: Database) -> None:
        """Starts a crawl of what is due, if there is room for one."""
        with self._claiming:
            if len(runs.under_way(db)) >= CRAWLS_AT_ONCE:
                return
            due = sources.due(db, now_in_china())
            if not due:
                return
            run_id = runner.begin(db, due, "scheduled")
        self._scheduler.add_job(
            self._guarded, args=[lambda db: self._crawl(db, run_id)], executor="crawls", id=f"run-{run_id}"
        )

    def send(self, db: Database) -> None:
        """Delivers what is due."""
        delivery.deliver(db, self._config, self._stop)

    def _crawl(self, db: Database, run_id: int) -> None:
        runner.crawl(db, self._config, run_id, self._stop)
        log.info("%s", summary(runs.report(db, run_id)))

    def _guarded(self, job: Callable[[Database], None]) -> None:
        """Runs a job with a connection of its own; whatever it raises is told, and the watch goes on."""
        try:
            with open_store(self._config.database) as db:
                job(db)
        except StoreError as error:
            log.error("%s", error)
        except Exception:
            log.exception("unexpected; the watch goes on")


def summary(report: dict[str, object]) -> str:
    """One run in one line."""
    failures = report["failures"]
    assert isinstance(failures, list)
    line = (
        f"run {report['run']}: {report['sources']} sources, {report['pages']} pages,"
        f" {report['new']} new, {report['changed']} changed, {report['reprints']} reprints"
    )
    if failures:
        first = failures[0]
        line += f", {len(failures)} failures ({first['source']}: {first['kind']}: {first['detail']})"
    return f"{line}; {report['reason']}" if report["reason"] else line
