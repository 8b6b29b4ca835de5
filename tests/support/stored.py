"""Readings to be stored, and an audit of everything that must hold of a store at any moment."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlite_utils import Database

from crawlers.catalogue.model import Source
from crawlers.china import CHINA
from crawlers.files.formats import type_of
from crawlers.items import Article, Attachment, Reading, Site
from pipelines.dedupe import text_hash
from pipelines.query.folding import Folded
from pipelines.store import files, grams, sources, subscriptions
from pipelines.store.subscriptions import Subscription

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=CHINA)
HOUR = timedelta(hours=1)
HOST = "www.qinghe.example"
LONG = (
    "青禾县组织力量对全县集中式饮用水水源地开展排查整治，发现问题十一个，要求各乡镇对照清单逐项整改销号。" * 4
)


def reading(path: str = "/1.html", body: str = "水质公报全文。", **wishes: Any) -> Reading:
    """A page at `path` of `host`; `source` is the id of the column whose row `link` led to it."""
    host = wishes.get("host", HOST)
    url = f"http://{host}{path}"
    article = Article(
        url=url,
        encoding="utf-8",
        kind="article",
        title=wishes.get("title", "关于水质的公报"),
        published=wishes.get("published", NOW - HOUR),
        body=body,
        attachments=tuple(_file(one) for one in wishes.get("attachments", ())),
        site=Site("青禾县人民政府", host, None),
    )
    return Reading(
        article=article,
        fetched_at=NOW,
        source_id=wishes.get("source"),
        link=wishes.get("link", url) if wishes.get("source") else None,
        listed_title=article.title,
        backlog=wishes.get("backlog", False),
        etag=wishes.get("etag"),
    )


def _file(url: str) -> Attachment:
    name = url.rpartition("/")[2]
    return Attachment(url, name, type_of(url, name))


def watch(db: Database, name: str = "政务动态", **values: Any) -> int:
    """A new source; gives its id."""
    url = values.pop("url", f"http://{HOST}/{name}/")
    source = sources.add(db, Source(name=name, url=url, **values), NOW)
    assert source.id is not None
    return source.id


def subscribe(db: Database, query: str, *recipients: str, name: str | None = None) -> Subscription:
    wanted = Subscription(name or query, query, recipients or ("a@example.org",))
    return subscriptions.put(db, wanted, NOW)


def mails(db: Database) -> list[tuple[str, str, int]]:
    """(recipient, title of the article, its version) of every mail that was ever promised."""
    rows = db.execute(
        "SELECT outbox.recipient, articles.title, matches.article_version AS version FROM outbox"
        " JOIN matches ON matches.id = outbox.match_id JOIN articles ON articles.id = matches.article_id"
        " ORDER BY outbox.id"
    )
    return [tuple(row) for row in rows]


def audit(db: Database) -> list[str]:
    """What is wrong with a store: half-stored articles, matches without mails, an index that lies."""
    wrong = [f"{name}: {row[0]}" for name, sql in _RULES.items() for row in db.execute(sql)]
    wrong += [f"integrity: {row[0]}" for row in db.execute("PRAGMA integrity_check") if row[0] != "ok"]
    wrong += [f"foreign key: {tuple(row)}" for row in db.execute("PRAGMA foreign_key_check")]
    for row in db.execute("SELECT id, body, text_hash FROM articles"):
        if row["text_hash"] != text_hash(row["body"]):
            wrong.append(f"text hash of article {row['id']}")
    return wrong + _index_errors(db)


_RULES = {
    "versions are not 1..n of article": (
        "SELECT articles.id FROM articles LEFT JOIN versions ON versions.article_id = articles.id"
        " GROUP BY articles.id HAVING count(versions.id) <> articles.version"
        " OR min(versions.number) <> 1 OR max(versions.number) <> articles.version"
    ),
    "last version differs from article": (
        "SELECT articles.id FROM articles JOIN versions"
        " ON versions.article_id = articles.id AND versions.number = articles.version"
        " WHERE versions.content_hash <> articles.content_hash OR versions.body <> articles.body"
        " OR versions.title IS NOT articles.title OR versions.text_hash <> articles.text_hash"
    ),
    "copy in another story": (
        "SELECT articles.id FROM articles JOIN articles AS first ON first.id = articles.copy_of"
        " WHERE first.story_id <> articles.story_id"
    ),
    "story without article": "SELECT id FROM stories WHERE id NOT IN (SELECT story_id FROM articles)",
    "match of another story": (
        "SELECT matches.id FROM matches JOIN articles ON articles.id = matches.article_id"
        " WHERE articles.story_id <> matches.story_id"
    ),
    "match without mail": "SELECT id FROM matches WHERE id NOT IN (SELECT match_id FROM outbox)",
    "link neither had nor to be had": (
        "SELECT url FROM links WHERE article_id IS NULL AND next_attempt_at IS NULL AND last_error IS NULL"
    ),
    "source in the hands of no run": (
        "SELECT sources.id FROM sources JOIN runs ON runs.id = sources.claimed_by"
        " WHERE runs.state <> 'running'"
    ),
}


def _index_errors(db: Database) -> list[str]:
    """Articles whose entry in the index is not that of their text, and entries of no article."""
    db.execute("CREATE VIRTUAL TABLE temp.entries USING fts5vocab(main, article_grams, 'instance')")
    try:
        found: dict[int, set[str]] = {}
        for term, number in db.execute("SELECT term, doc FROM temp.entries"):
            found.setdefault(number, set()).add(term)
    finally:
        db.execute("DROP TABLE temp.entries")
    rows = list(db.execute("SELECT id, title, searched AS body FROM articles"))
    texts = {row["id"]: Folded.of(row["title"], row["body"], files.texts(db.conn, row["id"])) for row in rows}
    wanted = {
        number: {*_entries(text.title), *_entries(text.body), *_entries(text.files)}
        for number, text in texts.items()
    }
    wanted = {number: entries for number, entries in wanted.items() if entries}
    return [
        f"index of article {number}"
        for number in found.keys() | wanted.keys()
        if found.get(number) != wanted.get(number)
    ]


def _entries(text: str) -> Iterable[str]:
    """What a search for any character or any pair of neighbours of a folded text would look up."""
    yield from (grams.term_candidates(character) for character in text)
    yield from (grams.term_candidates(text[at : at + 2]) for at in range(len(text) - 1))
