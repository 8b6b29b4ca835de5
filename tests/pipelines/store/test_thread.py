"""The store beside the crawl: everything in order, and its end of the crawl reaches the crawl."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from scrapy.exceptions import DropItem
from scrapy.signalmanager import SignalManager
from sqlite_utils import Database

from crawlers.items import ListSeen, Row, VisitEnded
from pipelines.store import articles, links, runs
from pipelines.store.thread import StoreInThread
from tests.support.stored import HOST, NOW, reading, watch

URL = f"http://{HOST}/1.html"


class Crawl:
    """What a Scrapy crawl is to the pipeline."""

    def __init__(self, folder: Path, db: Database) -> None:
        self.spider = SimpleNamespace(run_id=runs.start(db, "scheduled", NOW, [watch(db)]))
        self.signals = SignalManager(self)
        self.settings = {"DATABASE": str(folder / "govwatch.db"), "DATA": str(folder)}
        self.stopped = asyncio.Event()
        self.db = db

    async def stop_async(self) -> None:
        self.stopped.set()

    def run(self, job: Callable[[StoreInThread], Awaitable[None]]) -> dict[str, Any]:
        store = StoreInThread.from_crawler(self)
        asyncio.run(self._done(store, job))
        return runs.report(self.db, self.spider.run_id)

    async def _done(self, store: StoreInThread, job: Callable[[StoreInThread], Awaitable[None]]) -> None:
        await job(store)
        store.close_spider()


@pytest.fixture
def crawl(tmp_path: Path, db: Database) -> Crawl:
    return Crawl(tmp_path, db)


LIST = ListSeen(1, f"http://{HOST}/", (Row(URL, "关于水质的公报"),), False)
END = VisitEnded(1, "fresh", None, '"e"')


def test_items_are_stored_in_order_and_beside_the_crawl(
    crawl: Crawl, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads, save = set[int](), articles.save

    def noting(*args: Any) -> Any:
        threads.add(threading.get_ident())
        return save(*args)

    monkeypatch.setattr(articles, "save", noting)

    async def job(store: StoreInThread) -> None:
        items = [LIST, *(reading(f"/{n}.html", source=1) for n in range(20)), END]
        done = await asyncio.gather(*map(store.process_item, items), return_exceptions=True)
        assert isinstance(done[0], DropItem)
        assert done[1:-1] == items[1:-1]

    report = crawl.run(job)
    assert (report["pages"], report["new"] + report["reprints"], report["failures"]) == (1, 20, [])
    assert len(threads) == 1
    assert threading.get_ident() not in threads
    order = [row["url"] for row in crawl.db.execute("SELECT url FROM articles ORDER BY id")]
    assert order == [f"http://{HOST}/{n}.html" for n in range(20)]


def test_a_list_that_is_lost_fails_its_visit_though_its_end_waits_already(
    crawl: Crawl, monkeypatch: pytest.MonkeyPatch
) -> None:
    def odd(*_: object) -> None:
        raise RuntimeError("odd rows")

    monkeypatch.setattr(links, "record_rows", odd)

    async def job(store: StoreInThread) -> None:
        done = await asyncio.gather(*map(store.process_item, [LIST, END]), return_exceptions=True)
        assert str(done[0]) == "odd rows"

    (failure,) = crawl.run(job)["failures"]
    assert "its list could not be stored: RuntimeError: odd rows" in failure["detail"]


def test_when_the_database_gives_way_the_crawl_is_stopped(
    crawl: Crawl, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(articles, "save", full)

    async def job(store: StoreInThread) -> None:
        with pytest.raises(DropItem):
            await store.process_item(reading(source=1))
        await asyncio.wait_for(crawl.stopped.wait(), 10)

    assert crawl.run(job)["state"] == "failed"
