"""Any page whose rows and pager are plain markup: 下一页, page numbers, `_N` addresses, query parameters,
共N页.
"""

from __future__ import annotations

from crawlers.catalogue.model import Recipe
from crawlers.items import NextPage
from crawlers.listing import Document, Mined, mine
from crawlers.paging.anchors import following
from crawlers.paging.declared import page_shown, pages_shown, records_shown
from crawlers.paging.hints import by_last, by_parameter_named, by_record, by_script, usual_extension
from crawlers.paging.numbered import by_query, by_suffix, numbered
from crawlers.paging.postback import postback
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
    sent = None if linked else postback(document, number)
    found = [Step(NextPage(linked))] if linked else [Step(sent)] if sent else []
    declared = total(document)
    template = recipe.params.get("template")
    if template and recipe.offset is not None and (declared is None or declared > number):
        found.append(numbered(template, recipe.offset, number))
    else:
        found += _hinted(document, recipe, number, declared)
    return unique(found)


def _hinted(document: Document, recipe: Recipe, number: int, declared: int | None) -> list[Step]:
    """What the page lets guess of its following page; nothing where all that it declares is shown."""
    records = records_shown(document)
    shown = len(mine(document, recipe.row_path).rows) if records is not None else 0
    if declared is None and records and shown and number == 1:
        declared = -(-records // shown)
    if declared is not None and declared <= number:
        return []
    found = [*by_record(document.url, number, shown, records), *by_last(document, number, declared)]
    if declared is None:
        return found
    found += [*by_query(document.url, number), *by_script(document, number)]
    found += by_parameter_named(document, number)
    return [*found, *by_suffix(document.url, number, usual_extension(document))]
