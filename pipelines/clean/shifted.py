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
_LONGEST_RUN = 60
_MARKS = {"，": 1.0, "、": 0.2, "。": 0.0, "：": -1.0, "；": -1.5} | dict.fromkeys("）”》’】", 0.0)
"""Logarithms: how often a mark stands in running text, against the full stop."""
_RARE_MARK = -3.0
_AWAITED = 3.0
"""The same for a closing bracket that the line waits for."""
_SYMBOLS = "[！-／：-？\u3000-\u301e“”‘’—…·～]"
_RUNNING = re.compile(f"(?:[ -~\u3400-\u9fff]|{_SYMBOLS})+")
_TWO_MARKS = re.compile("[，、。：；！？][，、。：；！？]")
_UNLIKELY = -8.0
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
        """Fillings that differ in a lost mark only are one answer, the likelier mark is taken."""
        return re.sub(_SYMBOLS, "，", self.text)


def after_cut(text: str, start: int, mark: str, closers: str) -> Iterator[Mended]:
    """What follows the lost character where `?` and a full-width `mark` were [? A3] and a first byte."""
    yield from _realigned(_wide(mark)[1:], text, start, closers)


def lost_before(tail: Mended) -> Iterator[Mended]:
    """`tail` with each character before it that ends in the byte A3: 。 or one of some hundred Hanzi."""
    for first in _before_a3():
        whole = _char(first, 0xA3) + tail.text
        yield Mended(whole, tail.end, tail.prior + (_UNLIKELY if _TWO_MARKS.match(whole) else 0.0))


def after_reading(text: str, start: int, trail: int, reading: str, closers: str) -> Iterator[Mended]:
    """`?reading)` cut the character whose first byte made a readable pair with `trail`."""
    for lead in range(0x81, 0xFF):
        apparent = _char(trail, lead)
        if apparent in simplified_forms() and apparent not in gb2312() and _sounds(apparent, reading):
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


def _decoded(run: bytes, text: str, end: int) -> Iterator[Mended]:
    """`run` as running text, if it is any; a reading behind it must be that of its last character."""
    try:
        chars = run.decode("gbk")
    except UnicodeDecodeError:
        return
    annotated = _BRACKETED.match(text, end)
    if _RUNNING.fullmatch(chars) and (annotated is None or _sounds(chars[-1], annotated[1])):
        marks = sum(_MARKS.get(mark, _RARE_MARK) for mark in re.findall(_SYMBOLS, chars))
        yield Mended(chars, end, marks + (_UNLIKELY if _TWO_MARKS.search(chars) else 0.0))


def _dropped(run: bytes, text: str, end: int) -> Iterator[Mended]:
    """As `_decoded`, with one undefined pair before the last byte that no decoder showed.

    Only where the reading of the last character stands behind it: else anything would fit.
    """
    annotated = _BRACKETED.match(text, end)
    if annotated is None:
        return
    last = [lead for lead in range(0x81, 0xFF) if _sounds(_char(lead, run[-1]), annotated[1])]
    for first, second in product(_TRAILS, last):
        if not _char(first, second):
            yield from _decoded(run[:-1] + bytes([first, second]) + run[-1:], text, end)


def _swallowed(run: bytes, text: str, end: int, closers: str) -> Iterator[Mended]:
    """`?` was the second half of a character, alone or with an ASCII character.

    Which one shows from what follows: a reading's bracket, a tag, a telephone number; none
    before a mark or the end, where the text had been cut. Anything else stays unknown.
    """
    bracket = _BRACKET_LOST.match(text, end)
    if bracket is not None:
        swallowed = "("
    elif _TAG.match(text, end):
        swallowed = "<"
    elif _PHONE.match(text, end):
        swallowed = "0"
    elif _ENDS.match(text, end):
        swallowed = ""
    else:
        return
    for trail in _TRAILS:
        for mended in _decoded(run + bytes([trail]), text, end):
            last = mended.text[-1]
            if last in _CLOSERS and last not in closers:
                continue
            if bracket is None or _sounds(last, bracket[1]):
                prior = mended.prior + (_AWAITED if last in closers else 0.0)
                yield Mended(mended.text + swallowed, end, prior)


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


def _sounds(char: str, reading: str) -> bool:
    return len(char) == 1 and toneless(reading) in readings(char)
