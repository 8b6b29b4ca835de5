"""One page in the browser, and what it asks for."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING, Any, Literal

from attrs import define, field
from lxml.etree import ParserError
from lxml.html import Element, fragments_fromstring
from scrapy.exceptions import IgnoreRequest

from crawlers.domains import same_owner
from crawlers.items import NextPage
from crawlers.middlewares.slots import site_of
from crawlers.paging.clicked import CLICKABLE, clicks_on
from crawlers.requests import request_for

if TYPE_CHECKING:
    from playwright.async_api import Page, Request, Route
    from scrapy.crawler import Crawler
    from scrapy.http import Response

_RESTLESS = 60.0
"""Seconds that a page may take to come to rest; one that polls for ever never does."""
_QUIET = 0.5
"""Seconds without a request after which a page is at rest (Playwright's `networkidle` tells it only once)."""
_WANTED = frozenset({"document", "script", "xhr", "fetch"})
"""Kinds of requests without which there are no rows; pictures, fonts and styles are not asked for."""
_COUNTERS = re.compile(
    r"//(?:hm\.baidu|[\w.]*cnzz|[\w.]*umeng|www\.google-analytics|[\w.]*growingio"
    r"|zfwzgl\.www\.gov|dcs\.conac|api\.govwza)\.",
    re.IGNORECASE,
)
"""Counters of visitors, seals, reading aids: of no use to a reader, and none of the site's business."""
_OURS = frozenset({"user-agent", "cookie", "host", "referer", "origin", "accept-encoding", "content-length"})
"""Headers of the browser that our own requests have in their own way."""
_SMALL = """
(names) => [...document.querySelectorAll(names)].map((node, number) => ({
  number, markup: node.outerHTML, shown: node.offsetParent !== null,
  around: node.parentElement.getAttribute("class") || "",
})).filter((one) => one.shown && one.markup.length < 500)
"""
"""Elements small enough to be parts of a pager, with the class of what stands around them."""
_CLICK = "([names, number]) => document.querySelectorAll(names)[number].click()"
_MOST_SCRIPTS = 200
"""Scripts of a crawl that are kept in memory for the next page that wants them."""


@define
class Shelf:
    """What the pages of one crawl share."""

    scripts: dict[str, Response] = field(factory=dict)
    dead: set[str] = field(factory=set)
    """Sites that scripts were wanted of and that did not answer."""


@define(slots=False)  # Playwright notes things at the object of a handler
class Tab:
    crawler: Crawler
    first: Response
    """The page as it came; the browser is given it as it is."""
    shelf: Shelf
    _begun: bool = field(default=False, init=False)
    _waiting: int = field(default=0, init=False)
    """Requests of the page that have no answer yet."""
    _quiet_since: float = field(default=0.0, init=False)
    """On the event loop's clock."""

    async def opened(self, page: Page, request: Any) -> None:
        """Before anything is loaded: all that the page will ask for goes through us."""
        await page.route("**/*", self._route)

    async def at_rest(self, page: Page) -> None:
        """Nothing is asked for any more, for a while at least; what is there by then is there."""
        now = asyncio.get_running_loop().time
        end = now() + _RESTLESS
        self._quiet_since = now()
        while now() < end and (self._waiting or now() - self._quiet_since < _QUIET):
            await asyncio.sleep(_QUIET / 5)

    async def click(self, page: Page) -> None:
        """On to the following page; where there is none, the page stays as it is."""
        names = ",".join(CLICKABLE)
        for small in await page.evaluate(_SMALL, names):
            if _is_next(small["around"], small["markup"]):
                await page.evaluate(_CLICK, [names, small["number"]])
                await self.at_rest(page)
                return

    async def _route(self, route: Route) -> None:
        self._waiting += 1
        try:
            await self._answer(route)
        finally:
            self._waiting -= 1
            self._quiet_since = asyncio.get_running_loop().time()

    async def _answer(self, route: Route) -> None:
        asked = route.request
        answer: Response | None = None
        if not self._begun:
            self._begun, answer = True, self.first
        elif self._is_wanted(asked):
            answer = self.shelf.scripts.get(asked.url) or await self._fetched(asked)
        if answer is None:
            await route.abort()
            return
        kind = answer.headers.get("Content-Type") or b"text/html"
        await route.fulfill(
            status=answer.status, headers={"Content-Type": kind.decode("latin-1")}, body=answer.body
        )

    def _is_wanted(self, asked: Request) -> bool:
        """Scripts of any site that still answers; data and frames of the page's own."""
        if asked.resource_type not in _WANTED or not asked.url.startswith("http"):
            return False
        if _COUNTERS.search(asked.url) or site_of(asked.url) in self.shelf.dead:
            return False
        return asked.resource_type == "script" or same_owner(asked.url, self.first.url)

    async def _fetched(self, asked: Request) -> Response | None:
        """None where it cannot be had, for whatever reason: the page is shown without it."""
        method: Literal["GET", "POST"] = "POST" if asked.method == "POST" else "GET"
        target = NextPage(asked.url, method, asked.post_data, referrer=self.first.url)
        meta = self.first.request.meta if self.first.request else {}
        kept = {name: meta[name] for name in ("accommodations",) if name in meta}
        try:
            request = request_for(
                target, verify_tls=meta.get("verify_tls", True), meta={**kept, "dont_retry": True}
            )
            for name, value in asked.headers.items():
                if name not in _OURS and not name.startswith("sec-"):
                    request.headers[name] = value
            answer = await self.crawler.engine.download_async(request)
        except IgnoreRequest:  # robots.txt, limits
            return None
        except Exception:  # whatever befell the download: the page goes on without it, as in any browser
            if not same_owner(asked.url, self.first.url):
                self.shelf.dead.add(site_of(asked.url))
            return None
        if asked.resource_type == "script" and len(self.shelf.scripts) < _MOST_SCRIPTS:
            self.shelf.scripts[asked.url] = answer
        return answer


def _is_next(around: str, markup: str) -> bool:
    """`around`: the class of the element that the other stands in."""
    try:
        (found,) = fragments_fromstring(markup)
        parent = Element("div", {"class": around})
        parent.append(found)
    except (ParserError, ValueError):
        return False
    return clicks_on(found)
