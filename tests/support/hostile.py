"""Examinations that fail as pages could make reading fail; processes of their own have to find them here."""

from __future__ import annotations

import ctypes
import itertools
import time
from collections.abc import Sequence

from benchmarks.mutating.examining import Part
from benchmarks.mutating.mutants import Mutant


def hostile(mutant: Mutant) -> Sequence[tuple[str, Part]]:
    """Seeds 1 to 5: an exception, a loop, a wait, memory, a crash; all others are fine."""

    def part() -> None:
        if mutant.seed == 1:
            raise KeyError("seed 1")
        if mutant.seed == 2:
            all(itertools.repeat(True))  # one call into C that does not come back
        if mutant.seed == 3:
            time.sleep(60)
        if mutant.seed == 4:
            bytearray(10_000_000_000)
        if mutant.seed == 5:
            ctypes.string_at(0)

    return [("part", part)]
