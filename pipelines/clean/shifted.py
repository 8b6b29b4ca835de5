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

from pipelines.clean.han import gb2312, pair, readings, simplified_forms, toneless
from pipelines.clean.readings import LETTERS

_TRAILS = (*range(0x40, 0x7F), *range(0x80, 0xFF))
_USER_LEADS = (*range(0xAA, 0xB0), *range(0xF8, 0xFF))
"""First bytes whose pairs (with A1 to FE) GBK leaves to users: decoders drop them silently."""
_LONGEST_RUN = 60
_MARKS = {"，": -3.0, "、": -3.8, "。": -4.0, "：": -5.0, "；": -5.5, "（": -5.0, "！": -7.0, "？": -7.0}
_SPACE = -7.0
"""Logarithms: how often a mark stands in running text; U+3000 between two items."""
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
        """Fillings that differ in a lost mark only are one answer, the likelier mark is taken."""
        return re.sub("[，、。：；（）！？　]", "，", self.text)


def after_cut(text: str, start: int, mark: str, is_open: bool) -> Iterator[Mended]:
    """`?` and a full-width `mark` were [? A3] and the first byte of the next character."""
    second = _wide(mark)[1]
    for first in _before_a3():
        yield from _realigned(bytes([first, 0xA3, second]), text, start, is_open)


def after_reading(text: str, start: int, trail: int, reading: str, is_open: bool) -> Iterator[Mended]:
    """`?reading)` cut the character whose first byte made a readable pair with `trail`."""
    for lead in range(0x81, 0xFF):
        apparent = bytes([trail, lead]).decode("gbk", "ignore")
        if apparent in simplified_forms() and apparent not in gb2312() and _sounds(apparent, reading):
            yield from _realigned(bytes([lead]), text, start, is_open)


def before_tag(start: int) -> Iterator[Mended]:
    """`?` was [? A3] and `<` of a tag: nearly always a full stop at the end of a paragraph."""
    for first in _before_a3():
        char = bytes([first, 0xA3]).decode("gbk")
        yield Mended(char + "<", start, 0.0 if char == "。" else -6.0)


def _realigned(head: bytes, text: str, start: int, is_open: bool) -> Iterator[Mended]:
    """`head` (ends with a first byte) and the shifted text from `start`, decoded on the right foot."""
    run, at = bytearray(head), start
    while at < min(len(text), start + _LONGEST_RUN):
        char = text[at]
        if char == "?":
            yield from _swallowed(bytes(run), text, at + 1, is_open)
            return
        if "@" <= char <= "~":
            run.append(ord(char))
            yield from _decoded(bytes(run), text, at + 1)
            yield from _dropped(bytes(run), text, at + 1)
            return
        two = pair(char) or (_wide(char) if char in _NARROW else None)
        if two is None:
            return
        run += two
        at += 1
        if two[1] < 0x80:
            yield from _decoded(bytes(run), text, at)
            return


def _decoded(run: bytes, text: str, end: int, prior: float = 0.0) -> Iterator[Mended]:
    try:
        chars = run.decode("gbk")
    except UnicodeDecodeError:
        return
    annotated = _BRACKETED.match(text, end)
    if annotated is None or _sounds(chars[-1], annotated[1]):
        yield Mended(chars, end, prior)


def _dropped(run: bytes, text: str, end: int) -> Iterator[Mended]:
    """As `_decoded`, with one undefined pair before the last byte that no decoder showed.

    Only where the reading of the last character stands behind it: else anything would fit.
    """
    annotated = _BRACKETED.match(text, end)
    if annotated is None:
        return
    last = [lead for lead in range(0xA1, 0xFF) if _sounds(_char(lead, run[-1]), annotated[1])]
    for first, second in product(_USER_LEADS, last):
        yield from _decoded(run[:-1] + bytes([first, second]) + run[-1:], text, end)


def _swallowed(run: bytes, text: str, end: int, is_open: bool) -> Iterator[Mended]:
    """`?` was the second half of a character and an ASCII character, which shows from what follows."""
    bracket = _BRACKET_LOST.match(text, end)
    if bracket is not None:
        swallowed = "("
    elif _TAG.match(text, end):
        swallowed = "<"
    elif _PHONE.match(text, end):
        swallowed = "0"
    else:
        return
    for trail in _TRAILS:
        try:
            chars = (run + bytes([trail])).decode("gbk")
        except UnicodeDecodeError:
            continue
        prior = _mark_prior(chars[-1], is_open)
        if prior is None or (bracket is not None and not _sounds(chars[-1], bracket[1])):
            continue
        yield Mended(chars + swallowed, end, prior)


def _mark_prior(char: str, is_open: bool) -> float | None:
    """How likely `char` is by itself; None where it is a symbol that text does not use."""
    if char == "）":
        return 0.0 if is_open else None
    if char == "\u3000":
        return _SPACE
    return _MARKS.get(char, 0.0 if char >= "\u3400" and char < "\ue000" else None)


_NARROW = frozenset(",;!:()")


def _wide(mark: str) -> bytes:
    """The GBK bytes of a mark in its full width."""
    return chr(ord(mark) + 0xFEE0).encode("gbk") if mark < "\x80" else mark.encode("gbk")


@lru_cache(maxsize=1)
def _before_a3() -> tuple[int, ...]:
    """First bytes that make a character of running text together with A3: 。 and 72 Hanzi."""
    return (0xA1, *range(0xB0, 0xF8))


def _char(lead: int, trail: int) -> str:
    return bytes([lead, trail]).decode("gbk", "ignore")


def _sounds(char: str, reading: str) -> bool:
    return len(char) == 1 and toneless(reading) in readings(char)
