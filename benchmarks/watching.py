"""`govwatch` commands as processes of their own, and how much memory they take.

Imports little, like `benchmarks.visits`.
"""

from __future__ import annotations

import signal
import subprocess
import time
from pathlib import Path

from benchmarks.measure import usage_of_children
from benchmarks.visits import GOVWATCH, configured
from crawlers.config import DATABASE_NAME
from pipelines.store.database import open_store

PATIENCE = 300.0
"""Seconds for the first round over all sites."""


def peak_of(place: Path, arguments: list[str]) -> float:
    configured(place)
    command = [*GOVWATCH, *arguments]
    return usage_of_children(lambda: subprocess.run(command, check=True, stdout=subprocess.DEVNULL)).peak


def watch(place: Path, sources: int) -> tuple[list[float], float]:
    """Peak of `govwatch run` itself, where the system tells, and of the largest process of all."""
    configured(place)
    own: list[float] = []

    def one_round() -> None:
        with (place / "run.log").open("wb") as log:
            process = subprocess.Popen([*GOVWATCH, "run"], stderr=log, stdout=log)
        try:
            _wait_for_round(place / DATABASE_NAME, sources)
            own.extend(_high_water(process.pid))
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait()

    return own, usage_of_children(one_round).peak


def _wait_for_round(database: Path, sources: int) -> None:
    """Until every source was visited; `RuntimeError` when that takes too long."""
    deadline = time.monotonic() + PATIENCE
    with open_store(database) as db:
        while time.monotonic() < deadline:
            (done,) = db.execute("SELECT count(*) FROM sources WHERE last_success IS NOT NULL").fetchone()
            if done == sources:
                return
            time.sleep(0.2)
    raise RuntimeError(f"{sources - done} of {sources} sources were not visited in {PATIENCE:g} seconds")


def _high_water(pid: int) -> list[float]:
    """MB that a running process had at its largest moment; nothing where there is no /proc."""
    status = Path(f"/proc/{pid}/status")
    if not status.exists():
        return []
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    return [int(line.split()[1]) * 1024 / 1e6]
