"""红网: a channel is `/channel/ID.html`, its page N `/channel/ID_N.html`; a pager may be missing altogether.

Two row shapes: `#div_newsList ul.news_list li`, and `ul.main995.list-all li`. Without a total the list ends
at the page that is not there.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from attrs import evolve
from lxml.html import HtmlElement

from crawlers.catalogue.model import Recipe
from crawlers.listing import Document, Mined, mine
from crawlers.listing.records import part
from crawlers.paging.declared import page_shown, pages_shown
from crawlers.paging.onward import by_name, onward
from crawlers.paging.step import Step

NAME = "rednet"

_CHANNEL = re.compile(r"/channel/(?:\d{4}/\d{4}/)?\d+(?:_\d+)?\.html?$")


def recognise(document: Document) -> bool:
    return bool(_CHANNEL.search(urlsplit(document.url).path)) and _list(document) is not None


def rows(document: Document, row_path: str | None) -> Mined:
    whole = mine(document, row_path)
    holder = _list(document)
    if holder is None:
        return whole
    own = mine(part(document, holder))
    return evolve(own, row_path=whole.row_path, sure=True) if own.rows else whole


def total(document: Document) -> int | None:
    return pages_shown(document)


def current(document: Document) -> int | None:
    return page_shown(document)


def steps(document: Document, recipe: Recipe, number: int) -> tuple[Step, ...]:
    pages = total(document)
    if pages is not None and pages <= number:
        return ()
    return onward(document, number, by_name(document.url, number))


def _list(document: Document) -> HtmlElement | None:
    for node in document.nodes:
        if node.get("id") == "div_newsList" or "list-all" in (node.get("class") or "").split():
            return node
    return None
