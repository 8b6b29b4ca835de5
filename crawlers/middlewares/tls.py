"""https with certificates verified, except for sources where the user decided otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.settings import Settings

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.http import Response


class ExceptionalHTTPSHandler:
    """Scrapy's own handler twice: the second, with connections of its own, takes any certificate.

    It serves requests with `meta["verify_tls"]` False only.
    """

    lazy = True

    def __init__(self, crawler: Crawler) -> None:
        self._verified = HTTP11DownloadHandler(crawler)
        lenient = Settings(crawler.settings.copy_to_dict())
        lenient.set("DOWNLOAD_VERIFY_CERTIFICATES", False, priority="cmdline")
        self._unverified = HTTP11DownloadHandler(Crawler(crawler.spidercls, lenient))

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> ExceptionalHTTPSHandler:
        return cls(crawler)

    async def download_request(self, request: Request) -> Response:
        handler = self._verified if request.meta.get("verify_tls", True) else self._unverified
        return await handler.download_request(request)

    async def close(self) -> None:
        await self._verified.close()
        await self._unverified.close()
