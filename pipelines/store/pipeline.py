"""The last item pipeline: whatever a spider yields goes into the store."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any, Self

from attrs import evolve, frozen
from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem
from sqlite_utils import Database

from crawlers.items import Failure, ListSeen, Reading, Unmodified, VisitEnded
from pipelines.store import articles, links, runs, visits
from pipelines.store.captures import CaptureFile
from pipelines.store.database import open_store
from pipelines.store.times import now_in_china


class StorePipeline:
    """Every item is stored in a transaction of its own, at once: nothing waits in memory.

    A spider started by hand (`scrapy crawl column -a url=...`) has no run yet; it gets one.
    """

    def __init__(self, database: Path, data: Path, run_id: int | None) -> None:
        self._database = database
        self._data = data
        self._given_run = run_id
        self._open: _Open | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        run = getattr(crawler.spider, "run_id", None)
        return cls(Path(crawler.settings["DATABASE"]), Path(crawler.settings["DATA"]), run)

    def close_spider(self) -> None:
        if self._open is None:
            return
        if self._given_run is None:
            visits.end_run(self._open.db, self._open.run, "done", None, now_in_china())
        self._open.captures.close()
        self._open.db.close()

    def process_item(self, item: Any) -> Any:
        now = now_in_china()
        store = self._opened(now)
        if isinstance(item, Reading):
            articles.save(store.db, item, now, store.run, store.captures)
            return evolve(item, page=None)  # a feed is no place for bytes
        _note(store, item, now)
        raise DropItem("noted", log_level="DEBUG")  # a feed (`-O articles.jsonl`) is to hold articles only

    def _opened(self, now: datetime) -> _Open:
        """The store, opened with the first item: `scrapy shell` has none, and runs us in another thread."""
        if self._open is None:
            db = open_store(self._database)
            run = self._given_run or runs.start(db, "scrapy", now)
            self._open = _Open(db, run, CaptureFile(self._data, run))
        return self._open


@frozen
class _Open:
    """What is open while items come."""

    db: Database
    run: int
    captures: CaptureFile


def _note(store: _Open, item: Any, now: datetime) -> None:
    """What a spider has to tell beside articles."""
    match item:
        case ListSeen():
            runs.count_page(store.db, store.run)
            if item.source_id is not None:
                links.record_rows(store.db, item, now)
        case Unmodified():
            articles.seen_unmodified(store.db, item, now, store.run)
        case VisitEnded(source_id=None, failure=Failure() as failure):
            runs.record_failure(store.db, store.run, failure, now)
        case VisitEnded(source_id=int()):
            visits.end(store.db, store.run, item, now)
        case Failure():
            runs.record_failure(store.db, store.run, item, now)
