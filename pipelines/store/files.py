"""The table `attachments`: the files that articles offer, which are to be read, and what they say."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import datetime

from crawlers.archive import KnownFile
from crawlers.files.formats import READABLE
from crawlers.items import Attachment
from pipelines.query import FileText
from pipelines.store.times import stamp


def put(conn: sqlite3.Connection, article_id: int, files: Sequence[Attachment], now: datetime) -> None:
    """The files of an article as it is now: what was read of those that it still offers is kept."""
    marks = ", ".join("?" * len(files))
    conn.execute(
        f"DELETE FROM attachments WHERE article_id = ? AND url NOT IN ({marks})",
        [article_id, *(file.url for file in files)],
    )
    conn.executemany(
        "INSERT INTO attachments (article_id, url, name, type, state, next_attempt_at)"
        " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (article_id, url) DO UPDATE SET name = excluded.name",
        [(article_id, file.url, file.name, file.type, *_at_first(file, now)) for file in files],
    )


def _at_first(file: Attachment, now: datetime) -> tuple[str, str | None]:
    readable = file.type is None or file.type in READABLE
    return ("due", stamp(now)) if readable else ("unsupported", None)


def texts(conn: sqlite3.Connection, article_id: int) -> tuple[FileText, ...]:
    """What was read of the files of an article, in their order."""
    rows = conn.execute(
        "SELECT name, text FROM attachments WHERE article_id = ? AND text IS NOT NULL ORDER BY id",
        [article_id],
    )
    return tuple(FileText(row["name"], row["text"]) for row in rows)


def due(conn: sqlite3.Connection, source_id: int, limit: int, now: datetime) -> list[KnownFile]:
    """Files of a source's articles that are to be read now, those of news first."""
    rows = conn.execute(
        "SELECT attachments.id, attachments.url, attachments.name, articles.url AS page FROM attachments"
        " JOIN articles ON articles.id = attachments.article_id"
        " WHERE articles.source_id = ? AND attachments.next_attempt_at <= ?"
        " ORDER BY articles.backlog, attachments.attempts, attachments.next_attempt_at LIMIT ?",
        [source_id, stamp(now), limit],
    )
    return [KnownFile(row["id"], row["url"], row["name"], row["page"]) for row in rows]
