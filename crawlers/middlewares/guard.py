"""Nothing but http and https, and nothing in private networks: for first requests and redirects alike."""

from __future__ import annotations

from socket import EAI_NONAME
from typing import TYPE_CHECKING, cast

from scrapy import Request
from scrapy.exceptions import CannotResolveHostError
from scrapy.utils.defer import maybe_deferred_to_future
from scrapy.utils.httpobj import urlparse_cached
from twisted.internet.error import DNSLookupError

from crawlers.failures import Refused
from crawlers.middlewares.addresses import PrivateAddressError, is_private_host

if TYPE_CHECKING:
    from collections.abc import Callable

    from scrapy.crawler import Crawler
    from twisted.internet.defer import Deferred


class GuardMiddleware:
    """Stands behind the proxy middleware: what a proxy resolves cannot be, and need not be, resolved here."""

    def __init__(self, allow_private: bool) -> None:
        self._allow_private = allow_private

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> GuardMiddleware:
        return cls(crawler.settings.getbool("ALLOW_PRIVATE"))

    async def process_request(self, request: Request) -> None:
        """Raises `Refused` for what may not be fetched."""
        parts = urlparse_cached(request)
        if parts.scheme not in ("http", "https"):
            raise Refused("bad_address", f"only http and https can be fetched, not {parts.scheme}:")
        if not parts.hostname:
            raise Refused("bad_address", "the address names no host")
        if self._allow_private:
            return
        if is_private_host(parts.hostname):
            raise Refused("private_address", f"{parts.hostname} is a private address")
        if not request.meta.get("proxy"):
            await _resolve(parts.hostname)


async def _resolve(host: str) -> None:
    """Asks the resolver beforehand, so that its refusal has a name; at connection time it refuses again."""
    from twisted.internet import reactor  # not at the top: importing it installs it

    resolve = cast("Callable[[str], Deferred[str]]", reactor.resolve)  # Twisted types it without self
    try:
        await maybe_deferred_to_future(resolve(host))
    except PrivateAddressError as error:
        raise Refused("private_address", error.args[0]) from error
    except DNSLookupError as error:
        if f"[Errno {EAI_NONAME}]" in str(error):  # a name server said so: asking again would not help
            raise Refused("dns", "there is no site of this name") from error
        raise CannotResolveHostError(str(error)) from error
