"""国资委, 税务总局 and kin: a list is a component `#comp_N`, its later pages are fragments `index_N_k.html`.

A script of the page names them (`purl`) and the total (`maxPageNum`). Numbers run backwards: of T pages the
second is `index_N_{T-1}.html`, the oldest `index_N_1.html` for ever. A fragment holds its rows and nothing
else, so what page 1 tells leads through all of them.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from attrs import evolve, frozen

from crawlers.catalogue.model import Recipe
from crawlers.items import NextPage
from crawlers.listing import Document, Mined, mine
from crawlers.listing.records import part
from crawlers.paging.declared import live_scripts
from crawlers.paging.step import Step

NAME = "component"

_STEM = re.compile(r"""\bpurl\s*=\s*["']([^"'\s]{1,200}_(\d+))["']""")
_TOTAL = re.compile(r"""\bmaxPageNum\s*=\s*["']?(\d{1,5})\b""")
_FRAGMENT = re.compile(r"_\d+_\d{1,5}\.s?html?$")


@frozen
class Pager:
    stem: str
    """The address of a later page up to `_k.html`."""
    holder: str
    """The id of the element with the rows."""
    total: int


def recognise(document: Document) -> bool:
    return _pager(document) is not None


def rows(document: Document, row_path: str | None) -> Mined:
    pager = _pager(document)
    holder = next((node for node in document.nodes if pager and node.get("id") == pager.holder), None)
    if holder is None and not _FRAGMENT.search(urlsplit(document.url).path):
        return mine(document, row_path)
    own = mine(document if holder is None else part(document, holder))
    return evolve(own, sure=True) if own.rows else mine(document, row_path)


def total(document: Document) -> int | None:
    pager = _pager(document)
    return pager.total if pager else None


def current(document: Document) -> int | None:
    return 1 if _pager(document) else None


def learn(document: Document, recipe: Recipe) -> dict[str, Any]:
    pager = _pager(document)
    return {"stem": pager.stem, "total": pager.total} if pager else {}


def doors(document: Document, recipe: Recipe) -> tuple[NextPage, ...]:
    return ()


def steps(document: Document, recipe: Recipe, number: int) -> tuple[Step, ...]:
    left = int(recipe.params.get("total", 0)) - number
    return (Step(NextPage(f"{recipe.params['stem']}_{left}.html")),) if left > 0 else ()


def _pager(document: Document) -> Pager | None:
    if "maxPageNum" not in document.text:
        return None
    source = live_scripts(document)
    stem, totals = _STEM.search(source), [int(told) for told in _TOTAL.findall(source)]
    address = document.resolve(stem[1]) if stem else None
    if stem is None or address is None or not totals:
        return None
    return Pager(address, f"comp_{stem[2]}", max(1, *totals))
