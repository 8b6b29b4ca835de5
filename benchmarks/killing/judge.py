"""What must be true of a database at any moment, and of everything at the end."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Mapping
from contextlib import closing
from email.message import EmailMessage
from pathlib import Path

from benchmarks.killing.news import Told, due_mails
from demo.world import Expected
from pipelines.query import FileText
from pipelines.store import grams

HALVES = {
    "articles whose versions are not 1 to n, the last as the article is": """
        SELECT count(*) FROM articles WHERE (version, version) IS NOT
            (SELECT count(*), max(number) FROM versions WHERE article_id = articles.id)
        OR (content_hash, body) IS NOT (SELECT content_hash, body FROM versions
            WHERE article_id = articles.id AND number = articles.version)""",
    "versions without the response that they were read from": """
        SELECT count(*) FROM articles WHERE version IS NOT
            (SELECT count(*) FROM captures WHERE article_id = articles.id)""",
    "stories without an article": """
        SELECT count(*) FROM stories WHERE id NOT IN (SELECT story_id FROM articles)""",
    "copies in another story than their first": """
        SELECT count(*) FROM articles JOIN articles AS first ON first.id = articles.copy_of
        WHERE first.story_id <> articles.story_id""",
    "matches without a mail for every reader": """
        SELECT count(*) FROM matches JOIN subscriptions ON subscriptions.id = subscription_id
        WHERE json_array_length(recipients) IS NOT
            (SELECT count(*) FROM outbox WHERE match_id = matches.id)""",
    "mails that were sent, though no answer is known": """
        SELECT count(*) FROM outbox WHERE (state = 'sent') <> (sent_at IS NOT NULL AND answer IS NOT NULL)""",
    "articles that no row of a list led to": """
        SELECT count(*) FROM articles WHERE id NOT IN
            (SELECT article_id FROM links WHERE article_id IS NOT NULL)""",
}
"""What a transaction cut in two would leave behind, and how to count it."""


def consistency(database: Path) -> list[str]:
    """What is wrong with the database at this moment; it may be in use."""
    with closing(sqlite3.connect(database, timeout=30, isolation_level=None)) as conn:
        conn.execute("BEGIN")
        troubles = [text for (text,) in conn.execute("PRAGMA integrity_check") if text != "ok"]
        troubles += [f"foreign key: {tuple(row)}" for row in conn.execute("PRAGMA foreign_key_check")]
        for what, sql in HALVES.items():
            (number,) = conn.execute(sql).fetchone()
            if number:
                troubles.append(f"{number} {what}")
        if not _is_indexed(conn):
            troubles.append("the index of characters is not that of the texts")
        for file, end in conn.execute("SELECT file, max(offset + length) FROM captures GROUP BY file"):
            if (database.parent / file).stat().st_size < end:
                troubles.append(f"{file} is shorter than its records")
    return troubles


def in_hand(database: Path, delivered: list[tuple[str, EmailMessage]]) -> int:
    """Mails that the server has taken and we have not written down: those that will come again."""
    numbers = {str(message["Message-ID"]) for _, message in delivered}
    with closing(sqlite3.connect(database, timeout=30)) as conn:
        due = [number for (number,) in conn.execute("SELECT message_id FROM outbox WHERE state = 'due'")]
    return len(numbers.intersection(due))


def _is_indexed(conn: sqlite3.Connection) -> bool:
    """Whether the index names for every character in how many articles it stands, neither more nor less."""
    with closing(sqlite3.connect(":memory:")) as fresh:
        (statement,) = conn.execute("SELECT sql FROM sqlite_master WHERE name = 'article_grams'").fetchone()
        fresh.execute(statement)
        for number, title, searched in conn.execute("SELECT id, title, searched FROM articles"):
            files = conn.execute(
                "SELECT name, text FROM attachments WHERE article_id = ? AND text IS NOT NULL ORDER BY id",
                [number],
            )
            grams.index(fresh, number, title, searched, [FileText(*file) for file in files])
        return _terms(fresh) == _terms(conn)


def _terms(conn: sqlite3.Connection) -> dict[str, int]:
    conn.execute("CREATE VIRTUAL TABLE temp.terms USING fts5vocab(main, article_grams, row)")
    found = dict(conn.execute("SELECT term, doc FROM temp.terms"))
    conn.execute("DROP TABLE temp.terms")
    return found


def stored_wrong(database: Path, truth: Mapping[str, Expected]) -> list[str]:
    """Articles of the world that are not stored as they are."""
    with closing(sqlite3.connect(database)) as conn:
        stored = {url: rest for url, *rest in conn.execute("SELECT url, title, body, version FROM articles")}
        names = dict(conn.execute("SELECT articles.url, count(*) FROM attachments JOIN articles"
                                  " ON articles.id = article_id GROUP BY article_id"))  # fmt: skip
    wrong = []
    for article in truth.values():
        found = stored.pop(article.url, None)
        if found is None or found[:2] != [article.title, article.body]:
            wrong.append(f"{article.key}: {'missing' if found is None else 'another text'}")
        elif names.get(article.url, 0) != len(article.attachments):
            wrong.append(f"{article.key}: attachments")
    return wrong + [f"{url}: is not in the world" for url in stored]


class Mails:
    """The mails that the server took, against those that were due."""

    def __init__(self, delivered: list[tuple[str, EmailMessage]], truth: Mapping[str, Expected]) -> None:
        by_url = {article.url: article for article in truth.values()}
        numbers: dict[Told, list[str]] = {}
        self.strange = 0
        for recipient, message in delivered:
            body = message.get_body(("plain",))
            text = body.get_content() if body else ""
            article = next((by_url[url] for url in re.findall(r"https?://\S+", text) if url in by_url), None)
            if article is None:
                self.strange += 1
                continue
            told = (recipient, str(message["X-Govwatch-Subscription"]), article.group)
            numbers.setdefault(told, []).append(str(message["Message-ID"]))
        due = due_mails(dict(truth))
        self.due = len(due)
        self.lost = due - numbers.keys()
        self.unwanted = numbers.keys() - due
        self.repeats = Counter(
            {told: len(ids) - 1 for told, ids in numbers.items() if len(set(ids)) == 1 < len(ids)}
        ).total()
        self.twice = [told for told, ids in numbers.items() if len(set(ids)) > 1]
        """Told under different Message-IDs, which a mail reader cannot recognise as one."""

    @property
    def troubles(self) -> list[str]:
        counts = {
            "lost": len(self.lost),
            "unwanted": len(self.unwanted),
            "told twice": len(self.twice),
            "without an address of the world": self.strange,
        }
        return [f"{number} mails {what}" for what, number in counts.items() if number]
