"""The table `visits`: one look at one source within a run, and what it means for the source."""

from __future__ import annotations

import sqlite3
from datetime import datetime, timedelta
from typing import Literal

from sqlite_utils import Database

from crawlers.items import Failure, VisitEnded
from pipelines.health import state_after
from pipelines.schedule import learned_interval, next_visit
from pipelines.store import layouts, mirrors, runs, sources
from pipelines.store.database import transaction
from pipelines.store.times import published_stamp, stamp

FORTNIGHT = timedelta(days=14)


def end(db: Database, run_id: int, ended: VisitEnded, now: datetime, broken_page: str | None = None) -> None:
    """Ends a visit: sets the source's state and when it is due next, and hands the source back.

    `broken_page`: where the page is kept that came in place of the list.
    """
    with transaction(db) as conn:
        conn.execute(
            "UPDATE visits SET ended = ?, outcome = ? WHERE run_id = ? AND source_id = ?",
            [stamp(now), ended.outcome, run_id, ended.source_id],
        )
        if ended.failure is None:
            if ended.outcome == "not_modified":
                runs.count(conn, run_id, "not_modified")
            _succeeded(conn, ended, now)
        else:
            runs.add_failure(conn, run_id, ended.failure, now)
            failed(conn, ended.failure, ended.source_id, now)
        conn.execute(
            "UPDATE sources SET broken_page = CASE WHEN :failed THEN coalesce(:page, broken_page) END"
            " WHERE id = :id",
            {"failed": ended.failure is not None, "page": broken_page, "id": ended.source_id},
        )


def end_run(
    db: Database,
    run_id: int,
    how: Literal["done", "stopped", "lost", "hung", "crashed"],
    reason: str | None,
    now: datetime,
) -> None:
    """Ends a run and settles the sources that it had not finished with.

    Stopped by us or lost in a power cut, they are due again at once; after a hang or a crash they
    wait, as one of them may be what the process died of.
    """
    with transaction(db) as conn:
        unfinished = sources.of_run(conn, run_id)
        if how not in ("stopped", "lost"):
            kind = "hung" if how == "hung" else "interrupted"
            for row in unfinished:
                detail = reason or "the crawl process ended without finishing this source"
                failure = Failure(kind, detail, row["url"], row["id"])
                runs.add_failure(conn, run_id, failure, now)
                failed(conn, failure, row["id"], now)
        state: Literal["done", "failed"] = "done" if how in ("done", "stopped") else "failed"
        runs.end(conn, run_id, state, reason, now)


def _succeeded(conn: sqlite3.Connection, ended: VisitEnded, now: datetime) -> None:
    row = conn.execute("SELECT every FROM sources WHERE id = ?", [ended.source_id]).fetchone()
    if row is None:
        return  # the source was removed meanwhile
    interval = timedelta(seconds=row["every"]) if row["every"] else _learned(conn, ended.source_id, now)
    if ended.outcome == "fresh":
        conn.execute(
            "UPDATE sources SET etag = ?, last_modified = ? WHERE id = ?",
            [ended.etag, ended.last_modified, ended.source_id],
        )
    conn.execute(
        "UPDATE sources SET since = CASE WHEN state IN ('healthy', 'paused') THEN since ELSE :now END,"
        " state = CASE state WHEN 'paused' THEN state ELSE 'healthy' END,"
        " reason = CASE state WHEN 'paused' THEN reason ELSE :reason END,"
        " last_success = :now, failures_in_row = 0, interval = :interval, next_check_at = :next,"
        " claimed_by = NULL WHERE id = :id",
        {
            "now": stamp(now),
            "reason": layouts.lately(conn, ended.source_id, now) or mirrors.noted(conn, ended.source_id),
            "interval": round(interval.total_seconds()),
            "next": stamp(next_visit(interval, 0, now)),
            "id": ended.source_id,
        },
    )


def failed(conn: sqlite3.Connection, failure: Failure, source_id: int | None, now: datetime) -> None:
    """What a visit that failed means for its source: its state, and a later next visit."""
    row = conn.execute("SELECT * FROM sources WHERE id = ?", [source_id]).fetchone()
    if row is None:
        return  # the source was removed meanwhile
    failures = row["failures_in_row"] + 1
    state, reason = state_after(failure.kind), f"{failure.kind}: {failure.detail}"
    if row["state"] == "paused":
        state, reason = row["state"], row["reason"]
    conn.execute(
        "UPDATE sources SET since = ?, state = ?, reason = ?, failures_in_row = ?, next_check_at = ?,"
        " claimed_by = NULL WHERE id = ?",
        [
            row["since"] if row["state"] == state else stamp(now),
            state,
            reason,
            failures,
            stamp(next_visit(timedelta(seconds=row["interval"]), failures, now)),
            source_id,
        ],
    )


def _learned(conn: sqlite3.Connection, source_id: int | None, now: datetime) -> timedelta:
    (lately,) = conn.execute(
        "SELECT count(*) FROM articles WHERE source_id = ? AND published >= ?",
        [source_id, published_stamp(now - FORTNIGHT)],
    ).fetchone()
    return learned_interval(lately)
