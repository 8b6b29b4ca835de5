"""The table `accommodations`: what sites need to answer at all, beyond the usual way of asking."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlite_utils import Database

from crawlers.items import Accommodation
from pipelines.store.database import transaction
from pipelines.store.times import stamp

REMEMBERED_FOR = timedelta(days=7)
"""After that the usual way is tried again: servers are renewed."""


def learn(db: Database, found: Sequence[Accommodation], now: datetime) -> None:
    """Writes down what was found out just now; since when it is so stays as it was."""
    with transaction(db) as conn:
        conn.executemany(
            "INSERT INTO accommodations (site, kind, evidence, since, found_at) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (site, kind) DO UPDATE SET evidence = excluded.evidence,"
            " found_at = excluded.found_at",
            [(one.site, one.kind, one.evidence, stamp(now), stamp(now)) for one in found],
        )


def lately(conn: sqlite3.Connection, site: str, now: datetime) -> tuple[Accommodation, ...]:
    """What a site was found to need within the last days."""
    rows = conn.execute(
        "SELECT site, kind, evidence FROM accommodations WHERE site = ? AND found_at > ? ORDER BY kind",
        [site, stamp(now - REMEMBERED_FOR)],
    )
    return tuple(Accommodation(row["site"], row["kind"], row["evidence"]) for row in rows)


def by_site(db: Database, now: datetime) -> dict[str, list[dict[str, Any]]]:
    """Site -> `{kind, evidence, since}` of all that holds; sites that need nothing are absent."""
    found: dict[str, list[dict[str, Any]]] = {}
    rows = db.execute(
        "SELECT site, kind, evidence, since FROM accommodations WHERE found_at > ? ORDER BY site, kind",
        [stamp(now - 2 * REMEMBERED_FOR)],  # until the next visit has had the time to find it out again
    )
    for row in rows:
        found.setdefault(row["site"], []).append(
            {"kind": row["kind"], "evidence": row["evidence"], "since": row["since"]}
        )
    return found
