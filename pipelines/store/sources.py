"""The table `sources`: what is watched, when it is due, and how it has been doing."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from attrs import asdict
from sqlite_utils import Database

from crawlers.catalogue.model import Recipe, Source
from crawlers.middlewares.slots import site_of
from pipelines.schedule import LONGEST_BACKOFF
from pipelines.store.database import transaction
from pipelines.store.times import moment, stamp

FIRST_INTERVAL = 3600
"""Seconds between two looks at a column of which nothing is known yet."""


class NoSuchSource(Exception):
    """There is no source of that name or number."""


class SourceExists(Exception):
    """Another source has that name or that address already."""


class SourceBusy(Exception):
    """A run has the source in hand."""


def add(
    db: Database,
    source: Source,
    now: datetime,
    *,
    state: str = "healthy",
    reason: str | None = None,
    confidence: float | None = None,
) -> Source:
    """Stores a new source, due at once; raises `SourceExists`."""
    with transaction(db) as conn:
        taken = conn.execute(
            "SELECT name, url FROM sources WHERE name = ? OR url = ?", [source.name, source.url]
        ).fetchone()
        if taken is not None:
            same = "address" if taken["url"] == source.url else "name"
            raise SourceExists(f"source '{taken['name']}' has that {same} already: {taken['url']}")
        conn.execute(
            "INSERT INTO sources (name, url, site, recipe, every, interval, alert_backlog, verify_tls,"
            " browser, confidence, state, reason, since, added_at, next_check_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                source.name,
                source.url,
                site_of(source.url),
                json.dumps(asdict(source.recipe), ensure_ascii=False),
                source.every,
                source.every or FIRST_INTERVAL,
                int(source.alert_backlog),
                int(source.verify_tls),
                int(source.browser),
                confidence,
                state,
                reason,
                stamp(now),
                stamp(now),
                stamp(now),
            ],
        )
    return find(db, source.name)


def find(db: Database, name: str) -> Source:
    """By name, number or address; raises `NoSuchSource`."""
    row = db.execute(
        "SELECT * FROM sources WHERE name = ? OR url = ? OR id = ? ORDER BY name = ? DESC LIMIT 1",
        [name, name, int(name) if name.isdecimal() and len(name) < _DIGITS else -1, name],
    ).fetchone()
    if row is None:
        raise NoSuchSource(f"no source is named '{name}'; see `govwatch sources list`")
    return as_source(row)


_DIGITS = 19
"""SQLite's whole numbers have fewer than that for certain."""


def all_of(db: Database) -> list[sqlite3.Row]:
    """Every source by name, with `articles` (how many), `newest` (date of the latest) and `given_up`
    (rows whose pages failed so often that they are asked for no more)."""
    return list(
        db.execute(
            "SELECT sources.*, (SELECT count(*) FROM articles WHERE source_id = sources.id) AS articles,"
            " (SELECT max(published) FROM articles WHERE source_id = sources.id) AS newest,"
            " (SELECT count(*) FROM links WHERE source_id = sources.id AND last_error IS NOT NULL"
            " AND next_attempt_at IS NULL) AS given_up"
            " FROM sources ORDER BY name"
        )
    )


def names(db: Database) -> list[sqlite3.Row]:
    """`id`, `name`, `url` and `state` of every source by name: all that it takes to tell them apart."""
    return list(db.execute("SELECT id, name, url, state FROM sources ORDER BY name"))


def state_of(db: Database, source_id: int) -> str:
    """Raises `NoSuchSource`."""
    row = db.execute("SELECT state FROM sources WHERE id = ?", [source_id]).fetchone()
    if row is None:
        raise NoSuchSource(f"there is no source {source_id}")
    return str(row["state"])


