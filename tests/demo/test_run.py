"""The demo's end: it fails loudly where a step did not happen, and says where to look."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest
from rich.console import Console

from demo import __main__ as program
from demo import run
from demo.commands import CommandFailed, Govwatch
from demo.inbox import Inbox
from demo.judge import Judge
from demo.run import Course, StepFailed, expect
from demo.screen import Screen
from demo.verify import Finding
from demo.world import World
from monitor import locks
from tests.demo.conftest import NOW

WRONG = Finding("qingchuan/plenary: author", "黄文杏 刘玉泉", None)


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(signal, "signal", lambda *_: None)


def test_a_finding_ends_the_demo() -> None:
    expect("appear", [])
    with pytest.raises(StepFailed) as failed:
        expect("appear", [WRONG])
    assert (failed.value.step, failed.value.findings) == ("appear", (WRONG,))


def test_what_does_not_come_in_time_ends_the_demo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "LONGEST_WAIT", 0.0)
    with World(NOW) as world:
        judge = Judge(world, Inbox(tmp_path), Govwatch(tmp_path))
        world.advance_to("appear")
        course = Course(judge, Screen(Console(quiet=True)))
        with pytest.raises(StepFailed) as failed:
            course._until("appear", "the mails arrive", judge.mails)
    assert [finding.what for finding in failed.value.findings] == ["mails: missing"] * 4


def test_a_failed_step_is_shown_with_what_was_expected_and_found(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def go(course: Course) -> None:
        (Path(program.FOLDER) / "run.log").touch()
        raise StepFailed("appear", [WRONG] * 20)

    monkeypatch.setattr(Course, "go", go)
    assert program.main() == 1
    told = capsys.readouterr().out
    for words in (
        "FAILED at the step 'appear'",
        WRONG.what,
        "黄文杏 刘玉泉",
        "None",
        "and 8 more",
        "run.log",
    ):
        assert words in told
    assert "every step happened" not in told


def test_a_command_that_does_not_work_is_shown(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def go(course: Course) -> None:
        raise CommandFailed("govwatch add: exit code 1: no rows")

    monkeypatch.setattr(Course, "go", go)
    assert program.main() == 1
    assert "FAILED: govwatch add: exit code 1: no rows" in capsys.readouterr().out


def test_ctrl_c_ends_the_demo_with_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def go(course: Course) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Course, "go", go)
    assert program.main() == program.INTERRUPTED
    assert "stopped" in capsys.readouterr().out


def test_two_demos_in_one_folder_do_not_disturb_each_other(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / ".demo" / "data").mkdir(parents=True)
    locks.hold(tmp_path / ".demo" / "lock")
    assert program.main() == 2
    assert "another demo is running" in capsys.readouterr().out
    assert (tmp_path / ".demo" / "data").is_dir()


def test_what_the_last_demo_left_is_gone_at_the_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for old in ("data/govwatch.db", "inbox/01-officer.eml", "run.log"):
        (tmp_path / ".demo" / old).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / ".demo" / old).touch()

    def go(course: Course) -> None:
        assert sorted(path.name for path in (tmp_path / ".demo").iterdir()) == [
            "govwatch.toml",
            "inbox",
            "lock",
        ]
        assert not list((tmp_path / ".demo" / "inbox").iterdir())
        raise KeyboardInterrupt

    monkeypatch.setattr(Course, "go", go)
    assert program.main() == program.INTERRUPTED
