"""The table `links`: every row a list ever showed, and when its page is to be asked for (again)."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlite_utils import Database

from crawlers.archive import KnownLink, KnownRow
from crawlers.items import Failure, ListSeen, Reading
from pipelines.schedule import next_look, next_try
from pipelines.store.database import transaction
from pipelines.store.times import moment, stamp


def record_rows(db: Database, seen: ListSeen, now: datetime) -> None:
    """Takes down the rows of a list page before any of them is fetched.

    So a kill in the middle of the first visit leaves the rest of the history known as history.
    """
    at = stamp(now)
    with transaction(db) as conn:
        if conn.execute("SELECT 1 FROM sources WHERE id = ?", [seen.source_id]).fetchone() is None:
            return  # the source was removed meanwhile
        conn.executemany(
            "INSERT INTO links (source_id, url, title, published, backlog, first_seen, last_seen,"
            " next_attempt_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (source_id, url) DO UPDATE SET last_seen = excluded.last_seen,"
            # A new headline in the list is a sign that the page behind it changed.
            " next_attempt_at = CASE WHEN title = excluded.title THEN next_attempt_at"
            " ELSE excluded.next_attempt_at END, title = excluded.title",
            [
                (
                    seen.source_id,
                    row.url,
                    row.title,
                    row.published.isoformat() if row.published else None,
                    int(seen.backlog or row.url in seen.history),
                    at,
                    at,
                    at,
                )
                for row in seen.rows
            ],
        )
        for leave in _LEFT:
            conn.executemany(leave, [(seen.source_id, url) for url in seen.moved.values()])
        conn.executemany(_KNOWN_ELSEWHERE, [(seen.source_id, row.url) for row in seen.rows])
        conn.execute(
            "UPDATE sources SET first_visit_at = coalesce(first_visit_at, ?) WHERE id = ?",
            [at, seen.source_id],
        )


_LEFT = (
    "DELETE FROM links WHERE source_id = ? AND url = ? AND article_id IS NULL",
    "UPDATE links SET attempts = 0, last_error = NULL, next_attempt_at = NULL"
    " WHERE source_id = ? AND url = ?",
)
"""The page behind an address that a site gave up is asked for at its new one."""

_KNOWN_ELSEWHERE = """
    UPDATE links SET
        article_id = (SELECT id FROM articles WHERE articles.url = links.url),
        -- One column is enough to look at the page again, if one does.
        next_attempt_at = CASE WHEN EXISTS (
            SELECT 1 FROM articles JOIN links AS other ON other.article_id = articles.id
            WHERE articles.url = links.url AND other.next_attempt_at IS NOT NULL
        ) THEN NULL ELSE next_attempt_at END
    WHERE source_id = ? AND url = ? AND article_id IS NULL
    AND EXISTS (SELECT 1 FROM articles WHERE articles.url = links.url AND articles.backlog <= links.backlog)
"""
"""Another column of the same site may have led to the page already. But what that showed as history at its
first visit may be news here: then the page is asked for, and `articles.save` decides."""


def listed(
    conn: sqlite3.Connection, source_id: int, urls: Sequence[str], now: datetime
) -> dict[str, KnownLink]:
    """What is remembered of these rows of a source, by address; rows never seen are absent.

    A row whose article another source led to, and which was news then, counts as seen just now.
    """
    found = {}
    for start in range(0, len(urls), _VARIABLES):
        some = urls[start : start + _VARIABLES]
        marks = ", ".join("?" * len(some))
        rows = conn.execute(f"{_ELSEWHERE} AND url IN ({marks})", [stamp(now), *some])
        found.update({row["url"]: _known(row, now) for row in rows})
        rows = conn.execute(f"{_KNOWN} AND links.url IN ({marks})", [source_id, *some])
        found.update({row["url"]: _known(row, now) for row in rows})
    return found


def due(conn: sqlite3.Connection, source_id: int, limit: int, now: datetime) -> list[KnownLink]:
    """Rows whose pages are to be asked for now, those never had before those to be looked at again."""
    rows = conn.execute(
        f"{_KNOWN} AND next_attempt_at <= ?"
        " ORDER BY article_id IS NOT NULL, attempts, next_attempt_at LIMIT ?",
        [source_id, stamp(now), limit],
    )
    return [_known(row, now) for row in rows]


def recent(conn: sqlite3.Connection, source_id: int, limit: int) -> list[KnownRow]:
    """The rows that a source's list showed last, those seen last first.

    Where the list showed no day, that of the article stands for it.
    """
    rows = conn.execute(
        "SELECT links.url, links.title, coalesce(links.published, substr(articles.published, 1, 10)) AS day,"
        " links.last_seen, links.backlog OR links.article_id IS NOT NULL AS had"
        " FROM links LEFT JOIN articles ON articles.id = links.article_id"
        " WHERE links.source_id = ? ORDER BY links.last_seen DESC, day DESC LIMIT ?",
        [source_id, limit],
    )
    return [
        KnownRow(
            row["url"],
            row["title"],
            date.fromisoformat(row["day"]) if row["day"] else None,
            moment(row["last_seen"]),
            bool(row["had"]),
        )
        for row in rows
    ]


_VARIABLES = 500
"""Addresses in one statement; SQLite's own limit is far above."""

