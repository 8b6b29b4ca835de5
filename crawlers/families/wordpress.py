"""WordPress: `/page/2/` behind a link, and the REST interface `/wp-json/wp/v2/posts` where the page names it.

Themes that load more by script link to no second page; the interface gives it, in portions of as many
posts as the page shows. Its own address is a source too.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from attrs import evolve
from lxml.html import HtmlElement

from crawlers.catalogue.model import Recipe
from crawlers.items import NextPage, Row
from crawlers.listing import Document, Mined, mine
from crawlers.listing.answers import data_of, day_told, whole
from crawlers.listing.links import squeeze
from crawlers.paging.declared import page_shown, pages_shown
from crawlers.paging.onward import onward
from crawlers.paging.step import Step
from crawlers.paging.windows import with_parameter

NAME = "wordpress"

_MARKS = re.compile(r"/wp-content/(?:themes|plugins)/|https://api\.w\.org/|/wp-includes/")
_INTERFACE = "https://api.w.org/"
_OBJECT = re.compile(r"/wp/v2/(?P<kind>categories|tags)/(?P<id>\d+)")
_CLASS = re.compile(r"\b(?P<kind>category|tag)-(?P<id>\d+)\b")
_PORTION = 10
"""Posts of an answer where the request names no other number."""
_TAG = re.compile(r"<[^<>]*>")


def recognise(document: Document) -> bool:
    return bool(_MARKS.search(document.text)) or _posts(document) is not None


def rows(document: Document, row_path: str | None) -> Mined:
    posts = _posts(document)
    if posts is not None:
        found = {row.url: row for post in posts if (row := _row(document, post))}
        return Mined(tuple(found.values()), sure=True)
    mined = mine(document, row_path)
    interface = None if mined.rows else _interface(document, _PORTION)
    return evolve(mined, elsewhere=(_page(interface, 1),)) if interface else mined


def total(document: Document) -> int | None:
    return pages_shown(document)


def current(document: Document) -> int | None:
    return page_shown(document)


def steps(document: Document, recipe: Recipe, number: int) -> tuple[Step, ...]:
    posts = _posts(document)
    if posts is not None:
        told = dict(parse_qsl(urlsplit(document.url).query))
        size = whole(told.get("per_page")) or _PORTION
        following = (whole(told.get("page")) or number) + 1
        return (Step(_page(document.url, following)),) if len(posts) >= size else ()
    pages = total(document)
    if number > 1 or (pages is not None and pages <= number):
        return onward(document, number)
    shown = len(mine(document, recipe.row_path).rows) - sum(_is_sticky(node) for node in document.nodes)
    interface = _interface(document, shown) if shown > 2 else None
    more = [Step(_page(interface, number + 1))] if interface else []
    if pages:
        more.append(Step(NextPage(f"{document.url.split('?')[0].rstrip('/')}/page/{number + 1}/")))
    return onward(document, number, *more)


def _posts(document: Document) -> list[Mapping[str, Any]] | None:
    """The posts of an answer of the interface; None for a page."""
    if "/wp/v2/" not in document.url and "rest_route=" not in document.url:
        return None
    data = data_of(document)
    return [post for post in data if isinstance(post, Mapping)] if isinstance(data, list) else None


def _row(document: Document, post: Mapping[str, Any]) -> Row | None:
    title = post.get("title")
    said = title.get("rendered") if isinstance(title, Mapping) else title
    url = document.resolve(str(post.get("link") or ""))
    if url is None:
        return None
    return Row(url, squeeze(html.unescape(_TAG.sub("", str(said or "")))), day_told(post.get("date")))


def _interface(document: Document, size: int) -> str | None:
    """The posts of this category or tag, `size` at once; of the whole site only on its list of all posts."""
    links = [node for node in document.nodes if node.tag == "link"]
    base = next((document.resolve(node.get("href")) for node in links if node.get("rel") == _INTERFACE), None)
    body = next((node.get("class") or "" for node in document.nodes if node.tag == "body"), "")
    if base is None:
        return None
    named = next((match for node in links if (match := _OBJECT.search(node.get("href") or ""))), None)
    named = named or _CLASS.search(body)
    everything = bool({"home", "blog"} & set(body.split()))
    if named is None and not everything:
        return None
    url = f"{base}wp/v2/posts"
    if named:
        kind = {"category": "categories", "tag": "tags"}.get(named["kind"], named["kind"])
        url = with_parameter(url, kind, named["id"])
    return f"{with_parameter(url, 'per_page', str(min(size, 100)))}&_fields=link,title,date"


def _page(url: str, number: int) -> NextPage:
    return NextPage(with_parameter(url, "page", str(number)), expects="data")


def _is_sticky(node: HtmlElement) -> bool:
    return "sticky" in (node.get("class") or "").split()
