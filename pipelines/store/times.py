"""Times as the database keeps them: ISO 8601 text in China time, so that text order is time order."""

from __future__ import annotations

from datetime import datetime

from crawlers.china import CHINA


def stamp(moment: datetime) -> str:
    """A moment of ours, to the millisecond: `2026-11-22T09:30:00.125+08:00`."""
    return moment.astimezone(CHINA).isoformat(timespec="milliseconds")


def published_stamp(moment: datetime) -> str:
    """A page's date, to the second, as pages give no more: `2021-08-06T19:37:00+08:00`."""
    return moment.astimezone(CHINA).isoformat(timespec="seconds")


def moment(text: str) -> datetime:
    """The aware datetime behind what `stamp` or `published_stamp` wrote."""
    return datetime.fromisoformat(text)


def now_in_china() -> datetime:
    """The clock, read at the outermost places only; everything below takes the time as an argument."""
    return datetime.now(CHINA)
