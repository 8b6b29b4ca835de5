"""Sitemaps (sitemaps.org) as sources, news sitemaps and sitemap indexes included.

A sitemap names addresses in any order and mostly without titles; the newest are its rows, titles are left
to the articles. The days are those of publication where they are told (news sitemaps, dated addresses),
else of the last change. Of an index the parts are walked, newest first.
"""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import urlsplit

from attrs import frozen
from lxml import etree

from crawlers.catalogue.model import Recipe
from crawlers.items import NextPage, Row
from crawlers.listing import Document, Mined
from crawlers.listing.scoring import is_article_address
from crawlers.listing.xmldata import day_in_china, local, named, root_name, text_of, xml_root
from crawlers.paging.step import Step
from crawlers.reading.dates import date_in_url

NAME = "sitemap"

MOST = 500
"""Addresses taken from one sitemap, which may have 50,000: the newest."""

_OTHER_PARTS = re.compile(
    r"page|categor|tag|author|image|video|column|channel|taxonom|product", re.IGNORECASE
)
_ARTICLE_PARTS = re.compile(r"post|news|article|content|xinwen", re.IGNORECASE)


@frozen
class _Named:
    row: Row
    changed: date
    place: int


def recognise(document: Document) -> bool:
    return root_name(document) in ("urlset", "sitemapindex")


def rows(document: Document, row_path: str | None) -> Mined:
    root = xml_root(document)
    if root is None:
        return Mined()
    if local(root) == "sitemapindex":
        return Mined(parts=_parts(document, root))
    found: dict[str, _Named] = {}
    for place, node in enumerate(named(root, "url")):
        url = document.resolve(text_of(node, "loc"))
        if url:
            found.setdefault(url, _place(node, url, place))
    newest = sorted(_articles(list(found.values())), key=lambda one: (-one.changed.toordinal(), one.place))
    return Mined(tuple(one.row for one in newest[:MOST]), sure=True)


def total(document: Document) -> int | None:
    return None


def current(document: Document) -> int | None:
    return None


def steps(document: Document, recipe: Recipe, number: int) -> tuple[Step, ...]:
    return ()


def _place(node: etree._Element, url: str, place: int) -> _Named:
    changed = day_in_china(text_of(node, "lastmod"))
    news = next(named(node, "news"), node)
    told = day_in_china(text_of(news, "publication_date"))
    dated = date_in_url(url)
    published = told or dated or changed
    title = text_of(news, "title") if news is not node else ""
    return _Named(Row(url, title, published), changed or published or date.min, place)


def _articles(found: list[_Named]) -> list[_Named]:
    """Without the home page and the columns, where addresses of articles can be told from theirs."""
    pages = [one for one in found if urlsplit(one.row.url).path.strip("/")]
    likely = [one for one in pages if is_article_address(one.row.url)]
    return likely if 2 * len(likely) >= len(pages) else pages


def _parts(document: Document, root: etree._Element) -> tuple[NextPage, ...]:
    """Parts newest first; those of tags, authors and pictures only where there are no others."""
    found: dict[str, date] = {}
    for node in named(root, "sitemap"):
        url = document.resolve(text_of(node, "loc"))
        if url:
            found.setdefault(url, day_in_china(text_of(node, "lastmod")) or date.min)
    names = {url: urlsplit(url).path.rpartition("/")[2] for url in found}
    kept = [url for url in found if _ARTICLE_PARTS.search(names[url]) or not _OTHER_PARTS.search(names[url])]
    ordered = sorted(kept or found, key=lambda url: -found[url].toordinal())
    return tuple(NextPage(url, expects="data") for url in ordered)
