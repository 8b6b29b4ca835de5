"""One queue per site: its delay and its single connection hold whatever asks for its pages."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:  # the store asks for `site_of` as well, and a search is not to wait for Scrapy
    from scrapy import Request
    from scrapy.crawler import Crawler

JITTER = 1 / 11
"""Scrapy varies a slot's delay by this share, both ways."""

_DEFAULT_PORTS = {"http": 80, "https": 443}


def site_of(url: str) -> str:
    """The site an address belongs to: its host, with the port where that is not the usual one.

    http and https of one host are one site; servers that differ by port (as on loopback) are several.
    """
    parts = urlsplit(url)
    host = (parts.hostname or "").rstrip(".")
    return host if parts.port in (None, _DEFAULT_PORTS.get(parts.scheme)) else f"{host}:{parts.port}"


def spaced(delay: float) -> float:
    """The mean delay to set so that, with `JITTER`, no gap is below `delay` seconds; 20 % above at most."""
    return delay / (1 - JITTER)


class SiteSlotMiddleware:
    """Puts every request into its site's slot; after a redirect too, where Scrapy keeps the first site's.

    The delay counts from the head of an answer on. Scrapy counts from when it let a request out; that one may
    have had a connection to make first and the next one has not, and the site sees them close together.
    """

    def __init__(self, crawler: Crawler) -> None:
        from scrapy import signals

        self._crawler = crawler
        crawler.signals.connect(self._answered, signals.headers_received)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> SiteSlotMiddleware:
        return cls(crawler)

    def _answered(self, request: Request) -> None:
        slot = self._crawler.engine.downloader.slots.get(request.meta["download_slot"])
        if slot is not None:
            slot.lastseen = monotonic()

    def process_request(self, request: Request) -> None:
        request.meta["download_slot"] = site_of(request.url)
