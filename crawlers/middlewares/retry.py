"""Once more, after a pause: for what may be gone a few seconds later."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from scrapy.downloadermiddlewares.retry import get_retry_request
from scrapy.exceptions import IgnoreRequest

from crawlers.failures import TRANSIENT, failure_of_exception
from crawlers.middlewares.slots import site_of

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

PATIENCE = 60.0
"""Seconds: a server that asks for a longer pause is left alone until the next visit."""


class BackoffMiddleware:
    """Repeats after the pauses of RETRY_PAUSES (seconds), one for each repetition.

    Retry-After is honoured for the whole site: its other requests wait as well.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._pauses: Sequence[float] = [float(pause) for pause in crawler.settings.getlist("RETRY_PAUSES")]
        self._codes = {int(code) for code in crawler.settings.getlist("RETRY_HTTP_CODES")}
        self._resting: dict[str, float] = {}
        """Site -> when (on the event loop's clock) it may be asked again."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> BackoffMiddleware:
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        rest = self._resting.get(site_of(request.url), 0) - asyncio.get_running_loop().time()
        if rest > 0:
            await asyncio.sleep(rest)

    async def process_response(self, request: Request, response: Response) -> Request | Response:
        if response.status not in self._codes:
            return response
        wish = wished_pause(response.headers.get("Retry-After"), lambda: datetime.now(UTC))
        if wish is not None and wish > PATIENCE:
            return response
        if wish is not None:
            self._resting[site_of(request.url)] = asyncio.get_running_loop().time() + wish
        return await self._again(request, f"HTTP status {response.status}", wish or 0) or response

    async def process_exception(self, request: Request, exception: Exception) -> Request | None:
        kind = failure_of_exception(exception, request.url).kind
        if kind not in TRANSIENT or isinstance(exception, IgnoreRequest):  # decided, as by robots.txt
            return None
        return await self._again(request, kind, 0)

    async def _again(self, request: Request, reason: str, at_least: float) -> Request | None:
        done: int = request.meta.get("retry_times", 0)
        spider = self._crawler.spider
        if spider is None or request.meta.get("dont_retry"):
            return None
        again = get_retry_request(
            request,
            spider=spider,
            reason=reason,
            max_retry_times=len(self._pauses),
            give_up_log_level="DEBUG",
        )
        if again is not None:
            await asyncio.sleep(max(at_least, self._pauses[done]))
        return again


def wished_pause(header: bytes | None, now: Callable[[], datetime]) -> float | None:
    """Seconds that a Retry-After header asks for (RFC 9110, 10.2.3: seconds or a date), if anything."""
    text = (header or b"").decode("latin-1").strip()
    if text.isascii() and text.isdigit():
        return float(text)
    try:
        moment = datetime.strptime(text, "%a, %d %b %Y %H:%M:%S GMT").replace(tzinfo=UTC)
    except ValueError:
        return None
    return max(0.0, (moment - now()).total_seconds())
