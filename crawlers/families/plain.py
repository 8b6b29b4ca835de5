"""Any page whose rows and pager are plain markup: 下一页, page numbers, `_N` addresses, query parameters,
共N页.
"""

from __future__ import annotations

from crawlers.catalogue.model import Recipe
from crawlers.items import NextPage
from crawlers.listing import Document, Mined, mine
from crawlers.paging.anchors import following
from crawlers.paging.declared import page_shown, pages_shown
from crawlers.paging.numbered import by_query, by_suffix, numbered
from crawlers.paging.step import Step, unique

NAME = "plain"


def recognise(document: Document) -> bool:
    return True


def rows(document: Document, row_path: str | None) -> Mined:
    return mine(document, row_path)


def total(document: Document) -> int | None:
    return pages_shown(document)


def current(document: Document) -> int | None:
    return page_shown(document)


def steps(document: Document, recipe: Recipe, number: int) -> tuple[Step, ...]:
    """What the page links to; else the stored way of numbering; else, where more pages are declared, the
    usual ones.
    """
    linked = following(document, number)
    found = [Step(NextPage(linked))] if linked else []
    declared = total(document)
    template = recipe.params.get("template")
    if template and recipe.offset is not None and (declared is None or declared > number):
        found.append(numbered(template, recipe.offset, number))
    elif declared and declared > number:
        found += [*by_query(document.url, number), *by_suffix(document.url, number)]
    return unique(found)
