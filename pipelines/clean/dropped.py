"""Pairs of bytes that GBK leaves undefined, and that no decoder therefore showed.

In shifted text the second half of one character stands with the first half of the next. Where such a pair
is undefined (基 BB F9 and 础 B4 A1: F9 B4), it is simply not there, and with it a half of both characters:
one pair in seven of ordinary text. What is left must be completed by every pair that may have been there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from heapq import nlargest
from typing import NamedTuple

from pipelines.clean.han import gb2312, simplified_forms
from pipelines.clean.readings import sounds
from pipelines.clean.traditional import simplify
from pipelines.clean.words import LONGEST_WORD, is_word, likelihood

_BESIDE = LONGEST_WORD - 2
"""Characters on each side that two completed ones are weighed with."""
_MOST = 4
"""Completions of one run that are worth a closer look."""

_MOST_DROPPED = 3
_READABLE = -7.0
"""Logarithm: what a character of running text has at least, on the average."""
_FAR_BEHIND = 8.0


class _Half(NamedTuple):
    byte: int
    char: str
    """What it makes, together with the half that is there; in Simplified form."""


def completed(run: bytes, reading: str | None = None) -> list[bytes]:
    """The likeliest ways to put undefined pairs back into `run`: one, and more where it still reads badly.

    `run` starts with a first byte; `reading` is that of its last character.
    """
    found: list[bytes] = []
    runs = [run]
    for _ in range(_MOST_DROPPED):
        wholes = {whole: weight for one in runs for weight, whole in _once_completed(one, reading)}
        runs = nlargest(_MOST, wholes, key=wholes.__getitem__)
        found += runs
        if not runs or likelihood(_decoded(runs[0])) > _READABLE * len(runs[0]) / 2:
            break
    return found


def _once_completed(run: bytes, reading: str | None) -> Iterator[tuple[float, bytes]]:
    so_far = likelihood(_decoded(run))
    for at in range(1, len(run), 2):
        left, right = run[: at - 1][-2 * _BESIDE :], run[at + 1 :][: 2 * _BESIDE]
        last = reading if at == len(run) - 1 else None
        for gain, pair in _completions(left, run[at - 1 : at + 1], right, last):
            yield so_far + gain, run[:at] + pair + run[at:]


@lru_cache(maxsize=4_096)
def _completions(
    before: bytes, halves: bytes, behind: bytes, reading: str | None
) -> tuple[tuple[float, bytes], ...]:
    """Every pair that may have stood amid `halves`, with what it adds to the likelihood of the text."""
    left, right = _decoded(before), _decoded(behind)
    without = likelihood(left + _decoded(halves) + right)
    lasts = _promising((half, likelihood(left + half.char)) for half in _second_halves().get(halves[0], ()))
    firsts = _promising(
        (half, likelihood(half.char + right))
        for half in _first_halves().get(halves[1], ())
        if reading is None or sounds(half.char, reading)
    )
    found = []
    for last, likely in lasts:
        for first, other in firsts:
            if is_defined(last.byte, first.byte):
                continue
            whole = likely + other
            if _has_word_across(left, last.char + first.char, right):
                whole = max(whole, likelihood(left + last.char + first.char + right))
            found.append((whole - without, bytes([last.byte, first.byte])))
    return tuple(found)


def _promising(weighed: Iterable[tuple[_Half, float]]) -> list[tuple[_Half, float]]:
    """Without those that are far behind the best, which no word across the gap could bring up."""
    halves = list(weighed)
    best = max((gain for _, gain in halves), default=0.0)
    return [(half, gain) for half, gain in halves if best - gain < _FAR_BEHIND]


def _has_word_across(left: str, middle: str, right: str) -> bool:
    return any(
        is_word(left[len(left) - taken :] + middle + right[:more])
        for taken in range(min(len(left), _BESIDE) + 1)
        for more in range(min(len(right), _BESIDE - taken) + 1)
    )


def _decoded(pairs: bytes) -> str:
    return simplify(pairs.decode("gbk", "replace"))


@lru_cache(maxsize=65_536)
def is_defined(first: int, second: int) -> bool:
    return bool(bytes([first, second]).decode("gbk", "ignore"))


@lru_cache(maxsize=1)
def _usual() -> tuple[tuple[bytes, str], ...]:
    """The marks, and the characters of the first level of GB 2312 (its 3,755 commonest) in both scripts."""
    simple = {char for char in gb2312() if char.encode("gbk")[0] < 0xD8}
    forms = {char: char for char in {*simple, *"，。、；：？！“”《》（）"}} | {
        char: form for char, form in simplified_forms().items() if form in simple
    }
    pairs = ((char.encode("gbk", "ignore"), form) for char, form in forms.items())
    return tuple((pair, form) for pair, form in pairs if len(pair) == 2)


@lru_cache(maxsize=1)
def _second_halves() -> dict[int, tuple[_Half, ...]]:
    """First byte -> halves that complete it and may begin an undefined pair."""
    return _by_byte(
        (pair[0], _Half(pair[1], char))
        for pair, char in _usual()
        if any(not is_defined(pair[1], lead) for lead in range(0x81, 0xFF))
    )


@lru_cache(maxsize=1)
def _first_halves() -> dict[int, tuple[_Half, ...]]:
    """Second byte -> halves that complete it."""
    return _by_byte((pair[1], _Half(pair[0], char)) for pair, char in _usual())


def _by_byte(halves: Iterable[tuple[int, _Half]]) -> dict[int, tuple[_Half, ...]]:
    found: dict[int, tuple[_Half, ...]] = {}
    for byte, half in halves:
        found[byte] = (*found.get(byte, ()), half)
    return found
