"""For all tests: no deadlines, which a busy machine fails by itself."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("govwatch", deadline=None)
settings.load_profile("govwatch")
