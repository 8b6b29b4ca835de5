"""No crawl of its own: keeps Scrapy open while a job asks for one address after another."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable

from scrapy import Request, Spider
from scrapy.settings import BaseSettings

from crawlers.fetching import Fetch, Fetcher


class VisitSpider(Spider):
    """Runs `job` with a fetch through all middlewares. Used by `crawlers.fetching.run_fetch_job`."""

    name = "visit"

    def __init__(self, job: Callable[[Fetch], Awaitable[None]], verify_tls: bool = True) -> None:
        super().__init__()
        self._job = job
        self._verify_tls = verify_tls

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        """Nothing flows into the pipelines here: they need not even be there."""
        super().update_settings(settings)
        settings.set("ITEM_PIPELINES", {}, priority="spider")

    async def start(self) -> AsyncIterator[Request]:
        await self._job(Fetcher(self.crawler, self._verify_tls))
        for request in NO_REQUESTS:
            yield request


NO_REQUESTS: tuple[Request, ...] = ()
