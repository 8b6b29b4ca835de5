"""Articles that a visit has found and that are still on their way into the store."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import Any

from scrapy import signals
from scrapy.crawler import Crawler

from crawlers.items import Reading


class Unstored:
    """Counted by source, from the spider's hand to the end of the pipelines, whatever that is.

    Scrapy asks a spider for its next item while several before it are being worked on.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._counts: Counter[int | None] = Counter()
        self._changed = asyncio.Condition()
        for signal in (signals.item_scraped, signals.item_dropped, signals.item_error):
            crawler.signals.connect(self._arrived, signal)

    def given(self, item: object) -> None:
        """The spider gives away an item; only articles are counted."""
        if isinstance(item, Reading):
            self._counts[item.source_id] += 1

    async def none_of(self, source_id: int | None) -> None:
        """Returns when every article of a source is stored, or is lost for good."""
        async with self._changed:
            await self._changed.wait_for(lambda: self._counts[source_id] == 0)

    async def _arrived(self, item: Any) -> None:
        if isinstance(item, Reading):
            self._counts[item.source_id] -= 1
            async with self._changed:
                self._changed.notify_all()
