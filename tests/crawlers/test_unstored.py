"""Articles on their way into the store are waited for, whatever becomes of them."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from scrapy import signals
from scrapy.signalmanager import SignalManager

from crawlers.items import Article, Reading, Site
from crawlers.unstored import Unstored

ARTICLE = Article("http://www.qinghe.example/1.html", "utf-8", "article", site=Site(None, "qinghe", None))
READING = Reading(ARTICLE, datetime(2026, 3, 5, tzinfo=UTC), source_id=5)


@pytest.mark.parametrize("ends", [signals.item_scraped, signals.item_dropped, signals.item_error])
def test_waits_for_the_articles_of_its_own_source_and_no_others(ends: Any) -> None:
    async def wait() -> None:
        crawler: Any = SimpleNamespace(signals=SignalManager())
        unstored = Unstored(crawler)
        unstored.given(READING)
        unstored.given("a failure, say")
        waiting = [asyncio.create_task(unstored.none_of(5)) for _ in range(2)]
        await asyncio.wait_for(unstored.none_of(6), 5)
        assert not any(task.done() for task in waiting)
        await crawler.signals.send_catch_log_async(ends, item=READING)
        await asyncio.wait_for(asyncio.gather(*waiting), 5)

    asyncio.run(wait())
