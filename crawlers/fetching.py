"""One address after another, politely: what `add`, `probe` and `read` use to look at the live web."""

from __future__ import annotations

import signal
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, TypeVar

from scrapy.settings import Settings
from twisted.logger import globalLogBeginner

from crawlers.failures import failure_of_exception, failure_of_response
from crawlers.items import Failure, NextPage, Page
from crawlers.requests import page_of, request_for

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from crawlers.config import Config

T = TypeVar("T")


Fetch = Callable[[str | NextPage], Awaitable[Page]]
"""Asks for one address, or for the next page of a list; raises `FetchFailed` when no usable page came."""


class FetchFailed(Exception):
    """No usable page came; `failure` says why, in the terms of `crawlers.failures`."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(f"{failure.url}: {failure.kind}: {failure.detail}")
        self.failure = failure


class Fetcher:
    """A `Fetch` over a running crawl: robots.txt, delay, retries, guard and limits apply.

    With validators the answer may be a page of status 304, without body.
    """

    def __init__(self, crawler: Crawler, verify_tls: bool = True) -> None:
        self._crawler = crawler
        self._verify_tls = verify_tls

    async def __call__(
        self, target: str | NextPage, *, etag: str | None = None, last_modified: str | None = None
    ) -> Page:
        url = target if isinstance(target, str) else target.url
        try:
            request = request_for(target, verify_tls=self._verify_tls, etag=etag, last_modified=last_modified)
            response = await self._crawler.engine.download_async(request)
        except Exception as exc:  # any error of the downloader is an answer here, and gets its name
            raise FetchFailed(failure_of_exception(exc, url)) from exc
        page = page_of(response)
        if failure := failure_of_response(page):
            raise FetchFailed(failure)
        return page


def run_fetch_job(job: Callable[[Fetch], Awaitable[T]], config: Config, *, verify_tls: bool = True) -> T:
    """Runs `job` inside a Scrapy process of its own and gives what it gives, or raises what it raises.

    Once in a process: Twisted's reactor does not start twice. An interrupt (Ctrl-C, SIGTERM) stops
    the job at once and is raised as `KeyboardInterrupt`.
    """
    from scrapy.crawler import AsyncCrawlerProcess  # imports Twisted's reactor: not before it is needed

    from crawlers.spiders.visit import VisitSpider

    results: list[T] = []
    errors: list[Exception] = []

    async def kept(fetch: Fetch) -> None:
        try:
            results.append(await job(fetch))
        except Exception as exc:  # carried out of Scrapy, which would only log it
            errors.append(exc)

    # Until logging has begun Twisted prints what is critical, such as a wrong certificate, by itself.
    globalLogBeginner.beginLoggingTo([], discardBuffer=True, redirectStandardIO=False)
    process = AsyncCrawlerProcess(_settings(config))
    process.crawl(VisitSpider, job=kept, verify_tls=verify_tls)
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
