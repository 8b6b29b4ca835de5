"""When a mail is tried again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.backoff import LONGEST, SHORTEST, WAITS, next_look, next_try
from tests.support.rows import NOON


def test_the_waits_grow_and_the_try_after_the_last_one_is_the_last() -> None:
    waits = [next_try(attempt, NOON) for attempt in range(1, 9)]
    minutes = [(then - NOON) / timedelta(minutes=1) if then else None for then in waits]
    assert minutes == [1, 5, 15, 60, 240, 720, 1440, None]


@given(st.integers(min_value=1, max_value=1000))
def test_tries_end_after_a_fixed_number(attempts: int) -> None:
    assert (next_try(attempts, NOON) is None) == (attempts > len(WAITS))


@pytest.mark.parametrize(
    ("waited", "wait"),
    [
        (timedelta(0), timedelta(minutes=1)),
        (timedelta(minutes=10), timedelta(minutes=5)),
        (timedelta(days=30), timedelta(hours=1)),
        (timedelta(minutes=-5), timedelta(minutes=1)),  # the clock was put back
    ],
)
def test_a_channel_that_is_down_is_looked_at_again_for_ever(waited: timedelta, wait: timedelta) -> None:
    assert next_look(NOON - waited, NOON) == NOON + wait


@given(st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=4000)))
def test_the_next_look_is_never_far(waited: timedelta) -> None:
    assert SHORTEST <= next_look(NOON - waited, NOON) - NOON <= LONGEST
