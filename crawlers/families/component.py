"""国资委, 丰城 and kin: a list is a component `#comp_N`, its later pages are fragments `index_N_k.html`.

A script of the page names them (`purl`) and the total (`maxPageNum`). Numbers run backwards: of T pages the
second is `index_N_{T-1}.html`, the oldest `index_N_1.html` for ever. A fragment holds its rows and nothing
else, so what page 1 tells leads through all of them.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from attrs import evolve, frozen
from lxml.html import HtmlElement

from crawlers.catalogue.model import Recipe
from crawlers.items import NextPage
from crawlers.listing import Document, Mined, mine
from crawlers.paging.declared import without_comments
from crawlers.paging.step import Step

NAME = "component"

_STEM = re.compile(r"""\bpurl\s*=\s*["']([^"'\s]{1,200}_(\d+))["']""")
_TOTAL = re.compile(r"""\bmaxPageNum\s*=\s*["']?(\d{1,5})\b""")
_FRAGMENT = re.compile(r"_\d+_\d{1,5}\.\w+$")
_WITHIN = re.compile(r"[^>\s]+ \S+$")


@frozen
class Pager:
    stem: str
    """The address of a later page up to `_k.html`."""
    total: int
    links: int
    """Links of the component that it belongs to."""


def recognise(document: Document) -> bool:
    return _pager(document) is not None


def rows(document: Document, row_path: str | None) -> Mined:
    """Those of a fragment stand where those of page 1 do, without what is around the list there."""
    mined = mine(document, row_path)
    if row_path and mined.row_path and _FRAGMENT.search(document.url) and _in_list(mined.row_path, row_path):
        return evolve(mined, row_path=row_path, anew=False)
    return mined


def _in_list(one: str, other: str) -> bool:
    """Whether two row paths are the same from the list's own element on: `ul.lst li>a`."""
    first, second = (_WITHIN.search(path) for path in (one, other))
    return first is not None and second is not None and first[0] == second[0]


def total(document: Document) -> int | None:
    pager = _pager(document)
    return pager.total if pager else None


def current(document: Document) -> int | None:
    return None


def learn(document: Document, recipe: Recipe) -> dict[str, Any]:
    pager = _pager(document)
    return {"stem": pager.stem, "total": pager.total} if pager else {}


def doors(document: Document, recipe: Recipe) -> tuple[NextPage, ...]:
    return ()


def steps(document: Document, recipe: Recipe, number: int) -> tuple[Step, ...]:
    stem, pages = recipe.params.get("stem"), recipe.params.get("total")
    if not isinstance(stem, str) or not isinstance(pages, int) or pages <= number:
        return ()
    if number == 1 and _pager(document) is None:
        return ()  # kept from before the site did away with it
    return (Step(NextPage(f"{stem}_{pages - number}.html")),)


def _pager(document: Document) -> Pager | None:
    """That of the component with the most links, as small ones stand beside a list and below an article."""
    if "maxPageNum" not in document.text:
        return None
    found = [pager for node in document.nodes if node.tag == "script" and (pager := _told(document, node))]
    return max(found, key=lambda pager: pager.links, default=None)


def _told(document: Document, script: HtmlElement) -> Pager | None:
    source = without_comments(script.text or "")
    stem, totals = _STEM.search(source), [int(told) for told in _TOTAL.findall(source)]
    address = document.resolve(stem[1]) if stem else None
    if stem is None or address is None or not totals:
        return None
    if urlsplit(address).netloc != urlsplit(document.base).netloc:
        return None
    held = document.tree.xpath("//*[@id=$id]//a", id=f"comp_{stem[2]}")
    return Pager(address, max(1, *totals), len(held))
