"""Rows of a list that stand a little apart from the others: in another tag, or a lead story on top."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from attrs import evolve
from lxml.html import HtmlElement

from crawlers.items import Row
from crawlers.listing.clusters import Cluster
from crawlers.listing.links import Link
from crawlers.listing.rows import read_row, read_rows
from crawlers.listing.scoring import heading_of


def completed(cluster: Cluster, links: tuple[Link, ...], rows: tuple[Row, ...]) -> Cluster:
    """With the rows whose link sits elsewhere inside the row (one more `<p>`), or is the row itself
    (`<li onclick>`), put in their place.
    """
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
        inside = len(link.path) > cluster.depth + 1 and id(link.path[cluster.depth]) in nodes
        if not inside or link.url in urls or len(link.text) < 6:
            continue
        row = link.path[cluster.depth + 1]
        if row.tag == tag and id(row) not in taken:
            before = found.get(id(row))
            found[id(row)] = link if before is None or len(link.text) > len(before.text) else before
    return found.values()


def torn_off(
    cluster: Cluster, found: Sequence[Cluster], links: tuple[Link, ...], rows: tuple[Row, ...]
) -> Iterator[tuple[bool, Cluster]]:
    """Pieces of the list that broken markup (a stray `</div>`) put elsewhere in the tree, from the list
    outwards; True with those that stand before it.

    Such a piece follows at once, without a heading, in rows of the same make, with addresses of the same
    shape and days as the list has them.
    """
    places = {id(link): place for place, link in enumerate(links)}
    ends = [places[id(link)] for link in cluster.links if id(link) in places]
    if len(rows) < 3 or not ends:
        return
    first, last = min(ends), max(ends)
    others = {places[id(other.links[0])]: other for other in found if other is not cluster}
    until = {places[id(other.links[-1])]: other for other in others.values()}
    while (after := others.get(last + 1)) is not None and _is_piece(after, after, cluster, rows):
        yield False, after
        last = places[id(after.links[-1])]
    start = cluster
    while (before := until.get(first - 1)) is not None and _is_piece(before, start, cluster, rows):
        yield True, before
        first, start = places[id(before.links[0])], before


def _is_piece(part: Cluster, below: Cluster, cluster: Cluster, rows: tuple[Row, ...]) -> bool:
    """`below`: the lower one of the two that would be joined, above which no heading may stand."""
    make = cluster.links[0].tags[cluster.depth + 1 :]
    if part.links[0].tags[part.depth + 1 :] != make or make == ("a",) or heading_of(below):
        return False
    # What is closed too early goes on further out, in an element around the list.
    one, other = part.links[0].path[part.depth], cluster.links[0].path[cluster.depth]
    if one not in cluster.links[0].path and other not in part.links[0].path:
        return False
    own = read_rows(part)
    shapes = {_shape(row.url) for row in rows}
    alike = sum(_shape(row.url) in shapes for row in own)
    return bool(own) and 2 * alike > len(own) and _mostly_dated(own) == _mostly_dated(rows)


def lead_story(cluster: Cluster, links: tuple[Link, ...], rows: tuple[Row, ...]) -> Row | None:
    """The first article of the column, set larger in a box of its own right above the rest.

    It is taken for one when the box holds a single address, which is no row yet, shaped like those of the
    rows, and shows a day no older than the first row's where the rows show days.
    """
    if len(rows) < 3:
        return None
    box = _box_above(cluster.links[0].path[cluster.depth])
    inside = [] if box is None else [link for link in links if link.element in set(box.iter("a"))]
    if (
        box is None
        or not inside
        or len({link.url for link in inside}) > 1
        or inside[0].url in {row.url for row in rows}
    ):
        return None
    best = max(inside, key=lambda link: 8 <= len(link.text) <= 60)
    lead = read_row(best, box)
    if len(lead.title) < 6 or _shape(best.url) not in {_shape(row.url) for row in rows}:
        return None
    if not _mostly_dated(rows):
        return lead
    newest = max(row.published for row in rows if row.published)
    return lead if lead.published and lead.published >= newest else None


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
    return re.sub(r"\d+", "9", re.sub(r"[0-9a-f]{16,}", "h", url))
