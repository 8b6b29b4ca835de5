"""Who is alive: locks that the operating system lets go of when their holder dies, however it dies."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Held(Exception):
    """Somebody else holds the lock; the text is what the holder wrote into it."""


def hold(path: Path, note: str = "") -> int:
    """Takes the lock and keeps it as long as the returned file descriptor is open anywhere.

    A process number in a file would lie after a crash, when another program has got the number.
    Raises `Held`.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        holder = os.read(handle, 200).decode("utf-8", "replace").strip()
        os.close(handle)
        raise Held(holder) from None
    os.ftruncate(handle, 0)
    os.pwrite(handle, note.encode(), 0)
    return handle


@contextmanager
def turn(path: Path) -> Iterator[None]:
    """Waits until nobody else is inside, in this process or another one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def is_held(path: Path) -> bool:
    """Whether a living process holds the lock."""
    try:
        handle = hold(path)
    except Held:
        return True
    os.close(handle)
    return False
