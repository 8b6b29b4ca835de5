"""Reading: bytes and address to an Article. Pure: no I/O, no clock, no settings, no log."""

from __future__ import annotations

from crawlers.reading.article import read

__all__ = ["read"]
