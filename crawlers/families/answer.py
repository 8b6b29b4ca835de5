"""An answer in JSON as the column itself: what the program of a site asks its server for.

Any list of objects with a title and an address is taken for rows; the page's number in the address is
counted on.
"""

from __future__ import annotations

from typing import Any

from crawlers.catalogue.model import Recipe
from crawlers.items import Row
from crawlers.listing import Document, Mined
from crawlers.listing.answers import data_of, whole
from crawlers.listing.objects import FEWEST, best_rows
from crawlers.paging.numbered import by_query
from crawlers.paging.step import Step

NAME = "answer"

_PAGES = ("pages", "totalpage", "totalpages", "pagecount", "pagetotal")
_RECORDS = ("total", "totalcount", "count", "records", "recordcount", "totalsize")


def recognise(document: Document) -> bool:
    return len(_rows(document)) >= FEWEST


def rows(document: Document, row_path: str | None) -> Mined:
    return Mined(_rows(document), sure=True)


def total(document: Document) -> int | None:
    told = _numbers(data_of(document))
    pages = next((told[key] for key in _PAGES if told.get(key)), None)
    records, shown = next((told[key] for key in _RECORDS if told.get(key)), None), len(_rows(document))
    return pages or (-(-records // shown) if records and shown else None)


def current(document: Document) -> int | None:
    return None


def steps(document: Document, recipe: Recipe, number: int) -> tuple[Step, ...]:
    pages = total(document)
    return () if pages is not None and pages <= number else tuple(by_query(document.url, number))


def _rows(document: Document) -> tuple[Row, ...]:
    data = data_of(document)
    return () if data is None else best_rows(document, [("", data)])[1]


def _numbers(data: Any) -> dict[str, int]:
    """The numbers of an answer outside its rows, by their keys in lower case."""
    found: dict[str, int] = {}
    inner = [data]
    while inner:
        value = inner.pop()
        if isinstance(value, dict):
            for key, one in value.items():
                if isinstance(one, dict):
                    inner.append(one)
                elif (number := whole(one)) is not None:
                    found.setdefault(key.lower(), number)
    return found
