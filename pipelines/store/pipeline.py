"""The last item pipeline: whatever a spider yields goes into the store."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any, Self

from attrs import evolve
from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem

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
        self._db = open_store(database)
        self._data = data
        self._given_run = run_id
        self._run = 0

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        run = getattr(crawler.spider, "run_id", None)
        return cls(Path(crawler.settings["DATABASE"]), Path(crawler.settings["DATA"]), run)

    def open_spider(self) -> None:
        self._run = self._given_run or runs.start(self._db, "scrapy", now_in_china())
        self._captures = CaptureFile(self._data, self._run)

    def close_spider(self) -> None:
        if self._given_run is None:
            visits.end_run(self._db, self._run, "done", None, now_in_china())
        self._captures.close()
        self._db.close()

    def process_item(self, item: Any) -> Any:
        now = now_in_china()
        if isinstance(item, Reading):
            articles.save(self._db, item, now, self._run, self._captures)
            return evolve(item, page=None)  # a feed is no place for bytes
        self._note(item, now)
        raise DropItem("noted", log_level="DEBUG")  # a feed (`-O articles.jsonl`) is to hold articles only

    def _note(self, item: Any, now: datetime) -> None:
        """What a spider has to tell beside articles."""
        match item:
            case ListSeen():
                runs.count_page(self._db, self._run)
                if item.source_id is not None:
                    links.record_rows(self._db, item, now)
            case Unmodified():
                articles.seen_unmodified(self._db, item, now, self._run)
            case VisitEnded(source_id=None, failure=Failure() as failure):
                runs.record_failure(self._db, self._run, failure, now)
            case VisitEnded(source_id=int()):
                visits.end(self._db, self._run, item, now)
            case Failure():
                runs.record_failure(self._db, self._run, item, now)
