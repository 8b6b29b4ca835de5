"""The peer: as little as Scrapy can do to fetch the pages of columns. Reads links and nothing else."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Iterator
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Response


class BareSpider(Spider):
    name = "bare"

    async def start(self) -> AsyncIterator[Request]:
        for url in self.start_urls:
            yield _request(url, self.parse)

    def parse(self, response: Response) -> Iterator[Request]:
        """A page of a list: its rows and its next page."""
        for href in response.css("ul.list a::attr(href)").getall():
            yield _request(response.urljoin(href), self.parse_article)
        following = response.xpath("//a[text()='下一页']/@href").get()
        if following:
            yield _request(response.urljoin(following), self.parse)

    def parse_article(self, response: Response) -> None:
        """It has been fetched: that is all."""


def _request(url: str, callback: Any) -> Request:
    """Scrapy's slots go by host name; on loopback the port is what tells sites apart."""
    return Request(url, callback, meta={"download_slot": urlsplit(url).netloc})


def main(concurrency: int, columns: list[str]) -> None:
    """Crawls with Scrapy's own settings but for those that decide how many requests there are at once."""
    settings = {
        "CONCURRENT_REQUESTS": concurrency,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
        "DOWNLOAD_DELAY": 0,
        "ROBOTSTXT_OBEY": True,
        "TELNETCONSOLE_ENABLED": False,
        "LOG_LEVEL": "INFO",
    }
    process = AsyncCrawlerProcess(settings)
    process.crawl(BareSpider, start_urls=columns)
    process.start()


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
