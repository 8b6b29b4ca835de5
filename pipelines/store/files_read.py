"""What became of a file: stored, made searchable, and told to whom it concerns."""

from __future__ import annotations

import sqlite3
from datetime import datetime, timedelta

from sqlite_utils import Database

from crawlers.items import FileRead
from pipelines.query import FileText
from pipelines.schedule import next_try
from pipelines.store import files, grams, runs, subscriptions
from pipelines.store.database import transaction
from pipelines.store.times import stamp

RETRY = timedelta(hours=1)
"""Between the first two tries at a file that could not be had; doubling from then on."""


def record(db: Database, file: FileRead, now: datetime, run_id: int | None = None) -> int:
    """Stores what became of a file, and tells whom its text concerns; gives the number of mails.

    A file that could not be had is tried again; one that was had never, as its address changes with it.
    """
    with transaction(db) as conn:
        known = conn.execute(_KNOWN, [file.file_id]).fetchone()
        if known is None:
            return 0  # the article offers it no longer
        failed = file.failure is not None
        then = next_try(known["attempts"], RETRY, now, file.failure.kind) if file.failure else None
        before = files.texts(conn, known["article_id"])
        conn.execute(
            "UPDATE attachments SET state = ?, text = ?, detail = ?, bytes = ?, digest = ?, fetched_at = ?,"
            " attempts = attempts + ?, next_attempt_at = ? WHERE id = ?",
            [
                file.state,
                file.text or None,
                file.detail or (file.failure.kind if file.failure else None),
                file.bytes,
                file.digest,
                stamp(now),
                int(failed),
                stamp(then) if then else None,
                file.file_id,
            ],
        )
        if file.failure is not None and file.state == "failed" and run_id is not None:
            runs.record_failure(db, run_id, file.failure, now)
        return _spread(conn, known, before, now) if file.text else 0


_KNOWN = """
    SELECT attachments.article_id, attachments.attempts, articles.story_id, articles.version, articles.title,
    articles.searched AS body, articles.backlog
    FROM attachments JOIN articles ON articles.id = attachments.article_id WHERE attachments.id = ?
"""


def _spread(conn: sqlite3.Connection, known: sqlite3.Row, before: tuple[FileText, ...], now: datetime) -> int:
    """The text among what is searched, and to those whom the article did not concern without it."""
    number, title, body = known["article_id"], known["title"] or "", known["body"]
    after = files.texts(conn, number)
    grams.unindex(conn, number, title, body, before)
    grams.index(conn, number, title, body, after)
    if known["backlog"]:
        return 0
    earlier = subscriptions.Told(title, body, before)
    news = subscriptions.News(number, known["story_id"], known["version"], title, body, after, earlier)
    return subscriptions.tell(conn, news, now)
