"""The real commands, each in a process of its own, in a folder of their own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path
from types import TracebackType
from typing import Any

from attrs import frozen

from crawlers.config import PREFIX

LONGEST_SECONDS = 120
"""A command that takes longer has hung."""

PATIENCE_SECONDS = 10
"""Between asking what we started to end and killing it."""


class CommandFailed(Exception):
    """A command ended with another exit code than 0, or not at all; the text says which and what it said."""


@frozen
class Ending:
    """How the watch ended."""

    code: int
    seconds: float
    """From the signal to its end."""


class Govwatch:
    """`govwatch` in `folder`, whose govwatch.toml alone decides: no variable of the user's gets in.

    Leaving the `with` ends everything that is still running.
    """

    def __init__(self, folder: Path) -> None:
        self.program = Path(sys.executable).with_name("govwatch")
        self.folder = folder
        self.run_log = folder / "run.log"
        self.command_log = folder / "commands.log"
        self._running: set[subprocess.Popen[str]] = set()
        self._watch: subprocess.Popen[str] | None = None
        self._lock = threading.Lock()

    def __call__(self, *arguments: str) -> str:
        """Runs a command to its end and gives what it printed; raises `CommandFailed`."""
        child = self._start(*arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        try:
            out, err = child.communicate(timeout=LONGEST_SECONDS)
        except subprocess.TimeoutExpired:
            raise CommandFailed(f"{_line(arguments)}: no end after {LONGEST_SECONDS} seconds") from None
        finally:
            self._end(child)
            for pipe in (child.stdout, child.stderr):
                if pipe:
                    pipe.close()
        self._note(f"$ {_line(arguments)}\n{out}{err}[exit {child.returncode}]\n")
        if child.returncode:
            raise CommandFailed(f"{_line(arguments)}: exit code {child.returncode}: {err.strip()[-2000:]}")
        return out

    def json(self, *arguments: str) -> Any:
        """What a command says with --json; raises `CommandFailed`."""
        return json.loads(self(*arguments, "--json"))

    def side_by_side(
        self, commands: Sequence[Sequence[str]], meanwhile: Callable[[], None] = lambda: None
    ) -> Iterator[Any]:
        """What each of the commands says with --json, in their order; raises `CommandFailed`.

        `meanwhile` is called now and then until they are through.
        """
        with ThreadPoolExecutor((os.cpu_count() or 1) + 1) as pool:
            answers = [pool.submit(self.json, *command) for command in commands]
            try:
                for answer in answers:
                    while not wait([answer], 0.5).done:
                        meanwhile()
                    yield answer.result()
            except BaseException:  # raised again: nothing is left running
                pool.shutdown(wait=False, cancel_futures=True)
                self.end_all()
                raise

    def watch(self) -> None:
        """Starts `govwatch run`; what it says goes into `run_log`."""
        with self.run_log.open("w") as log:
            self._watch = self._start("run", stdout=subprocess.DEVNULL, stderr=log)

    def expect_watching(self) -> None:
        """Raises `CommandFailed` where `govwatch run` has ended by itself."""
        if self._watch is not None and (code := self._watch.poll()) is not None:
            said = self.run_log.read_text("utf-8").strip()[-2000:]
            raise CommandFailed(f"govwatch run: ended by itself with exit code {code}: {said}")

    def stop_watching(self) -> Ending:
        """Sends SIGTERM to `govwatch run` and waits for its end; raises `CommandFailed`."""
        assert self._watch is not None
        watch, self._watch = self._watch, None
        started = time.monotonic()
        watch.terminate()
        try:
            code = watch.wait(LONGEST_SECONDS)
        except subprocess.TimeoutExpired:
            raise CommandFailed(f"govwatch run: no end {LONGEST_SECONDS} seconds after SIGTERM") from None
        finally:
            self._end(watch)
        return Ending(code, time.monotonic() - started)

    def __enter__(self) -> Govwatch:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end_all()

    def end_all(self) -> None:
        """Ends every command that is still running, and the watch."""
        with self._lock:
            left = list(self._running)
        for child in left:
            child.terminate()
        for child in left:
            self._end(child)

    def _start(self, *arguments: str, stdout: Any, stderr: Any) -> subprocess.Popen[str]:
        child = subprocess.Popen(
            [str(self.program), *arguments],
            cwd=self.folder,
            env=_environment(),
            stdin=subprocess.DEVNULL,
            stdout=stdout,
            stderr=stderr,
            encoding="utf-8",
        )
        with self._lock:
            self._running.add(child)
        return child

    def _end(self, child: subprocess.Popen[str]) -> None:
        if child.poll() is None:
            child.terminate()
        try:
            child.wait(PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
        with self._lock:
            self._running.discard(child)

    def _note(self, text: str) -> None:
        with self._lock, self.command_log.open("a", encoding="utf-8") as log:
            log.write(text)


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    # A proxy of the user's cannot reach what is on this machine's loopback.
    return kept | {"no_proxy": "127.0.0.1", "NO_PROXY": "127.0.0.1", "PYTHONUTF8": "1"}


def _line(arguments: tuple[str, ...]) -> str:
    return " ".join(["govwatch", *(f"'{part}'" if " " in part else part for part in arguments)])
