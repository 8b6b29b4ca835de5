"""`python -m crawlers.files NAME`: a file on standard input, its extract as JSON on standard output.

A process of its own, with limits: files come from strangers, and the libraries that read them crash.
"""

from __future__ import annotations

import json
import resource
import sys
from contextlib import suppress

from attrs import asdict

from crawlers.files.extract import extract

SECONDS = 60
"""Of processor."""
BYTES = 2 * 1024**3
"""Of address space, beyond which nothing is given to it."""


def main() -> None:
    for kind, most in ((resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_AS, BYTES)):
        with suppress(ValueError, OSError):  # macOS has no limit on address space
            resource.setrlimit(kind, (most, most))
    found = extract(sys.stdin.buffer.read(), sys.argv[1])
    sys.stdout.write(json.dumps(asdict(found)))


if __name__ == "__main__":
    main()
