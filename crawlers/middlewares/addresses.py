"""Which addresses are private, and a resolver that gives none of them away."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Sequence
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from urllib.request import getproxies

from scrapy.resolver import CachingThreadedResolver
from twisted.internet.error import DNSLookupError

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from twisted.internet.base import ReactorBase
    from twisted.internet.defer import Deferred

_CLOUD_METADATA = frozenset({"168.63.129.16"})
"""Metadata services at addresses that look public (Azure's); the others are link-local or shared."""


class PrivateAddressError(DNSLookupError):
    """A name leads to a private address. A DNSLookupError, as Twisted lets no other pass quietly."""


def is_private(address: str) -> bool:
    """Whether an IP address is loopback, private, link-local, shared, multicast or a metadata service's."""
    ip = ipaddress.ip_address(address)
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped:
        ip = ip.ipv4_mapped
    return not ip.is_global or ip.is_multicast or str(ip) in _CLOUD_METADATA


def literal_address(host: str) -> str | None:
    """The IP address that `host` itself spells (`127.0.0.1`, `::1`, even `127.1` and `0x7f000001`)."""
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        pass
    try:
        return socket.inet_ntoa(socket.inet_aton(host))
    except (OSError, UnicodeEncodeError):
        return None


def is_private_host(host: str) -> bool:
    """Whether `host` is private by its spelling alone, before any name server is asked."""
    if address := literal_address(host):
        return is_private(address)
    name = host.rstrip(".").lower()
    return name == "localhost" or name.endswith(".localhost")


class GuardedResolver(CachingThreadedResolver):
    """Scrapy's resolver (IPv4 only: some sites fail over IPv6), which refuses private addresses.

    It is asked at the moment of connecting, so a name server that answers differently the second
    time gains nothing. Configured proxies may be private: the way out of many offices leads there.
    """

    def __init__(
        self, reactor: ReactorBase, cache_size: int, timeout: float, exempt: frozenset[str] | None
    ) -> None:
        super().__init__(reactor, cache_size, timeout)
        self._exempt = exempt
        """Names that may lead to private addresses; None: all may."""

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: ReactorBase) -> GuardedResolver:
        settings = crawler.settings
        exempt = None if settings.getbool("ALLOW_PRIVATE") else proxy_hosts()
        return cls(reactor, settings.getint("DNSCACHE_SIZE"), settings.getfloat("DNS_TIMEOUT"), exempt)

    def getHostByName(self, name: str, timeout: Sequence[int] = ()) -> Deferred[str]:
        found = super().getHostByName(name, timeout)
        return found.addCallback(self._checked, name)

    def _checked(self, address: str, name: str) -> str:
        if self._exempt is not None and name.lower() not in self._exempt and is_private(address):
            raise PrivateAddressError(f"{name} leads to the private address {address}")
        return address


def proxy_hosts() -> frozenset[str]:
    """Hosts of the proxies of `http_proxy` and `https_proxy`, as Scrapy itself will use them."""
    proxies = getproxies()  # `no_proxy` stands among them as "no"
    urls = [proxies[scheme] for scheme in ("http", "https") if scheme in proxies]
    hosts = (urlsplit(url if "://" in url else f"//{url}").hostname for url in urls)
    return frozenset(host for host in hosts if host)
