"""What the archive knows already of a page that comes: copies of its text, and whether it is news."""

from __future__ import annotations

import sqlite3
from urllib.parse import urlsplit

from crawlers.items import Article, Reading
from pipelines.dedupe import Text, is_copy, text_hash
from pipelines.store.times import moment, published_stamp


def text_of(article: Article) -> Text:
    attachments = tuple(attachment.url for attachment in article.attachments)
    return Text(article.title or "", article.body, attachments, article.site.host, article.published)


def first_with(conn: sqlite3.Connection, text: Text) -> sqlite3.Row | None:
    """The earliest article that `text` is a copy of, as that stands or as it once stood."""
    candidates = conn.execute(
        "SELECT articles.id, articles.url, articles.story_id, articles.backlog, articles.host,"
        " versions.title, versions.body, versions.published"
        " FROM versions JOIN articles ON articles.id = versions.article_id"
        " WHERE versions.text_hash = ? ORDER BY articles.id, versions.number",
        [text_hash(text.body)],
    )
    for row in candidates:
        attachments = conn.execute("SELECT url FROM attachments WHERE article_id = ?", [row["id"]])
        published = moment(row["published"]) if row["published"] else None
        links_to = tuple(url for (url,) in attachments)
        if is_copy(text, Text(row["title"] or "", row["body"], links_to, row["host"], published)):
            found: sqlite3.Row = row
            return found
    return None


def is_moved_history(conn: sqlite3.Connection, reading: Reading, first: sqlite3.Row | None) -> bool:
    """A site that goes over to https or to another CMS lists its whole history at new addresses."""
    return (
        first is not None
        and bool(first["backlog"])
        and first["published"] == published_text(reading.article)
        and urlsplit(reading.article.url).hostname == urlsplit(first["url"]).hostname
        and _led_to(conn, reading, first["id"])
    )


def is_news_at_last(conn: sqlite3.Connection, reading: Reading, known: sqlite3.Row) -> bool:
    """What one column showed at its first visit may be brand-new in another that is watched already."""
    return bool(known["backlog"]) and not reading.backlog and not _led_to(conn, reading, known["id"])


def _led_to(conn: sqlite3.Connection, reading: Reading, article_id: int) -> bool:
    """Whether the same column led to the article before, from this row or another."""
    row = conn.execute(
        "SELECT 1 FROM links WHERE article_id = ? AND source_id = ?", [article_id, reading.source_id]
    ).fetchone()
    return row is not None


def published_text(article: Article) -> str | None:
    return published_stamp(article.published) if article.published else None
