"""Text and CSV, in whatever charset."""

from __future__ import annotations

from crawlers.files.extract import Extract
from crawlers.reading.decode import decode


def read(body: bytes) -> Extract:
    return Extract("read", decode(body).text)
