"""When sources, articles and failed pages are looked at: the whole sequences."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from crawlers.china import CHINA
from pipelines.schedule import (
    LAST_TRY,
    LONGEST_BACKOFF,
    LONGEST_WAIT,
    WATCHED_FOR,
    learned_interval,
    next_look,
    next_try,
    next_visit,
)

NOON = datetime(2026, 11, 22, 12, tzinfo=CHINA)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
intervals = st.timedeltas(timedelta(seconds=1), 7 * DAY)


def looks(interval: timedelta) -> list[timedelta]:
    """Ages at which an article is looked at that is found at once."""
    ages, at = [], NOON
    while (then := next_look(NOON, interval, at)) is not None:
        ages.append(then - NOON)
        at = then
    return ages


def tries(interval: timedelta) -> list[timedelta]:
    """Waits between the tries of a page that never comes."""
    waits = []
    while (then := next_try(len(waits), interval, NOON)) is not None:
        waits.append(then - NOON)
    return waits


def test_a_stored_article_is_looked_at_at_doubling_ages() -> None:
    assert looks(HOUR)[:6] == [HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR, 16 * HOUR, 32 * HOUR]
    assert len(looks(HOUR)) == 11
    assert looks(DAY)[:3] == [DAY, 2 * DAY, 4 * DAY]


def test_a_failed_page_is_tried_ten_times_over_days() -> None:
    assert tries(HOUR) == [HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR, 16 * HOUR, *[DAY] * 4]
    assert len(tries(HOUR)) == LAST_TRY - 1


@given(intervals)
@example(timedelta(seconds=169))
def test_no_page_is_given_up_within_three_days_and_every_one_at_last(interval: timedelta) -> None:
    waits = tries(interval)
    assert sum(waits, timedelta(0)) >= 3 * DAY
    assert LAST_TRY - 1 <= len(waits) < 25
    assert waits == sorted(waits)
    assert waits[-1] <= LONGEST_WAIT


@given(intervals, st.integers(0, 10**6))
def test_the_wait_is_finite_however_often_it_failed(interval: timedelta, failed: int) -> None:
    then = next_try(failed, interval, NOON)
    assert then is None or NOON < then <= NOON + LONGEST_WAIT
    assert next_visit(interval, failed, NOON) <= NOON + max(interval, LONGEST_BACKOFF)


@given(intervals, st.timedeltas(timedelta(0), 60 * DAY))
def test_a_look_is_never_in_the_past(interval: timedelta, age: timedelta) -> None:
    then = next_look(NOON - age, interval, NOON)
    assert (then is None) == (age >= WATCHED_FOR)
    assert then is None or then >= NOON + interval


@pytest.mark.parametrize(
    ("articles", "expected"),
    [(0, 2 * HOUR), (1, 2 * HOUR), (14, 2 * HOUR), (84, HOUR), (336, HOUR / 4), (5000, HOUR / 4)],
)
def test_a_busy_column_is_looked_at_more_often(articles: int, expected: timedelta) -> None:
    assert learned_interval(articles) == expected


@pytest.mark.parametrize(
    ("failures", "wait"), [(0, HOUR), (1, 2 * HOUR), (2, 4 * HOUR), (3, 6 * HOUR), (10**6, 6 * HOUR)]
)
def test_a_failing_source_is_visited_less_often(failures: int, wait: timedelta) -> None:
    assert next_visit(HOUR, failures, NOON) == NOON + wait


def test_a_rarely_visited_source_is_not_visited_more_often_for_failing() -> None:
    assert next_visit(3 * DAY, 5, NOON) == NOON + 3 * DAY


def test_what_was_decided_is_asked_about_once_a_day_and_not_for_ever() -> None:
    waits = [next_try(failed, timedelta(seconds=30), NOON, "robots") for failed in range(LAST_TRY)]
    assert waits == [NOON + timedelta(days=1)] * (LAST_TRY - 1) + [None]
