"""What the archive holds for a query: candidates from the index, decided on the stored text.

Newest first, read as they are asked for: a query that finds half of the archive costs no more memory
than one that finds a single article, and its first page no more time.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date

from attrs import evolve, field, frozen
from sqlite_utils import Database

from pipelines.query import FileText, Query
from pipelines.store import grams

_TOLD_EVERY = 256
"""Candidates between two words to whoever shows progress."""


@frozen
class StoredArticle:
    """An article of the archive, clean; absent values are None."""

    id: int
    url: str
    title: str | None
    published: str | None
    source: str | None
    author: str | None
    site: str | None
    host: str
    region_code: str | None
    region: str | None
    story: int
    reprints: int
    """How many further copies of its story the archive holds, whether the query finds them or not."""
    first_seen: str
    body: str
    apart: str | None = field(default=None, repr=False)
    """The text with what stands apart from it: lead and sub-headline, the table of a public document."""
    files: tuple[FileText, ...] = field(default=(), repr=False)
    """What was read of the files that it offers."""

    @property
    def text(self) -> str:
        """What is searched beside the title."""
        return self.apart or self.body


@frozen
class Period:
    """Days of publication, both included, in China time; None: open.

    An article without a date counts by the day on which it was first seen.
    """

    since: date | None = None
    until: date | None = None


ALWAYS = Period()


def ignore(count: int) -> None:
    """For callers who want no progress."""


def found(
    db: Database, query: Query, period: Period = ALWAYS, *, inspected: Callable[[int], None] = ignore
) -> Iterator[StoredArticle]:
    """Precisely the articles for which `query.matches` holds, newest first.

    `inspected` is told how many candidates were looked at since it was last told.
    """
    with closing(db.conn.cursor()) as rows:
        # One statement reads everything, so that an answer is one state of the archive.
        rows.execute(*_asked(_COLUMNS, query, period, _NEWEST_FIRST))
        seen = 0
        for seen, row in enumerate(rows, 1):
            *values, files = row
            read = tuple(FileText(*file) for file in json.loads(files)) if files != _NONE else ()
            article = evolve(StoredArticle(*values), files=read)
            if query.matches(article.title, article.text, article.files):
                yield article
            if seen % _TOLD_EVERY == 0:
                inspected(_TOLD_EVERY)
        inspected(seen % _TOLD_EVERY)


def candidates(db: Database, query: Query, period: Period = ALWAYS) -> int:
    """How many articles must be looked at for a full answer; at least as many as will be found."""
    return _count(db.conn, *_asked("count(*)", query, period))


def holding(db: Database, text: str) -> int:
    """About how many articles hold these folded characters in a row; never too few."""
    sql = "SELECT count(*) FROM article_grams WHERE article_grams MATCH ?"
    return _count(db.conn, sql, [grams.term_candidates(text)])


def size(db: Database) -> int:
    """How many articles the archive holds."""
    return _count(db.conn, "SELECT count(*) FROM articles", [])


_COLUMNS = """
    a.id, a.url, a.title, a.published, a.source, a.author, a.site, a.host, a.region_code, a.region,
    a.story_id, (SELECT count(*) - 1 FROM articles AS copy WHERE copy.story_id = a.story_id),
    a.first_seen, a.body, nullif(a.searched, a.body),
    (SELECT json_group_array(json_array(name, text)) FROM attachments
    WHERE article_id = a.id AND text IS NOT NULL)
"""

_NONE = "[]"
"""What SQLite makes of no files; most articles have none."""

# The very expression of the index articles_by_time, along which an answer is read.
_TIME = "coalesce(a.published, a.first_seen)"
_NEWEST_FIRST = f"ORDER BY {_TIME} DESC, a.id DESC"


def _asked(what: str, query: Query, period: Period, order: str = "") -> tuple[str, list[str]]:
    conditions, values = ["true"], []
    expression = grams.candidates(query)
    if expression is not None:
        # The plus keeps SQLite from looking the candidates up one by one and sorting them: going along the
        # index of times is up to fifteen times faster when there are many.
        conditions.append("+a.id IN (SELECT rowid FROM article_grams WHERE article_grams MATCH ?)")
        values.append(expression)
    if period.since:
        conditions.append(f"{_TIME} >= ?")
        values.append(period.since.isoformat())
    if period.until:
        conditions.append(f"{_TIME} < ?")
        values.append(f"{period.until.isoformat()}U")  # behind every T of that day
    return f"SELECT {what} FROM articles AS a WHERE {' AND '.join(conditions)} {order}", values


def _count(conn: sqlite3.Connection, sql: str, values: list[str]) -> int:
    (number,) = conn.execute(sql, values).fetchone()
    return int(number)
