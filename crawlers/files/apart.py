"""The extraction of a file's text in a process of its own, which may crash, hang or eat memory."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from contextlib import suppress
from tempfile import TemporaryDirectory

from crawlers.files.extract import Extract
from crawlers.files.formats import type_of

_SECONDS = 90
"""On the clock; the process has less than that of processor."""

_CRASHES = (signal.SIGSEGV, signal.SIGBUS, signal.SIGABRT, signal.SIGILL, signal.SIGFPE)
"""What a file does to the library that reads it; any other signal came from outside."""


class Extractor:
    """One file at a time, however many visits go on side by side."""

    def __init__(self) -> None:
        self._free = asyncio.Semaphore(1)

    async def __call__(self, body: bytes, name: str) -> Extract:
        """As `extract`; `later` is set where it was not the file that kept it from being read."""
        async with self._free:
            # The folder is ours: a process that is killed leaves its temporary files behind.
            with TemporaryDirectory(prefix="govwatch-", ignore_cleanup_errors=True) as folder:
                return await _apart(body, f"file.{type_of('', name) or ''}", folder)


async def _apart(body: bytes, name: str, folder: str) -> Extract:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "crawlers.files", name,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env={**os.environ, "TMPDIR": folder},
        start_new_session=True,
    )  # fmt: skip
    try:
        output, _ = await asyncio.wait_for(process.communicate(body), _SECONDS)
    except TimeoutError:
        return Extract("failed", detail=f"not read within {_SECONDS} seconds", later=True)
    finally:
        with suppress(ProcessLookupError, PermissionError):  # all of its session: LibreOffice outlives it
            os.killpg(process.pid, signal.SIGKILL)
        await process.wait()
    if process.returncode == 0:
        return Extract(**json.loads(output))
    return _ended(process.returncode or 0)


def _ended(code: int) -> Extract:
    """The process came to its end without a word."""
    if code == -signal.SIGXCPU:
        return Extract("too_large", detail="it took more processor than a file may")
    if -code in _CRASHES:
        return Extract("broken", detail=f"the process that read it ended with {code}")
    return Extract("failed", detail=f"the process that read it was ended by others ({code})", later=True)
