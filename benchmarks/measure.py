"""How things are measured: time of a call, and time, processor and peak memory of a whole process."""

from __future__ import annotations

import multiprocessing
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import ParamSpec, TypeVar

from attrs import frozen

P = ParamSpec("P")
T = TypeVar("T")

RSS_UNIT = 1 if sys.platform == "darwin" else 1024
"""Bytes in a unit of `ru_maxrss`."""


@frozen
class Usage:
    """What child processes took."""

    seconds: float
    """From start to end."""
    cpu: float
    """Seconds of processor."""
    peak: float
    """MB of memory of the largest process at its largest moment."""


def in_fresh_process(call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """What `call` gives in a small process of its own: a large parent would count as its child's peak."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context) as pool:
        return pool.submit(call, *args, **kwargs).result()


def usage_of_children(call: Callable[[], object]) -> Usage:
    """Usage of the processes that `call` starts and waits for; once in a process."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    call()
    seconds = time.perf_counter() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return Usage(seconds, cpu, after.ru_maxrss * RSS_UNIT / 1e6)


def milliseconds(call: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    """Time of one call on the wall; `time.thread_time` for the processor's."""
    started = clock()
    call()
    return (clock() - started) * 1000


@contextmanager
def folder() -> Iterator[Path]:
    """A folder on the disk of the working folder: /tmp may be memory, where syncing costs nothing."""
    with tempfile.TemporaryDirectory(prefix=".bench-", dir=Path.cwd()) as name:
        yield Path(name)


def sync_milliseconds(place: Path, times: int = 20) -> list[float]:
    """What the disk takes to write 4 KB through, the floor under every transaction."""
    path = place / "sync"
    with path.open("wb") as file:
        values = []
        for _ in range(times):
            file.write(bytes(4096))
            file.flush()
            values.append(milliseconds(lambda: os.fsync(file.fileno())))
    path.unlink()
    return values
