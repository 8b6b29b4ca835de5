"""Real commands in a folder of their own, and their end, whatever way they end."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from demo.commands import CommandFailed, Govwatch
from monitor import locks


@pytest.fixture
def govwatch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Govwatch]:
    monkeypatch.setenv("GOVWATCH_DATA", "/nowhere/that/exists")
    monkeypatch.setenv("https_proxy", "http://127.0.0.1:9")
    with Govwatch(tmp_path) as commands:
        yield commands


def test_a_command_answers_and_no_variable_of_the_user_gets_in(govwatch: Govwatch) -> None:
    govwatch("init")
    assert govwatch.json("status")["sources"] == []
    assert (govwatch.folder / "data" / "govwatch.db").is_file()
    log = govwatch.command_log.read_text("utf-8")
    assert "$ govwatch init" in log
    assert "$ govwatch status --json" in log


def test_a_command_that_fails_is_told_with_its_words(govwatch: Govwatch) -> None:
    with pytest.raises(CommandFailed, match=r"govwatch status --json: exit code 2: .*no database yet"):
        govwatch.json("status")
    with pytest.raises(CommandFailed, match="no database yet"):
        list(govwatch.side_by_side([["status"], ["status"]]))


def test_side_by_side_keeps_the_order(govwatch: Govwatch) -> None:
    names = ["督察", "水", "Wetlands"]
    add = ["subscriptions", "add", "--query", "水源地 OR 督察", "--to", "a@reader.example"]
    answers = govwatch.side_by_side([[*add, name] for name in names])
    assert [answer["name"] for answer in answers] == names


def test_the_watch_ends_in_order_when_asked_to(govwatch: Govwatch) -> None:
    govwatch.watch()
    wait_until(lambda: "crawler's log" in govwatch.run_log.read_text("utf-8"))
    govwatch.expect_watching()
    ending = govwatch.stop_watching()
    assert ending.code == 0
    assert 0 < ending.seconds < 15
    assert "stopped" in govwatch.run_log.read_text("utf-8")


def test_a_watch_that_ends_by_itself_is_told(govwatch: Govwatch) -> None:
    (govwatch.folder / "govwatch.toml").write_text("[fetch]\ndelay = -1\n", "utf-8")
    govwatch.watch()

    def ended() -> bool:
        try:
            govwatch.expect_watching()
        except CommandFailed:
            return True
        return False

    wait_until(ended)
    with pytest.raises(CommandFailed, match=r"govwatch run: ended by itself with exit code 2: .*delay"):
        govwatch.expect_watching()


def test_what_still_runs_ends_with_the_demo(tmp_path: Path) -> None:
    with Govwatch(tmp_path) as govwatch:
        govwatch.watch()
        lock = tmp_path / "data" / "locks" / "watch"
        wait_until(lambda: lock.exists() and locks.is_held(lock))
    assert not locks.is_held(lock)


def test_one_that_does_not_end_when_asked_is_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("demo.commands.PATIENCE_SECONDS", 0.2)
    stubborn = tmp_path / "govwatch"
    stubborn.write_text("#!/bin/sh\ntrap '' TERM\ntouch deaf\nwhile :; do sleep 0.05; done\n")
    stubborn.chmod(0o755)
    with Govwatch(tmp_path) as govwatch:
        govwatch.program = stubborn
        codes: list[str] = []

        def run() -> None:
            with pytest.raises(CommandFailed) as failed:
                govwatch("anything")
            codes.append(str(failed.value))

        thread = threading.Thread(target=run)
        thread.start()
        wait_until((tmp_path / "deaf").exists)
        govwatch.end_all()
        thread.join(10)
    assert [f"exit code -{signal.SIGKILL}" in code for code in codes] == [True]


def wait_until(holds: Callable[[], bool], seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_nobody_is_left_without_a_word_meanwhile(tmp_path: Path) -> None:
    patient = tmp_path / "govwatch"
    patient.write_text("#!/bin/sh\nwhile [ ! -e go ]; do sleep 0.02; done\necho '{}'\n")
    patient.chmod(0o755)
    with Govwatch(tmp_path) as govwatch:
        govwatch.program = patient
        assert list(govwatch.side_by_side([["add"]], (tmp_path / "go").touch)) == [{}]


def test_a_command_that_hangs_is_ended_and_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("demo.commands.LONGEST_SECONDS", 0.3)
    slow = tmp_path / "govwatch"
    slow.write_text("#!/bin/sh\necho $$ > pid\nexec sleep 600\n")
    slow.chmod(0o755)
    with Govwatch(tmp_path) as govwatch:
        govwatch.program = slow
        with pytest.raises(CommandFailed, match="no end after"):
            govwatch("status")
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "pid").read_text()), 0)
