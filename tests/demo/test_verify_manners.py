"""The sites' log: good manners pass, and every discourtesy is reported by name."""

from __future__ import annotations

import random
from collections.abc import Iterable

import pytest
from attrs import evolve

from demo.verify_manners import SLACK, check_manners, hurry_of
from demo.world import Request

DELAY = 0.1
CONTACT = "demo@govwatch.example"
FORBIDDEN = {("citygov", "/nbzl/1.html")}


def request(started: float, path: str, host: str = "citygov") -> Request:
    agent = {"user-agent": f"govwatch/0.1 (+{CONTACT})"}
    return Request(started, started + 0.01, host, "GET", path, 200, agent, ("127.0.0.1", 50000), 100)


@pytest.fixture
def visit() -> list[Request]:
    paths = ["/robots.txt", *(f"/{number}.html" for number in range(12))]
    return [request(1000 + 0.11 * number, path) for number, path in enumerate(paths)]


def found(requests: Iterable[Request]) -> list[str]:
    return [one.what for one in check_manners(list(requests), DELAY, FORBIDDEN, CONTACT)]


def test_good_manners_bring_no_finding(visit: list[Request]) -> None:
    assert found(visit) == []
    assert found([*visit, *(evolve(one, host="yunze") for one in visit)]) == []


def test_a_forbidden_page_that_was_asked_for_is_named(visit: list[Request]) -> None:
    assert found([*visit, request(1010, "/nbzl/1.html")]) == ["a page that robots.txt forbids"]
    elsewhere = [evolve(one, host="yunze") for one in visit]
    assert found([*visit, *elsewhere, request(1010, "/nbzl/1.html", "yunze")]) == []


def test_a_visit_that_does_not_begin_with_robots_txt_is_named(visit: list[Request]) -> None:
    assert found(visit[1:]) == ["citygov: first request"]


def test_a_delay_that_was_not_kept_is_named(visit: list[Request]) -> None:
    hasty = [evolve(one, started=1000 + n * 0.02, ended=1000.01 + n * 0.02) for n, one in enumerate(visit)]
    assert found(hasty) == ["citygov: 0.1 s between requests"]


def test_two_requests_at_once_are_named(visit: list[Request]) -> None:
    visit[3] = evolve(visit[3], ended=visit[4].started + 0.02)
    assert found(visit) == ["citygov: requests at the same time"]


@pytest.mark.parametrize("agent", ["", "Mozilla/5.0", "govwatch/0.1", f"Mozilla/5.0 (+{CONTACT})"])
def test_a_visitor_who_hides_is_named(agent: str, visit: list[Request]) -> None:
    visit[5] = evolve(visit[5], headers={"user-agent": agent} if agent else {})
    assert found(visit) == ["User-Agent"]


def test_requests_handed_over_late_are_no_hurry() -> None:
    chance = random.Random(1)
    kept = [number * DELAY + chance.uniform(0, SLACK - 0.01) for number in range(200)]
    assert 0 < hurry_of(kept, DELAY) < SLACK
    pauses = [number * DELAY + 10 * (number // 20) for number in range(100)]
    assert hurry_of(pauses, DELAY) == pytest.approx(0, abs=1e-9)


def test_haste_after_a_long_pause_is_hurry() -> None:
    assert hurry_of([0, 100, 100, 100, 100], DELAY) == pytest.approx(0.3)
    assert hurry_of([], DELAY) == 0
