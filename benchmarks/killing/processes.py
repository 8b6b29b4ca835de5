"""Processes that work on a data folder, and the end of them."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

PATIENCE = 8.0
"""Seconds to wait for something to happen; then it goes on all the same."""


def processes_of(data: Path) -> set[int]:
    """Process numbers of everything that works on that data folder, ourselves left out."""
    mark = f"GOVWATCH_DATA={data}\0".encode()
    found = set()
    for place in Path("/proc").glob("[0-9]*/environ"):
        try:
            if mark in place.read_bytes() + b"\0":
                found.add(int(place.parent.name))
        except OSError:
            continue  # it has ended meanwhile, or is somebody else's
    return found - {os.getpid()}


def kill(number: int) -> None:
    """SIGKILL; returns when it has been obeyed."""
    try:
        os.kill(number, signal.SIGKILL)
    except ProcessLookupError:
        return
    wait_for(lambda: _is_dead(number))


def wait_for(moment: Callable[[], bool]) -> None:
    """Returns when it is so, or after `PATIENCE`."""
    deadline = time.monotonic() + PATIENCE
    while not moment() and time.monotonic() < deadline:
        time.sleep(0.002)


def _is_dead(number: int) -> bool:
    """A child that was killed stays in the process table until its parent asks for it."""
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True
