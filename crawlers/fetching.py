"""One address after another, politely: what `add`, `probe` and `read` use to look at the live web."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from crawlers.failures import failure_of_exception, failure_of_response
from crawlers.items import Failure, NextPage, Page
from crawlers.requests import page_of, request_for

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


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

    def checking(self, verify_tls: bool) -> Fetcher:
        """The same, with or without checking certificates."""
        return Fetcher(self._crawler, verify_tls)

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
        expects = "page" if isinstance(target, str) else target.expects
        if failure := failure_of_response(page, expects):
            raise FetchFailed(failure)
        return page
