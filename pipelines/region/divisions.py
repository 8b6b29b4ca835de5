"""Administrative divisions by their GB/T 2260 code, present and retired.

A site keeps the code it was given, so codes that were retired since must lead somewhere: to the
division that succeeded, and where none is known to the one around it.
"""

from __future__ import annotations

from functools import lru_cache

from crawlers.items import Region
from pipelines.region.succession import PLACEHOLDER, current, short_name, successor

__all__ = ["current", "is_within", "region", "short_name"]


@lru_cache(maxsize=4096)
def region(code: str) -> Region | None:
    """The division that `code` stands for today, with its full name; None for a code that never was.

    A code that GB/T 2260 never gave, such as those of statistical zones (320571 苏州工业园区), leads to
    the division around it: four digits, then two.
    """
    for known in (code, code[:4] + "00", code[:2] + "0000"):
        found = successor(known)
        if found is not None:
            return Region(found, _full_name(found))
    return None


def is_within(code: str, other: str) -> bool:
    """Whether `code` is `other` or lies in it."""
    known = 2 if other.endswith("0000") else 4 if other.endswith("00") else 6
    return code[:known] == other[:known]


def _full_name(code: str) -> str:
    names = current()
    chain = dict.fromkeys((code[:2] + "0000", code[:4] + "00", code))
    return "".join(names[part] for part in chain if part in names and not PLACEHOLDER.search(names[part]))
