"""`govwatch` in this process: quick, where a process of its own is not the point."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from monitor.cli import app
from tests.support.commands import Done, without_ours

Govwatch = Callable[..., Done]


@pytest.fixture
def govwatch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Iterator[Govwatch]:
    """Runs a command in a new folder that is the working folder now."""
    for name in set(os.environ) - set(without_ours(os.environ)):
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    handler = signal.getsignal(signal.SIGTERM)

    def run(*arguments: object) -> Done:
        monkeypatch.setattr(sys, "argv", ["govwatch", *map(str, arguments)])
        capfd.readouterr()
        with pytest.raises(SystemExit) as ended:
            app.main()
        said = capfd.readouterr()
        return Done(int(ended.value.code or 0), said.out, said.err)

    yield run
    signal.signal(signal.SIGTERM, handler)
