"""The extraction of a file's text in a process of its own, which may crash, hang or eat memory."""

from __future__ import annotations

import asyncio
import json
import sys

from crawlers.files.extract import Extract

_SECONDS = 90
"""On the clock; the process has less than that of processor."""


class Extractor:
    """One file at a time, however many visits go on side by side."""

    def __init__(self) -> None:
        self._free = asyncio.Semaphore(1)

    async def __call__(self, body: bytes, name: str) -> Extract:
        async with self._free:
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "crawlers.files", name,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.DEVNULL,
            )  # fmt: skip
            try:
                output, _ = await asyncio.wait_for(process.communicate(body), _SECONDS)
            except TimeoutError:
                return Extract("too_large", detail=f"not read within {_SECONDS} seconds")
            finally:
                if process.returncode is None:
                    process.kill()
                    await process.wait()
        if process.returncode == 0:
            return Extract(**json.loads(output))
        if process.returncode in (-9, -24):  # SIGKILL, SIGXCPU
            return Extract("too_large", detail="it took more processor or memory than a file may")
        return Extract("broken", detail=f"the process that read it ended with {process.returncode}")
