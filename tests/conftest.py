"""For all tests: no deadlines, which a busy machine fails by itself; at the gate always the same examples;
Ctrl-C reaches what they start."""

from __future__ import annotations

import os
import signal

from hypothesis import settings

settings.register_profile("govwatch", deadline=None)
settings.register_profile("gate", deadline=None, derandomize=True)
settings.load_profile("gate" if os.environ.get("CI") else "govwatch")

# A shell's background jobs (`make test &`) ignore it, and so would all that the tests start and mean to stop.
signal.signal(signal.SIGINT, signal.default_int_handler)
