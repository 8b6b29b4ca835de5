"""What became of a file: stored, made searchable, and told to whom it concerns."""

from __future__ import annotations

import sqlite3
from datetime import datetime, timedelta

from attrs import evolve, frozen
from sqlite_utils import Database

from crawlers.items import FileRead
from pipelines.query import FileText
from pipelines.schedule import next_try
from pipelines.store import files, grams, runs, subscriptions
from pipelines.store.database import transaction
from pipelines.store.times import stamp

RETRY = timedelta(hours=1)
"""Between the first two tries at a file that could not be had; doubling from then on."""

MOST_TEXT = 2_000_000
"""Characters kept of all files of one article."""

MOST_GRAMS = 250_000
"""Different characters and pairs of one article with its files, for which the database is locked two seconds.
220,000 characters of news have 26,000; a million have perhaps 70,000."""


def record(db: Database, file: FileRead, now: datetime, run_id: int | None = None) -> int:
    """Stores what became of a file, and tells whom its text concerns; gives the number of mails.

    A file that could not be had is tried again; one that was had never, as its address changes with it.
    """
    before = _seen(db.conn, file)
    plan = _Plan.of(before, file) if before else None  # takes seconds, in which others may write
    with transaction(db) as conn:
        seen = _seen(conn, file)
        if seen is None:
            return 0  # the article offers it no longer
        if plan is None or plan.seen != seen:
            plan = _Plan.of(seen, file)
        known = conn.execute(_KNOWN, [file.file_id]).fetchone()
        _update(conn, plan.file, known["attempts"], now)
        if file.failure is not None and file.state == "failed" and run_id is not None:
            runs.record_failure(db, run_id, file.failure, now)
        grams.replace(conn, seen.article_id, plan.old, plan.new)
        if known["backlog"] or not plan.file.text:
            return 0
        earlier = subscriptions.Told(seen.title, seen.body, plan.before)
        news = subscriptions.News(
            seen.article_id, known["story_id"], known["version"], seen.title, seen.body, plan.after, earlier
        )
        return subscriptions.tell(conn, news, now)


_KNOWN = """
    SELECT attachments.article_id, attachments.attempts, articles.story_id, articles.version, articles.title,
    articles.searched AS body, articles.backlog
    FROM attachments JOIN articles ON articles.id = attachments.article_id WHERE attachments.id = ?
"""


def _update(conn: sqlite3.Connection, file: FileRead, attempts: int, now: datetime) -> None:
    then = next_try(attempts, RETRY, now, file.failure.kind) if file.failure else None
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
            int(file.failure is not None),
            stamp(then) if then else None,
            file.file_id,
        ],
    )


@frozen
class _Seen:
    """All that is indexed of an article depends on this."""

    article_id: int
    title: str
    body: str
    files: tuple[files.Row, ...]


def _seen(conn: sqlite3.Connection, file: FileRead) -> _Seen | None:
    known = conn.execute(_KNOWN, [file.file_id]).fetchone()
    if known is None:
        return None
    number = known["article_id"]
    return _Seen(number, known["title"] or "", known["body"], files.rows(conn, number))


@frozen
class _Plan:
    """What the index is to forget and to hold."""

    seen: _Seen
    file: FileRead
    """Without its text where the article has too much already."""
    before: tuple[FileText, ...]
    after: tuple[FileText, ...]
    old: str = ""
    new: str = ""

    @classmethod
    def of(cls, seen: _Seen, file: FileRead) -> _Plan:
        before, after = files.texts_of(seen.files), _with(seen.files, file)
        if file.text and sum(len(one.text) for one in after) > MOST_TEXT:
            detail = f"the files of one article have more than {MOST_TEXT} characters"
            return cls.of(seen, evolve(file, state="too_large", text="", detail=detail))
        if before == after:
            return cls(seen, file, before, after)
        new = grams.spelled(seen.title, seen.body, after)
        if file.text and new.count(" ") > MOST_GRAMS:
            detail = f"with more than {MOST_GRAMS} different pairs of characters in one article"
            return cls.of(seen, evolve(file, state="too_large", text="", detail=detail))
        return cls(seen, file, before, after, grams.spelled(seen.title, seen.body, before), new)


def _with(known: tuple[files.Row, ...], file: FileRead) -> tuple[FileText, ...]:
    return files.texts_of(
        evolve(row, text=file.text or None) if row.id == file.file_id else row for row in known
    )
