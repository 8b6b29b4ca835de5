"""`python -m crawlers.files NAME`: a file on standard input, its extract as JSON on standard output.

A process of its own, with limits: files come from strangers, and the libraries that read them crash.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
from contextlib import suppress

from attrs import asdict

from crawlers.files.extract import extract

SECONDS = 60
"""Of processor."""
_LONGEST = 120
"""Seconds on the clock after which even one whom nobody waits for any more is ended."""
BYTES = 2 * 1024**3
"""Of address space, beyond which nothing is given to it."""


def main() -> None:
    # At the soft limit comes SIGXCPU, at the hard one SIGKILL, which tells nothing.
    limits = ((resource.RLIMIT_CPU, (SECONDS, SECONDS + 5)), (resource.RLIMIT_AS, (BYTES, BYTES)))
    for kind, most in limits:
        with suppress(ValueError, OSError):  # macOS has no limit on address space
            resource.setrlimit(kind, most)
    if os.getpgrp() == os.getpid():
        signal.signal(signal.SIGALRM, lambda *_: os.killpg(0, signal.SIGKILL))  # LibreOffice goes with it
        signal.alarm(_LONGEST)
    found = extract(sys.stdin.buffer.read(), sys.argv[1])
    sys.stdout.write(json.dumps(asdict(found)))


if __name__ == "__main__":
    main()
