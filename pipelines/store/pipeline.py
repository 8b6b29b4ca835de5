"""Whatever a spider yields goes into the store; `pipelines.store.thread` puts it into Scrapy."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from attrs import evolve, frozen
from scrapy.exceptions import DropItem
from sqlite_utils import Database
from twisted.python.failure import Failure as TwistedFailure

from crawlers.items import (
    Failure,
    FileRead,
    LayoutChanged,
    ListSeen,
    Reading,
    SiteAccommodated,
    Unmodified,
    VisitEnded,
)
from pipelines.store import accommodations, articles, files_read, layouts, links, runs, visits
from pipelines.store.captures import CaptureFile
from pipelines.store.database import StoreError, explain, open_store
from pipelines.store.times import now_in_china

log = logging.getLogger(__name__)


class StorePipeline:
    """Every item is stored in a transaction of its own, at once: nothing waits in memory.

    A spider started by hand (`scrapy crawl column -a url=...`) has no run yet; it gets one. When the
    database gives way, the crawl is ended: no site is to be asked for pages that cannot be kept, and no
    visit counts as a success of which something could not be written down.
    """

    def __init__(
        self,
        database: Path,
        data: Path,
        run_id: int | None,
        stop_crawl: Callable[[], object],
        clock: Callable[[], datetime] = now_in_china,
    ) -> None:
        self._database = database
        self._data = data
        self._given_run = run_id
        self._stop_crawl = stop_crawl
        self._clock = clock
        self._open: _Open | None = None
        self._trouble: str | None = None
        self._lists_lost: dict[int | None, str] = {}

    def close_spider(self) -> None:
        if self._open is None:
            return
        try:
            if self._trouble is not None:
                visits.end_run(self._open.db, self._open.run, "crashed", self._trouble, self._clock())
            elif self._given_run is None:
                visits.end_run(self._open.db, self._open.run, "done", None, self._clock())
        except sqlite3.Error as error:
            log.error("run %d: its end could not be stored: %s", self._open.run, error)
        self._open.captures.close()
        self._open.db.close()

    def process_item(self, item: Any) -> Any:
        if self._trouble is None:
            try:
                return self._store(item)
            except sqlite3.IntegrityError:
                raise  # this one item is odd; the database is not
            except sqlite3.Error as error:
                self._give_up(explain(error, self._database))
            except (StoreError, OSError) as error:
                self._give_up(str(error))
        raise DropItem(self._trouble or "", log_level="DEBUG")

    def item_lost(self, item: Any, failure: TwistedFailure) -> None:
        """Scrapy's word that an item could not be worked on, here or in a pipeline before."""
        self.lost(item, failure.value)

    def lost(self, item: Any, error: BaseException | None) -> None:
        """An item could not be worked on: it must not vanish silently."""
        detail = f"{type(error).__name__}: {error}"
        match item:
            case ListSeen():
                self._lists_lost[item.source_id] = detail
            case Reading():
                url = item.link or item.article.url
                self._lost(Failure("unexpected", detail, url, item.source_id))
            case Unmodified():
                self._lost(Failure("unexpected", detail, item.link, item.source_id))
            case FileRead():  # it would be due at once, and be lost again at every visit
                failure = Failure("unexpected", detail, "", item.source_id)
                self._lost(FileRead(item.source_id, item.file_id, "failed", detail=detail, failure=failure))

    def _lost(self, told: Failure | FileRead) -> None:
        try:
            self.process_item(told)
        except DropItem:
            return  # as every item that is no article

    def _give_up(self, trouble: str) -> None:
        self._trouble = trouble
        log.error("the crawl is ended, nothing can be stored: %s", trouble)
        self._stop_crawl()

    def _store(self, item: Any) -> Any:
        now = self._clock()
        store = self._opened(now)
        if isinstance(item, Reading):
            articles.save(store.db, item, now, store.run, store.captures)
            return evolve(item, page=None, parts=())  # a feed is no place for bytes
        if isinstance(item, VisitEnded) and item.source_id in self._lists_lost:
            # Rows that were not written down must be found again by the next visit.
            detail = f"its list could not be stored: {self._lists_lost[item.source_id]}"
            item = VisitEnded(item.source_id, "failed", Failure("unexpected", detail, "", item.source_id))
        _note(store, item, now)
        raise DropItem("noted", log_level="DEBUG")  # a feed (`-O articles.jsonl`) is to hold articles only

    def _opened(self, now: datetime) -> _Open:
        """The store, opened with the first item: `scrapy shell` has none, and runs us in another thread."""
        if self._open is None:
            db = open_store(self._database)
            run = self._given_run or runs.start(db, "scrapy", now)
            self._open = _Open(db, run, CaptureFile(self._data, run), self._data)
        return self._open


@frozen
class _Open:
    """What is open while items come."""

    db: Database
    run: int
    captures: CaptureFile
    data: Path


def _note(store: _Open, item: Any, now: datetime) -> None:
    """What a spider has to tell beside articles."""
    match item:
        case ListSeen():
            runs.count_page(store.db, store.run, item)
            if item.source_id is not None:
                links.record_rows(store.db, item, now)
        case Unmodified():
            articles.seen_unmodified(store.db, item, now, store.run)
        case VisitEnded(source_id=None, failure=Failure() as failure):
            runs.record_failure(store.db, store.run, failure, now)
        case VisitEnded(source_id=int(source_id)):
            saved = layouts.save_page(store.data, source_id, item.page) if item.page else None
            visits.end(store.db, store.run, item, now, saved)
        case SiteAccommodated():
            accommodations.learn(store.db, item.accommodations, now)
        case FileRead():
            files_read.record(store.db, item, now, store.run)
        case LayoutChanged():
            layouts.change(store.db, store.run, item, now)
        case Failure():
            runs.record_failure(store.db, store.run, item, now)
