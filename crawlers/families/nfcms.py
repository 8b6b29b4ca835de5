"""NFCMS (南方): static files `index_2.html` and on, counted from 1, the first twenty of them only."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from crawlers.catalogue.model import Recipe
from crawlers.items import NextPage
from crawlers.listing import Document, Mined, mine
from crawlers.paging.anchors import following
from crawlers.paging.declared import page_shown, pages_shown
from crawlers.paging.numbered import numbered
from crawlers.paging.step import Step, unique

NAME = "nfcms"

_MARK = re.compile(r"\bNFCMS_(?:SITE|CAT|PAGE|POST|PUB)|nfw-cms-")
_POST = re.compile(r"/content/m?post_\d+\.html")
_FILE = re.compile(r"(?P<stem>[^/]*?)(?:_\d+)?(?P<ext>\.s?html?)")
_LAST = re.compile(r"_(\d{1,4})\.s?html?$")
_MOST = 20
"""Pages that are kept as files."""


def recognise(document: Document) -> bool:
    if re.search(_POST, urlsplit(document.url).path):
        return False
    if _MARK.search(document.text):
        return True
    posts = sum(bool(_POST.search(node.get("href") or "")) for node in document.nodes if node.tag == "a")
    return posts >= 3 and any(_button(node, "last") or _button(node, "next") for node in document.nodes)


def rows(document: Document, row_path: str | None) -> Mined:
    return mine(document, row_path)


def total(document: Document) -> int | None:
    last = next((url for node in document.nodes if (url := _leads(document, node, "last"))), None)
    file = _LAST.search(last or "")
    return int(file[1]) if file else pages_shown(document)


def current(document: Document) -> int | None:
    return page_shown(document)


def steps(document: Document, recipe: Recipe, number: int) -> tuple[Step, ...]:
    linked = next((url for node in document.nodes if (url := _leads(document, node, "next"))), None)
    linked = linked or following(document, number)
    found = [Step(NextPage(linked))] if linked else []
    declared = total(document)
    if declared is not None and number < min(declared, _MOST):
        found.append(numbered(_template(document.url), 2, number))
    return unique(found)


def _button(node: HtmlElement, name: str) -> bool:
    return node.tag == "a" and name in (node.get("class") or "").split()


def _leads(document: Document, node: HtmlElement, name: str) -> str | None:
    url = document.target(node) if _button(node, name) else None
    return url if url != document.resolve(document.url) else None


def _template(url: str) -> str:
    folder, _, name = url.partition("?")[0].rpartition("/")
    file = _FILE.fullmatch(name)
    return f"{folder}/{file['stem'] if file else 'index'}_{{n}}{file['ext'] if file else '.html'}"
