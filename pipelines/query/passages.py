"""The passages of an article that show why a query found it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from attrs import evolve, frozen

from pipelines.query.folding import FileText, fold
from pipelines.query.tree import Scope, Term

BODY_PASSAGES = 3
"""Passages of the body that are shown of one article, unless another number is asked for."""

_LEAD = 3
"""A third of what is left around a hit stands before it, the rest behind it."""


@frozen
class Passage:
    """A piece of the title, of the body or of a file, with the keywords in it."""

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
    """Keywords that overlap or touch; or a piece of text and the keywords in it."""

    start: int
    end: int
    terms: frozenset[str]


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
    pieces are shown that hold a keyword which stands nowhere before, and the name where it alone does.
    """
    most = (limit + len(terms)) * width  # of each keyword: more fit into no piece that may be shown
    in_body = _spans(fold(body), _of(terms, "body"), most)
    heading = _whole("title", title, _of(terms, "title"))
    said = {term for span in in_body for term in span.terms} | _said(title, _of(terms, "title"))
    shown = _most_telling(_windows(in_body, width, len(body)), limit)
    found = [*heading, *(_passage("body", body, window, _of(terms, "body")) for window in shown)]
    wanted = _of(terms, "file")
    for file in files:
        spans = _spans(fold(file.text), wanted, most)
        telling = [window for window in _windows(spans, width, len(file.text)) if window.terms - said]
        for window in _most_telling(telling, limit)[:limit]:
            if window.terms - said:
                said |= window.terms
                found.append(evolve(_passage("file", file.text, window, wanted), file=file.name))
        if _said(file.name, wanted) - said:
            said |= _said(file.name, wanted)
            found += [evolve(named, file=file.name) for named in _whole("file", file.name, wanted)]
    return tuple(found)


def _whole(place: Scope, text: str, terms: Sequence[str]) -> list[Passage]:
    """The whole of a short text, where a keyword stands in it."""
    said = _said(text, terms)
    return [_passage(place, text, _Span(0, len(text), frozenset(said)), terms)] if said else []


def _said(text: str, terms: Iterable[str]) -> set[str]:
    folded = fold(text)
    return {term for term in terms if term in folded}


def _of(terms: Sequence[Term], place: Scope) -> list[str]:
    return [term.text for term in terms if term.may_stand_in(place)]


def _spans(text: str, terms: Iterable[str], most: int) -> list[_Span]:
    """Where the terms stand, the first `most` places of each; those that overlap or touch are one span."""
    found = sorted(
        (start, start + len(term), term) for term in set(terms) for start in islice(_starts(text, term), most)
    )
    spans: list[_Span] = []
    for start, end, term in found:
        if spans and start <= spans[-1].end:
            last = spans.pop()
            spans.append(_Span(last.start, max(last.end, end), last.terms | {term}))
        else:
            spans.append(_Span(start, end, frozenset({term})))
    return spans


def _starts(text: str, term: str) -> Iterator[int]:
    at = text.find(term)
    while at >= 0:
        yield at
        at = text.find(term, at + len(term))


def _windows(spans: list[_Span], width: int, length: int) -> list[_Span]:
    """Pieces that hold all spans, none of them cut."""
    windows: list[_Span] = []
    for span in spans:
        last = windows[-1] if windows else None
        if last and span.end <= last.end:
            windows[-1] = evolve(last, terms=last.terms | span.terms)
            continue
        if last and span.start < last.end:
            last = windows[-1] = evolve(last, end=span.start)
        lead = max(0, width - (span.end - span.start)) // _LEAD
        start = max(last.end if last else 0, span.start - lead)
        windows.append(_Span(start, min(length, max(start + width, span.end)), span.terms))
    return windows


def _most_telling(windows: list[_Span], limit: int) -> list[_Span]:
    shown: set[str] = set()
    telling: list[_Span] = []
    others: list[_Span] = []
    for window in windows:
        (others if window.terms <= shown else telling).append(window)
        shown |= window.terms
    return sorted((telling + others)[:limit], key=lambda window: window.start)


def _passage(place: Scope, text: str, window: _Span, terms: Sequence[str]) -> Passage:
    piece = text[window.start : window.end]
    marks = tuple((span.start, span.end) for span in _spans(fold(piece), terms, len(piece)))
    return Passage(place, window.start, piece, marks, window.start > 0, window.end < len(text))
