"""How often a column seems to publish, by the days that its list shows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from attrs import frozen

from crawlers.items import Row

_FEWEST = 3
"""Days from which there is a rhythm."""
_OLD_SHARE = 5
"""One in so many of the oldest days is left out: notices that are pinned for years are no rhythm."""
_NEW_SHARE = 10
"""One in so many of the newest is left out: a mistyped year, a day that has only begun."""
_PERIODS = (("day", 1.0), ("week", 7.0), ("month", 365.25 / 12), ("year", 365.25))
"""Names and lengths in days."""
_OFTEN = 1.5
"""Articles a day from which days are spoken of, so that one on each workday is `about 5 a week`."""


@frozen
class Rhythm:
    per_week: float
    """Articles."""
    newest: date
    """The last day on which there was one, as the list has it."""

    @property
    def said(self) -> str:
        """`about 5 a week`."""
        per_day = self.per_week / 7
        if per_day >= _OFTEN:
            return f"about {per_day:.0f} a day"
        for name, length in _PERIODS[1:]:
            if round(per_day * length, 1) >= 1:
                return f"about {per_day * length:.0f} a {name}"
        return "less than one a year"


def rhythm(rows: Sequence[Row]) -> Rhythm | None:
    """Of the rows of a list, in any order; None where fewer than three, or than half, show their day."""
    days = sorted((row.published for row in rows if row.published), reverse=True)
    if len(days) < max(_FEWEST, len(rows) / 2):
        return None
    last, first = days[len(days) // _NEW_SHARE], days[len(days) - 1 - len(days) // _OLD_SHARE]
    span = (last - first).days
    # What stands on the oldest day is where counting begins; a list of one day shows no other.
    count = sum(first < day <= last or (not span and day == last) for day in days)
    return Rhythm(per_week=round(7 * count / max(span, 1), 2), newest=days[0])
