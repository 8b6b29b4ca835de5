"""What is private, however it is spelt."""

from __future__ import annotations

import ipaddress
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy.resolver import dnscache
from twisted.internet.base import ReactorBase
from twisted.internet.defer import Deferred
from twisted.internet.testing import MemoryReactor
from twisted.python.failure import Failure

from crawlers.middlewares.addresses import (
    GuardedResolver,
    PrivateAddressError,
    is_private,
    is_private_host,
    literal_address,
    proxy_hosts,
)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.255.255.254", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0",
        "100.100.100.200", "168.63.129.16", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fd00::1",
        "::ffff:127.0.0.1", "ff02::1", "fd00:ec2::254",
    ],
)  # fmt: skip
def test_private_addresses(address: str) -> None:
    assert is_private(address)


@pytest.mark.parametrize(
    "address", ["1.2.4.8", "114.114.114.114", "172.32.0.1", "2400:3200::1", "::ffff:1.2.4.8"]
)
def test_public_addresses(address: str) -> None:
    assert not is_private(address)


@given(st.ip_addresses(v=4))
def test_an_address_mapped_into_ipv6_is_judged_alike(address: ipaddress.IPv4Address) -> None:
    assert is_private(f"::ffff:{address}") == is_private(str(address))


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "127.0.0.1"), ("127.1", "127.0.0.1"), ("2130706433", "127.0.0.1"), ("::1", "::1"),
        ("0x7f000001", "127.0.0.1"), ("0177.0.0.1", "127.0.0.1"), ("www.example.gov.cn", None),
        ("环保.中国", None), ("", None),
    ],
)  # fmt: skip
def test_addresses_in_disguise(host: str, address: str | None) -> None:
    assert literal_address(host) == address


@pytest.mark.parametrize(
    ("host", "private"),
    [
        ("localhost", True), ("LOCALHOST.", True), ("a.localhost", True), ("127.1", True), ("::1", True),
        ("localhost.gov.cn", False), ("www.example.gov.cn", False), ("1.2.4.8", False),
    ],
)  # fmt: skip
def test_hosts_that_are_private_by_their_spelling(host: str, private: bool) -> None:
    assert is_private_host(host) == private


REACTOR = cast("ReactorBase", MemoryReactor())


def resolved(exempt: frozenset[str] | None, name: str = "inside.example.cn") -> str | Failure:
    """What the resolver gives for a name that leads to 10.0.0.8."""
    resolver = GuardedResolver(REACTOR, 100, 1.0, exempt)
    dnscache[name] = "10.0.0.8"
    found: list[str | Failure] = []
    deferred: Deferred[str] = resolver.getHostByName(name)
    deferred.addBoth(found.append)
    return found[0]


def test_the_resolver_keeps_private_addresses_to_itself() -> None:
    failure = resolved(frozenset())
    assert isinstance(failure, Failure)
    assert isinstance(failure.value, PrivateAddressError)
    assert "inside.example.cn leads to the private address 10.0.0.8" in failure.getErrorMessage()


@pytest.mark.parametrize("exempt", [None, frozenset({"inside.example.cn"})])
def test_the_resolver_lets_through_what_is_permitted(exempt: frozenset[str] | None) -> None:
    assert resolved(exempt) == "10.0.0.8"
    assert resolved(exempt, "Inside.Example.cn") == "10.0.0.8"


def test_only_proxies_are_exempt(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.delenv(name, raising=False)
    assert proxy_hosts() == frozenset()
    monkeypatch.setenv("http_proxy", "http://user:secret@Proxy.example.cn:3128/")
    monkeypatch.setenv("https_proxy", "other.example.cn:3128")
    monkeypatch.setenv("no_proxy", "inside.example.cn")
    assert proxy_hosts() == {"proxy.example.cn", "other.example.cn"}
