"""Repeated-row mining: the column's own list among everything that a page repeats."""

from __future__ import annotations

from collections import defaultdict

from attrs import evolve, field, frozen
from lxml.html import HtmlElement

from crawlers.items import NextPage, Row
from crawlers.listing.clusters import Cluster, clusters
from crawlers.listing.completion import completed, lead_story, torn_off
from crawlers.listing.document import Document
from crawlers.listing.links import Link, candidate_links
from crawlers.listing.rows import read_rows
from crawlers.listing.scoring import Landscape, near_pager, score, survey
from crawlers.listing.shapes import depth_of, row_path

_SAME_LIST = 0.9
"""Share of common rows from which two clusters are the same list; of those the one with days is read."""
_ENOUGH = 4.8
"""Points from which a cluster is taken for a column's list; menus and link boxes stay below."""


@frozen
class Mined:
    """What was found on a page. No rows: nothing on it looks like a column's list."""

    rows: tuple[Row, ...] = ()
    row_path: str | None = None
    score: float = 0.0
    anew: bool = False
    """True when the given row path no longer gave rows and the list was looked for from scratch."""
    paged: bool = False
    """A pager stands right below the rows."""
    rivals: int = 0
    """Other clusters on the page that could stand as a list by themselves: many on a home page."""
    elements: tuple[HtmlElement, ...] = field(default=(), eq=False, repr=False)
    """The rows' elements."""
    sure: bool = False
    """The rows are data that call themselves rows (a feed, an answer in JSON): their looks need no
    judging.
    """
    elsewhere: tuple[NextPage, ...] = ()
    """As in `ListPage`."""
    parts: tuple[NextPage, ...] = ()
    """As in `ListPage`."""


def mine(document: Document, row_path: str | None = None) -> Mined:
    """The rows of the main list; with `row_path` the same list as on the page where it was learned."""
    links = candidate_links(document)
    land = survey(document, links)
    found = clusters(links)
    if row_path:
        known = _known(found, row_path, links, land)
        if known.rows:
            return known
    mined = _best(found, links, land)
    return evolve(mined, anew=row_path is not None)


def _whole(
    cluster: Cluster, found: list[Cluster], links: tuple[Link, ...], land: Landscape, path: str | None
) -> Mined:
    """The list with what stands a little apart from its other rows."""
    mined = _judge(completed(cluster, links, read_rows(cluster)), land, path)
    for before, other in torn_off(cluster, found, links, mined.rows):
        part = _judge(other, land, path)
        one, two = (part, mined) if before else (mined, part)
        mined = evolve(
            mined,
            rows=tuple({row.url: row for row in (*one.rows, *two.rows)}.values()),
            elements=(*one.elements, *two.elements),
            paged=one.paged or two.paged,
        )
    lead = lead_story(cluster, links, mined.rows)
    return evolve(mined, rows=(lead, *mined.rows)) if lead else mined


def _known(found: list[Cluster], path: str, links: tuple[Link, ...], land: Landscape) -> Mined:
    """The best of the clusters whose links have the shape; where a menu shares it, the list wins."""
    shaped = []
    for cluster in found:
        at: dict[int, list[Link]] = defaultdict(list)
        for link in cluster.links:
            depth = depth_of(link, path)
            if depth is not None:
                at[depth].append(link)
        groups = [Cluster(tuple(group), depth) for depth, group in at.items()]
        shaped += [group for group in groups if not group.is_crammed()]
    judged = [(_judge(cluster, land, path), cluster) for cluster in shaped]
    readable = [(mined, cluster) for mined, cluster in judged if mined.rows]
    if not readable:
        return Mined()
    return _whole(max(readable, key=lambda pair: pair[0].score)[1], found, links, land, path)


def _best(found: list[Cluster], links: tuple[Link, ...], land: Landscape) -> Mined:
    judged = [(_judge(cluster, land), cluster) for cluster in found]
    good = [(mined, cluster) for mined, cluster in judged if _stands(mined)]
    if not good:
        return Mined()
    best, cluster = max(good, key=lambda pair: pair[0].score)
    best, cluster = max(
        ((mined, twin) for mined, twin in good if _overlap(mined, best) >= _SAME_LIST),
        key=lambda pair: (_dated(pair[0]) - _dated(best) >= len(best.rows) / 2, pair[0].score),
    )
    urls = {row.url for row in best.rows}
    rivals = sum(not urls.intersection(row.url for row in mined.rows) for mined, _ in good)
    return evolve(_whole(cluster, found, links, land, best.row_path), rivals=rivals)


def _overlap(mined: Mined, best: Mined) -> float:
    """How much two lists have in common: pictures and headlines of the same articles."""
    one, other = ({row.url for row in found.rows} for found in (mined, best))
    return len(one & other) / len(one | other)


def _dated(mined: Mined) -> int:
    return sum(row.published is not None for row in mined.rows)


def _stands(mined: Mined) -> bool:
    return mined.score >= _ENOUGH and (len(mined.rows) >= 2 or _dated(mined) == 1)


def _judge(cluster: Cluster, land: Landscape, path: str | None = None) -> Mined:
    rows = read_rows(cluster)
    return Mined(
        rows=rows,
        row_path=path or row_path(cluster.links[0], cluster.depth),
        score=score(cluster, rows, land),
        paged=near_pager(cluster, land),
        elements=tuple(cluster.row_element(link) for link in cluster.links),
    )
