"""The table `attachments`: the files that articles offer, which are to be read, and what they say."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from datetime import datetime

from attrs import frozen

from crawlers.archive import KnownFile
from crawlers.files.formats import READABLE
from crawlers.items import Attachment
from pipelines.query import FileText
from pipelines.store.times import stamp


def put(conn: sqlite3.Connection, article_id: int, files: Sequence[Attachment], now: datetime) -> None:
    """The files of an article as it is now: what was read of those that it still offers is kept."""
    conn.execute(
        "DELETE FROM attachments WHERE article_id = ? AND url NOT IN (SELECT value FROM json_each(?))",
        [article_id, json.dumps([file.url for file in files])],
    )
    conn.executemany(
        "INSERT INTO attachments (article_id, url, name, type, state, detail, next_attempt_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (article_id, url) DO UPDATE SET name = excluded.name",
        [(article_id, file.url, file.name, file.type, *_at_first(file, now)) for file in files],
    )


def _at_first(file: Attachment, now: datetime) -> tuple[str, str | None, str | None]:
    if file.type is None or file.type in READABLE:
        return "due", None, stamp(now)
    return "unsupported", f"files of kind {file.type} are not read", None


@frozen
class Row:
    """One file of an article."""

    id: int
    name: str
    text: str | None


def rows(conn: sqlite3.Connection, article_id: int) -> tuple[Row, ...]:
    """The files of an article, in their order."""
    found = conn.execute(
        "SELECT id, name, text FROM attachments WHERE article_id = ? ORDER BY id", [article_id]
    )
    return tuple(Row(row["id"], row["name"], row["text"]) for row in found)


def texts(conn: sqlite3.Connection, article_id: int) -> tuple[FileText, ...]:
    """What was read of the files of an article, in their order."""
    return texts_of(rows(conn, article_id))


def texts_of(found: Iterable[Row]) -> tuple[FileText, ...]:
    return tuple(FileText(row.name, row.text) for row in found if row.text is not None)


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
