"""To whom an address belongs, as far as its host name tells. Pure."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_GOVERNMENT = (".gov.cn", ".gov.hk", ".gov.mo", ".gov.tw")
"""Names that only authorities are given: a county that moves to its city's portal stays in good hands."""
_SHARED = re.compile(r"(?:com|net|org|gov|edu|ac|mil|govt|[a-z]{2})\.[a-z]{2}")
"""Endings under which names are given out: `com.cn`, `gov.cn`, and the provinces' own, `hn.cn`."""
_NUMBERS = re.compile(r"[\d.]+|.*:.*")


def same_owner(one: str, other: str) -> bool:
    """Whether two addresses are under one domain, or both under one that only governments have.

    An expired name is bought by strangers, who may well put up a copy of what stood there.
    """
    first, second = _host(one), _host(other)
    if any(first.endswith(ending) and second.endswith(ending) for ending in _GOVERNMENT):
        return True
    return domain(first) == domain(second)


def domain(host: str) -> str:
    """`news.x.com.cn` -> `x.com.cn`; an address in numbers is its own."""
    if _NUMBERS.fullmatch(host):
        return host
    labels = host.split(".")
    size = 3 if _SHARED.fullmatch(".".join(labels[-2:])) else 2
    return ".".join(labels[-size:])


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""
