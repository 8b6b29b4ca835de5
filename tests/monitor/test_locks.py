"""Locks end with whoever holds them, however that ends."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from monitor import locks

HOLDS = (
    "import sys, pathlib; from monitor import locks;"
    "locks.hold(pathlib.Path(sys.argv[1]), 'process of the test');"
    "print('held', flush=True); sys.stdin.read()"
)


def holder(path: Path) -> subprocess.Popen[bytes]:
    """Another process that holds the lock until it is ended."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDS, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"held\n"
    return process


def end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.communicate()


def test_a_lock_is_held_by_one(tmp_path: Path) -> None:
    path = tmp_path / "locks" / "watch"
    handle = locks.hold(path, "me")
    assert locks.is_held(path)
    with pytest.raises(locks.Held, match="me"):
        locks.hold(path)
    os.close(handle)
    assert not locks.is_held(path)
    os.close(locks.hold(path))


def test_a_killed_process_holds_nothing(tmp_path: Path) -> None:
    path = tmp_path / "watch"
    process = holder(path)
    try:
        with pytest.raises(locks.Held, match="process of the test"):
            locks.hold(path)
    finally:
        end(process)
    assert not locks.is_held(path)


def test_a_lock_lasts_as_long_as_anybody_has_it_open(tmp_path: Path) -> None:
    path = tmp_path / "run"
    handle = locks.hold(path)
    child = subprocess.Popen(["sleep", "60"], pass_fds=[handle])
    os.close(handle)
    try:
        assert locks.is_held(path)
    finally:
        end(child)
    assert not locks.is_held(path)


def test_a_shorter_note_leaves_nothing_of_the_longer_one(tmp_path: Path) -> None:
    path = tmp_path / "watch"
    os.close(locks.hold(path, "process 123456789"))
    handle = locks.hold(path, "process 7")
    with pytest.raises(locks.Held) as held:
        locks.hold(path)
    assert str(held.value) == "process 7"
    os.close(handle)


def test_one_after_the_other_takes_its_turn(tmp_path: Path) -> None:
    path = tmp_path / "locks" / "begin"
    order: list[str] = []
    waiting = threading.Event()

    def second() -> None:
        waiting.set()
        with locks.turn(path):
            order.append("second")

    thread = threading.Thread(target=second)
    with locks.turn(path):
        thread.start()
        assert waiting.wait(5)
        order.append("first")
    thread.join(5)
    assert order == ["first", "second"]
