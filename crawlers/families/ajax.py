"""Columns that a script of the page itself fills by a request of its own, whatever system answers it.

苏州's `POST /szinf/xxgk/interfacesWebZcwj/loadData` with `pageIndex` and `channel_id` is one of them. What
is asked for, and how page 2 is, stands in the script; the answer is JSON with objects that have a title
and an address.
"""

from __future__ import annotations

import re
from typing import Any

from attrs import asdict

from crawlers.catalogue.model import Recipe
from crawlers.items import NextPage
from crawlers.listing import Document, Mined, mine
from crawlers.listing.answers import data_of, whole
from crawlers.listing.belonging import belongs, is_article, is_home
from crawlers.listing.objects import best_rows
from crawlers.paging.ajax import Request, request_of
from crawlers.paging.step import Step

NAME = "ajax"

_HINT = re.compile(r"\.(?:ajax|post|get|getJSON)\s*\(|\baxios\b|\bfetch\s*\(")
_PAGES = ("totalpage", "totalpages", "pagecount", "pages", "pagetotal", "total_page", "page_count")
_RECORDS = ("total", "allrow", "totalcount", "recordcount", "totalrecord", "count", "totalelements")


def recognise(document: Document) -> bool:
    if not _HINT.search(document.text) or is_home(document) or is_article(document):
        return False
    return request_of(document) is not None and not belongs(mine(document), document.url)


def rows(document: Document, row_path: str | None) -> Mined:
    data = data_of(document)
    return Mined(best_rows(document, [("", data)])[1], sure=True) if data is not None else Mined()


def total(document: Document) -> int | None:
    pages = _told(document, _PAGES)
    if pages is not None:
        return pages
    records, shown = _told(document, _RECORDS), len(rows(document, None).rows)
    return -(-records // shown) if records and shown and records >= shown else None


def current(document: Document) -> int | None:
    return None


def learn(document: Document, recipe: Recipe) -> dict[str, Any]:
    request = None if data_of(document) is not None else request_of(document)
    return {"home": document.url, "request": asdict(request)} if request else {}


def doors(document: Document, recipe: Recipe) -> tuple[NextPage, ...]:
    request = None if data_of(document) is not None else request_of(document)
    return (request.asked(1, document.url),) if request else ()


def steps(document: Document, recipe: Recipe, number: int) -> tuple[Step, ...]:
    params = recipe.params
    pages = total(document)
    if "request" not in params or not rows(document, None).rows or (pages is not None and pages <= number):
        return ()
    return (Step(Request(**params["request"]).asked(number + 1, params["home"])),)


def _told(document: Document, names: tuple[str, ...]) -> int | None:
    """A number that the answer gives beside its rows."""
    data = data_of(document)
    waiting = [data] if isinstance(data, dict) else []
    while waiting:
        holder = waiting.pop(0)
        told = {key.lower(): value for key, value in holder.items()}
        found = next((number for name in names if (number := whole(told.get(name))) is not None), None)
        if found is not None:
            return found
        waiting += [value for value in holder.values() if isinstance(value, dict)]
    return None
