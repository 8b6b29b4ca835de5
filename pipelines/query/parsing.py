"""Text -> Query. luqum's Lucene parser underneath; what govwatch gives no meaning to is refused.

A blank between words is AND and binds last, so `环保 处罚 OR 罚款` is `环保 AND (处罚 OR 罚款)`; between
operators NOT binds first, then AND, then OR.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, get_args

from luqum import tree as lucene
from luqum.exceptions import ParseError
from luqum.thread import parse as parse_lucene

from pipelines.query.errors import QuerySyntaxError, diagnosis, in_quotes
from pipelines.query.folding import fold
from pipelines.query.query import Query
from pipelines.query.tree import And, Node, Not, Or, Scope, Term

MAX_LENGTH = 20_000
"""Characters of a query."""
MAX_DEPTH = 40
"""Parentheses and operators inside each other; FTS5 takes expressions somewhat deeper than these become."""

_SCOPES: tuple[Scope, ...] = get_args(Scope)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_SURROGATE = re.compile("[\ud800-\udfff]")
_OPERATOR_IN_CHINESE = re.compile("(?<=[\u4e00-\u9fff])(?:AND|OR|NOT)(?=[\u4e00-\u9fff])")
_IN_WORDS = (
    (re.compile(r"[*?]"), "wildcards are not supported: every word is found inside longer ones"),
    (re.compile(r'"'), "a quotation mark inside a word"),
    (re.compile(r"&&|\|\|"), "this operator is not supported, write AND or OR"),
    (re.compile(r"^!"), "this operator is not supported, write NOT"),
    (_OPERATOR_IN_CHINESE, "an operator needs blanks on both sides"),
)
_SUFFIXES = (
    (lucene.Fuzzy, "term", "fuzzy search (~) is not supported"),
    (lucene.Proximity, "term", "proximity search (~) is not supported"),
    (lucene.Boost, "expr", "weights (^) are not supported"),
)
_REFUSED = (
    (lucene.Range, "ranges are not supported"),
    (lucene.From, "'>' is not supported"),
    (lucene.To, "'<' is not supported"),
    (lucene.Regex, "regular expressions (/) are not supported"),
)


@lru_cache(maxsize=50_000)  # more than there are rules: going round a smaller one would find nothing
def parse(text: str) -> Query:
    """Understands a query or raises `QuerySyntaxError`.

    Words, "phrases", AND, OR, NOT (upper case), -word, +word, parentheses, `title:`, `body:` and `file:`; a
    backslash takes the meaning from the character behind it.
    """
    _check(text)
    try:
        parsed = parse_lucene(text)
    except ParseError as error:
        raise diagnosis(text, error) from None
    return Query(text, _Reader(text).node(parsed, None, 0))


def _check(text: str) -> None:
    if not text.strip():
        raise QuerySyntaxError(1, "the query is empty", "give at least one word")
    if len(text) > MAX_LENGTH:
        raise QuerySyntaxError(MAX_LENGTH, f"longer than {MAX_LENGTH} characters", "split it into several")
    broken = _SURROGATE.search(text)
    if broken:
        raise QuerySyntaxError(broken.start() + 1, "this character is not valid UTF-8", "type it anew")


class _Reader:
    """Turns luqum's tree into ours; knows the text, to say where something is wrong."""

    def __init__(self, text: str) -> None:
        self.text = text

    def node(self, item: Any, scope: Scope | None, depth: int) -> Node:
        if depth > MAX_DEPTH:
            raise self.refusal(item, "nested too deeply", "use fewer parentheses")
        match item:
            case lucene.Word():
                return Term(self.word(item), scope)
            case lucene.Phrase():
                return Term(self.phrase(item), scope)
            case lucene.BaseGroup():
                return self.node(item.expr, scope, depth + 1)
            case lucene.AndOperation() | lucene.UnknownOperation():
                return And(self.parts(item, scope, depth))
            case lucene.OrOperation():
                return Or(self.parts(item, scope, depth))
            case lucene.Not() | lucene.Prohibit() | lucene.Plus():
                return self.signed(item, scope, depth)
            case lucene.SearchField():
                return self.node(item.expr, self.scope(item), depth + 1)
        raise self.unsupported(item)

    def parts(self, item: lucene.BaseOperation, scope: Scope | None, depth: int) -> tuple[Node, ...]:
        return tuple(self.node(part, scope, depth + 1) for part in item.operands)

    def signed(self, item: lucene.Unary, scope: Scope | None, depth: int) -> Node:
        part = self.node(item.a, scope, depth + 1)
        if isinstance(item, lucene.Not):
            return Not(part)
        if item.a.head:  # "2020 - 2021" is no wish to exclude 2021
            raise self.refusal(item, "a sign must touch its word", f'write {item.op}word, or "{item.op}"')
        return part if isinstance(item, lucene.Plus) else Not(part)

    def scope(self, item: lucene.SearchField) -> Scope:
        for scope in _SCOPES:
            if item.name == scope:
                return scope
        raise self.refusal(item, f"there is no field {item.name!r}, only title, body and file")

    def word(self, item: lucene.Word) -> str:
        bare = _ESCAPED.sub("__", item.value)  # same length, nothing special left
        for pattern, reason in _IN_WORDS:
            found = pattern.search(bare)
            if found:
                at = item.pos + found.start()
                raise QuerySyntaxError(at + 1, reason, in_quotes(item.value))
        return fold(_ESCAPED.sub(r"\1", item.value))

    def phrase(self, item: lucene.Phrase) -> str:
        inside = item.value[1:-1]
        if not inside:
            raise self.refusal(item, "an empty phrase", "write something between the quotation marks")
        return fold(_ESCAPED.sub(r"\1", inside))

    def unsupported(self, item: lucene.Item) -> QuerySyntaxError:
        for kind, part, reason in _SUFFIXES:
            if isinstance(item, kind):
                at = getattr(item, part).span()[1]
                remedy = "remove it, or put it in quotes together with its word"
                return QuerySyntaxError(at + 1, reason, remedy)
        reason = next(reason for kind, reason in _REFUSED if isinstance(item, kind))
        return self.refusal(item, reason)

    def refusal(self, item: lucene.Item, reason: str, remedy: str | None = None) -> QuerySyntaxError:
        at, end = item.span()
        at += len(self.text[at:end]) - len(self.text[at:end].lstrip())
        return QuerySyntaxError(at + 1, reason, remedy or in_quotes(self.text[at:end]))
