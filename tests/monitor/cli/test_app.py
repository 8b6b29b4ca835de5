"""The list of commands, their help, and what it costs to start one."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from monitor.cli.app import COMMANDS, Command, application
from pipelines.store.database import open_store
from tests.support.archive import put

GROUPS = ("sources", "subscriptions")
HEAVY = {"scrapy", "twisted", "jieba", "pypinyin", "opencc", "apscheduler", "xlsxwriter", "jinja2"}


def leaves() -> list[tuple[str, ...]]:
    """Every command that does something."""
    found: list[tuple[str, ...]] = [(command.name,) for command in COMMANDS if command.name not in GROUPS]
    return found + [(group, name) for group in GROUPS for name in loaded(group).commands]


@cache
def loaded(*path: str) -> Any:
    command: Any = get_command(application(path))
    for name in path:
        command = command.commands[name]
    return command


def helped(*arguments: str) -> str:
    result = CliRunner().invoke(application(arguments), [*arguments, "--help"])
    assert (result.exit_code, result.stderr) == (0, "")
    return " ".join(result.stdout.replace("│", " ").split())


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_the_list_of_commands_says_what_a_command_says_of_itself(command: Command) -> None:
    assert command.summary in helped()
    assert command.summary in helped(command.name)


@pytest.mark.parametrize("leaf", leaves(), ids=" ".join)
def test_help_explains_every_argument_and_option(leaf: tuple[str, ...]) -> None:
    command = loaded(*leaf)
    assert [parameter.name for parameter in command.params if not parameter.help] == []
    assert re.match(r"[A-Z].*\.(\n|$)", command.help)


@pytest.mark.parametrize("leaf", leaves(), ids=" ".join)
def test_examples_in_the_help_are_understood(leaf: tuple[str, ...]) -> None:
    command = loaded(*leaf)
    for example in re.findall(r"Example: `([^`]*)`", command.help):
        words = shlex.split(example.partition(" > ")[0])
        assert tuple(words[: len(leaf) + 1]) == ("govwatch", *leaf)
        command.make_context(leaf[-1], words[len(leaf) + 1 :])


def test_whoever_needs_explanation_most_gets_an_example() -> None:
    for leaf in (("add",), ("crawl",), ("search",), ("export",), ("read",), ("subscriptions", "add")):
        assert "Example: `govwatch " in loaded(*leaf).help


def imported_by(*arguments: str) -> set[str]:
    """Top names of all modules that are imported when a command ends."""
    program = (
        "import sys\nfrom monitor.cli import app\n"
        "try: app.main()\n"
        "except SystemExit as ending: print('ENDED', ending.code)\n"
        "print(*{name.partition('.')[0] for name in sys.modules})"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=True
    )
    code, modules = done.stdout.rpartition("ENDED")[2].split("\n", 1)
    assert code.strip() == "0", done.stderr
    return set(modules.split())


@pytest.mark.parametrize(
    "command", ["search 环保", "search 水质", "status", "sources list", "--help", "--version"]
)
def test_quick_commands_do_not_wait_for_slow_imports(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.chdir(tmp_path)
    with open_store(tmp_path / "data" / "govwatch.db") as db:
        put(db, 1, "环保督察通报", "正文。")
    assert imported_by(*command.split()) & HEAVY == set()
