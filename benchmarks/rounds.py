"""What watching costs the sites: requests of a visit when nothing is new, and for each new article."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from attrs import evolve, frozen

from benchmarks.figures import Figure, Findings
from benchmarks.measure import Usage, folder, in_fresh_process
from benchmarks.sites import ROWS, Shape, Sites, Traffic, serving
from benchmarks.visits import prepare, visit
from demo.world.model import Validators


@frozen
class Visited:
    name: str
    traffic: Traffic
    usage: Usage


def rounds(quick: bool = False) -> Findings:
    """Visits the same columns three times: all is new, nothing is new, two articles in each are new."""
    hosts, columns = (4, 2) if quick else (10, 5)
    shape = Shape(hosts, columns, ROWS, later=2, heavy=False)
    return rounds_in(shape, {"with ETag": "both", "without validators": "none"})


def rounds_in(shape: Shape, kinds: Mapping[str, Validators]) -> Findings:
    """As `rounds`, on servers of each kind."""
    figures: list[Figure] = []
    for label, validators in kinds.items():
        with serving(evolve(shape, validators=validators)) as sites, folder() as place:
            for visited in _three(sites, place):
                figures += _figures(f"{visited.name}, {label}", visited, shape)
    title = (
        f"{shape.hosts} sites x {shape.columns} columns of {shape.articles} rows, no delay;"
        f" then {shape.later} new articles in each; requests count robots.txt"
    )
    return Findings("rounds", title, figures)


def _three(sites: Sites, place: Path) -> list[Visited]:
    prepare(place, sites.columns)
    found = []
    for name in ("first visit", "nothing new", "news"):
        if name == "news":
            sites.advance()
        sites.traffic()
        usage = in_fresh_process(visit, place)
        found.append(Visited(name, sites.traffic(), usage))
    return found


def _figures(what: str, visited: Visited, shape: Shape) -> list[Figure]:
    sources = shape.hosts * shape.columns
    traffic = visited.traffic
    requests = traffic.pages + traffic.robots
    figures = [
        Figure(what, "requests/source", [requests / sources]),
        Figure(what, "of them 304", [traffic.statuses.get(304, 0) / sources]),
        Figure(what, "seconds", [visited.usage.seconds]),
        Figure(what, "peak MB", [visited.usage.peak]),
    ]
    if visited.name == "news":
        figures.append(Figure(what, "requests/new article", [requests / (sources * shape.later)]))
    return figures
