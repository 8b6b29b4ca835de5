"""龙讯 Lonsun: `Ls.pagination("#page_{id}", …, {currPage, pageCount})`, then
`/content/column/{id}?pageIndex=N`.

A friendly address (`/xwzx/index.html`) is page 1 only; the column's number stands in the script. Columns
without an extension (`/gzdt/cddt`) count on as `/gzdt/cddt_2`.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from crawlers.catalogue.model import Recipe
from crawlers.listing import Document, Mined, mine
from crawlers.paging.declared import live_scripts, page_shown, pages_shown
from crawlers.paging.onward import by_name, by_parameter, onward
from crawlers.paging.step import Step

NAME = "lonsun"

_CALL = re.compile(
    r"""\bLs\.pagination\s*\(\s*['"](?P<holder>[^'"]*)['"](?P<between>.{0,1500}?)\{(?P<settings>[^{}]*\bpageCount[^{}]*)""",
    re.DOTALL,
)
_TOTAL = re.compile(r"\bpageCount['\"]?\s*:\s*\(?\s*['\"]?(\d+)")
_CURRENT = re.compile(r"\bcurrPage['\"]?\s*:\s*\(?\s*['\"]?(\d+)['\"]?(?:\s*\+\s*(\d+))?")
_ID = re.compile(r"page_(\d+)$")
_COLUMN = re.compile(r"/(?:content|public)/column/")
_ADDRESS = re.compile(r"""['"]([^'"\s]*/(?:content|public)/column/[^'"\s]*)['"]""")
_MARKS = re.compile(r"\bLs\.pagination\b|class=['\"]?doc_list list-\d|/site/tpl/\d|\bj-fontContent\b")


def recognise(document: Document) -> bool:
    return bool(_MARKS.search(document.text) or re.search(r"/content/column/\d+", document.url))


def rows(document: Document, row_path: str | None) -> Mined:
    return mine(document, row_path)


def total(document: Document) -> int | None:
    call = _call(document)
    told = _TOTAL.search(call["settings"]) if call else None
    return int(told[1]) if told else pages_shown(document)


def current(document: Document) -> int | None:
    call = _call(document)
    told = _CURRENT.search(call["settings"]) if call else None
    return int(told[1]) + int(told[2] or 0) if told else page_shown(document)


def steps(document: Document, recipe: Recipe, number: int) -> tuple[Step, ...]:
    number = max(number, current(document) or 0)
    pages = total(document)
    if pages is None or pages <= number:
        return onward(document, number) if pages is None else ()
    column = _column(document)
    if column:
        return onward(document, number, by_parameter(column, "pageIndex", number))
    return onward(document, number, by_name(document.url, number))


def _column(document: Document) -> str | None:
    """The address that takes a `pageIndex`: this page's own, the one in the script, or that of the number in
    it.
    """
    if _COLUMN.search(urlsplit(document.url).path):
        return document.url
    call = _call(document)
    if call is None:
        return None
    said = _ADDRESS.search(call["between"])
    if said:
        return document.resolve(said[1])
    number = _ID.search(call["holder"])
    return document.resolve(f"/content/column/{number[1]}") if number else None


def _call(document: Document) -> re.Match[str] | None:
    return _CALL.search(live_scripts(document))
