"""The one clock that this project goes by."""

from __future__ import annotations

from datetime import timedelta, timezone

CHINA = timezone(timedelta(hours=8))
"""Chinese sites write local time without saying so; the whole country keeps UTC+8."""
