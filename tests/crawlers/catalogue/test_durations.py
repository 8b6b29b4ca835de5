"""Durations as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.catalogue.durations import LONGEST, duration_text, seconds_of


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("30s", 30), ("15m", 900), ("2h", 7200), ("1d", 86400), ("007m", 420), ("90m", 5400)],
)
def test_what_is_a_duration(text: str, seconds: int) -> None:
    assert seconds_of(text) == seconds


@pytest.mark.parametrize(
    "text",
    [
        "",
        "s",
        "30",
        "30 s",
        "1.5h",
        "-1h",
        "+1h",
        "0s",
        "0d",
        "２h",
        "1h30m",
        "1w",
        "h1",
        "99999999d",
        "9" * 5000 + "s",
    ],
)
def test_what_is_none(text: str) -> None:
    with pytest.raises(ValueError, match="write 30s, 15m, 2h or 1d"):
        seconds_of(text)


@pytest.mark.parametrize(
    ("seconds", "text"), [(30, "30s"), (60, "1m"), (90, "90s"), (5400, "90m"), (86400, "1d"), (172800, "2d")]
)
def test_the_shortest_text(seconds: int, text: str) -> None:
    assert duration_text(seconds) == text


@given(st.integers(1, LONGEST))
def test_there_and_back(seconds: int) -> None:
    assert seconds_of(duration_text(seconds)) == seconds
