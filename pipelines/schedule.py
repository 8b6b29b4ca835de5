"""When what is looked at: sources, known articles, pages that failed. Pure; the time is an argument."""

from __future__ import annotations

from datetime import datetime, timedelta

WATCHED_FOR = timedelta(days=30)
"""How long after its first sight an article is looked at again."""

LAST_TRY = 10
"""A page that failed so often in a row is given up, visibly; but not before it was tried for
`LEAST_TRIED`."""

LONGEST_WAIT = timedelta(days=1)

LEAST_TRIED = timedelta(days=3)
"""A column that is looked at every 30 seconds would otherwise give its articles up overnight."""


def next_look(first_seen: datetime, interval: timedelta, now: datetime) -> datetime | None:
    """When to look again at a stored article: at doubling ages, from the source's interval on.

    With an hourly source that is after 1, 2, 4, 8 ... hours: ten looks in a month, most of them 304.
    None: never again.
    """
    age = now - first_seen
    if age >= WATCHED_FOR:
        return None
    return now + max(interval, age)


DECIDED = frozenset({"robots", "private_address", "not_html"})
"""Failures that asking again soon will not change; the day after, somebody may have changed their mind."""


def next_try(failed_before: int, interval: timedelta, now: datetime, kind: str = "") -> datetime | None:
    """When to ask again for a page that failed `failed_before` + 1 times in a row; None: given up.

    `kind` is that of the last failure.
    """
    if kind in DECIDED:
        return now + LONGEST_WAIT if failed_before + 1 < LAST_TRY else None
    waits: list[timedelta] = [
        min(interval * 2**tries, LONGEST_WAIT) for tries in range(min(failed_before, _MOST_DOUBLINGS) + 1)
    ]
    if failed_before + 1 >= LAST_TRY and sum(waits[:-1], timedelta(0)) >= LEAST_TRIED:
        return None
    return now + waits[-1]


_MOST_DOUBLINGS = 20
"""A second becomes twelve days."""


def learned_interval(articles_in_fortnight: int) -> timedelta:
    """How often a column is looked at that published so many articles in fourteen days.

    Four looks per article to be expected, so that a new one is found within a quarter of the usual gap;
    never more often than every 15 minutes, never less often than every two hours.
    """
    if articles_in_fortnight == 0:
        return RAREST
    gap = timedelta(days=14) / articles_in_fortnight
    return min(max(gap / 4, OFTENEST), RAREST)


OFTENEST = timedelta(minutes=15)
RAREST = timedelta(hours=2)


def next_visit(interval: timedelta, failures_in_row: int, now: datetime) -> datetime:
    """When a source is visited next; after failures at doubling distance, six hours at the most."""
    if failures_in_row == 0:
        return now + interval
    wait: timedelta = min(interval * 2 ** min(failures_in_row, 16), max(interval, LONGEST_BACKOFF))
    return now + wait


LONGEST_BACKOFF = timedelta(hours=6)
