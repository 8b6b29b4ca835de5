"""robots.txt as RFC 9309 has it, except that a site which hides its rules is not fetched at all."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from attrs import frozen
from protego import Protego
from scrapy import Request, signals
from scrapy.exceptions import NotConfigured
from scrapy.http.request import NO_CALLBACK
from scrapy.utils.httpobj import urlparse_cached

from crawlers.failures import TLS, Refused, failure_of_exception, failure_of_response
from crawlers.middlewares.slots import spaced
from crawlers.requests import page_of

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response

PRODUCT = "govwatch"
"""The name under which robots.txt may address us."""
LONGEST_DELAY = 60.0
"""Seconds of Crawl-delay that are honoured; more would be a refusal in disguise."""
MOST_BYTES = 500 * 1024
"""RFC 9309, 2.5: at least this much of a robots.txt has to be read."""

_HOW = ("verify_tls", "accommodations")
"""What of a request's way of asking holds for its site's robots.txt too."""
_NO_HOST = frozenset({"bad_address", "private_address", "dns", "refused"})
"""Failures that any request to the host would meet: robots.txt has nothing to do with them."""
_BAD_HOST = frozenset({"unreachable", "timeout", *TLS})
"""Failures that tell most by their own name, but may concern robots.txt alone."""


@frozen
class Rules:
    """What a site's robots.txt says to us."""

    parsed: Protego | None = None
    """None: everything is allowed."""
    refused: tuple[str, str] | None = None
    """Kind and detail: nothing is allowed."""

    def check(self, url: str) -> None:
        """Raises `Refused` where `url` may not be fetched."""
        if self.refused:
            raise Refused(*self.refused)
        if self.parsed and not self.parsed.can_fetch(url, PRODUCT):
            raise Refused("robots", "forbidden by the site's robots.txt")

    @property
    def delay(self) -> float:
        """Seconds of Crawl-delay, up to `LONGEST_DELAY`; 0 where none is asked for."""
        wished = self.parsed.crawl_delay(PRODUCT) if self.parsed else None
        return min(max(wished or 0.0, 0.0), LONGEST_DELAY)


def rules_of(response: Response) -> Rules:
    """The rules in a response to a request for robots.txt, whatever its status."""
    page = page_of(response)
    if 200 <= page.status < 300:
        text = page.body[:MOST_BYTES].decode("utf-8-sig", "replace")
        return Rules(Protego.parse(text))
    if page.status in (401, 403):
        return Rules(refused=("robots", f"the site answers {page.status} to the request for its robots.txt"))
    failure = failure_of_response(page)
    if page.status in (412, 429) or page.status >= 500:
        kind = "js_challenge" if failure and failure.kind == "js_challenge" else "robots_unreachable"
        return Rules(refused=(kind, f"HTTP status {page.status} for robots.txt"))
    return Rules()


def rules_without_response(exc: Exception, url: str) -> Rules:
    """The rules where robots.txt could not be had at all."""
    failure = failure_of_exception(exc, url)
    if failure.kind == "redirect_loop":  # RFC 9309, 2.3.1.2: may be taken as not there
        return Rules()
    if failure.kind in _NO_HOST:
        return Rules(refused=(failure.kind, failure.detail))
    kind = failure.kind if failure.kind in _BAD_HOST else "robots_unreachable"
    return Rules(refused=(kind, f"{failure.detail} (while asking for robots.txt)"))


class RobotsMiddleware:
    """Asks each site once in a run; whoever comes meanwhile waits for the same answer."""

    def __init__(self, crawler: Crawler) -> None:
        if not crawler.settings.getbool("ROBOTSTXT_OBEY"):
            raise NotConfigured
        self._crawler = crawler
        self._rules: dict[tuple[str, str], asyncio.Task[Rules]] = {}
        crawler.signals.connect(self._slow_down, signals.request_reached_downloader)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RobotsMiddleware:
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Raises `Refused` where the site's robots.txt, or the lack of it, forbids the request."""
        parts = urlparse_cached(request)
        if request.meta.get("dont_obey_robotstxt") or parts.scheme not in ("http", "https"):
            return
        site = (parts.scheme, parts.netloc)
        if site not in self._rules:
            self._rules[site] = asyncio.ensure_future(self._ask(request))
        rules = await self._rules[site]
        rules.check(request.url)
        request.meta["crawl_delay"] = rules.delay

    async def _ask(self, request: Request) -> Rules:
        parts = urlparse_cached(request)
        how = {name: request.meta[name] for name in _HOW if name in request.meta}
        question = Request(
            f"{parts.scheme}://{parts.netloc}/robots.txt",
            callback=NO_CALLBACK,
            meta={"dont_obey_robotstxt": True, **how},
        )
        try:
            return rules_of(await self._crawler.engine.download_async(question))
        except Exception as exc:  # whatever it was: without rules there is no visit, and the reason is kept
            return rules_without_response(exc, question.url)

    def _slow_down(self, request: Request) -> None:
        """The request stands in its slot's queue now, and has not been let out yet."""
        slot = self._crawler.engine.downloader.slots[request.meta["download_slot"]]
        slot.delay = max(slot.delay, spaced(request.meta.get("crawl_delay", 0.0)))
