"""Hundreds of sites at the usual concurrency, each with the delay it is promised: by the sites' own log."""

from __future__ import annotations

from attrs import frozen

from benchmarks.figures import Figure, Findings
from benchmarks.measure import Usage, folder, in_fresh_process
from benchmarks.sites import Manners, Shape, Traffic, serving
from benchmarks.visits import prepare, visit
from crawlers.config import Config

DELAY = 0.25
"""Seconds between two requests to one site; eight times as often as the default, to end in minutes."""
SITES_AT_ONCE: int = Config.model_fields["concurrency"].default


@frozen
class Round:
    name: str
    usage: Usage
    traffic: Traffic
    manners: Manners


def hundreds(quick: bool = False) -> Findings:
    """Visits five columns of each of 300 sites: all is new, nothing is new, two articles in each are new."""
    hosts = 20 if quick else 300
    return hundreds_of(Shape(hosts, columns=5, articles=10, later=2, heavy=False, forbids=True))


def hundreds_of(shape: Shape) -> Findings:
    """As `hundreds`, for that many sites; `RuntimeError` where one was not treated as promised."""
    rounds = []
    with serving(shape) as sites, folder() as place:
        prepare(place, sites.columns)
        for name in ("first visit", "nothing new", "news"):
            if name == "news":
                sites.advance()
            sites.traffic()
            usage = in_fresh_process(visit, place, None, DELAY, SITES_AT_ONCE)
            manners = sites.manners(DELAY)
            rounds.append(Round(name, usage, sites.traffic(), manners))
    for one in rounds:
        if one.manners.at_once > 1 or one.manners.forbidden or one.manners.first_not_robots:
            raise RuntimeError(f"{one.name}: not as promised: {one.manners}")
    title = (
        f"{shape.hosts} sites x {shape.columns} columns of {shape.articles} rows, {DELAY:g} s between two"
        f" requests to a site, {SITES_AT_ONCE} sites at once; requests count robots.txt"
    )
    return Findings("hundreds", title, [figure for one in rounds for figure in _figures(one, shape)])


def _figures(one: Round, shape: Shape) -> list[Figure]:
    new = {"first visit": shape.articles, "news": shape.later}.get(one.name, 0) * shape.hosts * shape.columns
    requests = one.traffic.pages + one.traffic.robots
    figures = [
        Figure(one.name, "requests", [requests]),
        Figure(one.name, "of them 304", [one.traffic.statuses.get(304, 0)]),
        Figure(one.name, "requests/s", [requests / one.traffic.seconds]),
        Figure(one.name, "shortest gap ms", [one.manners.shortest_gap * 1000]),
        Figure(one.name, "too early ms", [one.manners.hurry * 1000]),
        Figure(one.name, "at once", [one.manners.at_once]),
        Figure(one.name, "forbidden", [one.manners.forbidden]),
        Figure(one.name, "seconds", [one.usage.seconds]),
        Figure(one.name, "peak MB", [one.usage.peak]),
    ]
    if new:
        figures.append(Figure(one.name, "requests/new article", [requests / new]))
    return figures
