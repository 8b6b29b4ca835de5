"""Reading text that is shifted by one byte: every way its lost bytes may be filled.

`lost_bytes` tells where such text comes from; here it is turned back into bytes, completed and
decoded again. Nothing is judged except what the bytes themselves rule out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from pipelines.clean.dropped import completed
from pipelines.clean.han import gb2312, pair, simplified_forms
from pipelines.clean.readings import LETTERS, sounds
from pipelines.clean.traditional import simplify

LOST = "\x1a"
"""SUBSTITUTE: stands for a character that is not known, until all is done and it is shown as `?`.

The normal form of a text has no control characters.
"""
_TRAILS = (*range(0x40, 0x7F), *range(0x80, 0xFF))
_LONGEST_RUN = 60
_AWAITED = 5.0
"""Logarithm: how much likelier a closing bracket is that the line waits for."""
_SOME_ASCII = -4.0
"""The same for a character of which nothing is known but that it is ASCII."""
_SYMBOLS = "[！-／：-？\u3000-\u301e“”‘’—…·～]"
_RUNNING = re.compile(f"(?:[ -~\u3400-\u9fff]|{_SYMBOLS})+")
_ENDS = re.compile("[，；？！：（）,;!:()\n]|$")
_TAG = re.compile(r"/?[a-z][a-z0-9]{0,9}(?: [^<>\n]{0,80})?/?>")
_PHONE = re.compile(r"\d{2,3}-\d{7,8}(?!\d)")
_BRACKETED = re.compile(rf"\(([{LETTERS}]{{1,6}})\)")
_BRACKET_LOST = re.compile(rf"([{LETTERS}]{{1,6}})\)")


class Mended(NamedTuple):
    """One way to fill a site: what stood there, up to which place of the damaged text."""

    text: str
    end: int
    prior: float = 0.0

    @property
    def key(self) -> str:
        """Fillings that differ in a lost mark or in the script only are one answer, the likelier is taken."""
        return re.sub(_SYMBOLS, "，", simplify(self.text))


def after_cut(text: str, start: int, mark: str, closers: str) -> Iterator[Mended]:
    """What follows the lost character where `?` and a full-width `mark` were [? A3] and a first byte."""
    yield from _realigned(_wide(mark)[1:], text, start, closers)


def lost_before(tail: Mended) -> Iterator[Mended]:
    """`tail` with each character before it that ends in the byte A3: 。 or one of some hundred Hanzi."""
    for first in _before_a3():
        yield tail._replace(text=_char(first, 0xA3) + tail.text)


def after_reading(text: str, start: int, trail: int, reading: str, closers: str) -> Iterator[Mended]:
    """`?reading)` cut the character whose first byte made a readable pair with `trail`."""
    for lead in range(0x81, 0xFF):
        apparent = _char(trail, lead)
        if apparent in simplified_forms() and apparent not in gb2312() and sounds(apparent, reading):
            yield from _realigned(bytes([lead]), text, start, closers)


def before_tag(start: int) -> Iterator[Mended]:
    """`?` was [? A3] and `<` of a tag: nearly always a full stop at the end of a paragraph."""
    for first in _before_a3():
        char = _char(first, 0xA3)
        yield Mended(char + "<", start, 0.0 if char == "。" else -6.0)


def _realigned(head: bytes, text: str, start: int, closers: str) -> Iterator[Mended]:
    """`head` (ends with a first byte) and the shifted text from `start`, decoded on the right foot."""
    run, at = bytearray(head), start
    while at < min(len(text), start + _LONGEST_RUN):
        char = text[at]
        if char == "?":
            yield from _swallowed(bytes(run), text, at + 1, closers)
            return
        inside = _BRACKETED.match(text, at)
        if inside and at > start and sounds(text[at - 1], inside[1]):
            at = inside.end()  # a reading of what two halves looked like
            continue
        if "@" <= char <= "~":
            run.append(ord(char))
            yield from _decoded(bytes(run), text, at + 1)
            return
        two = pair(char) or (_wide(char) if char in _NARROW else None)
        if two is None:
            return
        run += two
        at += 1
        if two[1] < 0x80:
            yield from _decoded(bytes(run), text, at)
            return


def _decoded(run: bytes, text: str, end: int) -> Iterator[Mended]:
    """`run` as running text, as it is and with an undefined pair put back."""
    annotated = _BRACKETED.match(text, end)
    for whole in (run, *completed(run, annotated[1] if annotated else None)):
        yield from _readable(whole, text, end)


def _readable(run: bytes, text: str, end: int) -> Iterator[Mended]:
    """`run` as running text, if it is any; a reading behind it must be that of its last character."""
    try:
        chars = run.decode("gbk")
    except UnicodeDecodeError:
        return
    annotated = _BRACKETED.match(text, end)
    if _RUNNING.fullmatch(chars) and (annotated is None or sounds(chars[-1], annotated[1])):
        yield Mended(chars, end)


def _swallowed(run: bytes, text: str, end: int, closers: str) -> Iterator[Mended]:
    """`?` was the second half of a character, alone or with an ASCII character.

    Which one shows from what follows: a reading's bracket, a tag, a telephone number; none
    before a mark or the end, where the text had been cut. Anything else stays unknown.
    """
    bracket = _BRACKET_LOST.match(text, end)
    swallowed = _behind(text, end)
    runs = (run, *(whole + run[-1:] for whole in completed(run[:-1])))
    for whole, trail in product(runs, _TRAILS):
        for mended in _readable(whole + bytes([trail]), text, end):
            last = mended.text[-1]
            if (last in _CLOSERS and last not in closers) or (bracket and not sounds(last, bracket[1])):
                continue
            if last == "。" and swallowed == "0":
                continue  # no sentence begins with a telephone number
            prior = (_AWAITED if last in closers else 0.0) + (_SOME_ASCII if swallowed == LOST else 0.0)
            yield mended._replace(text=mended.text + swallowed, prior=prior)


def _behind(text: str, end: int) -> str:
    """What `?` has swallowed beside half a character; `LOST` where that does not show."""
    if _BRACKET_LOST.match(text, end):
        return "("
    if _TAG.match(text, end):
        return "<"
    if _PHONE.match(text, end):
        return "0"
    return "" if _ENDS.match(text, end) else LOST


_CLOSERS = "）”》’】"
_NARROW = frozenset(",;!:()")


def _wide(mark: str) -> bytes:
    """The GBK bytes of a mark in its full width."""
    return chr(ord(mark) + 0xFEE0).encode("gbk") if mark < "\x80" else mark.encode("gbk")


@lru_cache(maxsize=1)
def _before_a3() -> tuple[int, ...]:
    """First bytes that make 。 or a usual character, of either script, together with A3."""
    usual = gb2312() | {char for char, form in simplified_forms().items() if form in gb2312()} | {"。"}
    return tuple(lead for lead in range(0x81, 0xFF) if _char(lead, 0xA3) in usual)


def _char(lead: int, trail: int) -> str:
    """The character of two GBK bytes; empty where GBK has none."""
    return bytes([lead, trail]).decode("gbk", "ignore")
