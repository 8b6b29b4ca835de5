"""Which articles may hold a query's terms: an index of the characters and pairs of characters.

Neither FTS5's words nor its trigrams find every Chinese keyword, so govwatch gives FTS5 its own tokens:
the distinct characters and the distinct pairs of neighbouring characters of the folded title and of the
folded body, blanks and punctuation included, each spelled as hexadecimal digits. What the index names is
a superset of the answer; `Query.matches` on the stored text decides.
"""

from __future__ import annotations

import operator
import sqlite3

from pipelines.query.folding import Folded
from pipelines.query.query import Query
from pipelines.query.tree import And, Node, Not, Or, Term

_DIGITS = 8
"""Hexadecimal digits of a character: UTF-32."""


def index(conn: sqlite3.Connection, article_id: int, title: str | None, body: str) -> None:
    """Enters an article; inside the transaction that writes it."""
    conn.execute("INSERT INTO article_grams (rowid, grams) VALUES (?, ?)", (article_id, _grams(title, body)))


def unindex(conn: sqlite3.Connection, article_id: int, title: str | None, body: str) -> None:
    """Takes an article out; `title` and `body` as they were when it was entered.

    The index keeps no text of its own, so FTS5 must be told what to forget.
    """
    conn.execute(
        "INSERT INTO article_grams (article_grams, rowid, grams) VALUES ('delete', ?, ?)",
        (article_id, _grams(title, body)),
    )


def candidates(query: Query) -> str | None:
    """The MATCH expression for every article that `query` may find; None: that may be any article."""
    return _expression(query.root)


def term_candidates(text: str) -> str:
    """The MATCH expression for every article that may hold these folded characters in a row."""
    if len(text) == 1:
        return _spelled(text, 1)
    return " AND ".join(_spelled(text[start : start + 2], 2) for start in range(len(text) - 1))


def _expression(node: Node) -> str | None:
    match node:
        case Term():
            return term_candidates(node.text)
        case And():
            known = [part for part in map(_expression, node.parts) if part is not None]
            return " AND ".join(f"({part})" for part in known) if known else None
        case Or():
            parts = [_expression(part) for part in node.parts]
            return None if None in parts else " OR ".join(f"({part})" for part in parts)
        case Not():
            return None  # an article without this term has no token that says so


def _grams(title: str | None, body: str) -> str:
    folded = Folded.of(title, body)
    characters = {*folded.title, *folded.body}
    pairs = {*_pairs(folded.title), *_pairs(folded.body)}
    return _spelled("".join(sorted(characters)), 1) + " " + _spelled("".join(sorted(pairs)), 2)


def _pairs(text: str) -> map[str]:
    return map(operator.add, text, text[1:])


def _spelled(text: str, characters: int) -> str:
    """The text in hexadecimal digits, with a blank after every so many characters."""
    return text.encode("utf-32-be").hex(" ", characters * _DIGITS // 2)
