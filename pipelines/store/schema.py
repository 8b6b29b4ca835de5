"""The tables, as an ordered list of migrations; a migration that was released is never edited.

What users may query is documented in docs/tables.md, which a test holds against this file.
"""

from __future__ import annotations

from sqlite_utils import Database, Migrations

from pipelines.store import files, grams
from pipelines.store.first_tables import TABLES

migrations = Migrations("govwatch")


@migrations()
def m0001_first_version(db: Database) -> None:
    for statement in TABLES:
        db.execute(statement)


@migrations()
def m0002_accommodations(db: Database) -> None:
    db.execute(
        """
        CREATE TABLE accommodations (
            site TEXT NOT NULL,
            kind TEXT NOT NULL,
            evidence TEXT NOT NULL,
            since TEXT NOT NULL,
            found_at TEXT NOT NULL,
            PRIMARY KEY (site, kind)
        ) STRICT, WITHOUT ROWID
        """
    )


@migrations()
def m0003_browser(db: Database) -> None:
    db.execute("ALTER TABLE sources ADD COLUMN browser INTEGER NOT NULL DEFAULT 0 CHECK (browser IN (0, 1))")


@migrations()
def m0004_read_more(db: Database) -> None:
    for column in (
        "lead_title TEXT",
        "subtitle TEXT",
        "editors TEXT NOT NULL DEFAULT '[]'",
        "disclaimer TEXT",
        "openness TEXT NOT NULL DEFAULT '{}'",
        "captions TEXT NOT NULL DEFAULT '{}'",
        "pages INTEGER NOT NULL DEFAULT 1",
    ):
        db.execute(f"ALTER TABLE articles ADD COLUMN {column}")


@migrations()
def m0005_texts_of_files(db: Database) -> None:
    for column in (
        "type TEXT",
        "state TEXT",
        "text TEXT",
        "detail TEXT",
        "bytes INTEGER",
        "digest TEXT",
        "fetched_at TEXT",
        "attempts INTEGER NOT NULL DEFAULT 0",
        "next_attempt_at TEXT",
    ):
        db.execute(f"ALTER TABLE attachments ADD COLUMN {column}")
    db.execute(
        "CREATE INDEX attachments_due ON attachments (next_attempt_at) WHERE next_attempt_at IS NOT NULL"
    )


@migrations()
def m0006_sketches(db: Database) -> None:
    db.execute(
        """
        CREATE TABLE sketches (
            number INTEGER NOT NULL,
            article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
            PRIMARY KEY (number, article_id)
        ) STRICT, WITHOUT ROWID
        """
    )


@migrations()
def m0007_searched(db: Database) -> None:
    db.execute(
        """
        ALTER TABLE articles ADD COLUMN searched TEXT GENERATED ALWAYS AS (
            coalesce(lead_title || char(10), '') || coalesce(subtitle || char(10), '') || body
            || CASE openness WHEN '{}' THEN ''
            ELSE char(10) || trim(replace(replace(openness, '": "', '：'), '", "', char(10)), '{"}') END
        ) VIRTUAL
        """
    )
    apart = db.execute(
        "SELECT id, title, body, searched FROM articles"
        " WHERE lead_title IS NOT NULL OR subtitle IS NOT NULL OR openness <> '{}'"
    ).fetchall()
    for number, title, body, searched in apart:
        read = files.texts(db.conn, number)
        grams.unindex(db.conn, number, title or "", body, read)
        grams.index(db.conn, number, title or "", searched, read)
