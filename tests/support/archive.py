"""Articles in a store, written by plain SQL, for tests of what reads the archive."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlite_utils import Database

from pipelines.store import grams


def put(db: Database, number: int, title: str | None, body: str, **columns: str | int | None) -> None:
    """Article `number`, a story of its own unless `story` names another one."""
    story = columns.pop("story", number)
    db.execute("INSERT OR IGNORE INTO stories (id, title, created_at) VALUES (?, ?, '')", [story, title])
    values: dict[str, str | int | None] = {
        "id": number,
        "url": f"http://www.example.gov.cn/{number}.html",
        "kind": "article",
        "title": title,
        "published": f"2026-11-01T00:{number // 60 % 60:02}:{number % 60:02}+08:00",
        "body": body,
        "site": "清溪县人民政府",
        "host": "www.example.gov.cn",
        "story_id": story,
        "first_seen": "2026-11-22T12:00:00.000+08:00",
        "last_seen": "2026-11-22T12:00:00.000+08:00",
        "content_hash": str(number),
        "text_hash": str(number),
        "encoding": "utf-8",
    }
    values |= columns
    names, marks = ", ".join(values), ", ".join(f":{name}" for name in values)
    db.execute(f"INSERT INTO articles ({names}) VALUES ({marks})", values)
    grams.index(db.conn, number, title, body)


@contextmanager
def undone(db: Database) -> Iterator[None]:
    """What happens inside is rolled back: one file serves many examples."""
    db.execute("BEGIN")
    try:
        yield
    finally:
        db.execute("ROLLBACK")
