"""The store in a thread of its own: while the disk is waited for, the next pages are fetched and read."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem
from twisted.python.failure import Failure as TwistedFailure

from crawlers.items import ListSeen
from pipelines.store.pipeline import StorePipeline


class StoreInThread:
    """The last item pipeline. One thread, so that items are stored in the order in which they come.

    Most of a transaction's time is spent outside Python: in SQLite, in packing, in waiting for the disk.
    """

    def __init__(self, database: Path, data: Path, crawler: Crawler) -> None:
        self._crawler = crawler
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="store")
        self._loop: asyncio.AbstractEventLoop | None = None
        run = getattr(crawler.spider, "run_id", None)
        self._store = StorePipeline(database, data, run, self._stop_crawl)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        pipeline = cls(Path(crawler.settings["DATABASE"]), Path(crawler.settings["DATA"]), crawler)
        crawler.signals.connect(pipeline.item_lost, signal=signals.item_error)
        return pipeline

    def close_spider(self) -> None:
        with self._thread:
            self._thread.submit(self._store.close_spider).result()

    async def process_item(self, item: Any) -> Any:
        """The item, once it is stored."""
        self._loop = asyncio.get_running_loop()
        return await self._loop.run_in_executor(self._thread, self._process, item)

    def item_lost(self, item: Any, failure: TwistedFailure) -> None:
        """An item could not be worked on, here or in a pipeline before."""
        self._thread.submit(self._store.item_lost, item, failure)

    def _process(self, item: Any) -> Any:
        try:
            return self._store.process_item(item)
        except DropItem:
            raise
        except Exception as error:  # raised again: Scrapy tells `item_lost`, but for a list that is too late
            if isinstance(item, ListSeen):  # the end of its visit may be the next item in the queue
                self._store.lost(item, error)
            raise

    def _stop_crawl(self) -> None:
        assert self._loop is not None
        self._loop.call_soon_threadsafe(lambda: asyncio.ensure_future(self._crawler.stop_async()))
