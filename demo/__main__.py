"""`python -m demo`: the whole of govwatch on a small world of its own, in the folder `.demo`."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console

from demo import show
from demo.commands import CommandFailed, Govwatch
from demo.inbox import Inbox
from demo.judge import CONTACT, DELAY, Judge
from demo.run import Course, StepFailed
from demo.screen import Screen
from demo.world import World
from monitor import locks

FOLDER = ".demo"
INTERRUPTED = 130

CONFIGURATION = """\
[fetch]
contact = "{contact}"
delay = {delay}
allow_private = true  # the demo's sites are on loopback

[schedule]
tick = 1

[mail]
smtp_host = "127.0.0.1"
smtp_port = {port}
mail_from = "govwatch <alerts@govwatch.example>"
"""


def main() -> int:
    """Runs the demo; 0 where every step really happened, 1 where one did not, 2 where it cannot start."""
    console = Console(highlight=False) if sys.stdout.isatty() else Console(highlight=False, width=110)
    folder = Path.cwd() / FOLDER
    try:
        lock = locks.hold(folder / "lock")
    except locks.Held:
        console.print(f"another demo is running in {folder}; wait for its end")
        return 2
    # Whoever ends the demo ends everything that it started.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        _run(_fresh(folder), console)
    except StepFailed as failed:
        show.failure(console, failed.step, failed.findings, folder)
        return 1
    except CommandFailed as failed:
        show.broken(console, str(failed), folder)
        return 1
    except KeyboardInterrupt:
        console.print("stopped; everything that was started has ended")
        return INTERRUPTED
    finally:
        os.close(lock)
    return 0


def _fresh(folder: Path) -> Path:
    """The folder without what the last demo left in it."""
    for old in folder.iterdir():
        if old.is_dir():
            shutil.rmtree(old)
        elif old.name != "lock":
            old.unlink()
    return folder


def _run(folder: Path, console: Console) -> None:
    screen = Screen(console)
    with World(datetime.now(UTC)) as world, Inbox(folder / "inbox") as inbox, Govwatch(folder) as govwatch:
        (folder / "govwatch.toml").write_text(
            CONFIGURATION.format(contact=CONTACT, delay=DELAY, port=inbox.port), "utf-8"
        )
        screen.done(f"{len(world.sites)} sites and a mail server on 127.0.0.1; everything else is real")
        judge = Judge(world, inbox, govwatch)
        Course(judge, screen).go()
        show.everything(console, judge)
        screen.done(f"every step happened and was verified, in {screen.seconds:.0f} s")


if __name__ == "__main__":
    sys.exit(main())
