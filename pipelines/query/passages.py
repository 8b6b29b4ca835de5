"""The passages of an article that show why a query found it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from attrs import evolve, frozen

from pipelines.query.folding import FileText, fold
from pipelines.query.tree import Scope, Term

BODY_PASSAGES = 3
"""Passages of the body that are shown of one article, unless another number is asked for."""

_LEAD = 3
"""A third of what is left around a hit stands before it, the rest behind it."""


@frozen
class Passage:
    """A piece of the title or of the body, with the keywords in it."""

    place: Scope
    start: int
    """Where the piece begins in the title, body or file, in characters."""
    text: str
    """As it is stored, line feeds included."""
    marks: tuple[tuple[int, int], ...]
    """Start and end of every keyword in `text`, in order, none touching another."""
    cut_before: bool = False
    """Text of the body before this piece was left out."""
    cut_after: bool = False
    file: str | None = None
    """Name of the file that it is a piece of."""


@frozen
class _Span:
    start: int
    end: int
    terms: frozenset[str]


@frozen
class _Window:
    start: int
    end: int
    spans: tuple[_Span, ...]


def find_passages(
    terms: Sequence[Term],
    title: str,
    body: str,
    width: int,
    limit: int = BODY_PASSAGES,
    files: Iterable[FileText] = (),
) -> tuple[Passage, ...]:
    """The whole title where a keyword stands in it, then up to `limit` pieces of the body, then of its files.

    A piece is `width` characters long, longer only where a keyword itself is. Pieces that show a keyword
    not shown before are taken first; they come in the order of the text and never overlap. Of files only
    pieces are shown that hold a keyword which stands nowhere before, and where none does, the first.
    """
    in_title = _spans(fold(title), _of(terms, "title"))
    in_body = _spans(fold(body), _of(terms, "body"))
    heading = [_passage("title", title, _Window(0, len(title), tuple(in_title)))] if in_title else []
    shown = _most_telling(_windows(in_body, width, len(body)), limit)
    said = {term for span in (*in_title, *in_body) for term in span.terms}
    found = [*heading, *(_passage("body", body, window) for window in shown)]
    for file in files:
        spans = _spans(fold(file.text), _of(terms, "file"))
        telling = [window for window in _windows(spans, width, len(file.text)) if _terms(window) - said]
        for window in _most_telling(telling, limit)[:limit]:
            if _terms(window) - said:
                said |= _terms(window)
                found.append(evolve(_passage("file", file.text, window), file=file.name))
    return tuple(found)


def _of(terms: Sequence[Term], place: Scope) -> list[str]:
    return [term.text for term in terms if term.may_stand_in(place)]


def _terms(window: _Window) -> set[str]:
    return {term for span in window.spans for term in span.terms}


def _spans(text: str, terms: Iterable[str]) -> list[_Span]:
    """Where the terms stand; those that overlap or touch are one span."""
    found = sorted((start, start + len(term), term) for term in set(terms) for start in _starts(text, term))
    spans: list[_Span] = []
    for start, end, term in found:
        if spans and start <= spans[-1].end:
            last = spans.pop()
            spans.append(_Span(last.start, max(last.end, end), last.terms | {term}))
        else:
            spans.append(_Span(start, end, frozenset({term})))
    return spans


def _starts(text: str, term: str) -> list[int]:
    starts = []
    at = text.find(term)
    while at >= 0:
        starts.append(at)
        at = text.find(term, at + len(term))
    return starts


def _windows(spans: list[_Span], width: int, length: int) -> list[_Window]:
    """Pieces that hold all spans, none of them cut."""
    windows: list[_Window] = []
    for span in spans:
        last = windows[-1] if windows else None
        if last and span.end <= last.end:
            windows[-1] = evolve(last, spans=(*last.spans, span))
            continue
        if last and span.start < last.end:
            last = windows[-1] = evolve(last, end=span.start)
        lead = max(0, width - (span.end - span.start)) // _LEAD
        start = max(last.end if last else 0, span.start - lead)
        windows.append(_Window(start, min(length, max(start + width, span.end)), (span,)))
    return windows


def _most_telling(windows: list[_Window], limit: int) -> list[_Window]:
    shown: set[str] = set()
    telling: list[_Window] = []
    others: list[_Window] = []
    for window in windows:
        terms = {term for span in window.spans for term in span.terms}
        (others if terms <= shown else telling).append(window)
        shown |= terms
    return sorted((telling + others)[:limit], key=lambda window: window.start)


def _passage(place: Scope, text: str, window: _Window) -> Passage:
    marks = tuple((span.start - window.start, span.end - window.start) for span in window.spans)
    piece = text[window.start : window.end]
    return Passage(place, window.start, piece, marks, window.start > 0, window.end < len(text))
