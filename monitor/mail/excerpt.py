"""The title and the passages of a mail, cut into runs that are a keyword or not. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from attrs import frozen

from pipelines.query import FileText, Passage, QuerySyntaxError, parse

PASSAGE_WIDTH = 120
"""Characters of one passage: three lines on a phone, five or six on a narrow one."""

_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\ufffe\uffff]")


@frozen
class Run:
    """A run of characters."""

    text: str
    marked: bool
    """It is the keyword."""


@frozen
class Excerpt:
    """What a mail shows of an article's words."""

    title: tuple[Run, ...]
    """Empty where the article has no title."""
    passages: tuple[tuple[Run, ...], ...]
    """Empty where the article has no text."""
    files: tuple[tuple[str, tuple[Run, ...]], ...] = ()
    """Passages of its files with their names, where it is they that hold the keywords."""


def excerpt(query: str, title: str, body: str, files: Sequence[FileText] = ()) -> Excerpt:
    """The title, and the passages of the body where the keywords stand.

    Where only the title or an earlier version holds them, the beginning of the body is shown. Files are
    shown only where title and body alone are not what the query asks for: a mail about these is the same
    when it is repeated after a file was read. One about a file is not, where a second file that was read
    in between holds keywords too.
    """
    title, body = printable(title), printable(body)
    passages = _passages(query, title, body, files)
    titles = [_runs(passage) for passage in passages if passage.place == "title"]
    pieces = tuple(_runs(passage) for passage in passages if passage.place == "body")
    return Excerpt(
        titles[0] if titles else tuple(_run(title)),
        pieces or _beginning(body),
        tuple((passage.file, _runs(passage)) for passage in passages if passage.file),
    )


def printable(text: str) -> str:
    """The text with control characters, which no mail may carry, turned into spaces; same length."""
    return _CONTROL.sub(" ", text)


def _passages(query: str, title: str, body: str, files: Sequence[FileText]) -> tuple[Passage, ...]:
    try:
        asked = parse(query)
        shown = () if asked.matches(title, body) else [FileText(f.name, printable(f.text)) for f in files]
        return asked.passages(title, body, PASSAGE_WIDTH, files=shown)
    except QuerySyntaxError:
        # Every query was parsed when it was stored, but maybe by an earlier govwatch. The mail must go out.
        return ()


def _beginning(body: str) -> tuple[tuple[Run, ...], ...]:
    if not body.strip():
        return ()
    tail = "…" if len(body) > PASSAGE_WIDTH else ""
    return ((Run(body[:PASSAGE_WIDTH].strip() + tail, False),),)


def _runs(passage: Passage) -> tuple[Run, ...]:
    text, at = passage.text, 0
    runs = list(_run("…" if passage.cut_before else ""))
    for start, end in passage.marks:
        runs += _run(text[at:start])
        runs += _run(text[start:end], marked=True)
        at = end
    runs += _run(text[at:] + ("…" if passage.cut_after else ""))
    return tuple(runs)


def _run(text: str, marked: bool = False) -> Iterator[Run]:
    if text:
        yield Run(text, marked)
