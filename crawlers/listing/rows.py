"""A cluster of links read as rows: address, full title, day."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice, zip_longest
from typing import Literal

from lxml.html import HtmlElement

from crawlers.items import Row
from crawlers.listing.clusters import Cluster
from crawlers.listing.days import day_of, scripts, texts
from crawlers.listing.links import Link, is_noise, squeeze
from crawlers.listing.titles import title_of

_NEIGHBOURS = 6
"""Nodes beside a row in which its day may stand (`<dt>` title, `<dd>` day; text between two `<br>`)."""

Side = Literal["within", "after", "before"]


def read_rows(cluster: Cluster, beside: bool = True) -> tuple[Row, ...]:
    """Rows in the order of the page, one per address; without `beside` only with days inside the rows.

    Days that stand beside the rows stand on one side in the whole list: the side that dates most rows is it.
    """
    nodes = cluster.row_elements()
    elements = {id(node) for node in nodes}
    titles = [title_of(link.element, node) for link, node in zip(cluster.links, nodes, strict=True)]
    parts = list(zip(cluster.links, nodes, titles, strict=True))
    best = [_read(*part, elements, "within") for part in parts]
    if beside and _dated(best) < len(best) / 2:
        sides: tuple[Side, ...] = ("after", "before")
        others = ([_read(*part, elements, side) for part in parts] for side in sides)
        best = max(best, *others, key=_dated)
    return _unique(row for row in best if row.title and not is_noise(row.title))


def _dated(rows: list[Row]) -> int:
    return sum(row.published is not None for row in rows)


def _read(link: Link, element: HtmlElement, title: str, elements: set[int], side: Side) -> Row:
    chunks = _row_texts(element, link)
    nodes = [element]
    if side != "within":
        nodes = _beside(element, elements, side)
        chunks = _chunks(element, nodes, side)
    return Row(url=link.url, title=title, published=day_of(chunks, scripts(nodes), link.url))


def _row_texts(element: HtmlElement, link: Link) -> list[str]:
    """Texts of a row; in a table each cell's after the heading of its column, which tells one day from
    another.
    """
    headings = _headings(element) if element.tag == "tr" else []
    if not headings:
        return list(texts([element], link.element))
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
        chunks += [*texts([node], None), node.tail or ""]
    return [chunk for chunk in map(squeeze, chunks) if chunk]


def _unique(rows: Iterable[Row]) -> tuple[Row, ...]:
    """One row per address: a picture and a headline often lead to the same page; the first longer title
    stays.
    """
    by_url: dict[str, Row] = {}
    for row in rows:
        known = by_url.get(row.url)
        if known is None or (len(known.title) < 6 <= len(row.title)):
            by_url[row.url] = row
    return tuple(by_url.values())
