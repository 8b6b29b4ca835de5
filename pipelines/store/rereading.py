"""Stored articles against what a newer reader makes of the same pages."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from datetime import date, datetime

from attrs import evolve, frozen
from sqlite_utils import Database

from crawlers.items import Article, Attachment, Reading, Site
from crawlers.reading.evidence import as_listed
from pipelines.dedupe import content_hash
from pipelines.store import files, grams, lineage, subscriptions
from pipelines.store.article_columns import columns_of
from pipelines.store.database import transaction
from pipelines.store.times import moment

_FOLLOWING = frozenset(("content_hash", "text_hash", "etag", "last_modified", "encoding"))
"""Columns that change with others, or that a page did not say of itself."""

Values = dict[str, object]


@frozen
class Stored:
    """An article as it stands."""

    id: int
    url: str
    title: str | None
    content_hash: str
    values: Values
    """By column of `articles`; `attachments`: [[url, name], ...], in the order of their addresses."""

    @property
    def as_text(self) -> Article:
        """As it was before cleaning, for an article whose page is not kept."""
        said = self.values
        return Article(
            self.url,
            str(said["encoding"]),
            "article",
            title=_text(said["original_title"]) or self.title,
            source=_text(said["source"]),
            author=_text(said["author"]),
            body=_text(said["original_body"]) or str(said["body"]),
            published=moment(str(said["published"])) if said["published"] else None,
            attachments=tuple(Attachment(url, name) for url, name in self.files),
            site=Site(_text(said["site"]), str(said["host"]), _text(said["site_code"])),
            lead_title=_text(said["lead_title"]),
            subtitle=_text(said["subtitle"]),
            openness=tuple(json.loads(str(said["openness"])).items()),
        )

    @property
    def files(self) -> list[list[str]]:
        """[[url, name], ...] of what it offers."""
        offered = self.values["attachments"]
        assert isinstance(offered, list)
        return offered


@frozen
class Difference:
    stored: Stored
    reading: Reading
    fields: dict[str, tuple[object, object]]
    """By column: as it is stored, and as it is read now."""


def count(db: Database, since: date | None, source_id: int | None) -> int:
    found: tuple[int] = db.execute(
        f"SELECT count(*) FROM articles {_CHOSEN}", _asked(since, source_id)
    ).fetchone()
    return found[0]


def chosen(db: Database, since: date | None, source_id: int | None) -> Iterator[int]:
    """The numbers of the articles published (or else seen first) since a day, of a source; oldest first."""
    rows = db.execute(f"SELECT id FROM articles {_CHOSEN} ORDER BY id", _asked(since, source_id))
    return iter([row["id"] for row in rows])


def stored(conn: sqlite3.Connection, article_id: int) -> Stored | None:
    """None where it was removed meanwhile."""
    row = conn.execute("SELECT * FROM articles WHERE id = ?", [article_id]).fetchone()
    if row is None:
        return None
    offered = conn.execute(
        "SELECT url, name FROM attachments WHERE article_id = ? ORDER BY url", [article_id]
    )
    values = dict(row) | {"attachments": [[file["url"], file["name"]] for file in offered]}
    return Stored(row["id"], row["url"], row["title"], row["content_hash"], values)


def completed(conn: sqlite3.Connection, known: Stored, reading: Reading) -> Reading:
    """A reading with what the list told of the article, as at its first reading."""
    row = conn.execute(
        "SELECT title, published FROM links WHERE article_id = ? LIMIT 1", [known.id]
    ).fetchone()
    article = evolve(reading.article, url=known.url)
    if row:
        day = date.fromisoformat(row["published"]) if row["published"] else None
        article = as_listed(article, row["title"], day)
    published = _text(known.values["published"])
    article = evolve(
        article,
        title=article.title or known.title,
        published=article.published or (moment(published) if published else None),
    )
    return evolve(reading, article=article, listed_title=row["title"] if row else None)


def compare(known: Stored, reading: Reading, *, columns: frozenset[str] | None = None) -> Difference | None:
    """What differs, of `columns` or of all; None: nothing does."""
    pollution = known.values["pollution"]
    reading = lineage.still_spun(reading, None if pollution is None else str(pollution))
    now: Values = columns_of(reading, "") | {"attachments": _offered(reading.article.attachments)}
    fields = {
        name: (known.values[name], value)
        for name, value in now.items()
        if name not in _FOLLOWING and (columns is None or name in columns) and known.values[name] != value
    }
    return Difference(known, reading, fields) if fields else None


def apply(db: Database, found: Difference, now: datetime, *, tell: bool) -> int | None:
    """Stores the new reading as the present version; gives the number of mails, None where the article
    changed meanwhile.

    No new version: the page is the same. `tell`: whom the article concerns only as it is read now is told.
    """
    known, article = found.stored, found.reading.article
    text = lineage.text_of(article)
    values = {
        name: value
        for name, value in columns_of(found.reading, content_hash(text)).items()
        if name in found.fields or name in ("content_hash", "text_hash")
    }
    with transaction(db) as conn:
        row = conn.execute(
            "SELECT id, story_id, version, title, searched AS body, backlog FROM articles"
            " WHERE id = ? AND content_hash = ?",
            [known.id, known.content_hash],
        ).fetchone()
        if row is None:
            return None
        before = subscriptions.Told(row["title"] or "", row["body"], files.texts(conn, known.id))
        grams.unindex(conn, known.id, before.title, before.body, before.files)
        conn.execute(f"UPDATE articles SET {_set(values)} WHERE id = :id", values | {"id": known.id})
        kept = {name: value for name, value in values.items() if name in _VERSIONED}
        conn.execute(
            f"UPDATE versions SET {_set(kept)} WHERE article_id = :id AND number = :number",
            kept | {"id": known.id, "number": row["version"]},
        )
        if "body" in found.fields:
            lineage.sketched(conn, known.id, article.body)
        if "attachments" in found.fields:
            files.put(conn, known.id, article.attachments, now)
        after = files.texts(conn, known.id)
        title, searched = lineage.searched(conn, known.id)
        grams.index(conn, known.id, title, searched, after)
        if not tell or row["backlog"]:
            return 0
        news = subscriptions.News(known.id, row["story_id"], row["version"], title, searched, after, before)
        return subscriptions.tell(conn, news, now)


_CHOSEN = (
    "WHERE (:since IS NULL OR coalesce(published, first_seen) >= :since)"
    " AND (:source IS NULL OR source_id = :source)"
)
_VERSIONED = ("title", "published", "source", "author", "body", "content_hash", "text_hash")


def _asked(since: date | None, source_id: int | None) -> dict[str, object]:
    return {"since": since.isoformat() if since else None, "source": source_id}


def _set(values: Values) -> str:
    return ", ".join(f"{name} = :{name}" for name in values)


def _offered(attachments: tuple[Attachment, ...]) -> list[list[str]]:
    return sorted([file.url, file.name] for file in attachments)


def _text(value: object) -> str | None:
    return None if value is None else str(value)
