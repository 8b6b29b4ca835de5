"""The tables `runs`, `visits` and `failures`: what was done, when, and what went wrong."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal

from sqlite_utils import Database

from crawlers.items import Failure
from pipelines.store import links
from pipelines.store.database import transaction
from pipelines.store.times import stamp

RunKind = Literal["scheduled", "manual", "scrapy"]
Counter = Literal["pages", "not_modified", "new", "changed", "same", "reprint"]

_COLUMNS: dict[Counter, str] = {
    "pages": "pages",
    "not_modified": "not_modified",
    "new": "new",
    "changed": "changed",
    "same": "same",
    "reprint": "reprints",
}


def start(db: Database, kind: RunKind, now: datetime, source_ids: Sequence[int] = ()) -> int:
    """Begins a run over these sources, none of which another run may have in hand; gives its number."""
    with transaction(db) as conn:
        run_id = conn.execute(
            "INSERT INTO runs (kind, started, sources) VALUES (?, ?, ?)",
            [kind, stamp(now), len(source_ids)],
        ).lastrowid
        assert run_id is not None
        conn.executemany("UPDATE sources SET claimed_by = ? WHERE id = ?", [(run_id, s) for s in source_ids])
        conn.executemany(
            "INSERT INTO visits (run_id, source_id, started) VALUES (?, ?, ?)",
            [(run_id, source_id, stamp(now)) for source_id in source_ids],
        )
    return run_id


def count(conn: sqlite3.Connection, run_id: int, counter: Counter) -> None:
    """One more of what the run counts, within a transaction of the caller."""
    column = _COLUMNS[counter]
    conn.execute(f"UPDATE runs SET {column} = {column} + 1 WHERE id = ?", [run_id])


def count_page(db: Database, run_id: int) -> None:
    """One more list page was taken down."""
    with transaction(db) as conn:
        count(conn, run_id, "pages")


def record_failure(db: Database, run_id: int, failure: Failure, now: datetime) -> None:
    """Writes down what could not be had, and when its page is tried again."""
    with transaction(db) as conn:
        add_failure(conn, run_id, failure, now)
        if failure.source_id is not None:
            links.failed(conn, failure, now)


def add_failure(conn: sqlite3.Connection, run_id: int, failure: Failure, now: datetime) -> None:
    """The failure's own row, within a transaction of the caller."""
    conn.execute(
        "INSERT INTO failures (run_id, source_id, url, kind, detail, at) VALUES (?, ?, ?, ?, ?, ?)",
        [run_id, failure.source_id, failure.url, failure.kind, failure.detail, stamp(now)],
    )


def end(
    conn: sqlite3.Connection, run_id: int, state: Literal["done", "failed"], reason: str | None, now: datetime
) -> None:
    """Ends a run that is still running, and hands back what it has in hand."""
    conn.execute("UPDATE sources SET claimed_by = NULL WHERE claimed_by = ?", [run_id])
    conn.execute(
        "UPDATE runs SET ended = ?, state = ?, reason = ? WHERE id = ? AND state = 'running'",
        [stamp(now), state, reason, run_id],
    )


def under_way(db: Database) -> list[int]:
    """Numbers of the runs in child processes that say they are running."""
    rows = db.execute("SELECT id FROM runs WHERE state = 'running' AND kind <> 'scrapy' ORDER BY id")
    return [row["id"] for row in rows]


def report(db: Database, run_id: int) -> dict[str, Any]:
    """One run in the shape of `govwatch crawl --json`."""
    row = db.execute("SELECT * FROM runs WHERE id = ?", [run_id]).fetchone()
    failures = db.execute(
        "SELECT sources.name AS source, failures.url, failures.kind, failures.detail FROM failures"
        " LEFT JOIN sources ON sources.id = failures.source_id WHERE run_id = ? ORDER BY failures.id",
        [run_id],
    )
    counts = {name: row[name] for name in ("sources", *_COLUMNS.values())}
    return {
        "run": row["id"],
        "state": row["state"],
        "reason": row["reason"],
        "started": row["started"],
        "ended": row["ended"],
        **counts,
        "failures": [dict(failure) for failure in failures],
    }


def latest(db: Database, limit: int) -> list[dict[str, Any]]:
    """The last runs, newest first, each as `report` gives it."""
    ids = [row["id"] for row in db.execute("SELECT id FROM runs ORDER BY id DESC LIMIT ?", [limit])]
    return [report(db, run_id) for run_id in ids]
