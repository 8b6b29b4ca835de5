"""Damaged pages, 100,000 of them: whether any makes reading raise, hang or swell."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Sequence
from pathlib import Path

from rich.console import Console

from benchmarks.figures import Figure, Findings
from benchmarks.mutating.bases import bases
from benchmarks.mutating.examining import Examine, Outcome, usual
from benchmarks.mutating.troubles import kind, kinds
from benchmarks.mutating.working import Limits, examined
from benchmarks.saved import SavedPage

_LIMITS = Limits()


def mutated(
    quick: bool = False, pages: Path | None = None, count: int | None = None, seed: int = 0
) -> Findings:
    """Reads so many damaged pages, of our own and of the folder `pages`, and looks at them as columns.

    `seed` is that of the first; one page is had again by its seed and a `count` of 1. Trouble is told in the
    notes: a traceback for each kind, with the seeds.
    """
    many = (300 if quick else 100_000) if count is None else count
    return mutated_of(bases(pages), range(seed, seed + many))


def mutated_of(
    sound: Sequence[SavedPage],
    seeds: range,
    examine: Examine = usual,
    limits: Limits = _LIMITS,
) -> Findings:
    """As `mutated`, for those pages and seeds, and another examination."""
    found: list[Outcome] = []
    for outcome in examined(sound, seeds, examine=examine, limits=limits):
        found.append(outcome)
        if outcome.trouble or len(found) % max(100, len(seeds) // 100) == 0:
            _report(found)
    return Findings("mutated", _title(sound, limits), _figures(found), tuple(_notes(found)))


def _title(sound: Sequence[SavedPage], limits: Limits) -> str:
    return (
        f"{len(sound)} sound pages, damaged by seed; killed beyond {limits.seconds:g} s for a part and"
        f" {limits.bytes / 1e6:,.0f} MB of address space; processor time"
    )


def _report(found: Sequence[Outcome]) -> None:
    troubles = sum(outcome.trouble is not None for outcome in found)
    latest = f"; {found[-1].name}: {kind(found[-1])}" if found[-1].trouble else ""
    console = Console(stderr=True, soft_wrap=True, highlight=False, markup=False)
    console.print(f"{len(found)} pages, {troubles} troubles{latest}")


def _figures(found: Sequence[Outcome]) -> Iterable[Figure]:
    parts = dict.fromkeys(part for outcome in found for part in outcome.milliseconds)
    for part in parts:
        took = sorted(outcome.milliseconds[part] for outcome in found if part in outcome.milliseconds)
        yield Figure(part, "pages", [len(took)])
        yield Figure(part, "median ms", [statistics.median(took)])
        yield Figure(part, "99.9 % below ms", [took[-1 - len(took) // 1000]])
        yield Figure(part, "slowest ms", [took[-1]])
    whole = "all"
    yield Figure(whole, "pages", [len(found)])
    yield Figure(whole, "exceptions", [sum(one.trouble is not None and not one.killed for one in found)])
    yield Figure(whole, "killed", [sum(one.killed for one in found)])
    yield Figure(whole, "peak MB", [max(one.peak for one in found)])


def _notes(found: Sequence[Outcome]) -> Iterable[str]:
    """The slowest page of each part, the one at which memory was largest first, and every kind of trouble."""
    for part in dict.fromkeys(part for outcome in found for part in outcome.milliseconds):
        slowest = max(found, key=lambda outcome: outcome.milliseconds.get(part, 0))
        yield f"slowest {part}: {slowest.milliseconds[part]:.0f} ms, {slowest.name}"
    largest = max(found, key=lambda outcome: outcome.peak)
    yield f"largest: {largest.peak:.0f} MB, {largest.name}"
    yield from kinds(found)
