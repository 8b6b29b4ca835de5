"""JEECMS: `index.jhtml`, then `index_2.jhtml`; the pager is buttons with scripts or nothing but 1/20页."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from crawlers.catalogue.model import Recipe
from crawlers.listing import Document, Mined, mine
from crawlers.paging.declared import page_shown, pages_shown
from crawlers.paging.onward import by_name, onward
from crawlers.paging.step import Step

NAME = "jeecms"

# An address begins behind its last `=`: none is read again from each that it holds.
_MARKS = re.compile(r"""['"(/]r/cms/\w|['"=][^'"=\s<>]*/\w++\.jhtml\b""")


def recognise(document: Document) -> bool:
    return urlsplit(document.url).path.endswith(".jhtml") or bool(_MARKS.search(document.text))


def rows(document: Document, row_path: str | None) -> Mined:
    return mine(document, row_path)


def total(document: Document) -> int | None:
    return pages_shown(document)


def current(document: Document) -> int | None:
    return page_shown(document)


def steps(document: Document, recipe: Recipe, number: int) -> tuple[Step, ...]:
    pages = total(document)
    if pages is None or pages <= number:
        return onward(document, number)
    return onward(document, number, by_name(document.url, number, ext=".jhtml"))
