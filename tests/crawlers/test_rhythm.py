"""How often a list publishes, by hand-counted days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.items import Row
from crawlers.rhythm import Rhythm, rhythm

LAST = date(2026, 11, 20)


def listed(days: Sequence[date | None]) -> list[Row]:
    return [Row(f"http://a.example/{place}.html", "标题", day) for place, day in enumerate(days)]


def every(gap: int, count: int, at_once: int = 1) -> list[date | None]:
    """`at_once` articles every `gap` days, `count` in all."""
    return [LAST - timedelta(days=gap * (place // at_once)) for place in range(count)]


WORKDAYS: list[date | None] = [
    day for back in range(27) if (day := LAST - timedelta(days=back)).weekday() < 5
]
PINNED: list[date | None] = [date(2019, 3, 1), date(2020, 6, 1), *every(1, 18)]


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (every(1, 20), "about 7 a week"),
        (WORKDAYS, "about 5 a week"),
        (every(7, 10), "about 1 a week"),
        (every(7, 3), "about 1 a week"),
        (every(10, 12), "about 3 a month"),
        (every(30, 12), "about 1 a month"),
        (every(90, 10), "about 4 a year"),
        (every(365, 6), "about 1 a year"),
        (every(800, 6), "less than one a year"),
        (every(1, 40, at_once=10), "about 10 a day"),
        (every(1, 15, at_once=15), "about 15 a day"),
        (PINNED, "about 7 a week"),
        ([date(2062, 11, 20), *every(1, 19)], "about 7 a week"),
        (list(reversed(every(1, 20))), "about 7 a week"),
        ([None] * 5 + every(1, 15), "about 7 a week"),
    ],
)
def test_a_rhythm_in_words(days: list[date | None], said: str) -> None:
    found = rhythm(listed(days))
    assert found is not None
    assert found.said == said


@pytest.mark.parametrize("days", [[], [None] * 20, every(1, 2), [None] * 12 + every(1, 8)])
def test_no_rhythm_without_days(days: list[date | None]) -> None:
    assert rhythm(listed(days)) is None


def test_the_newest_day_and_the_figure() -> None:
    assert rhythm(listed(every(7, 10))) == Rhythm(per_week=1.0, newest=LAST)


@given(gap=st.integers(1, 60), count=st.integers(10, 60))
def test_a_steady_column_is_measured_exactly(gap: int, count: int) -> None:
    found = rhythm(listed(every(gap, count)))
    assert found is not None
    assert found.per_week == pytest.approx(7 / gap, abs=0.01)
