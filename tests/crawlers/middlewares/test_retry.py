from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crawlers.middlewares.retry import wished_pause

NOW = datetime(2026, 11, 22, 8, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        (b"0", 0.0),
        (b" 120 ", 120.0),
        (b"Sun, 22 Nov 2026 08:00:30 GMT", 30.0),
        (b"Sun, 22 Nov 2026 07:00:00 GMT", 0.0),
        (b"-5", None),
        (b"1.5", None),
        (b"soon", None),
        (b"Sun, 22 Foo 2026 08:00:30 GMT", None),
        ("１２".encode(), None),
        (b"", None),
        (None, None),
    ],
)
def test_retry_after(header: bytes | None, seconds: float | None) -> None:
    assert wished_pause(header, lambda: NOW) == seconds