def due(db: Database, now: datetime, *, of_a_site: int | None = None) -> list[Source]:
    """Sources to be visited now, longest overdue first, leaving out sites that another run visits.

    `of_a_site`: no more than that many of one site, which are visited one after the other; the rest is
    due as soon as those are done.
    """
    rows = db.execute(
        "SELECT * FROM sources WHERE state <> 'paused' AND (next_check_at <= ? OR next_check_at > ?)"
        " AND site NOT IN (SELECT site FROM sources WHERE claimed_by IS NOT NULL)"
        " ORDER BY next_check_at, id",
        [stamp(now), stamp(now + LONGEST_BACKOFF)],
    )
    taken: Counter[str] = Counter()
    chosen = []
    for row in rows:
        if not _rests(row, now) and (of_a_site is None or taken[row["site"]] < of_a_site):
            taken[row["site"]] += 1
            chosen.append(as_source(row))
    return chosen


def _rests(row: sqlite3.Row, now: datetime) -> bool:
    """Later than any next visit is set, it was set by a clock that was wrong: that rests no source."""
    wait = moment(row["next_check_at"]) - now
    return timedelta(0) < wait <= max(LONGEST_BACKOFF, timedelta(seconds=row["interval"]))


def claimed(db: Database, source_ids: Sequence[int]) -> list[str]:
    """Names of those of the sources whose site another run has in hand."""
    marks = ", ".join("?" * len(source_ids))
    rows = db.execute(
        f"SELECT name FROM sources WHERE id IN ({marks})"
        " AND site IN (SELECT site FROM sources WHERE claimed_by IS NOT NULL)",
        list(source_ids),
    )
    return [row["name"] for row in rows]


def of_run(conn: sqlite3.Connection, run_id: int) -> list[sqlite3.Row]:
    """The sources that a run is to visit."""
    return list(conn.execute("SELECT * FROM sources WHERE claimed_by = ? ORDER BY next_check_at", [run_id]))


def pause(db: Database, name: str, now: datetime) -> None:
    source = find(db, name)
    _set_state(db.conn, source.id, "paused", "paused by the user", now)


def resume(db: Database, name: str, now: datetime) -> None:
    """Watches a source again, from now on."""
    source = find(db, name)
    with transaction(db) as conn:
        _set_state(conn, source.id, "unverified", None, now)
        conn.execute(
            "UPDATE sources SET next_check_at = ?, failures_in_row = 0 WHERE id = ?", [stamp(now), source.id]
        )


def remove(db: Database, name: str) -> None:
    """Ends watching; the articles stay. Raises `SourceBusy` while a run has the source in hand."""
    with transaction(db) as conn:
        source = find(db, name)
        row = conn.execute("SELECT claimed_by FROM sources WHERE id = ?", [source.id]).fetchone()
        if row["claimed_by"] is not None:
            raise SourceBusy(f"{name}: run {row['claimed_by']} is visiting it; try again in a moment")
        conn.execute(_HAND_OVER, {"id": source.id})
        conn.execute("DELETE FROM sources WHERE id = ?", [source.id])


# Articles that other columns show as well were looked at again through this one only.
_HAND_OVER = """
    UPDATE links SET next_attempt_at = gone.next_attempt_at FROM links AS gone
    WHERE gone.source_id = :id AND gone.article_id = links.article_id AND gone.next_attempt_at IS NOT NULL
    AND links.source_id <> :id AND links.next_attempt_at IS NULL
"""


def _set_state(
    conn: sqlite3.Connection, source_id: int | None, state: str, reason: str | None, now: datetime
) -> None:
    conn.execute(
        "UPDATE sources SET since = CASE WHEN state = ? THEN since ELSE ? END, state = ?, reason = ?"
        " WHERE id = ?",
        [state, stamp(now), state, reason, source_id],
    )


def as_source(row: Any) -> Source:
    return Source(
        id=row["id"],
        name=row["name"],
        url=row["url"],
        recipe=Recipe(**json.loads(row["recipe"])),
        every=row["every"],
        alert_backlog=bool(row["alert_backlog"]),
        verify_tls=bool(row["verify_tls"]),
        browser=bool(row["browser"]),
    )
