"""Troubles of thousands of pages as the few kinds that they are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from benchmarks.mutating.examining import Outcome

_FRAME = re.compile(r"File \"(?:[^\"]*/)?((?:crawlers|pipelines|monitor)/[^\"]+)\", line \d+,? in (\S+)")
_SEEDS, _LINES = 12, 16
"""So many seeds of a kind are named, and lines of its traceback."""


def kinds(found: Iterable[Outcome]) -> Iterator[str]:
    """One text a kind, the most frequent first: how many, their seeds, and the traceback of the first."""
    by_kind: dict[str, list[Outcome]] = {}
    for outcome in sorted(found, key=lambda outcome: outcome.seed):
        if outcome.trouble:
            by_kind.setdefault(kind(outcome), []).append(outcome)
    for name, alike in sorted(by_kind.items(), key=lambda pair: -len(pair[1])):
        yield f"{len(alike)} x {name}\nseeds {_seeds(alike)}\n{alike[0].name}\n{_short(alike[0])}"


def kind(outcome: Outcome) -> str:
    """What was raised and in which function of ours: two that agree in both are one bug, most likely."""
    said = outcome.trouble or ""
    frames = _FRAME.findall(said)
    if outcome.killed:  # the innermost frame comes first, and is another one every time
        where = " < ".join(dict.fromkeys(f"{file}:{name}" for file, name in frames[:4]))
        return f"killed in {where or 'no frame of ours'}"
    last = said.strip().rpartition("\n")[2]
    where = "{}:{}".format(*frames[-1]) if frames else "no frame of ours"
    return f"{last.partition(':')[0]} in {where}"


def _short(outcome: Outcome) -> str:
    """The innermost frames: a dying process tells them first, an exception last."""
    lines = (outcome.trouble or "").strip().split("\n")
    return "\n".join(lines[:_LINES] if outcome.killed else [*lines[:1], *lines[1:][-_LINES:]])


def _seeds(alike: Sequence[Outcome]) -> str:
    named = ", ".join(str(one.seed) for one in alike[:_SEEDS])
    return f"{named}, ..." if len(alike) > _SEEDS else named
