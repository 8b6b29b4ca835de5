"""Pages rendered in Chromium, whose every request is one of ours.

The browser itself never touches the network. What a page asks for (scripts, data, frames) is fetched as
everything else is: robots.txt, the delay of its site, limits, no private addresses.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scrapy import Request, signals
from scrapy.exceptions import NotConfigured
from scrapy.http import HtmlResponse

from crawlers.browser.chromium import lacking
from crawlers.browser.tab import Shelf, Tab
from crawlers.failures import Refused
from crawlers.requests import RENDERED

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response


class Browser:
    """An extension that stands ready where the spider says so (`spider.browser`)."""

    def __init__(self, crawler: Crawler) -> None:
        from scrapy_playwright.handler import ScrapyPlaywrightDownloadHandler

        self._crawler = crawler
        self._shelf = Shelf()
        self._handler = ScrapyPlaywrightDownloadHandler.from_crawler(crawler)
        crawler.signals.connect(self._handler.close, signals.engine_stopped)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Browser:
        if not getattr(crawler.spider, "browser", False) or lacking(crawler.settings["CHROMIUM"]):
            raise NotConfigured
        return cls(crawler)

    @staticmethod
    def of(crawler: Crawler) -> Browser:
        """The browser of a crawl; raises `Refused` where there is none, with what is lacking."""
        browser = crawler.get_extension(Browser)
        if browser is None:
            raise Refused("browser", lacking(crawler.settings["CHROMIUM"]) or "no source was to need one")
        return browser

    async def rendered(self, response: Response, clicks: int = 0) -> Response:
        """The page as it stands when its scripts have come to rest, 下一页 clicked `clicks` times before.

        Raises `Refused` where the browser fails at it.
        """
        from playwright.async_api import Error

        assert response.request is not None
        tab = Tab(self._crawler, response, self._shelf)
        shown = Request(
            response.url,
            meta={
                "playwright": True,
                "playwright_context_kwargs": {"service_workers": "block", "locale": "zh-CN"},
                "playwright_page_init_callback": tab.opened,
                "playwright_page_methods": [_step(tab.at_rest), *[_step(tab.click)] * clicks],
            },
        )
        try:
            answer = await self._handler.download_request(shown)
        except Error as error:
            raise Refused("browser", str(error).strip().partition("\n")[0]) from error
        return HtmlResponse(
            response.url,
            status=response.status,
            headers={"Content-Type": "text/html; charset=utf-8"},
            body=answer.text.encode(),
            flags=[RENDERED],
            request=response.request,
        )


def _step(callback: Any) -> Any:
    from scrapy_playwright.page import PageMethod

    return PageMethod(callback)
