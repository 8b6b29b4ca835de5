"""Numbers of pages that a page declares; hints, for sources lie about them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree
from lxml.html import HtmlElement

from crawlers.listing.document import Document
from crawlers.listing.links import squeeze

_SHOWN = (
    re.compile(r"共\s*(?:有|计)?\s*(\d{1,5})\s*[页頁]"),
    re.compile(r"第?\s*\d{1,5}\s*[页頁]?\s*[/／]\s*(?:共\s*)?(\d{1,5})\s*[页頁]"),
    re.compile(r"[页頁]次\s*[:：]?\s*\d{1,5}\s*[/／]\s*(\d{1,5})"),
    re.compile(r"总\s*[页頁]数?\s*[:：]?\s*(\d{1,5})"),
)
_HERE = (
    re.compile(r"第\s*(\d{1,5})\s*[页頁]"),
    re.compile(r"(?:[页頁]次\s*[:：]?\s*)?(\d{1,5})\s*[/／]\s*\d{1,5}\s*[页頁]"),
)
_IN_SCRIPT = re.compile(
    r"\b(?:countPage|pageCount|totalPages?|pagecount|total_?page|page_?count|maxPage)['\"]?\s*[:=]\s*"
    r"(?:parseInt\()?\s*['\"]?(\d{1,5})(?!\d)",
    re.IGNORECASE,
)
_RECORDS = re.compile(r"共\s*(?:有|计)?\s*(\d{1,7})\s*(?:条|篇)")
_RECORDS_IN_SCRIPT = re.compile(
    r"\b(?:dataTotal|totalCount|recordCount|totalRecords?)['\"]?\s*[:=]\s*(?:parseInt\()?\s*['\"]?(\d{1,7})",
    re.IGNORECASE,
)
_LONGEST_NUMBER = 7
_LINE_COMMENT = re.compile(r"(^|[\s;{}])//[^\n]*", re.MULTILINE)
_BLOCK_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def live_scripts(document: Document) -> str:
    """The page's inline scripts without their comments."""
    return without_comments("\n".join(node.text or "" for node in document.nodes if node.tag == "script"))


def without_comments(source: str) -> str:
    """A script without its comments."""
    closed = source.rfind("*/") + 2  # behind it, every `/*` would be looked for the end of in vain
    return _LINE_COMMENT.sub(r"\1", _BLOCK_COMMENT.sub("", source[:closed]) + source[closed:])


def pages_shown(document: Document) -> int | None:
    """Total that a reader is told (共N页, 1/N页), else that of a pager script; at least 1."""
    words = squeeze("".join(_words(document)))
    totals = [int(match[1]) for shape in _SHOWN for match in shape.finditer(words)]
    if not totals:
        totals = [int(total) for total in _IN_SCRIPT.findall(live_scripts(document))[:1]] or [
            total for node in document.nodes if (total := _in_attributes(node))
        ]
    return totals[-1] if totals and totals[-1] > 0 else None


def records_shown(document: Document) -> int | None:
    """Number of articles that a reader or a pager script is told (共240条, `dataTotal = 240`)."""
    words = squeeze("".join(_words(document)))
    found = _RECORDS.findall(words) or _RECORDS_IN_SCRIPT.findall(live_scripts(document))
    return int(found[-1]) if found else None


def _in_attributes(node: HtmlElement) -> int | None:
    """`<div id="pageDec" pagesize="20" pagecount="12">`, or a size and a number of records."""
    numbers = {
        name.lower().removeprefix("data-").replace("-", ""): int(value)
        for name, value in node.items()
        if value.isdecimal() and len(value) <= _LONGEST_NUMBER
    }
    if not numbers:
        return None
    pages = next(
        (numbers[name] for name in ("pagecount", "totalpage", "totalpages") if name in numbers), None
    )
    size = numbers.get("pagesize")
    records = next(
        (numbers[name] for name in ("total", "totalcount", "recordcount") if name in numbers), None
    )
    return pages if pages or not size or not records else -(-records // size)


def page_shown(document: Document) -> int | None:
    """Number of this page as a reader is told (第2页, 2/9页)."""
    words = squeeze("".join(_words(document)))
    for shape in _HERE:
        found = shape.findall(words)
        if found:
            return int(found[-1])
    return None


def _words(document: Document) -> Iterator[str]:
    """Visible text in reading order, without the titles of rows, in which "共12页" would mean something
    else.
    """
    for event, node in etree.iterwalk(document.tree, events=("start", "end")):
        if event == "end":
            yield node.tail or ""
            continue
        text = node.text or ""
        if node.tag not in ("script", "style", "title") and not (node.tag == "a" and len(text) > 8):
            yield text
