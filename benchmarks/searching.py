"""Milliseconds of a search in a large archive, against a LIKE scan and FTS5's trigrams in the same run."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from rich.progress import Progress
from sqlite_utils import Database

from benchmarks import archive
from benchmarks.figures import Figure, Findings
from benchmarks.measure import folder, milliseconds
from monitor import query as monitor_query
from pipelines.query import And, Not, Or, Term, parse
from pipelines.query.tree import Node

QUERIES = (
    ("one character", "泥"),
    ("one frequent character", "水"),
    ("two characters", "臭氧"),
    ("three characters", "加油站"),
    ("forty characters", archive.RARE[:40]),
    ("AND", "污水 AND 验收"),
    ("OR", "秸秆 OR 臭氧"),
    ("NOT", "臭氧 NOT 加油站"),
    ("nothing to find", "量子计算"),
)
LIMIT = 20
"""Hits that are shown: the newest ones."""
ALL = 10**9

Finder = Callable[[str, int], int]
"""From a query and a limit to the number of hits, which are read whole."""


def searching(quick: bool = False, articles: int = 50_000) -> Findings:
    """Builds an archive, asks every query of every contender in turns, counts who misses what."""
    articles = min(articles, 2_000) if quick else articles
    with folder() as place:
        db = _built(place, articles)
        trigrams = _trigrams(db, place)
        finders: dict[str, Finder] = {
            "govwatch": lambda query, limit: len(monitor_query.search(db, query, limit=limit)),
            "LIKE": lambda query, limit: _like(db.conn, query, limit),
            "trigrams": lambda query, limit: _match(trigrams, query, limit),
        }
        figures = [f for label, query in QUERIES for f in _asked(label, query, finders, 2 if quick else 5)]
        figures += _sizes(db, place, articles)
        db.close()
        trigrams.close()
    title = f"{articles} articles of about 700 characters; ms for the {LIMIT} newest hits"
    note = "missed: hits of a plain scan that the trigram index does not find, as it knows nothing shorter"
    return Findings("search", title, figures, (note,))


def _built(place: Path, articles: int) -> Database:
    with Progress(transient=True) as progress:
        task = progress.add_task("building the archive", total=articles)
        return archive.build(place / "govwatch.db", articles, lambda count: progress.advance(task, count))


def _trigrams(db: Database, place: Path) -> sqlite3.Connection:
    """The articles and FTS5's own index for substrings, in a database of their own."""
    conn = sqlite3.connect(place / "trigrams.db", isolation_level=None)
    conn.execute("ATTACH ? AS archive", [str(place / "govwatch.db")])
    conn.execute("CREATE VIRTUAL TABLE grams USING fts5 (title, body, content = '', tokenize = 'trigram')")
    conn.execute("INSERT INTO grams (rowid, title, body) SELECT id, title, body FROM archive.articles")
    return conn


def _asked(label: str, query: str, finders: dict[str, Finder], rounds: int) -> list[Figure]:
    times: dict[str, list[float]] = {name: [] for name in finders}
    for _ in range(rounds):
        for name, find in finders.items():
            times[name].append(milliseconds(partial(find, query, LIMIT)))
    hits = {name: find(query, ALL) for name, find in finders.items()}
    if hits["govwatch"] != hits["LIKE"]:
        raise RuntimeError(f"{query}: {hits['govwatch']} hits, but a scan finds {hits['LIKE']}")
    return [
        *(Figure(label, f"{name} ms", took) for name, took in times.items()),
        Figure(label, "hits", [hits["govwatch"]]),
        Figure(label, "trigrams miss", [hits["LIKE"] - hits["trigrams"]]),
    ]


def _sizes(db: Database, place: Path, articles: int) -> list[Figure]:
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    (index,) = db.execute("SELECT sum(length(block)) FROM article_grams_data").fetchone()
    whole = (place / "govwatch.db").stat().st_size
    trigrams = (place / "trigrams.db").stat().st_size
    return [
        Figure("whole archive", "bytes/article", [whole / articles]),
        Figure("its index", "bytes/article", [index / articles]),
        Figure("trigram index", "bytes/article", [trigrams / articles]),
    ]


def _like(conn: sqlite3.Connection, query: str, limit: int) -> int:
    condition, values = like(parse(query).root)
    return _count(conn, f"SELECT * FROM articles WHERE {condition} {_NEWEST} LIMIT {limit}", values)


def like(node: Node) -> tuple[str, list[str]]:
    """The condition that scans for a query, and its parameters."""
    match node:
        case Term():
            return "(title LIKE ? OR body LIKE ?)", [f"%{node.text}%"] * 2
        case Not():
            condition, values = like(node.part)
            return f"NOT {condition}", values
        case And() | Or():
            parts = [like(part) for part in node.parts]
            word = " AND " if isinstance(node, And) else " OR "
            return f"({word.join(c for c, _ in parts)})", [value for _, own in parts for value in own]


def _match(conn: sqlite3.Connection, query: str, limit: int) -> int:
    sql = (
        "SELECT articles.* FROM archive.articles"
        f" WHERE +id IN (SELECT rowid FROM grams WHERE grams MATCH ?) {_NEWEST} LIMIT {limit}"
    )
    return _count(conn, sql, [expression(parse(query).root)])


def expression(node: Node) -> str:
    """A query as FTS5 asks for it."""
    match node:
        case Term():
            return f'"{node.text}"'
        case Not():
            raise ValueError("FTS5 has no NOT of its own")
        case Or():
            return f"({' OR '.join(map(expression, node.parts))})"
        case And():
            wanted = " AND ".join(expression(part) for part in node.parts if not isinstance(part, Not))
            unwanted = [expression(part.part) for part in node.parts if isinstance(part, Not)]
            return " NOT ".join([f"({wanted})", *unwanted])


_NEWEST = "ORDER BY coalesce(published, first_seen) DESC, id DESC"


def _count(conn: sqlite3.Connection, sql: str, values: Sequence[str]) -> int:
    return len(conn.execute(sql, values).fetchall())
