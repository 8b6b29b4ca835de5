"""上海: `$(".pagination").pagination("setPage", current, total)`, pages at `index_2.html`, counted from 1.

The total is higher than what is kept: the last pages answer 404.
"""

from __future__ import annotations

import re

from crawlers.catalogue.model import Recipe
from crawlers.listing import Document, Mined, mine
from crawlers.paging.declared import live_scripts
from crawlers.paging.onward import by_name, onward
from crawlers.paging.step import Step

NAME = "shanghai"

_CALL = re.compile(r"""\.pagination\(\s*['"]setPage['"]\s*,\s*['"]?(\d+)['"]?\s*,\s*['"]?(\d+)""")


def recognise(document: Document) -> bool:
    return _told(document) is not None


def rows(document: Document, row_path: str | None) -> Mined:
    return mine(document, row_path)


def total(document: Document) -> int | None:
    told = _told(document)
    return told[1] if told else None


def current(document: Document) -> int | None:
    told = _told(document)
    return told[0] if told else None


def steps(document: Document, recipe: Recipe, number: int) -> tuple[Step, ...]:
    told = _told(document)
    if told is None or told[1] <= number:
        return onward(document, number) if told is None else ()
    return onward(document, number, by_name(document.url, number))


def _told(document: Document) -> tuple[int, int] | None:
    call = _CALL.search(live_scripts(document))
    return (int(call[1]), int(call[2])) if call else None
