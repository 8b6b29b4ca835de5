"""Durations as people write them: 30s, 15m, 2h, 1d. Pure."""

from __future__ import annotations

LONGEST = 366 * 86400
"""Seconds: a column that is looked at less often than once a year is not watched."""

_UNITS = {"d": 86400, "h": 3600, "m": 60, "s": 1}


def seconds_of(text: str) -> int:
    """Seconds of `30s`, `15m`, `2h`, `1d`, up to a year; raises `ValueError` for anything else."""
    number, unit = text[:-1], text[-1:]
    is_number = number.isascii() and number.isdigit() and len(number) <= len(str(LONGEST))
    seconds = int(number) * _UNITS.get(unit, 0) if is_number else 0
    if 0 < seconds <= LONGEST:
        return seconds
    raise ValueError(f"'{text[:20]}' is no duration; write 30s, 15m, 2h or 1d, a year at most")


def duration_text(seconds: int) -> str:
    """The shortest text that `seconds_of` reads back."""
    unit = next(unit for unit, size in _UNITS.items() if seconds % size == 0)
    return f"{seconds // _UNITS[unit]}{unit}"
