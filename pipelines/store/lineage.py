"""What the archive knows already of a page that comes: copies of its text, and whether it is news."""

from __future__ import annotations

import json
import sqlite3
from typing import Literal
from urllib.parse import urlsplit

from attrs import asdict, evolve, frozen

from crawlers.items import Article, Pollution, Reading
from pipelines.dedupe import Text, is_copy, is_same_title, text_hash
from pipelines.rewording import Rewording, rewording, sketch
from pipelines.store.times import moment, published_stamp


def text_of(article: Article) -> Text:
    attachments = tuple(attachment.url for attachment in article.attachments)
    apart = (article.lead_title, article.subtitle, *(value for _, value in article.openness))
    told = tuple(text for text in apart if text)
    return Text(article.title or "", article.body, attachments, article.site.host, article.published, told)


def searched(conn: sqlite3.Connection, article_id: int) -> tuple[str, str]:
    """Title and text of an article as they are matched and indexed: with lead and sub-headline and the table
    of a public document, which stand apart from its body."""
    row = conn.execute("SELECT title, searched FROM articles WHERE id = ?", [article_id]).fetchone()
    return row["title"] or "", row["searched"]


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


@frozen
class Spun:
    """A page of which the archive has the original, or of whose original it has a spun copy."""

    known: sqlite3.Row
    kind: Literal["homophones", "synonyms"] | None
    """None: the same text, of which some places are damaged."""
    known_is_spun: bool = False

    def marked(self, reading: Reading) -> Reading:
        """`reading`, which is the spun one: its words are not what was published, so they are no news."""
        if self.kind is None:
            return reading
        return evolve(reading, pollution=evolve(reading.pollution, kind=self.kind), backlog=True)


def sketched(conn: sqlite3.Connection, article_id: int, body: str) -> None:
    """Notes by what a spun copy of this text would be found."""
    conn.executemany(
        "INSERT OR IGNORE INTO sketches (number, article_id) VALUES (?, ?)",
        [(number, article_id) for number in sketch(body)],
    )


def spun(conn: sqlite3.Connection, reading: Reading) -> Spun | None:
    """The article of another host that `reading` was spun out of, or that was spun out of it."""
    numbers = sketch(reading.article.body)
    if not numbers:
        return None
    marks = ", ".join("?" * len(numbers))
    found = conn.execute(
        "SELECT id, url, story_id, backlog, host, published, title, body, pollution FROM articles JOIN"
        f" (SELECT article_id, count(*) AS shared FROM sketches WHERE number IN ({marks})"
        f" GROUP BY article_id HAVING shared >= {_SHARED} ORDER BY shared DESC LIMIT {_LOOKED_AT})"
        " ON article_id = id WHERE host <> ? ORDER BY shared DESC, id",
        [*numbers, reading.article.site.host],
    ).fetchall()
    verdicts = (_verdict(row, reading) for row in found)
    return next((verdict for verdict in verdicts if verdict is not None), None)


_SHARED, _LOOKED_AT = 2, 5
"""Numbers that two sketches have in common at least; articles that are compared at most."""


def _verdict(known: sqlite3.Row, reading: Reading) -> Spun | None:
    polluted = known["pollution"] is not None or reading.pollution.kind != "none"
    match rewording(known["body"], reading.article.body):
        case Rewording(kind="damaged") if polluted and is_same_title(known["title"], reading.article.title):
            return Spun(known, None)
        case Rewording(kind="homophones" | "synonyms" as kind, original=original):
            known_is_spun = original == "other"
            host = known["host"] if known_is_spun else reading.article.site.host
            return None if _is_official(host) else Spun(known, kind, known_is_spun)
    return None


def _is_official(host: str) -> bool:
    """An authority's own site edits its texts and falsifies none."""
    return host.partition(":")[0].endswith(".gov.cn")


def unmask(conn: sqlite3.Connection, found: Spun, original_id: int) -> None:
    """Marks a spun copy that came before its original `original_id`.

    It joins the original's story, unless somebody was told of it: what was promised stays as it was.
    """
    mirror, story = found.known["id"], found.known["story_id"]
    pollution = Pollution(**json.loads(found.known["pollution"] or "{}"))
    conn.execute(
        "UPDATE articles SET pollution = ? WHERE id = ?",
        [json.dumps(asdict(evolve(pollution, kind=found.kind or pollution.kind))), mirror],
    )
    if conn.execute("SELECT 1 FROM matches WHERE story_id = ?", [story]).fetchone() is None:
        conn.execute(
            "UPDATE articles SET copy_of = :first,"
            " story_id = (SELECT story_id FROM articles WHERE id = :first) WHERE story_id = :story",
            {"first": original_id, "story": story},
        )
        conn.execute("DELETE FROM stories WHERE id = ?", [story])


def still_spun(reading: Reading, pollution: str | None) -> Reading:
    """`reading` of a page whose stored `pollution` was found by comparing, which no reading finds again."""
    known = Pollution(**json.loads(pollution or "{}"))
    if known.kind not in ("homophones", "synonyms") or reading.pollution.kind != "none":
        return reading
    return evolve(reading, pollution=known)


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
