"""For all tests: no deadlines, which a busy machine fails by itself; under CI the same examples every time."""

from __future__ import annotations

import os

from hypothesis import settings

settings.register_profile("govwatch", deadline=None)
settings.register_profile("gate", deadline=None, derandomize=True)
settings.load_profile("gate" if os.environ.get("CI") else "govwatch")
