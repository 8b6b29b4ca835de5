"""Queries that are refused: where, why, and what to write instead."""

from __future__ import annotations

import re

from luqum.exceptions import ParseError

_AT = re.compile(r"at position (\d+)!?$")

_STUMBLES = (
    ('"', "this quotation mark is not closed", 'add the closing ", or write \\" where the mark is meant'),
    ("\\", "nothing follows this backslash", "write \\\\ where a backslash is meant"),
    (")", "this parenthesis closes nothing", 'remove it, or put it in quotes: ")"'),
    ("AND", "AND must stand between words", 'add the missing word, or put it in quotes: "AND"'),
    ("OR", "OR must stand between words", 'add the missing word, or put it in quotes: "OR"'),
)
"""What the parser stumbles over: how the rest of the query begins, the reason, the remedy."""


class QuerySyntaxError(ValueError):
    """A query that cannot be understood. `str` is one line with the position and the remedy."""

    def __init__(self, position: int, message: str, remedy: str) -> None:
        self.position = position
        """Of the offending character in the query, counted from 1."""
        self.message = message
        self.remedy = remedy
        super().__init__(f"query, character {position}: {message}; {remedy}")


def in_quotes(piece: str) -> str:
    """The remedy "put it in quotes", spelled out for a piece of the query."""
    escaped = re.sub(r'(["\\])', r"\\\1", " ".join(piece.split()))
    return f'to search for it as it stands, put it in quotes: "{escaped}"'


def diagnosis(text: str, error: ParseError) -> QuerySyntaxError:
    """What luqum's parser stumbled over, in words a user can act on."""
    place = _AT.search(str(error))
    if place is None:
        return _at_the_end(text)
    return _at_character(text, int(place[1]))


def _at_the_end(text: str) -> QuerySyntaxError:
    opened = _unclosed_parenthesis(text)
    if opened is not None:
        return QuerySyntaxError(opened + 1, "this parenthesis is not closed", "add the closing one")
    last = text.rstrip()
    missing = f"after '{last.split()[-1]}' a word or phrase is missing"
    return QuerySyntaxError(len(last), missing, "complete the query, or put what is meant in quotes")


def _at_character(text: str, at: int) -> QuerySyntaxError:
    for mark, message, remedy in _STUMBLES:
        if text.startswith(mark, at):
            return QuerySyntaxError(at + 1, message, remedy)
    word = next(word for word in re.finditer(r"\S+", text) if word.end() > at)
    return QuerySyntaxError(at + 1, f"{text[at]!r} has no meaning here", in_quotes(word[0]))


def _unclosed_parenthesis(text: str) -> int | None:
    """Index of the innermost parenthesis that is never closed; those in phrases do not count."""
    opened: list[int] = []
    for found in re.finditer(r'\\.|"(?:[^"\\]|\\.)*"|[()]', text, re.DOTALL):
        if found[0] == "(":
            opened.append(found.start())
        elif found[0] == ")" and opened:
            opened.pop()
    return opened[-1] if opened else None
