"""RSS, RDF and Atom: a source whose own address is a feed, or a page that points to one."""

from __future__ import annotations

import re

from lxml import etree

from crawlers.catalogue.model import Recipe
from crawlers.items import NextPage, Row
from crawlers.listing import Document, Mined
from crawlers.listing.xmldata import day_in_china, local, named, root_name, text_of, xml_root
from crawlers.paging.onward import by_parameter
from crawlers.paging.step import Step

NAME = "feed"

_DAYS = ("pubdate", "published", "date", "issued", "updated", "modified")
_TITLE_LENGTH = 60


def recognise(document: Document) -> bool:
    return root_name(document) in ("rss", "feed", "rdf")


def rows(document: Document, row_path: str | None) -> Mined:
    root = xml_root(document)
    if root is None:
        return Mined()
    found: dict[str, Row] = {}
    for item in root.iter():
        row = _row(document, item) if local(item) in ("item", "entry") else None
        if row:
            found.setdefault(row.url, row)
    return Mined(tuple(found.values()), sure=True)


def total(document: Document) -> int | None:
    return None


def current(document: Document) -> int | None:
    return None


def steps(document: Document, recipe: Recipe, number: int) -> tuple[Step, ...]:
    """What the feed calls its next page (RFC 5005); WordPress pages its feeds without saying so."""
    root = xml_root(document)
    if root is None:
        return ()
    for holder in (root, *named(root, "channel")):
        for link in named(holder, "link"):
            url = document.resolve(link.get("href")) if link.get("rel") == "next" else None
            if url:
                return (Step(NextPage(url, expects="data")),)
        if re.search(r"wordpress\.org", text_of(holder, "generator"), re.IGNORECASE):
            page = by_parameter(document.url, "paged", number).page
            return (Step(NextPage(page.url, expects="data")),)
    return ()


def _row(document: Document, item: etree._Element) -> Row | None:
    url = document.resolve(_address(item))
    if url is None:
        return None
    title = text_of(item, "title") or text_of(item, "description", "summary")[:_TITLE_LENGTH]
    day = next((found for name in _DAYS if (found := day_in_china(text_of(item, name)))), None)
    return Row(url, title, day)


def _address(item: etree._Element) -> str | None:
    """Atom's `<link href>` to the page itself, RSS's `<link>`, else a guid that is an address."""
    links = list(named(item, "link"))
    for link in links:
        if link.get("href") and link.get("rel", "alternate") == "alternate":
            return link.get("href")
    told = next((link.text.strip() for link in links if link.text and link.text.strip()), None)
    guid = next(named(item, "guid", "id"), None)
    if told or guid is None or (guid.get("isPermaLink") or "").lower() == "false":
        return told
    return guid.text.strip() if guid.text and guid.text.strip().startswith("http") else None
