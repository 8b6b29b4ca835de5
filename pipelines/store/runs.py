"""The tables `runs`, `visits` and `failures`: what was done, when, and what went wrong."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Literal

from sqlite_utils import Database

from crawlers.items import Failure, ListSeen
from pipelines.store import layouts, links
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


def start(
    db: Database,
    kind: RunKind,
    now: datetime,
    source_ids: Sequence[int] = (),
    when_begun: Callable[[int], object] | None = None,
) -> int:
    """Begins a run over these sources and gives its number.

    Takes in hand those whose site no other run visits; the rest were taken since the caller looked.
    `when_begun` is called with the number before anybody else can see the run.
    """
    with transaction(db) as conn:
        run_id = conn.execute("INSERT INTO runs (kind, started) VALUES (?, ?)", [kind, stamp(now)]).lastrowid
        assert run_id is not None
        conn.executemany(_CLAIM, [{"run": run_id, "id": source_id} for source_id in source_ids])
        conn.execute(
            "INSERT INTO visits (run_id, source_id, started)"
            " SELECT claimed_by, id, ? FROM sources WHERE claimed_by = ?",
            [stamp(now), run_id],
        )
        conn.execute(
            "UPDATE runs SET sources = (SELECT count(*) FROM visits WHERE run_id = runs.id) WHERE id = ?",
            [run_id],
        )
        if when_begun is not None:
            when_begun(run_id)
    return run_id


_CLAIM = """
    UPDATE sources SET claimed_by = :run WHERE id = :id AND NOT EXISTS (
        SELECT 1 FROM sources AS other
        WHERE other.site = sources.site AND other.claimed_by IS NOT NULL AND other.claimed_by <> :run
    )
"""


def count(conn: sqlite3.Connection, run_id: int, counter: Counter) -> None:
    """One more of what the run counts, within a transaction of the caller."""
    column = _COLUMNS[counter]
    conn.execute(f"UPDATE runs SET {column} = {column} + 1 WHERE id = ?", [run_id])


def count_page(db: Database, run_id: int, seen: ListSeen) -> None:
    """One more list page was taken down."""
    with transaction(db) as conn:
        count(conn, run_id, "pages")
        conn.execute(
            "UPDATE visits SET rows = rows + ? WHERE run_id = ? AND source_id = ?",
            [len(seen.rows), run_id, seen.source_id],
        )


def record_failure(db: Database, run_id: int, failure: Failure, now: datetime) -> None:
    """Writes down what could not be had, and when its page is tried again."""
    with transaction(db) as conn:
        add_failure(conn, run_id, failure, now)
        if failure.source_id is not None:
            links.failed(conn, failure, now)


def add_failure(conn: sqlite3.Connection, run_id: int, failure: Failure, now: datetime) -> None:
    """The failure's own row, within a transaction of the caller."""
    conn.execute(
        "INSERT INTO failures (run_id, source_id, url, kind, detail, at)"
        # The source may have been removed meanwhile.
        " VALUES (?, (SELECT id FROM sources WHERE id = ?), ?, ?, ?, ?)",
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
        "relearned": layouts.of_run(db, run_id),
        "failures": [dict(failure) for failure in failures],
    }


def latest(db: Database, limit: int) -> list[dict[str, Any]]:
    """The last runs, newest first, each as `report` gives it."""
    ids = [row["id"] for row in db.execute("SELECT id FROM runs ORDER BY id DESC LIMIT ?", [limit])]
    return [report(db, run_id) for run_id in ids]
