"""No pattern of ours runs away: pages are hostile, and one line must not stop all visits."""

from __future__ import annotations

import importlib
import pkgutil
import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import pytest

import crawlers

_LENGTH = 60
"""Repetitions of a fragment: what doubles with each never ends."""
_SECONDS = 2


def patterns() -> dict[str, re.Pattern[str]]:
    found: dict[str, re.Pattern[str]] = {}
    for module in pkgutil.walk_packages(crawlers.__path__, "crawlers."):
        if module.name.endswith("__main__"):
            continue
        for name, value in vars(importlib.import_module(module.name)).items():
            for number, one in enumerate(_inside(value)):
                if isinstance(one.pattern, str):
                    found.setdefault(f"{module.name}.{name}[{number}]", one)
    return found


def _inside(value: object) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, (tuple, list)):
        for one in value:
            yield from _inside(one)


def fragments(pattern: str) -> list[str]:
    """What the pattern itself is made of, one and two characters, and digits, blanks, brackets."""
    text = re.sub(r"\\u[0-9a-f]{4}|\\[a-zA-Z]|\(\?[:=!<P]\w*>?", " ", pattern)
    letters = list(dict.fromkeys(re.findall(r"\w", text)))
    pairs = list(dict.fromkeys(re.findall(r"\w{2}", text)))
    step = max(1, len(letters) // 40)
    return [
        *letters[::step],
        *pairs[:: max(1, len(pairs) // 40)],
        *"1 :：=<>\"'([{,，。·A",
        "A+",
        "1 ",
        "驻",
        "( ",
    ]


@contextmanager
def within(seconds: int) -> Iterator[None]:
    """The engine looks for signals while it backtracks."""

    def late(number: int, frame: FrameType | None) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


ALL = patterns()


@pytest.mark.parametrize("name", sorted(ALL))
def test_no_pattern_runs_away(name: str) -> None:
    pattern = ALL[name]
    for fragment in fragments(pattern.pattern):
        line = fragment * _LENGTH
        for text in (line, f"{line}x", f"{line}陈", f" {line}\n"):
            with within(_SECONDS):
                pattern.search(text), pattern.match(text), pattern.fullmatch(text)
