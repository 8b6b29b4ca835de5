"""Rows of a list that stand a little apart from the others: in another tag, or a lead story on top."""

from __future__ import annotations

import re
from collections.abc import Iterable

from attrs import evolve
from lxml.html import HtmlElement

from crawlers.items import Row
from crawlers.listing.clusters import Cluster
from crawlers.listing.links import Link
from crawlers.listing.rows import read_rows


def completed(cluster: Cluster, links: tuple[Link, ...], rows: tuple[Row, ...]) -> Cluster:
    """With the rows whose link sits elsewhere inside the row (one more `<p>`) put in their place."""
    tag = cluster.row_element(cluster.links[0]).tag
    if tag == "a" or len(rows) < 3:
        return cluster
    strict = _mostly_dated(rows)
    extra = []
    for link in _strays(cluster, links, rows):
        read = read_rows(Cluster((link,), cluster.depth), beside=False)
        if read and (read[0].published or not strict):
            extra.append(link)
    if not extra:
        return cluster
    places = {id(link): place for place, link in enumerate(links)}
    return evolve(cluster, links=tuple(sorted((*cluster.links, *extra), key=lambda link: places[id(link)])))


def _strays(cluster: Cluster, links: tuple[Link, ...], rows: tuple[Row, ...]) -> Iterable[Link]:
    """The longest link of each sibling of the rows that has none in the cluster."""
    tag = cluster.row_element(cluster.links[0]).tag
    nodes = {id(link.path[cluster.depth]) for link in cluster.links}
    taken = {id(cluster.row_element(link)) for link in cluster.links}
    urls = {row.url for row in rows}
    found: dict[int, Link] = {}
    for link in links:
        inside = len(link.path) > cluster.depth + 2 and id(link.path[cluster.depth]) in nodes
        if not inside or link.url in urls or len(link.text) < 6:
            continue
        row = link.path[cluster.depth + 1]
        if row.tag == tag and id(row) not in taken:
            before = found.get(id(row))
            found[id(row)] = link if before is None or len(link.text) > len(before.text) else before
    return found.values()


def lead_story(cluster: Cluster, links: tuple[Link, ...], rows: tuple[Row, ...]) -> Row | None:
    """The first article of the column, set larger in a box of its own right above the rest.

    It is taken for one when the box holds a single address, which is no row yet, shaped like those of the
    rows, and shows a day no older than the first row's where the rows show days.
    """
    if len(rows) < 3:
        return None
    box = _box_above(cluster.links[0].path[cluster.depth])
    inside = [link for link in links if box is not None and any(node is box for node in link.path)]
    if not inside or len({link.url for link in inside}) > 1 or inside[0].url in {row.url for row in rows}:
        return None
    best = max(inside, key=lambda link: 8 <= len(link.text) <= 60)
    place = next(index for index, node in enumerate(best.path) if node is box)
    read = read_rows(Cluster((best,), place - 1), beside=False) if place else ()
    if not read or len(read[0].title) < 6 or _shape(best.url) not in {_shape(row.url) for row in rows}:
        return None
    if not _mostly_dated(rows):
        return read[0]
    newest = max(row.published for row in rows if row.published)
    return read[0] if read[0].published and read[0].published >= newest else None


def _box_above(node: HtmlElement) -> HtmlElement | None:
    """The nearest sibling above that shows anything."""
    for sibling in node.itersiblings(preceding=True):
        if isinstance(sibling.tag, str) and "".join(sibling.itertext()).strip():
            return sibling
    return None


def _mostly_dated(rows: tuple[Row, ...]) -> bool:
    return sum(row.published is not None for row in rows) >= 0.8 * len(rows)


def _shape(url: str) -> str:
    """An address with its numbers levelled: host and what the articles of one system share."""
    return re.sub(r"[0-9a-f]{16,}", "h", re.sub(r"\d+", "9", url))
