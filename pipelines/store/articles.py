"""Storing an article: article, version, story, matches and outbox rows, all or nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Literal

from attrs import evolve, frozen
from sqlite_utils import Database

from crawlers.items import Article, Reading, Unmodified
from pipelines.dedupe import content_hash, text_hash
from pipelines.store import captures, files, grams, lineage, links, runs, subscriptions
from pipelines.store.article_columns import columns_of
from pipelines.store.captures import CaptureFile
from pipelines.store.database import transaction
from pipelines.store.times import stamp

Outcome = Literal["new", "changed", "same", "reprint"]


@frozen
class Saved:
    """What became of a reading."""

    outcome: Outcome
    article_id: int
    alerts: int
    """Mails that were put into the outbox with it."""


def save(
    db: Database,
    reading: Reading,
    now: datetime,
    run_id: int | None = None,
    kept_in: CaptureFile | None = None,
) -> Saved:
    """Stores one reading in one transaction; after a kill it is there wholly or not at all.

    Mails go out for a text that is news: not history (`reading.backlog`), and, where a known page
    changed, only to whom its earlier text did not concern. The response behind every version is kept
    in `kept_in`.
    """
    text = lineage.text_of(reading.article)
    digest = content_hash(text)
    with transaction(db) as conn:
        reading = _still_watched(conn, reading)
        known = conn.execute(
            "SELECT id, story_id, content_hash, version, title, searched AS body, backlog, pollution"
            " FROM articles WHERE url = ?",
            [reading.article.url],
        ).fetchone()
        if known is None:
            first = lineage.first_with(conn, text)
            moved = lineage.is_moved_history(conn, reading, first)
            reading = evolve(reading, backlog=reading.backlog or moved)
            saved = _save_new(conn, reading, digest, first, now)
        elif known["content_hash"] == digest:
            saved = _seen_again(conn, known, reading, now)
        else:
            saved = _save_change(conn, known, reading, digest, now)
        if kept_in is not None and reading.page is not None and saved.outcome != "same":
            for page in (reading.page, *reading.parts):
                capture = kept_in.keep(page, reading.fetched_at)
                captures.record(conn, saved.article_id, page, capture, reading.fetched_at)
        links.fetched(conn, reading, saved.article_id, now)
        if run_id is not None:
            runs.count(conn, run_id, saved.outcome)
    return saved


def _save_new(
    conn: sqlite3.Connection,
    reading: Reading,
    digest: str,
    first: sqlite3.Row | None,
    now: datetime,
) -> Saved:
    found = lineage.spun(conn, reading) if first is None else None
    if found is not None and not found.known_is_spun:
        first, reading = found.known, found.marked(reading)
    article_id, story_id = _insert(conn, reading, digest, first, now)
    if found is not None and found.known_is_spun:
        lineage.unmask(conn, found, article_id)
    alerts = 0
    if not reading.backlog:
        news = subscriptions.News(article_id, story_id, 1, *lineage.searched(conn, article_id))
        alerts = subscriptions.tell(conn, news, now)
    return Saved("new" if first is None else "reprint", article_id, alerts)


def _still_watched(conn: sqlite3.Connection, reading: Reading) -> Reading:
    """Without its source, where that was removed while the page was fetched."""
    found = conn.execute("SELECT 1 FROM sources WHERE id = ?", [reading.source_id]).fetchone()
    return reading if found else evolve(reading, source_id=None)


def _save_change(
    conn: sqlite3.Connection, known: sqlite3.Row, reading: Reading, digest: str, now: datetime
) -> Saved:
    version = known["version"] + 1
    reading = lineage.still_spun(reading, known["pollution"])
    untold = lineage.is_news_at_last(conn, reading, known)
    read = files.texts(conn, known["id"])
    _change(conn, known, reading, digest, version, untold, now)
    before = None if untold else subscriptions.Told(known["title"] or "", known["body"], read)
    kept = files.texts(conn, known["id"])
    said = lineage.searched(conn, known["id"])
    news = subscriptions.News(known["id"], known["story_id"], version, *said, kept, before)
    return Saved("changed", known["id"], subscriptions.tell(conn, news, now))


def _insert(
    conn: sqlite3.Connection, reading: Reading, digest: str, first: sqlite3.Row | None, now: datetime
) -> tuple[int, int]:
    article = reading.article
    if first is None:
        story_id = _inserted(
            conn,
            "INSERT INTO stories (title, created_at) VALUES (?, ?)",
            [article.title, stamp(now)],
        )
    else:
        story_id = first["story_id"]
    values = columns_of(reading, digest) | {
        "url": article.url,
        "source_id": reading.source_id,
        "story_id": story_id,
        "copy_of": first["id"] if first is not None else None,
        "first_seen": stamp(now),
        "last_seen": stamp(now),
        "backlog": int(reading.backlog),
    }
    names = ", ".join(values)
    marks = ", ".join(f":{name}" for name in values)
    article_id = _inserted(conn, f"INSERT INTO articles ({names}) VALUES ({marks})", values)
    _put_parts(conn, article_id, article, digest, 1, now)
    return article_id, story_id


def _change(
    conn: sqlite3.Connection,
    known: sqlite3.Row,
    reading: Reading,
    digest: str,
    version: int,
    untold: bool,
    now: datetime,
) -> None:
    values = columns_of(reading, digest) | {
        "version": version,
        "last_seen": stamp(now),
        "withdrawn_at": None,
        "backlog": int(known["backlog"] and not untold),
    }
    assignments = ", ".join(f"{name} = :{name}" for name in values)
    conn.execute(f"UPDATE articles SET {assignments} WHERE id = :id", values | {"id": known["id"]})
    read = files.texts(conn, known["id"])
    grams.unindex(conn, known["id"], known["title"] or "", known["body"], read)
    _put_parts(conn, known["id"], reading.article, digest, version, now)


def _put_parts(
    conn: sqlite3.Connection, article_id: int, article: Article, digest: str, version: int, now: datetime
) -> None:
    conn.execute(
        "INSERT INTO versions (article_id, number, seen_at, title, published, source, author, body,"
        " content_hash, text_hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            article_id,
            version,
            stamp(now),
            article.title,
            lineage.published_text(article),
            article.source,
            article.author,
            article.body,
            digest,
            text_hash(article.body),
        ],
    )
    lineage.sketched(conn, article_id, article.body)
    files.put(conn, article_id, article.attachments, now)
    grams.index(conn, article_id, *lineage.searched(conn, article_id), files.texts(conn, article_id))


def _seen_again(conn: sqlite3.Connection, known: sqlite3.Row, reading: Reading, now: datetime) -> Saved:
    untold = lineage.is_news_at_last(conn, reading, known)
    conn.execute(
        "UPDATE articles SET last_seen = ?, etag = ?, last_modified = ?, backlog = ?, withdrawn_at = NULL"
        " WHERE id = ?",
        [
            stamp(now),
            reading.etag,
            reading.last_modified,
            int(known["backlog"] and not untold),
            known["id"],
        ],
    )
    if not untold:
        return Saved("same", known["id"], 0)
    news = subscriptions.News(
        known["id"],
        known["story_id"],
        known["version"],
        known["title"] or "",
        known["body"],
        files.texts(conn, known["id"]),
    )
    return Saved("same", known["id"], subscriptions.tell(conn, news, now))


def seen_unmodified(db: Database, seen: Unmodified, now: datetime, run_id: int | None = None) -> None:
    """The server said 304: the stored article stands as it is."""
    with transaction(db) as conn:
        conn.execute(
            "UPDATE articles SET last_seen = ? WHERE id ="
            " (SELECT article_id FROM links WHERE source_id = ? AND url = ?)",
            [stamp(now), seen.source_id, seen.link],
        )
        links.looked_again(conn, seen.source_id, seen.link, now)
        if run_id is not None:
            runs.count(conn, run_id, "not_modified")


def _inserted(conn: sqlite3.Connection, sql: str, values: Sequence[Any] | Mapping[str, Any]) -> int:
    row_id = conn.execute(sql, values).lastrowid
    assert row_id is not None
    return row_id
