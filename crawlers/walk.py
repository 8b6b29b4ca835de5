"""Down a source's list, page after page, as far as a visit wants it; no article is fetched here."""

from __future__ import annotations

from collections import deque
from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import date, datetime

from attrs import define, evolve, field, frozen

from crawlers.archive import Archive, Assignment, KnownLink, KnownRow
from crawlers.catalogue.model import Recipe
from crawlers.china import CHINA
from crawlers.fetching import ConditionalFetch, FetchFailed
from crawlers.ground import Ground
from crawlers.items import Failure, ListPage, ListSeen, NextPage, Row
from crawlers.probing import look
from crawlers.recognising import moved

MOST_PAGES = 50
"""List pages walked to catch up with what appeared since the last visit; what is left then is told."""

REMEMBERED = 200
"""Rows that a list showed last, among which those of a site with new addresses are looked for."""

UNFINISHED = "unfinished"

ENDS = ("http_404", "soft_404")
"""What a list answers behind its last page: totals and pagers are hints, some promise too much."""


@frozen
class Wishes:
    """What the user asked for beyond a usual visit."""

    pages: int | None = None
    """Walk that many list pages; what lies below known ground is history."""
    since: date | None = None
    """Walk back to that day."""
    again: bool = False
    """Look again at every article that the list shows."""

    @property
    def walk_back(self) -> bool:
        return self.pages is not None or self.since is not None


@frozen
class Leaf:
    """One page of the list, with what is remembered of its rows."""

    seen: ListSeen
    known: Mapping[str, KnownLink]

    def is_history(self, row: Row) -> bool:
        """Whether the row is to bring no mail; decided when it was first seen."""
        link = self.known.get(row.url)
        return link.backlog if link else self.seen.backlog or row.url in self.seen.history


@define
class Walk:
    assignment: Assignment
    wishes: Wishes
    archive: Archive
    fetch: ConditionalFetch
    broken_off: Failure | None = None
    """Why the list was not walked to where it was wanted."""
    ground: Ground = field(init=False)
    _remembered: Sequence[KnownRow] | None = None

    def __attrs_post_init__(self) -> None:
        since, until = self.assignment.watched_since, self._until()
        self.ground = Ground(
            watched_since=since.astimezone(CHINA).date() if since else None,
            visited=until.astimezone(CHINA).date() if until else None,
            # Of a column never visited nothing is known: its first page is history, and enough of it.
            reached=until is None,
        )

    @property
    def cut_short(self) -> bool:
        """Whether there may be news below that no later visit would find by itself."""
        return self.broken_off is not None and self.broken_off.kind != UNFINISHED and not self.ground.reached

    async def leaves(self, listed: ListPage, parts: Sequence[NextPage] = ()) -> AsyncIterator[Leaf]:
        """The pages of the list, beginning with the first, which came already; `parts` are what an index
        names behind it.
        """
        number, had, waiting = 1, set[str](), deque(parts)
        recipe = self._told(listed)
        while True:
            rows = tuple({row.url: row for row in listed.rows if row.url not in had}.values())
            if not rows:  # a server that answers any page number with the same page
                return
            had.update(row.url for row in rows)
            yield self._leaf(listed.url, rows, number)
            following = listed.next or (waiting.popleft() if waiting else None)
            if following is None or not self._goes_on(number, rows, listed.url):
                return
            number += 1
            try:
                page = await self.fetch(following)
            except FetchFailed as failed:
                if failed.failure.kind not in ENDS:
                    self.broken_off = evolve(failed.failure, source_id=self.assignment.source.id)
                return
            view = look(page, recipe, number)
            listed = view.list_page
            if view.anew and listed.rows and recipe is not None and recipe.row_path:
                # Page 2 showed its rows where page 1 does when the column was taken on; this is another page.
                detail = f"page {number} of the list has not the layout of the others"
                self.broken_off = Failure("no_rows", detail, page.url, self.assignment.source.id)
                return

    def _told(self, first: ListPage) -> Recipe | None:
        """The recipe with what only the first page tells."""
        recipe = self.assignment.source.learned
        if not first.params or first.family is None:
            return recipe
        return evolve(recipe or Recipe(first.family), params=dict(first.params))

    def _leaf(self, url: str, rows: tuple[Row, ...], number: int) -> Leaf:
        source = self.assignment.source
        known = {} if source.id is None else self.archive.listed(source.id, [row.url for row in rows])
        elsewhere = self._moved(rows, known)
        walked_past = self.wishes.walk_back and number > 1 and self.ground.reached
        backlog = self.assignment.first_visit or walked_past
        until = self._until()
        # Rows that were taken down by a visit which was cut short are no known ground.
        old = [url for url, link in known.items() if until is not None and link.first_seen <= until]
        old += [url for url, row in elsewhere.items() if until is not None and row.last_seen <= until]
        self.ground = self.ground.below(rows, old)
        wants_all = source.alert_backlog
        history = frozenset[str]() if wants_all else self.ground.history
        history |= {url for url, row in elsewhere.items() if row.had}
        addresses = {url: row.url for url, row in elsewhere.items()}
        seen = ListSeen(source.id, url, rows, backlog and not wants_all, history, addresses)
        return Leaf(seen, known)

    def _moved(self, rows: Sequence[Row], known: Mapping[str, KnownLink]) -> Mapping[str, KnownRow]:
        """Rows that were known at another address, before the site changed them all."""
        source = self.assignment.source
        if source.id is None or self.assignment.first_visit or len(known) > len(rows) - 2:
            return {}
        if self._remembered is None:
            self._remembered = self.archive.recent(source.id, REMEMBERED)
        return moved(rows, known, self._remembered)

    def _goes_on(self, number: int, rows: Sequence[Row], url: str) -> bool:
        """Whether the following page is wanted."""
        if self.wishes.pages is not None and number < self.wishes.pages:
            return True
        if self.wishes.since is not None:
            days = [row.published for row in rows if row.published]
            if not days or max(days) >= self.wishes.since:
                return True
        if self.ground.reached:
            return False
        if number >= MOST_PAGES:
            detail = f"{number} pages of new rows; those below were left, fetch them with --pages"
            self.broken_off = Failure(UNFINISHED, detail, url, self.assignment.source.id)
            return False
        return True

    def _until(self) -> datetime | None:
        """What was taken down up to then is known ground."""
        return self.assignment.last_success or self.assignment.watched_since
