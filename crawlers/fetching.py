"""One address after another, politely: what `add`, `probe` and `read` use to look at the live web."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Protocol

from crawlers.browser import Browser
from crawlers.failures import failure_of_exception, failure_of_response
from crawlers.items import Failure, NextPage, Page
from crawlers.requests import page_of, request_for

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response


Fetch = Callable[[str | NextPage], Awaitable[Page]]
"""Asks for one address, or for the next page of a list; raises `FetchFailed` when no usable page came."""


class ConditionalFetch(Protocol):
    """Asks for one address; a page of status 304 where it still is as the validators say.

    Raises `FetchFailed` when no usable page came.
    """

    async def __call__(
        self, target: str | NextPage, *, etag: str | None = None, last_modified: str | None = None
    ) -> Page: ...


BLANK = frozenset({"stub", "empty"})
"""Failures of a page as it comes that a browser may fill."""


class FetchFailed(Exception):
    """No usable page came; `failure` says why, in the terms of `crawlers.failures`."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(f"{failure.url}: {failure.kind}: {failure.detail}")
        self.failure = failure


class Fetcher:
    """A `Fetch` over a running crawl: robots.txt, delay, retries, guard and limits apply.

    With validators the answer may be a page of status 304, without body. What stands in place of a page (a
    challenge, a firewall) is never shown to a browser, so that nothing is solved by it.
    """

    def __init__(self, crawler: Crawler, verify_tls: bool = True) -> None:
        self._crawler = crawler
        self._verify_tls = verify_tls
        self._last: Response | None = None
        """What came last: a page found blank is rendered without asking for it again."""

    def checking(self, verify_tls: bool) -> Fetcher:
        """The same, with or without checking certificates."""
        return Fetcher(self._crawler, verify_tls)

    async def __call__(
        self, target: str | NextPage, *, etag: str | None = None, last_modified: str | None = None
    ) -> Page:
        wanted = NextPage(target) if isinstance(target, str) else target
        try:
            if not (wanted.rendered and self._last and self._last.url == wanted.url):
                request = request_for(
                    wanted, verify_tls=self._verify_tls, etag=etag, last_modified=last_modified
                )
                self._last = None
                self._last = await self._crawler.engine.download_async(request)
            page = page_of(await self.shown(self._last, wanted))
        except Exception as exc:  # any error of the downloader is an answer here, and gets its name
            raise FetchFailed(failure_of_exception(exc, wanted.url)) from exc
        if failure := failure_of_response(page, wanted.expects):
            raise FetchFailed(failure)
        return page

    async def shown(self, response: Response, wanted: NextPage) -> Response:
        """The page that came, rendered where that is wanted and there is something to render."""
        failure = failure_of_response(page_of(response), wanted.expects)
        if not wanted.rendered or response.status == 304 or (failure and failure.kind not in BLANK):
            return response
        return await Browser.of(self._crawler).rendered(response, wanted.clicks)
