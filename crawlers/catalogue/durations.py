"""Durations as people write them: 30s, 15m, 2h, 1d. Pure."""

from __future__ import annotations

_UNITS = {"d": 86400, "h": 3600, "m": 60, "s": 1}


def seconds_of(text: str) -> int:
    """Seconds of `30s`, `15m`, `2h`, `1d`; raises `ValueError` for anything else."""
    number, unit = text[:-1], text[-1:]
    if unit in _UNITS and number.isascii() and number.isdigit() and int(number) > 0:
        return int(number) * _UNITS[unit]
    raise ValueError(f"'{text}' is no duration; write 30s, 15m, 2h or 1d")


def duration_text(seconds: int) -> str:
    """The shortest text that `seconds_of` reads back."""
    unit = next(unit for unit, size in _UNITS.items() if seconds % size == 0)
    return f"{seconds // _UNITS[unit]}{unit}"
