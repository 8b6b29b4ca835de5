"""For all tests: no deadlines, which a busy machine fails by itself; at the gate always the same examples."""

from __future__ import annotations

import os

from hypothesis import settings

settings.register_profile("govwatch", deadline=None)
settings.register_profile("gate", deadline=None, derandomize=True)
settings.load_profile("gate" if os.environ.get("CI") else "govwatch")
