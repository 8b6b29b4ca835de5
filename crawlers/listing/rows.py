"""A cluster of links read as rows: address, full title, day."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from itertools import islice, zip_longest
from typing import Literal
from urllib.parse import urlsplit

from attrs import evolve, frozen
from lxml.html import HtmlElement

from crawlers.items import Row
from crawlers.listing.clusters import Cluster
from crawlers.listing.days import day, day_of, day_of_title, month_day, nearest_year, scripts, texts
from crawlers.listing.headings import complete, headings_above
from crawlers.listing.links import Link, is_noise, squeeze
from crawlers.listing.titles import is_date, title_of
from crawlers.reading.canonical import is_route

_NEIGHBOURS = 6
"""Nodes beside a row in which its day may stand (`<dt>` title, `<dd>` day; text between two `<br>`)."""

_MOST_TEXTS = 60
"""Texts of a row that are looked at; where elements are left open, all later rows are in it."""

Side = Literal["within", "after", "before"]


@frozen
class _Part:
    """A link of the cluster as a row: its element and what it is called."""

    link: Link
    element: HtmlElement
    title: str


@frozen
class _Shown:
    """A row with what it shows of its day."""

    row: Row
    chunks: tuple[str, ...]
    """Texts in which the day was looked for."""


def read_rows(cluster: Cluster, beside: bool = True) -> tuple[Row, ...]:
    """Rows in the order of the page, one per address; without `beside` only with days inside the rows.

    Days that stand beside the rows stand on one side in the whole list: the side that dates most rows is it.
    Where the rows show but a part of their day, headings or neighbours complete it.
    """
    nodes = cluster.row_elements()
    elements = {id(node) for node in nodes}
    parts = [
        _Part(link, node, title_of(link.titled, node))
        for link, node in zip(cluster.links, nodes, strict=True)
    ]
    best = [_read(part, elements, "within") for part in parts]
    if beside and _dated(best) < len(best) / 2:
        sides: tuple[Side, ...] = ("after", "before")
        others = ([_read(part, elements, side) for part in parts] for side in sides)
        best = max(best, *others, key=_dated)
    if beside and _dated(best) < len(best):
        best = _completed(best, nodes)
    named = [shown for shown in best if shown.row.title and not is_noise(shown.row.title)]
    return _unique(shown.row for shown in _without_adverts(named))


def read_row(link: Link, element: HtmlElement) -> Row:
    """One row by itself, `element` being all of it."""
    return _read(_Part(link, element, title_of(link.titled, element)), set(), "within").row


def _dated(rows: list[_Shown]) -> int:
    return sum(shown.row.published is not None for shown in rows)


def _without_adverts(rows: list[_Shown]) -> list[_Shown]:
    """In a list of days what shows none and leads to a stranger, or to a home page, is an advertisement."""
    if _dated(rows) < 0.8 * len(rows):
        return rows
    usual, _ = (
        Counter(urlsplit(shown.row.url).netloc for shown in rows).most_common(1)[0] if rows else ("", 0)
    )
    return [
        shown
        for shown in rows
        if shown.row.published
        or any(map(is_date, shown.chunks))
        or (urlsplit(shown.row.url).netloc == usual and urlsplit(shown.row.url).path.strip("/"))
    ]


def _completed(rows: list[_Shown], nodes: list[HtmlElement]) -> list[_Shown]:
    """With the days of headings above the rows, else with the year of the nearest row that has one."""
    partly = [month_day(shown.chunks) for shown in rows]
    headings = headings_above(nodes)
    days = [shown.row.published for shown in rows]
    for place, (shown, heading, known) in enumerate(zip(rows, headings, partly, strict=True)):
        if days[place] is None and heading:
            days[place] = day(complete(heading, known, alone=not any(map(is_date, shown.chunks))))
    told = [place for place, one in enumerate(days) if one is not None]
    for place, known in enumerate(partly):
        if days[place] is None and known and told:
            near = days[min(told, key=lambda other: abs(other - place))]
            days[place] = nearest_year(known, near) if near else None
    return [
        evolve(shown, row=evolve(shown.row, published=one)) for shown, one in zip(rows, days, strict=True)
    ]


def _read(part: _Part, elements: set[int], side: Side) -> _Shown:
    chunks = _row_texts(part.element, part.link)
    nodes = [part.element]
    if side != "within":
        nodes = _beside(part.element, elements, side)
        chunks = _chunks(part.element, nodes, side)
    published = day_of(chunks, scripts(nodes), part.link.url)
    if published is None and side == "within":
        published = day_of_title(squeeze("".join(part.link.element.itertext())))
    return _Shown(Row(url=_as_linked(part.link), title=part.title, published=published), tuple(chunks))


def _as_linked(link: Link) -> str:
    """The address with the fragment that the page gives it (`#wechat_redirect`)."""
    fragment = (link.element.get("href") or "").partition("#")[2].strip()
    return f"{link.url}#{fragment}" if fragment and "#" not in link.url else link.url


def _row_texts(element: HtmlElement, link: Link) -> list[str]:
    """Texts of a row; in a table each cell's after the heading of its column, which tells one day from
    another.
    """
    headings = _headings(element) if element.tag == "tr" else []
    if not headings:
        return list(islice(texts([element], link.element), _MOST_TEXTS))
    chunks = []
    for heading, cell in zip_longest(headings, element.iterchildren("td", "th"), fillvalue=None):
        if cell is not None:
            chunks += [str(heading or ""), *texts([cell], link.element)]
    return chunks


def _headings(row: HtmlElement) -> list[str]:
    """Cells of the table's first row where they name columns of days."""
    table = next(row.iterancestors("table"), None)
    first = next(table.iter("tr"), None) if table is not None else None
    if first is None or first is row:
        return []
    cells = [squeeze("".join(cell.itertext())) for cell in first.iterchildren("td", "th")]
    return cells if any(len(cell) <= 8 and re.search(r"日期|时间", cell) for cell in cells) else []


def _beside(element: HtmlElement, rows: set[int], side: Side) -> list[HtmlElement]:
    """Siblings on one side up to the next row, in the order of the page."""
    found = []
    for sibling in islice(element.itersiblings(preceding=side == "before"), _NEIGHBOURS):
        if id(sibling) in rows:
            break
        found.append(sibling)
    return found if side == "after" else found[::-1]


def _chunks(element: HtmlElement, nodes: list[HtmlElement], side: Side) -> list[str]:
    chunks = [element.tail or ""] if side == "after" else []
    if side == "before" and not nodes and element.getprevious() is None:
        parent = element.getparent()
        chunks = [parent.text or ""] if parent is not None else []
    for node in nodes:
        chunks += [*islice(texts([node], None), _MOST_TEXTS), node.tail or ""]
    return [chunk for chunk in map(squeeze, chunks) if chunk]


def _unique(rows: Iterable[Row]) -> tuple[Row, ...]:
    """One row per address: a picture and a headline often lead to the same page; the first longer title
    stays.
    """
    by_url: dict[str, Row] = {}
    for row in rows:
        url = row.url if is_route(row.url.partition("#")[2]) else row.url.partition("#")[0]
        known = by_url.get(url)
        if known is None or (len(known.title) < 6 <= len(row.title)):
            by_url[url] = row
    return tuple(by_url.values())
