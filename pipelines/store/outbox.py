"""The table `outbox`: every mail that was promised, until the server has taken it.

A mail is claimed by lease: one sender at a time has it in hand, and when that sender is killed the
lease runs out and the mail comes again, under the same Message-ID. It may repeat, never be lost.
"""

from __future__ import annotations

import json
import sqlite3
from datetime import datetime, timedelta
from typing import Any, Literal

from attrs import frozen
from sqlite_utils import Database

from crawlers.items import Pollution
from pipelines.query import FileText
from pipelines.store import files
from pipelines.store.database import transaction
from pipelines.store.times import moment, stamp

State = Literal["due", "held", "sent", "failed"]


@frozen
class DueMail:
    """One mail to one reader, with all that it is written from."""

    id: int
    message_id: str
    recipient: str
    attempts: int
    """Tries that failed and counted."""
    next_attempt_at: datetime
    created_at: datetime
    subscription: str
    query: str
    locale: Literal["zh", "en"]
    url: str
    title: str | None
    body: str
    source: str | None
    site: str | None
    host: str
    region: str | None
    published: datetime | None
    first_seen: datetime
    version: int
    """Which version of the article it was that matched; 1 is the first."""
    pollution: Pollution
    copy_of: str | None
    """Address of the first article that carried this text, where this is a copy of it."""
    files: tuple[FileText, ...] = ()
    """What was read of the files that the article offers."""


def claim(
    db: Database,
    now: datetime,
    lease: str,
    seconds: float,
    limit: int,
    *,
    after: int = 0,
    early: bool = False,
) -> list[DueMail]:
    """Leases up to `limit` due mails whose id is above `after` for `seconds`, in the order of their ids.

    `early`: mails that wait for their next try count as due too.
    """
    with transaction(db) as conn:
        rows = conn.execute(
            "SELECT id FROM outbox WHERE state = 'due' AND id > :after"
            " AND (:early OR next_attempt_at <= :now)"
            " AND (leased_until IS NULL OR leased_until <= :now) ORDER BY id LIMIT :limit",
            {"after": after, "early": early, "now": stamp(now), "limit": limit},
        )
        ids = [row["id"] for row in rows]
        until = stamp(now + timedelta(seconds=seconds))
        conn.executemany(
            "UPDATE outbox SET lease = ?, leased_until = ? WHERE id = ?", [(lease, until, i) for i in ids]
        )
        return [_due_mail(conn, conn.execute(_ONE_MAIL, [i]).fetchone()) for i in ids]


def record_sent(db: Database, mail_id: int, lease: str, answer: str, now: datetime) -> bool:
    """Writes down that the server took the mail; False where the lease is no longer ours."""
    with transaction(db) as conn:
        changed = conn.execute(
            "UPDATE outbox SET state = 'sent', attempts = attempts + 1, answer = ?, sent_at = ?,"
            " lease = NULL, leased_until = NULL WHERE id = ? AND lease = ? AND state = 'due'",
            [answer, stamp(now), mail_id, lease],
        )
        return changed.rowcount == 1


def record_failure(
    db: Database,
    mail_id: int,
    lease: str,
    answer: str,
    next_attempt_at: datetime | None,
    *,
    counted: bool = True,
) -> bool:
    """Writes down a try that failed; without `next_attempt_at` it was the last one: state `failed`.

    `counted=False` uses up none of the mail's tries. False where the lease is no longer ours.
    """
    with transaction(db) as conn:
        changed = conn.execute(
            "UPDATE outbox SET state = CASE WHEN :next IS NULL THEN 'failed' ELSE 'due' END,"
            " attempts = attempts + :counted, answer = :answer,"
            " next_attempt_at = coalesce(:next, next_attempt_at), lease = NULL, leased_until = NULL"
            " WHERE id = :id AND lease = :lease AND state = 'due'",
            {
                "next": stamp(next_attempt_at) if next_attempt_at else None,
                "counted": int(counted),
                "answer": answer,
                "id": mail_id,
                "lease": lease,
            },
        )
        return changed.rowcount == 1


def release(db: Database, lease: str) -> None:
    """Gives back what this lease still holds, so that the next sender need not wait until it runs out."""
    with transaction(db) as conn:
        conn.execute("UPDATE outbox SET lease = NULL, leased_until = NULL WHERE lease = ?", [lease])


def release_all(db: Database) -> None:
    """Gives back every lease; only for whoever has made sure that no sender but itself is alive."""
    with transaction(db) as conn:
        conn.execute("UPDATE outbox SET lease = NULL, leased_until = NULL WHERE lease IS NOT NULL")


def counts(db: Database) -> dict[State, int]:
    """Number of mails in each state, as `status` shows it."""
    found: dict[State, int] = {"due": 0, "held": 0, "sent": 0, "failed": 0}
    for row in db.execute("SELECT state, count(*) AS mails FROM outbox GROUP BY state"):
        found[row["state"]] = row["mails"]
    return found


def unsent(db: Database, limit: int) -> list[dict[str, str]]:
    """Mails that were tried and not taken, newest first: recipient, state, answer, next_attempt_at."""
    rows = db.execute(
        "SELECT recipient, state, answer, next_attempt_at FROM outbox"
        " WHERE state IN ('due', 'failed') AND answer IS NOT NULL ORDER BY id DESC LIMIT ?",
        [limit],
    )
    return [dict(row) for row in rows]


def retry_failed(db: Database, now: datetime) -> int:
    """Makes every failed mail due again, with all its tries before it; gives their number."""
    with transaction(db) as conn:
        changed = conn.execute(
            "UPDATE outbox SET state = 'due', attempts = 0, next_attempt_at = ? WHERE state = 'failed'",
            [stamp(now)],
        )
        return changed.rowcount


_ONE_MAIL = """
    SELECT outbox.id, outbox.message_id, outbox.recipient, outbox.attempts, outbox.next_attempt_at,
        outbox.created_at, matches.article_id, subscriptions.name AS subscription, subscriptions.query,
        subscriptions.locale, articles.url, articles.title, articles.searched AS body, articles.source,
        articles.site, articles.host, articles.region, articles.published, articles.first_seen,
        matches.article_version AS version, articles.pollution, original.url AS copy_of
    FROM outbox
    JOIN matches ON matches.id = outbox.match_id
    JOIN subscriptions ON subscriptions.id = matches.subscription_id
    JOIN articles ON articles.id = matches.article_id
    LEFT JOIN articles AS original ON original.id = articles.copy_of
    WHERE outbox.id = ?
"""


def _due_mail(conn: sqlite3.Connection, row: Any) -> DueMail:
    values = dict(row)
    values["files"] = files.texts(conn, values.pop("article_id"))
    for name in ("next_attempt_at", "created_at", "first_seen"):
        values[name] = moment(values[name])
    values["published"] = moment(values["published"]) if values["published"] else None
    values["pollution"] = Pollution(**json.loads(values["pollution"] or "{}"))
    return DueMail(**values)
