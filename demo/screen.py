"""What the demo says while it works: one line for each thing done, with the seconds since its start."""

from __future__ import annotations

import time

from rich.console import Console
from rich.text import Text

SILENCE_SECONDS = 3.0
"""Nobody is left longer without a word."""


class Screen:
    """Lines on a console; the clock starts with it."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self._started = self._said = time.monotonic()

    @property
    def seconds(self) -> float:
        """Since the start."""
        return time.monotonic() - self._started

    def heading(self, text: str) -> None:
        self._say(Text(text, "bold"))

    def done(self, text: str) -> None:
        """Something has happened, and was verified."""
        self._say(Text.assemble(("✔ ", "bold green"), text))

    def doing(self, text: str) -> None:
        self._say(Text(f"  {text}", "dim"))

    def waiting(self, text: str) -> None:
        """Says what is waited for, where nothing was said for a while."""
        if time.monotonic() - self._said >= SILENCE_SECONDS:
            self.doing(f"waiting: {text}")

    def _say(self, text: Text) -> None:
        self._said = time.monotonic()
        self.console.print(Text.assemble((f"{self.seconds:5.1f} s  ", "cyan"), text))
