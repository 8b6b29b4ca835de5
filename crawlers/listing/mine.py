"""Repeated-row mining: the column's own list among everything that a page repeats."""

from __future__ import annotations

from attrs import evolve, field, frozen
from lxml.html import HtmlElement

from crawlers.items import Row
from crawlers.listing.clusters import Cluster, clusters
from crawlers.listing.document import Document
from crawlers.listing.links import Link, candidate_links
from crawlers.listing.rows import read_rows
from crawlers.listing.scoring import Landscape, near_pager, score, survey
from crawlers.listing.shapes import depth_of, row_path

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


def mine(document: Document, row_path: str | None = None) -> Mined:
    """The rows of the main list; with `row_path` the same list as on the page where it was learned."""
    links = candidate_links(document)
    land = survey(document, links)
    found = clusters(links)
    if row_path:
        known = _known(found, row_path, land)
        if known.rows:
            return known
    mined = _best(found, links, land)
    return evolve(mined, anew=row_path is not None)


def _known(found: list[Cluster], path: str, land: Landscape) -> Mined:
    """The best of the clusters whose links have the shape; where a menu shares it, the list wins."""
    best = Mined()
    for cluster in found:
        depths = {depth_of(link, path) for link in cluster.links} - {None}
        for depth in depths:
            links = tuple(
                link for link in cluster.links if depth is not None and depth_of(link, path) == depth
            )
            mined = _judge(Cluster(links, depth or 0), land, path)
            if mined.rows and (not best.rows or mined.score > best.score):
                best = mined
    return best


def _best(found: list[Cluster], links: tuple[Link, ...], land: Landscape) -> Mined:
    judged = [(_judge(cluster, land), cluster) for cluster in found]
    good = [(mined, cluster) for mined, cluster in judged if _stands(mined)]
    if not good:
        return Mined()
    best, cluster = max(good, key=lambda pair: pair[0].score)
    complete = _completed(cluster, links, best)
    urls = {row.url for row in best.rows}
    rivals = sum(not urls.intersection(row.url for row in mined.rows) for mined, _ in good)
    return evolve(_judge(complete, land), rivals=rivals)


def _stands(mined: Mined) -> bool:
    dated = sum(row.published is not None for row in mined.rows)
    return mined.score >= _ENOUGH and (len(mined.rows) >= 2 or (dated == 1 and mined.paged))


def _judge(cluster: Cluster, land: Landscape, path: str | None = None) -> Mined:
    rows = read_rows(cluster)
    return Mined(
        rows=rows,
        row_path=path or row_path(cluster.links[0], cluster.depth),
        score=score(cluster, rows, land),
        paged=near_pager(cluster, land),
        elements=tuple(cluster.row_element(link) for link in cluster.links),
    )


def _completed(cluster: Cluster, links: tuple[Link, ...], mined: Mined) -> Cluster:
    """With the rows whose link sits elsewhere inside the row (in one more `<p>` or `<div>`) put in their
    place.
    """
    tag = cluster.row_element(cluster.links[0]).tag
    nodes = {id(link.path[cluster.depth]) for link in cluster.links}
    taken = {id(cluster.row_element(link)) for link in cluster.links}
    urls = {row.url for row in mined.rows}
    if tag == "a" or len(mined.rows) < 3:
        return cluster
    all_dated = sum(row.published is not None for row in mined.rows) >= 0.8 * len(mined.rows)
    added: dict[int, Link] = {}
    for link in links:
        if (
            len(link.path) < cluster.depth + 3
            or id(link.path[cluster.depth]) not in nodes
            or link.url in urls
        ):
            continue
        row = link.path[cluster.depth + 1]
        if row.tag != tag or id(row) in taken or len(link.text) < 6:
            continue
        before = added.get(id(row))
        if before is None or len(link.text) > len(before.text):
            added[id(row)] = link
    extra = [link for link in added.values() if not all_dated or _dated_alone(link, cluster.depth)]
    if not extra:
        return cluster
    places = {id(link): place for place, link in enumerate(links)}
    return evolve(cluster, links=tuple(sorted((*cluster.links, *extra), key=lambda link: places[id(link)])))


def _dated_alone(link: Link, depth: int) -> bool:
    return any(row.published for row in read_rows(Cluster((link,), depth)))
