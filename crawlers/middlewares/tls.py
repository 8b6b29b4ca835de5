"""https: certificates verified, old servers met half-way, both only as far as somebody said so."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, cast

from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.settings import Settings
from twisted.web.iweb import IPolicyForHTTPS

from crawlers.middlewares.old_tls import OldServers

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.http import Response


class HTTPSHandler:
    """Scrapy's own handler, once for each way of encryption, each with connections of its own.

    `meta["verify_tls"]` False: any certificate is taken. `meta["tls"]`: what an old server needs, kinds of
    `crawlers.middlewares.old_tls`.
    """

    lazy = True

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._handlers: dict[tuple[bool, frozenset[str]], HTTP11DownloadHandler] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> HTTPSHandler:
        return cls(crawler)

    async def download_request(self, request: Request) -> Response:
        verified = bool(request.meta.get("verify_tls", True))
        handler = self._handler(verified, request.meta.get("tls", ()))
        return await handler.download_request(request)

    async def close(self) -> None:
        for handler in self._handlers.values():
            await handler.close()

    def _handler(self, verified: bool, needs: Collection[str]) -> HTTP11DownloadHandler:
        key = (verified, frozenset(needs))
        if key not in self._handlers:
            self._handlers[key] = self._made(*key)
        return self._handlers[key]

    def _made(self, verified: bool, needs: frozenset[str]) -> HTTP11DownloadHandler:
        if needs:
            handler = HTTP11DownloadHandler(self._crawler)
            # Scrapy 2.19 has no public way left: DOWNLOADER_CLIENTCONTEXTFACTORY is deprecated.
            handler._contextFactory = cast(IPolicyForHTTPS, OldServers(needs, verified))
            return handler
        if verified:
            return HTTP11DownloadHandler(self._crawler)
        lenient = Settings(self._crawler.settings.copy_to_dict())
        lenient.set("DOWNLOAD_VERIFY_CERTIFICATES", False, priority="cmdline")
        return HTTP11DownloadHandler(Crawler(self._crawler.spidercls, lenient))
