"""The last item pipeline: whatever a spider yields goes into the store."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Self

from scrapy.crawler import Crawler

from crawlers.items import Failure, ListSeen, Reading, Unmodified, VisitEnded
from pipelines.store import articles, links, runs, visits
from pipelines.store.database import open_store
from pipelines.store.times import now_in_china


class StorePipeline:
    """Every item is stored in a transaction of its own, at once: nothing waits in memory.

    A spider started by hand (`scrapy crawl column -a url=...`) has no run yet; it gets one.
    """

    def __init__(self, database: Path, run_id: int | None) -> None:
        self._db = open_store(database)
        self._given_run = run_id
        self._run = 0

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        run = getattr(crawler.spider, "run_id", None)
        return cls(Path(crawler.settings["DATABASE"]), run)

    def open_spider(self) -> None:
        self._run = self._given_run or runs.start(self._db, "scrapy", now_in_china())

    def close_spider(self) -> None:
        if self._given_run is None:
            visits.end_run(self._db, self._run, "done", None, now_in_china())
        self._db.close()

    def process_item(self, item: Any) -> Any:
        now = now_in_china()
        match item:
            case Reading():
                articles.save(self._db, item, now, self._run)
            case ListSeen():
                links.record_rows(self._db, item, now)
                runs.count_page(self._db, self._run)
            case Unmodified():
                articles.seen_unmodified(self._db, item, now, self._run)
            case Failure():
                runs.record_failure(self._db, self._run, item, now)
            case VisitEnded():
                visits.end(self._db, self._run, item, now)
        return item
