"""The steps that undo a pollution, in their order."""

from __future__ import annotations

from typing import NamedTuple

from pipelines.clean.detect import PollutedBy
from pipelines.clean.lone import lost_characters
from pipelines.clean.lost_bytes import repair, repair_tags
from pipelines.clean.readings import strip_readings
from pipelines.clean.shifted import LOST
from pipelines.clean.traditional import simplify


class Undone(NamedTuple):
    """A text put right, and how often something was."""

    text: str
    pinyin: int = 0
    repaired: int = 0
    unresolved: int = 0


def undo(text: str, by: PollutedBy | None, simplified: frozenset[str] = frozenset()) -> Undone:
    """`text` as it was before it was polluted so; None: not polluted, though bytes may be lost.

    `simplified`: Simplified characters that bear readings in the document that `text` is a part of.
    """
    if by is None:
        mended = repair_tags(text)
        return Undone(mended.text, 0, mended.repaired)
    mended = repair(text)
    stripped, pinyin = strip_readings(mended.text, simplified)
    simple = simplify(stripped)
    unresolved = simple.count(LOST) + lost_characters(simple)
    return Undone(simple.replace(LOST, "?"), pinyin, mended.repaired, unresolved)
