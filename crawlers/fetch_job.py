"""A job that looks at the live web, run inside a Scrapy process: what `add`, `probe` and `read` do."""

from __future__ import annotations

import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import TypeVar

from scrapy import Request, Spider
from scrapy.settings import BaseSettings, Settings
from twisted.logger import globalLogBeginner

from crawlers.config import Config
from crawlers.fetching import Fetcher

T = TypeVar("T")


def run_fetch_job(
    job: Callable[[Fetcher], Awaitable[T]], config: Config, *, verify_tls: bool = True, browser: bool = False
) -> T:
    """Runs `job` inside a Scrapy process of its own and gives what it gives, or raises what it raises.

    `browser`: the job wants pages `rendered`. Once in a process: Twisted's reactor does not start twice. An
    interrupt (Ctrl-C, SIGTERM) stops the job at once and is raised as `KeyboardInterrupt`.
    """
    from scrapy.crawler import AsyncCrawlerProcess  # imports Twisted's reactor: not before it is needed

    results: list[T] = []
    errors: list[Exception] = []

    async def kept(fetch: Fetcher) -> None:
        try:
            results.append(await job(fetch))
        except Exception as exc:  # carried out of Scrapy, which would only log it
            errors.append(exc)

    # Until logging has begun Twisted prints what is critical, such as a wrong certificate, by itself.
    globalLogBeginner.beginLoggingTo([], discardBuffer=True, redirectStandardIO=False)
    process = AsyncCrawlerProcess(_settings(config))
    process.crawl(_Onlooker, job=kept, verify_tls=verify_tls, browser=browser)
    handlers = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        process.start()
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)
    if errors:
        raise errors[0]
    if not results:
        raise KeyboardInterrupt
    return results[0]


def _settings(config: Config) -> Settings:
    """Ours, for this deployment, and quiet: what goes wrong becomes an exception of the job."""
    from crawlers.settings import deployed  # importing it reads the working folder's configuration

    settings = Settings()
    settings.setmodule("crawlers.settings", priority="project")
    settings.setdict({**deployed(config), "LOG_ENABLED": False}, priority="cmdline")
    return settings


class _Onlooker(Spider):
    """No crawl of its own: keeps Scrapy open while a job asks for one address after another."""

    name = "onlooker"

    def __init__(
        self, job: Callable[[Fetcher], Awaitable[None]], verify_tls: bool = True, browser: bool = False
    ) -> None:
        super().__init__()
        self.browser = browser
        self._job = job
        self._verify_tls = verify_tls

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        """Nothing flows into the pipelines here: they need not even be there."""
        super().update_settings(settings)
        settings.set("ITEM_PIPELINES", {}, priority="spider")

    async def start(self) -> AsyncIterator[Request]:
        await self._job(Fetcher(self.crawler, self._verify_tls))
        for request in _NO_REQUESTS:
            yield request


_NO_REQUESTS: tuple[Request, ...] = ()
