"""When a mail that was not taken is tried again. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 4 * 60, 12 * 60, 24 * 60))
"""Before the second, third, ... try; after the one behind the last wait a mail has failed."""

SHORTEST = timedelta(minutes=1)
LONGEST = timedelta(hours=1)


def next_try(attempts: int, now: datetime) -> datetime | None:
    """When a mail is tried again whose try number `attempts` (from 1) failed at `now`; None: never."""
    return now + WAITS[attempts - 1] if attempts <= len(WAITS) else None


def next_look(created_at: datetime, now: datetime) -> datetime:
    """When a mail is tried again that the channel itself keeps back (server away, login refused).

    For half as long again as it has waited so far, and at most an hour: a server that was away over a
    holiday finds all its mails, and the operator who has mended the login need not wait long.
    """
    return now + min(max((now - created_at) / 2, SHORTEST), LONGEST)
