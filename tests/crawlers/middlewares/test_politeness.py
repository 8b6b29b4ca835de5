"""Delay, one connection a site and robots.txt, judged by the server's own log."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from statistics import median
from typing import Any

import pytest

from tests.support.fetchjob import fetched
from tests.support.httpserver import Answer, Routes, Site, serving

DELAY = 0.4
LATE = 0.1
"""Seconds by which a busy test machine may note a request too late, which makes the next gap smaller."""

TEXT = {"Content-Type": "text/plain"}
PATHS = ("/", "/news/1.html", "/admin/1.html")


def robots(text: str, status: int = 200, **headers: str) -> Routes:
    pages = {path: Answer() for path in PATHS}
    return {"/robots.txt": Answer(text.encode(), status, {**TEXT, **headers}), **pages}


SITES: dict[str, Routes] = {
    "patient": {f"/{number}": Answer(takes=0.05) for number in range(4)},
    "slow": {"/0": Answer(takes=1.0), "/1": Answer(takes=0.0), "/2": Answer(takes=0.0)},
    "crawl delay": robots("User-agent: *\nCrawl-delay: 1.2\n"),
    "forbids a part": robots("User-agent: *\nDisallow: /admin/\n"),
    "forbids us": robots("User-agent: govwatch\nDisallow: /\n\nUser-agent: *\nAllow: /\n"),
    "forbids others": robots("User-agent: Baiduspider\nDisallow: /\n"),
    "is no robots.txt": robots("<html><body>首页</body></html>"),
    "with a BOM": robots("\ufeffUser-agent: *\nDisallow: /admin/\n"),
    "410": robots("", 410),
    "400": robots("", 400),
    "401": robots("", 401),
    "403": robots("", 403),
    "500": robots("", 500),
    "521": robots("<script>document.cookie='__jsl_clearance_s='</script>", 521),
    "hangs up": {**robots(""), "/robots.txt": Answer(b"User-agent", headers=TEXT, announced=900)},
    "elsewhere": {
        **robots("", 301, Location="/real-robots.txt"),
        "/real-robots.txt": Answer(b"User-agent: *\nDisallow: /admin/\n", headers=TEXT),
    },
    "in circles": robots("", 302, Location="/robots.txt"),
}

EVERYTHING = (None, None, None)
NOTHING = ("robots", "robots", "robots")
UNREACHABLE = ("robots_unreachable",) * 3


class World:
    def __init__(self, sites: dict[str, Site], outcomes: dict[str, list[dict[str, Any]]]) -> None:
        self.sites, self.outcomes = sites, outcomes


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    with ExitStack() as stack:
        sites = {name: stack.enter_context(serving(routes)) for name, routes in SITES.items()}
        paths = {name: [path for path in SITES[name] if "robots" not in path] for name in sites}
        steps = [sites[name].url + path for name in sites for path in paths[name]]
        results = iter(
            fetched(
                steps,
                env={"GOVWATCH_ALLOW_PRIVATE": "1", "GOVWATCH_DELAY": str(DELAY)},
                knobs={"RETRY_PAUSES": [0.1, 0.1]},
            )
        )
        yield World(sites, {name: [next(results) for _ in paths[name]] for name in sites})


def test_requests_to_one_site_keep_their_distance(world: World) -> None:
    site = world.sites["patient"]
    assert len(site.asked) == 5
    assert min(site.gaps()) >= DELAY - LATE
    assert median(site.gaps()) < 3 * DELAY, "jitter is small"


def test_a_site_never_sees_two_requests_at_once_nor_a_second_connection(world: World) -> None:
    for name in ("patient", "slow", "forbids a part"):
        site = world.sites[name]
        assert site.most_at_once == 1, name
        assert len({asked.connection for asked in site.asked}) == 1, name


def test_sites_do_not_wait_for_one_another(world: World) -> None:
    end = world.sites["patient"].asked[-1].at
    assert all(site.asked[0].at < end for site in world.sites.values())


def test_a_longer_crawl_delay_of_the_site_counts(world: World) -> None:
    gaps = world.sites["crawl delay"].gaps()
    assert len(gaps) == 3
    assert min(gaps) >= 1.2 - LATE


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("forbids a part", (None, None, "robots")),
        ("forbids us", NOTHING),
        ("forbids others", EVERYTHING),
        ("is no robots.txt", EVERYTHING),
        ("with a BOM", (None, None, "robots")),
        ("410", EVERYTHING),
        ("400", EVERYTHING),
        ("401", NOTHING),
        ("403", NOTHING),
        ("500", UNREACHABLE),
        ("521", ("js_challenge",) * 3),
        ("hangs up", UNREACHABLE),
        ("elsewhere", (None, None, "robots")),
        ("in circles", EVERYTHING),
    ],
)
def test_robots_txt_decides(world: World, name: str, kinds: tuple[str | None, ...]) -> None:
    assert tuple(outcome.get("kind") for outcome in world.outcomes[name]) == kinds
    permitted = [path for path, kind in zip(PATHS, kinds, strict=True) if kind is None]
    assert [path for path in world.sites[name].paths() if "robots" not in path] == permitted


def test_robots_txt_is_asked_for_once_and_first(world: World) -> None:
    for name in ("patient", "forbids a part", "forbids us", "403", "410"):
        assert world.sites[name].paths()[0] == "/robots.txt"
        assert world.sites[name].paths().count("/robots.txt") == 1
