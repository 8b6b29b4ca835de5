"""A list whose layout changed, learned anew: its known rows say which list of the new page it is. Pure.

A page can show known rows and still not be the column: the site's home page, a hot list, the mixed list of
all columns. So the rows that a new recipe finds must be what the column's own list would be: they hold most
of the known rows that stand on the page outside hot lists, in their order, leave few out between them, and
mix in few others; and the list must be no box at the side and no excerpt. In doubt nothing is learned.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date

from attrs import evolve, frozen

from crawlers.archive import KnownRow
from crawlers.catalogue.model import Recipe
from crawlers.domains import same_owner
from crawlers.failures import failure_of_response
from crawlers.families import family_of
from crawlers.items import Page, Row
from crawlers.listing import Document, mine, parse, verdict
from crawlers.listing.boxes import is_excerpt, is_side_box
from crawlers.listing.clusters import Cluster, clusters
from crawlers.listing.links import Link, candidate_links
from crawlers.listing.rows import read_rows
from crawlers.listing.scoring import Landscape, near_pager, survey
from crawlers.listing.shapes import row_path
from crawlers.probing import View, look
from crawlers.reading.decode import decode
from crawlers.recognising import Match, recognised
from crawlers.straying import strayed

ENOUGH = 3
"""Known rows that have to be found again; all of them where a column has only two."""

FEWEST = 2
"""Known rows without which nothing can be learned: one may stand in any box of a site."""


@frozen
class Evidence:
    """How many known rows a new recipe finds again."""

    known: int
    """Rows that were looked for."""
    on_page: int
    """Of these, how many stand on the page outside hot lists."""
    by_address: int
    by_title: int
    """At another address than before."""
    rows: int
    """Rows that the recipe finds in all."""

    @property
    def found(self) -> int:
        return self.by_address + self.by_title

    def __str__(self) -> str:
        return (
            f"{self.found} of {self.on_page} known rows on the page found again"
            f" ({self.by_address} at their address, {self.by_title} by title), {self.rows} rows in all"
        )


@frozen
class Relearned:
    recipe: Recipe
    evidence: Evidence
    view: View


def relearn(page: Page, known: Sequence[KnownRow], asked: Recipe | None = None) -> Relearned | None:
    """The recipe that finds the known rows of a column on its new page; None where none surely does.

    `known`: the rows that the list showed last. `asked`: with what an interface behind the page was asked.
    """
    if len(known) < FEWEST or failure_of_response(page) is not None:
        return None
    document = parse(decode(page.body, page.content_type).text, page.url.partition("#")[0])
    if document is None or strayed(page, (row.url for row in known)):
        return None
    found = [
        learned
        for view, cluster in _candidates(page, document, known, asked)
        if (learned := _judged(view, cluster, document, known))
    ]
    return max(found, key=lambda learned: learned.evidence.found, default=None)


def _candidates(
    page: Page, document: Document, known: Sequence[KnownRow], asked: Recipe | None
) -> list[tuple[View, Cluster | None]]:
    """Lists of the page that show known rows, each as its recipe would find it."""
    family = asked.family if asked else family_of(document).NAME
    params = dict(asked.params) if asked else {}
    lists = [
        cluster
        for cluster in clusters(candidate_links(document))
        if len(cluster.links) >= FEWEST and len(recognised(read_rows(cluster), known)) >= FEWEST
    ]
    paths = dict.fromkeys(row_path(cluster.links[0], cluster.depth) for cluster in lists)
    views = [look(page, Recipe(family, path, None, params)) for path in paths]
    own = look(page, asked)
    if own.list_page.row_path not in paths:
        views.append(own)
    return [
        (view, _around(view, lists) if view.list_page.row_path in paths else None)
        for view in views
        if view.list_page.rows and not view.anew
    ]


def _around(view: View, lists: Sequence[Cluster]) -> Cluster:
    """The list that the rows are of; several may have one shape."""
    urls = {row.url for row in view.list_page.rows}
    return max(lists, key=lambda cluster: sum(link.url in urls for link in cluster.links))


def _judged(
    view: View, cluster: Cluster | None, document: Document, known: Sequence[KnownRow]
) -> Relearned | None:
    listed = view.list_page
    matches = recognised(listed.rows, known)
    links = candidate_links(document)
    everywhere = recognised((*listed.rows, *_outside_boxes(links, document)), known)
    evidence = Evidence(
        known=len(known),
        on_page=max(len(everywhere), len(matches)),
        by_address=sum(match.by == "address" for match in matches),
        by_title=sum(match.by == "title" for match in matches),
        rows=len(listed.rows),
    )
    if evidence.found < min(ENOUGH, len(known)) or 3 * evidence.found < 2 * evidence.on_page:
        return None
    if not (_in_order(matches) and _dense(matches, known) and _unmixed(listed.rows, matches, known)):
        return None
    land = survey(document, links)
    paged = near_pager(cluster, land) if cluster else True
    if not _whole(len(listed.rows), known, paged):
        return None
    if cluster is not None and not _is_main(view, cluster, document, land):
        return None
    recipe = Recipe(listed.family or "plain", listed.row_path, None, dict(listed.params))
    return Relearned(recipe, evidence, view)


def _outside_boxes(links: Sequence[Link], document: Document) -> list[Row]:
    """Links that do not stand in a hot list: that shows more of the known rows than a short new page does."""
    boxed = {
        id(link)
        for cluster in clusters(links)
        if len(cluster.links) >= FEWEST and is_side_box(cluster, document, paged=False)
        for link in cluster.links
    }
    return [Row(link.url, link.text) for link in links if id(link) not in boxed]


def _in_order(matches: Sequence[Match]) -> bool:
    """Newest first but for a few pinned rows, as far as days are known; a hot list goes by its clicks."""
    days = [day.toordinal() for match in matches if (day := match.known.published or match.row.published)]
    ends: list[int] = []  # patience sorting: as many as the longest choice of rows that goes down
    for age in (-day for day in days):
        at = bisect_right(ends, age)
        ends[at : at + 1] = [age]
    return len(ends) >= 0.8 * len(days)


def _dense(matches: Sequence[Match], known: Sequence[KnownRow]) -> bool:
    """Between the known rows that are shown few are left out; pinned ones may lie far off."""
    ranked = sorted(known, key=lambda row: (row.published or date.min, row.last_seen), reverse=True)
    shown = {match.known.url for match in matches}
    places = [number for number, row in enumerate(ranked) if row.url in shown]
    most = -(-7 * len(places) // 10)
    width = min(last - first + 1 for first, last in zip(places, places[most - 1 :], strict=False))
    return most >= 0.75 * width


def _unmixed(rows: Sequence[Row], matches: Sequence[Match], known: Sequence[KnownRow]) -> bool:
    """Where the known rows are, there are few others; few rows at all lead to strangers."""
    ours = {match.row.url for match in matches}
    compared = [row.url in ours for row in _comparable(rows, ours, known)]
    homes = {row.url for row in known} | ours
    strange = sum(not any(same_owner(row.url, home) for home in homes) for row in rows)
    return sum(compared) >= 0.6 * len(compared) and 3 * strange <= len(rows)


def _comparable(rows: Sequence[Row], ours: set[str], known: Sequence[KnownRow]) -> list[Row]:
    """Rows that would be known if the list were the column's: neither newer nor older than what is known.

    Of the known days the oldest fifth is left out, as there are pinned rows. Where a row shows no day, its
    place tells: behind the first known row, as many as are known.
    """
    days = sorted((row.published for row in known if row.published), reverse=True)
    lowest = days[int(0.8 * (len(days) - 1))] if days else None
    first = next(number for number, row in enumerate(rows) if row.url in ours)
    found = []
    for number, row in enumerate(rows):
        if row.published is None or lowest is None:
            inside = first <= number < first + 0.8 * len(known)
        else:
            inside = lowest <= row.published <= days[0]
        if inside or row.url in ours:
            found.append(row)
    return found


def _whole(rows: int, known: Sequence[KnownRow], paged: bool) -> bool:
    """Not much shorter than the list page was; a new pager may cut it into smaller pages."""
    last = max(row.last_seen for row in known)
    before = sum(row.last_seen == last for row in known)
    return rows >= (0.25 if paged else 0.6) * before


def _is_main(view: View, cluster: Cluster, document: Document, land: Landscape) -> bool:
    """The list that the page is there for: no box at the side, no excerpt among others of a portal."""
    paged = near_pager(cluster, land)
    if is_side_box(cluster, document, paged):
        return False
    mined = mine(document)
    if not paged and (mined.rivals >= 3 or is_excerpt(cluster)):
        return False
    elements = tuple(cluster.row_elements())
    listed = view.list_page
    judged = evolve(mined, rows=listed.rows, paged=paged, elements=elements)
    return verdict(document, judged)[0] == "list"
