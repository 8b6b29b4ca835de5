"""Where a list reaches what was known before: how far a walk goes on, and which rows are history. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta

from attrs import evolve, frozen

from crawlers.items import Row

LATE = timedelta(days=30)
"""So long after the day it bears a row may still appear: documents are put up long after they were signed."""


@frozen
class Ground:
    """Known ground, as far as a walk down a list has met it.

    Known rows alone do not end a walk: a pinned row stands on top of any number of new ones. And unknown
    rows are not always news: when the site takes rows away, old ones slide up from the pages behind.
    """

    watched_since: date | None = None
    """The day of the first visit; what bears an earlier day may be history that was never listed to us."""
    visited: date | None = None
    """The day of the last visit that came to its end."""
    met: bool = False
    """Known rows were met."""
    newest: date | None = None
    """The latest day among the known rows."""
    reached: bool = False
    """Nothing below this page can be new."""
    history: frozenset[str] = frozenset()
    """Addresses on this page that were never seen and are no news all the same."""

    def below(self, rows: Sequence[Row], known: Collection[str]) -> Ground:
        """After one more page of the list; `known`: addresses that a visit before took down."""
        places = [place for place, row in enumerate(rows) if row.url in known]
        days = [rows[place].published for place in places]
        newest = max((day for day in (*days, self.newest) if day is not None), default=None)
        ground = evolve(self, met=self.met or bool(places), newest=newest)
        tail = rows[places[-1] + 1 :] if places else rows
        history = frozenset[str]()
        if not _ascends([day for day in days if day is not None]):
            history = frozenset(row.url for row in tail if ground._is_history(row))
        return evolve(
            ground, history=history, reached=self.reached or ground._ends_with(tail, rows, len(history))
        )

    def _is_history(self, row: Row) -> bool:
        """Below known rows, not later than they, and from before the column was watched."""
        if self.newest is None or self.watched_since is None or row.published is None:
            return False
        return row.published < self.watched_since and row.published <= self.newest

    def _ends_with(self, tail: Sequence[Row], rows: Sequence[Row], history: int) -> bool:
        if not self.met:
            return self._is_long_ago(rows)
        if len(tail) == history:  # or nothing at all below the last known row
            return True
        bottom = rows[-1].published
        if bottom is not None and self.newest is not None and bottom > self.newest:
            return False  # all that is known here is pinned
        return 2 * len(tail) <= len(rows)

    def _is_long_ago(self, rows: Sequence[Row]) -> bool:
        """A site that changed all its addresses shows no known row, down to the end of its archive."""
        days = [row.published for row in rows if row.published is not None]
        return self.visited is not None and len(days) == len(rows) and max(days) < self.visited - LATE


def _ascends(days: list[date]) -> bool:
    """Whether a list has its oldest row on top: what stands at its end is new, whatever day it bears.

    A pinned row above others of one day is no such list.
    """
    return len(set(days)) > 2 and days == sorted(days)
