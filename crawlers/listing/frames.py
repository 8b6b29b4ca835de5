"""The frames of a page in which its list may be: shells of old sites, pages around an application."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from crawlers.items import NextPage
from crawlers.listing.document import Document
from crawlers.paging.declared import live_scripts

_MAIN = re.compile(r"main|content|right|list|center|body|news|col", re.IGNORECASE)
_ASIDE = re.compile(
    r"top|head|foot|bottom|nav|menu|left|weather|tianqi|search|login|share|count|stat\b|advert|banner|video|player"
    r"|(?<![a-z])(?:map|ad|gg|tj)(?![a-z])",
    re.IGNORECASE,
)
_FEED = re.compile(r"application/(?:rss|atom|rdf)\+xml", re.IGNORECASE)
_REDIRECT = re.compile(
    r"""(?:window\.|self\.|top\.|parent\.|document\.|(?<![\w.]))location(?:\.href)?\s*(?:=|\.(?:replace|assign)\()\s*['"]"""
    r"""([^'"\s]+)['"]"""
)
_WRITTEN = re.compile(r"""<iframe\b[^<>]*?\bsrc\s*=\s*\\?['"]([^'"\\\s]+)\\?['"]""", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SMALL = 100
"""Pixels of width or height below which a frame shows no list."""


def frames(document: Document) -> tuple[NextPage, ...]:
    """Frames of the page's own host that a reader sees, the likeliest to hold a list first."""
    found: dict[str, int] = {}
    for node in document.nodes:
        if node.tag in ("iframe", "frame") and _seen(node):
            address = node.get("src") or node.get("data-src") or ""
            found.setdefault(address, _rank(node, address))
    for written in _WRITTEN.finditer(live_scripts(document)):
        found.setdefault(written[1], 0)
    ordered = sorted(found, key=lambda address: -found[address])
    urls = dict.fromkeys(url for address in ordered if (url := document.resolve(address)))
    own = document.resolve(document.url)
    return tuple(NextPage(url) for url in urls if url != own and _host(url) == _host(document.url))


def feeds(document: Document) -> tuple[NextPage, ...]:
    """Feeds of its own host that a page points to, those of comments left out."""
    found: dict[str, NextPage] = {}
    for node in document.nodes:
        if node.tag != "link" or not _FEED.search(node.get("type") or "") or not node.get("href"):
            continue
        url = document.resolve(node.get("href"))
        if url and _host(url) == _host(document.url) and not re.search(r"comment", url, re.IGNORECASE):
            found.setdefault(url, NextPage(url, expects="data"))
    return tuple(found.values())


def redirects(document: Document) -> tuple[NextPage, ...]:
    """Where a page that shows nothing itself sends its visitors by script (the front page of an epaper)."""
    told = [match[1] for match in _REDIRECT.finditer(live_scripts(document))]
    urls = dict.fromkeys(url for address in told if (url := document.resolve(address)))
    return tuple(NextPage(url) for url in urls if _host(url) == _host(document.url))


def _host(url: str) -> str:
    return (urlsplit(url).netloc or "").removeprefix("www.")


def _seen(node: HtmlElement) -> bool:
    # A low frame with a script to its name grows when its page has come.
    sizes = [node.get("width") or "", "" if node.get("onload") else node.get("height") or ""]
    tiny = any(size.isdecimal() and int(size) < _SMALL for size in sizes)
    return not tiny and not _HIDDEN.search(node.get("style") or "")


def _rank(node: HtmlElement, address: str) -> int:
    name = (
        f"{node.get('name') or ''} {node.get('id') or ''} {node.get('class') or ''} {address.split('?')[0]}"
    )
    return 2 * bool(_MAIN.search(name)) - 3 * bool(_ASIDE.search(name))