_KNOWN = (
    "SELECT links.*, articles.etag, articles.last_modified FROM links"
    " LEFT JOIN articles ON articles.id = links.article_id WHERE links.source_id = ?"
)

_ELSEWHERE = (
    "SELECT url, coalesce(title, '') AS title, substr(published, 1, 10) AS published, backlog,"
    " ? AS first_seen, NULL AS next_attempt_at, etag, last_modified, id AS article_id"
    " FROM articles WHERE backlog = 0"
)


def _known(row: sqlite3.Row, now: datetime) -> KnownLink:
    return KnownLink(
        url=row["url"],
        title=row["title"],
        published=row["published"],
        due=row["next_attempt_at"] is not None and row["next_attempt_at"] <= stamp(now),
        backlog=bool(row["backlog"]),
        first_seen=moment(row["first_seen"]),
        etag=row["etag"],
        last_modified=row["last_modified"],
        stored=row["article_id"] is not None,
    )


def fetched(conn: sqlite3.Connection, reading: Reading, article_id: int, now: datetime) -> None:
    """Notes, inside the article's own transaction, that a link led to it."""
    if reading.source_id is None or reading.link is None:
        return
    at = stamp(now)
    conn.execute(
        "INSERT INTO links (source_id, url, title, article_id, backlog, first_seen, last_seen)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (source_id, url) DO UPDATE SET article_id = excluded.article_id,"
        " backlog = max(backlog, excluded.backlog)",
        [
            reading.source_id,
            reading.link,
            reading.listed_title or reading.article.title or "",
            article_id,
            int(reading.backlog),
            at,
            at,
        ],
    )
    looked_again(conn, reading.source_id, reading.link, now)


def looked_again(conn: sqlite3.Connection, source_id: int | None, link: str, now: datetime) -> None:
    """The page behind a link was had; sets when it is looked at next."""
    row = conn.execute(
        "SELECT links.first_seen, sources.interval FROM links JOIN sources ON sources.id = links.source_id"
        " WHERE source_id = ? AND links.url = ?",
        [source_id, link],
    ).fetchone()
    if row is None:
        return  # the source was removed meanwhile
    then = next_look(moment(row["first_seen"]), timedelta(seconds=row["interval"]), now)
    conn.execute(
        "UPDATE links SET attempts = 0, last_error = NULL, next_attempt_at = ?"
        " WHERE source_id = ? AND url = ?",
        [stamp(then) if then else None, source_id, link],
    )


def failed(conn: sqlite3.Connection, failure: Failure, now: datetime) -> None:
    """The page behind a link could not be had; sets when it is tried next, or gives it up."""
    row = conn.execute(
        "SELECT links.attempts, sources.interval FROM links JOIN sources ON sources.id = links.source_id"
        " WHERE source_id = ? AND links.url = ?",
        [failure.source_id, failure.url],
    ).fetchone()
    if row is None:
        return  # a list page, not a row of one
    then = next_try(row["attempts"], timedelta(seconds=row["interval"]), now, failure.kind)
    conn.execute(
        "UPDATE links SET attempts = attempts + 1, last_error = ?, next_attempt_at = ?"
        " WHERE source_id = ? AND url = ?",
        [
            f"{failure.kind}: {failure.detail}",
            stamp(then) if then else None,
            failure.source_id,
            failure.url,
        ],
    )
