"""One queue per site: its delay and its single connection hold whatever asks for its pages."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:  # the store asks for `site_of` as well, and a search is not to wait for Scrapy
    from scrapy import Request

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
    """Puts every request into its site's slot; after a redirect too, where Scrapy keeps the first site's."""

    def process_request(self, request: Request) -> None:
        request.meta["download_slot"] = site_of(request.url)
