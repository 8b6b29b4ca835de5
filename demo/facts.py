"""What stands in the database, read with nothing but its documented tables."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from attrs import frozen


@frozen
class Stored:
    """One row of `articles` with what hangs on it."""

    url: str
    title: str | None
    published: datetime | None
    source: str | None
    author: str | None
    body: str
    original_body: str | None
    """Before cleaning, where that changed it."""
    site_code: str | None
    region_code: str | None
    images: tuple[str, ...]
    attachments: tuple[tuple[str, str], ...]
    """(address, name)"""
    copy_of: str | None
    """Address of the article whose copy it is."""
    story: int
    backlog: bool
    pollution: str | None
    versions: tuple[tuple[str | None, str], ...]
    """(title, body), oldest first."""


@frozen
class Failed:
    """One row of `failures`."""

    source: str | None
    """Address of the source."""
    url: str | None
    kind: str
    detail: str


@frozen
class Archive:
    """The whole database."""

    articles: tuple[Stored, ...]
    failures: tuple[Failed, ...]


def read_archive(database: Path) -> Archive:
    """Reads the database without being able to change it; `govwatch run` may be writing meanwhile."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as db:
        db.row_factory = sqlite3.Row
        db.execute("BEGIN")  # one state of everything
        return Archive(
            tuple(_stored(db, row) for row in db.execute(_ARTICLES).fetchall()),
            tuple(Failed(**dict(row)) for row in db.execute(_FAILURES)),
        )


_ARTICLES = """
    SELECT articles.*, first.url AS first_url FROM articles
    LEFT JOIN articles AS first ON first.id = articles.copy_of
    ORDER BY articles.id
"""
_ATTACHMENTS = "SELECT url, name FROM attachments WHERE article_id = ? ORDER BY id"
_VERSIONS = "SELECT title, body FROM versions WHERE article_id = ? ORDER BY number"
_FAILURES = """
    SELECT sources.url AS source, failures.url, kind, detail FROM failures
    LEFT JOIN sources ON sources.id = failures.source_id
    ORDER BY failures.id
"""


def _stored(db: sqlite3.Connection, row: sqlite3.Row) -> Stored:
    attachments = db.execute(_ATTACHMENTS, [row["id"]])
    versions = db.execute(_VERSIONS, [row["id"]])
    return Stored(
        url=row["url"],
        title=row["title"],
        published=datetime.fromisoformat(row["published"]) if row["published"] else None,
        source=row["source"],
        author=row["author"],
        body=row["body"],
        original_body=row["original_body"],
        site_code=row["site_code"],
        region_code=row["region_code"],
        images=tuple(json.loads(row["images"])),
        attachments=tuple((url, name) for url, name in attachments),
        copy_of=row["first_url"],
        story=row["story_id"],
        backlog=bool(row["backlog"]),
        pollution=row["pollution"],
        versions=tuple((title, body) for title, body in versions),
    )
