"""`govwatch` as a user calls it: a process of its own, in a folder of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from attrs import define, field, frozen

from crawlers.catalogue.model import Source
from pipelines.store import sources
from pipelines.store.database import open_store
from pipelines.store.times import now_in_china

GOVWATCH = Path(sys.executable).with_name("govwatch")

IMPATIENT = (
    "from crawlers import settings\n"
    "settings.RETRY_PAUSES, settings.DOWNLOAD_TIMEOUT = [0.1, 0.1], 1.5\n"
    "from pipelines.store import database\n"
    "database.BUSY_SECONDS = 0.2\n"
    "from monitor.cli.app import main\n"
    "main()\n"
)
"""The same command, with other knobs than ours for what takes minutes otherwise."""


@frozen
class Done:
    """What came of a command."""

    code: int
    out: str
    err: str

    @property
    def complaint(self) -> str:
        """The one line on stderr, without the command's name."""
        (line,) = self.err.splitlines()
        assert line.startswith("govwatch: "), self.err
        return line.removeprefix("govwatch: ")

    @property
    def json(self) -> Any:
        """The one JSON object that is all of stdout."""
        assert self.out.endswith("\n"), self.out
        assert self.out.count("\n") == 1, self.out
        value = json.loads(self.out)
        assert isinstance(value, dict)
        return value


@define
class Folder:
    """A working folder; `env` are its variables beside the present ones, which hold no setting of ours."""

    path: Path
    env: dict[str, str] = field(factory=dict)

    @property
    def database(self) -> Path:
        return self.path / "data" / "govwatch.db"

    def run(
        self, *arguments: object, stdin: bytes = b"", impatient: bool = False, plain: bool = False
    ) -> Done:
        """Runs a command to its end."""
        process = self.start(*arguments, impatient=impatient, plain=plain)
        out, err = process.communicate(stdin, timeout=60)
        return Done(process.returncode, out.decode(), err.decode())

    def start(
        self, *arguments: object, impatient: bool = False, plain: bool = False
    ) -> subprocess.Popen[bytes]:
        """Starts a command; the caller ends it. `plain`: as a user whom permissions bind, also as root."""
        command = [sys.executable, "-c", IMPATIENT] if impatient else [str(GOVWATCH)]
        if plain and os.geteuid() == 0:
            command = ["setpriv", "--bounding-set", "-dac_override,-dac_read_search", *command]
        return subprocess.Popen(
            [*command, *map(str, arguments)],
            cwd=self.path,
            env=without_ours(os.environ) | self.env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )


def without_ours(environment: Mapping[str, str]) -> dict[str, str]:
    """The environment without proxies and without settings of govwatch."""
    return {
        name: value
        for name, value in environment.items()
        if not name.lower().endswith("_proxy") and not name.startswith("GOVWATCH_")
    }


def watched(folder: Folder, **columns: str) -> None:
    """Sources by name and address, due at once, looked at once a minute; what they show counts as news."""
    with open_store(folder.database) as db:
        for name, url in columns.items():
            sources.add(db, Source(name, url, every=60, alert_backlog=True), now_in_china())


def here(path: Path, **settings: object) -> Folder:
    """A folder whose commands may fetch from this machine, without a delay; `settings` as in `Config`."""
    chosen = {"allow_private": 1, "delay": 0} | settings
    return Folder(path, {f"GOVWATCH_{name.upper()}": str(value) for name, value in chosen.items()})


def came_to_pass(thing: Callable[[], object], seconds: float = 20.0) -> bool:
    """Waits until it is so; False when it is not so in time."""
    deadline = time.monotonic() + seconds
    while not thing():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True
