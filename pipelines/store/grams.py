"""Which articles may hold a query's terms: an index of the characters and pairs of characters.

Neither FTS5's words nor its trigrams find every Chinese keyword, so govwatch gives FTS5 its own tokens:
the distinct characters and the distinct pairs of neighbouring characters of the folded title, of the
folded body and of the folded files, blanks and punctuation included, each spelled as hexadecimal digits.
What the index names is a superset of the answer; `Query.matches` on the stored text decides.
"""

from __future__ import annotations

import operator
import sqlite3
from collections.abc import Iterable, Sequence

from pipelines.query.folding import FileText, Folded
from pipelines.query.query import Query
from pipelines.query.tree import And, Node, Not, Or, Term

_DIGITS = 8
"""Hexadecimal digits of a character: UTF-32."""


def index(
    conn: sqlite3.Connection,
    article_id: int,
    title: str | None,
    body: str,
    files: Iterable[FileText] = (),
) -> None:
    """Enters an article; inside the transaction that writes it."""
    _enter(conn, article_id, spelled(title, body, files))


def unindex(
    conn: sqlite3.Connection,
    article_id: int,
    title: str | None,
    body: str,
    files: Iterable[FileText] = (),
) -> None:
    """Takes an article out; everything as it was when it was entered."""
    _take_out(conn, article_id, spelled(title, body, files))


def replace(conn: sqlite3.Connection, article_id: int, old: str, new: str) -> None:
    """Enters an article anew; both as `spelled` gave them, which takes long for long texts."""
    if old != new:
        _take_out(conn, article_id, old)
        _enter(conn, article_id, new)


def spelled(title: str | None, body: str, files: Iterable[FileText] = ()) -> str:
    """What the index holds of an article, each token followed by a blank."""
    folded = Folded.of(title, body, files)
    characters = {*folded.title, *folded.body, *folded.files}
    pairs = {*_pairs(folded.title), *_pairs(folded.body), *_pairs(folded.files)}
    return _spelled("".join(sorted(characters)), 1) + " " + _spelled("".join(sorted(pairs)), 2)


def _enter(conn: sqlite3.Connection, article_id: int, grams: str) -> None:
    conn.execute("INSERT INTO article_grams (rowid, grams) VALUES (?, ?)", (article_id, grams))


def _take_out(conn: sqlite3.Connection, article_id: int, grams: str) -> None:
    """The index keeps no text of its own, so FTS5 must be told what to forget."""
    conn.execute(
        "INSERT INTO article_grams (article_grams, rowid, grams) VALUES ('delete', ?, ?)",
        (article_id, grams),
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
    """Every article for which `node` may hold; None: any."""
    match node:
        case Term():
            return term_candidates(node.text)
        case And():
            return _conjunction(node)
        case Or():
            parts = [_expression(part) for part in node.parts]
            return None if None in parts else _joined(" OR ", parts)
        case Not():
            return None  # FTS5 takes something away from something only


def _conjunction(node: And) -> str | None:
    wanted = _joined(" AND ", [_expression(part) for part in node.parts])
    unwanted = _joined(" OR ", [_certainty(part.part) for part in node.parts if isinstance(part, Not)])
    return f"({wanted}) NOT ({unwanted})" if wanted and unwanted else wanted


def _certainty(node: Node) -> str | None:
    """Only articles for which `node` holds, where the tokens tell; None: they do not."""
    match node:
        case Term() if len(node.text) <= 2 and node.scope is None:
            return term_candidates(node.text)
        case And():
            parts = [_certainty(part) for part in node.parts]
            return None if None in parts else _joined(" AND ", parts)
        case Or():
            return _joined(" OR ", [_certainty(part) for part in node.parts])
    return None


def _joined(between: str, parts: Sequence[str | None]) -> str | None:
    return between.join(f"({part})" for part in parts if part) or None


def _pairs(text: str) -> map[str]:
    return map(operator.add, text, text[1:])


def _spelled(text: str, characters: int) -> str:
    """The text in hexadecimal digits, with a blank after every so many characters."""
    return text.encode("utf-32-be").hex(" ", characters * _DIGITS // 2)
