"""The list of a source: in the layout that was learned, or in a new one that its known rows prove.

What stands at the address and cannot be the column's list is refused: rows of strangers taken down as the
column's would bring mails about anything, and end the watch unnoticed.
"""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve, frozen

from crawlers.archive import Archive, KnownRow
from crawlers.catalogue.model import Recipe, Source
from crawlers.domains import same_owner
from crawlers.failures import failure_of_response
from crawlers.fetching import Fetch, FetchFailed
from crawlers.items import Failure, LayoutChanged, NextPage, Page, Row
from crawlers.onboarding import recipe_of, second_page
from crawlers.probing import View, look
from crawlers.recognising import recognised
from crawlers.relearning import Relearned, relearn
from crawlers.settling import Settled, settle
from crawlers.straying import strayed

LABELS = 60
"""Known rows that a new layout is learned from: three usual list pages."""

LIST_ONLY = frozenset(
    {"http_404", "soft_404", "no_rows", "foreign_rows", "empty", "stub", "redirect_home", "foreign_site",
     "frozen"}
)  # fmt: skip
"""Failures of a list whose site answers as ever."""


_WITHDRAWN = 3
"""The newest rows that are gone, from which on nobody withdrew them one by one."""


@frozen
class Found:
    settled: Settled
    source: Source
    """With the recipe that found the list."""
    changed: LayoutChanged | None = None


async def find_list(first: Page, source: Source, archive: Archive, fetch: Fetch) -> Found:
    """The list of a source, `first` being what came for its `entry`.

    Raises `FetchFailed` when there is none, or one that is not the column's.
    """
    trouble = failure_of_response(first, source.entry.expects)
    settled = None
    if trouble is None:
        try:
            settled = await settle(look(first, source.learned), fetch, _silent, source.learned)
        except FetchFailed as failed:
            trouble = failed.failure
    if settled is not None and not settled.view.list_page.rows:
        trouble = Failure("no_rows", settled.view.list_page.error or "the list shows no rows", first.url)
    if source.id is None or (trouble is not None and trouble.kind not in LIST_ONLY):
        known: Sequence[KnownRow] = ()
    else:
        known = archive.recent(source.id, LABELS)
        if settled is not None and trouble is None and _goes_on(settled.view, known):
            if reason := turned_back(settled.view.list_page.rows, known):
                raise FetchFailed(Failure("frozen", reason, first.url))
            return Found(settled, source)
        if changed := await _relearned(first, source, known, fetch):
            return changed
    if settled is None or trouble is not None:
        trouble = trouble or Failure("no_rows", "the list shows no rows", first.url)
        raise FetchFailed(_astray(first, known, trouble))
    if known and (reason := _foreign(settled.view, known)):
        trouble = Failure("foreign_rows", reason, settled.view.list_page.url)
        raise FetchFailed(_astray(first, known, trouble))
    return Found(settled, source)


def _goes_on(view: View, known: Sequence[KnownRow]) -> bool:
    """The list stands where the recipe says, and shows rows that are known, be it at new addresses."""
    return not view.anew and len(recognised(view.list_page.rows, known)) >= min(2, len(known))


def _astray(first: Page, known: Sequence[KnownRow], trouble: Failure) -> Failure:
    """What tells more than `trouble`: that the visitor was led elsewhere, where that is why."""
    astray = strayed(first, (row.url for row in known)) if trouble.kind in LIST_ONLY else None
    return astray or trouble


def turned_back(rows: Sequence[Row], known: Sequence[KnownRow]) -> str | None:
    """Why a list is an old state of itself: nothing on it is new, and rows that were newer are gone.

    One or two may have been withdrawn; a cache or a second server that nobody renews lacks all that came
    since. None also where the days are not known.
    """
    matches = recognised(rows, known)
    days = [row.published for row in rows if row.published]
    if len(matches) < len(rows) or len(days) < len(rows):
        return None
    shown, last = {match.known.url for match in matches}, max(row.last_seen for row in known)
    gone = [
        row
        for row in known
        if row.last_seen == last and row.url not in shown and row.published and row.published > max(days)
    ]
    if len(gone) < _WITHDRAWN:
        return None
    return f"the list is as it was on {max(days)}: {len(gone)} newer rows that it showed are gone"


def _foreign(view: View, known: Sequence[KnownRow]) -> str | None:
    """Why rows of which hardly any is known cannot be the column's; None where they can.

    A recipe that still finds rows is believed where they could simply all be new; one that does not, never.
    """
    rows = view.list_page.rows
    if view.anew:
        return f"the list has no longer its old layout, and {len(rows)} other rows are not the column's"
    if not any(same_owner(row.url, label.url) for row in rows for label in known):
        return f"all {len(rows)} rows lead to strangers, none of {len(known)} known rows is left"
    days = sorted((label.published for label in known if label.published), reverse=True)
    shown = [row.published for row in rows if row.published]
    if days and len(shown) == len(rows) and max(shown) < days[min(2, len(days) - 1)]:
        return f"all {len(rows)} rows are older than the known ones, of which none is left"
    return None


async def _relearned(first: Page, source: Source, known: Sequence[KnownRow], fetch: Fetch) -> Found | None:
    """The list in a new layout: on the page that came, where that points, or at the column's own address."""
    entry = source.entry if source.entry != NextPage(source.url) else None
    asked = evolve(source.recipe, row_path=None) if entry and entry.expects == "data" else None
    if not known:
        return None
    if learned := relearn(first, known, asked):
        return await _taken(learned, source, entry, fetch)
    try:
        page = await fetch(source.url) if entry else first
        if entry and (learned := relearn(page, known)):
            return await _taken(learned, source, None, fetch)
        learned, entry = await _elsewhere(page, known, fetch)
    except FetchFailed:
        return None
    return await _taken(learned, source, entry, fetch) if learned else None


async def _elsewhere(
    page: Page, known: Sequence[KnownRow], fetch: Fetch
) -> tuple[Relearned | None, NextPage | None]:
    """The list in a frame of the page, or behind an interface, and how that is asked for."""
    heard: dict[str, Page] = {}

    async def listen(target: str | NextPage) -> Page:
        answer = await fetch(target)
        heard[answer.url.partition("#")[0]] = answer
        return answer

    settled = await settle(look(page), listen, _silent)
    listed = settled.view.list_page
    held = heard.get(listed.url)
    if held is None or not listed.rows:
        return None, None
    asked = Recipe(listed.family or "plain", params=dict(listed.params))
    return relearn(held, known, asked), settled.entry


async def _taken(learned: Relearned, source: Source, entry: NextPage | None, fetch: Fetch) -> Found:
    """The new layout with the way to its page 2, which is probed as when a column is added."""
    second = await second_page(learned.view, fetch, _silent)
    recipe = recipe_of(learned.view.list_page, second, entry)
    evidence = str(learned.evidence)
    if second.reason and learned.view.list_page.pages != 1:
        evidence += f"; no page 2: {second.reason}"
    changed = LayoutChanged(source.id, recipe, evidence) if source.id is not None else None
    return Found(Settled(learned.view, entry), evolve(source, recipe=recipe), changed)


def _silent(line: str) -> None:
    """Progress is for whoever waits in front of a terminal."""
