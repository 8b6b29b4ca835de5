"""PHPCMS: `index.php?m=content&c=index&a=lists&catid=9&page=2`, or `list-9-2.html` where it is rewritten.

Its pager tells the number of articles (138条), not of pages; it ends by linking no further.
"""

from __future__ import annotations

import re

from crawlers.catalogue.model import Recipe
from crawlers.listing import Document, Mined, mine
from crawlers.paging.declared import page_shown, pages_shown
from crawlers.paging.numbered import by_suffix
from crawlers.paging.onward import by_parameter, onward
from crawlers.paging.step import Step

NAME = "phpcms"

_MARKS = re.compile(
    r"[?&]m=content&(?:amp;)?c=index&(?:amp;)?a=(?:lists|show)\b|/statics/(?:css|js)/\w|phpcms", re.IGNORECASE
)
_DYNAMIC = re.compile(r"[?&]a=lists\b.*[?&]catid=\d+|[?&]catid=\d+.*[?&]a=lists\b")
_REWRITTEN = re.compile(r"/list-\d+-\d+\.\w+$")


def recognise(document: Document) -> bool:
    return bool(_DYNAMIC.search(document.url) or _MARKS.search(document.text))


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
    if _DYNAMIC.search(document.url):
        return onward(document, number, by_parameter(document.url, "page", number))
    named = by_suffix(document.url, number) if _REWRITTEN.search(document.url) else []
    return onward(document, number, *named)
