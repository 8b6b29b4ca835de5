"""Generated sites, served by a process of their own so that they take no time from those who crawl them."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import pairwise
from multiprocessing.connection import Connection
from operator import attrgetter
from typing import Literal

from attrs import evolve, frozen

from benchmarks.furniture import furnished
from demo.verify_manners import hurry_of
from demo.world import CHINA, LATER, Entry, Request, RequestLog, Site, generated_site
from demo.world.addresses import article_path, route
from demo.world.compose import composed
from demo.world.model import Resource, Validators
from demo.world.render import site_pages
from demo.world.requestlog import most_at_once
from demo.world.serve import SiteServer

PARTS = 5
"""Composed texts in one article: about 900 characters, the median of saved government articles."""
ROWS = 20
"""Rows on a page of a column."""


@frozen
class Shape:
    """How large a world is."""

    hosts: int
    columns: int
    """On each host."""
    articles: int
    """In each column."""
    later: int = 0
    """Further articles in each column after `Sites.advance`."""
    validators: Validators = "both"
    heavy: bool = True
    """Pages have the weight of real ones."""
    forbids: bool = False
    """The robots.txt of each site keeps everybody from the oldest article of its first column."""

    @property
    def list_pages(self) -> int:
        """Pages that one column has."""
        return -(-self.articles // ROWS)

    @property
    def pages(self) -> int:
        """List pages and articles of all columns."""
        return self.hosts * self.columns * (self.articles + self.list_pages)


@frozen
class Traffic:
    """What was asked of the sites since the last question, robots.txt apart."""

    pages: int
    robots: int
    statuses: Mapping[int, int]
    seconds: float
    """From the first request to the last answer."""


@frozen
class Manners:
    """How the sites were treated since the last question, by their own log."""

    shortest_gap: float
    """Seconds between the starts of two requests to one site, at least."""
    hurry: float
    """Seconds by which a run of requests to one site came sooner than the delay allows, at most; a single
    gap also tells how late a busy machine hands requests over.
    """
    at_once: int
    """Requests of one site under way at the same moment, at most."""
    forbidden: int
    """Requests that robots.txt forbids."""
    first_not_robots: int
    """Sites of which something else than robots.txt was asked for first."""


class Sites:
    """Talks to the process that serves; made by `serving`."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe
        self.columns: tuple[str, ...] = pipe.recv()
        """Addresses of all columns."""

    def traffic(self) -> Traffic:
        """What came since the last call."""
        self._pipe.send("traffic")
        answer: Traffic = self._pipe.recv()
        return answer

    def manners(self, delay: float) -> Manners:
        """How the requests came since the last call of `traffic`, measured against `delay` seconds."""
        self._pipe.send(delay)
        answer: Manners = self._pipe.recv()
        return answer

    def advance(self) -> None:
        """The later articles appear."""
        self._pipe.send("advance")
        self._pipe.recv()


@contextmanager
def serving(shape: Shape) -> Iterator[Sites]:
    """Serves a world of that shape on loopback, every page ready in memory."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_serve, args=(there, shape), daemon=True)
    process.start()
    there.close()
    try:
        yield Sites(here)
    finally:
        here.close()
        process.join()


def _serve(pipe: Connection, shape: Shape) -> None:
    """Answers until the other end is closed."""
    log = RequestLog()
    hosts = [_Host(shape, number, log) for number in range(shape.hosts)]
    pipe.send(tuple(address for host in hosts for address in host.columns))
    counted = 0
    while True:
        try:
            asked: Literal["traffic", "advance"] | float = pipe.recv()
        except EOFError:
            return
        if asked == "advance":
            for host in hosts:
                host.publish(later=True)
            pipe.send(None)
        elif not isinstance(asked, str):
            pipe.send(_manners(log.of(since=counted), hosts, asked))
        else:
            pipe.send(_traffic(log, counted))
            counted = len(log)


def _traffic(log: RequestLog, since: int) -> Traffic:
    requests = log.of(since=since)
    pages = [request for request in requests if request.path != "/robots.txt"]
    statuses: dict[int, int] = {}
    for request in pages:
        statuses[request.status] = statuses.get(request.status, 0) + 1
    window = max((r.ended for r in pages), default=0.0) - min((r.started for r in pages), default=0.0)
    return Traffic(len(pages), len(requests) - len(pages), statuses, window)


def _manners(requests: Sequence[Request], hosts: Sequence[_Host], delay: float) -> Manners:
    by_host = {host.key: sorted(_of(requests, host.key), key=attrgetter("started")) for host in hosts}
    asked = [mine for mine in by_host.values() if mine]
    starts = [[one.started for one in mine] for mine in asked]
    return Manners(
        min((later - earlier for mine in starts for earlier, later in pairwise(mine)), default=0.0),
        max((hurry_of(mine, delay) for mine in starts), default=0.0),
        max(map(most_at_once, asked), default=0),
        sum(one.path == host.forbidden for host in hosts for one in by_host[host.key]),
        sum(mine[0].path != "/robots.txt" for mine in asked),
    )


def _of(requests: Sequence[Request], host: str) -> list[Request]:
    return [one for one in requests if one.host == host]


class _Host:
    """One server with its columns; all of its pages are rendered before it is asked for any."""

    def __init__(self, shape: Shape, number: int, log: RequestLog) -> None:
        self._heavy = shape.heavy
        now = datetime.now(CHINA)
        made = generated_site(
            shape.columns, shape.articles, now=now, seed=f"h{number}", later=shape.later, rows=ROWS
        )
        self.key = made.sites[0].host
        oldest = next(entry for entry in reversed(made.entries) if entry.site == made.sites[0].key)
        self.forbidden = article_path(made.sites[0], oldest) if shape.forbids else None
        """What robots.txt forbids."""
        robots = f"User-agent: *\nDisallow: {self.forbidden or ''}\n"
        self._sites = [evolve(site, validators=shape.validators, robots=robots) for site in made.sites]
        self._entries = [_longer(entry) for entry in made.entries]
        self._ready: dict[str, Resource] = {}
        self.publish(later=False)
        self._server = SiteServer(self._sites[0], self._answer, log)

    @property
    def columns(self) -> list[str]:
        return [self._server.base + site.list_path for site in self._sites]

    def publish(self, later: bool) -> None:
        """Renders everything that is to be seen."""
        ready: dict[str, Resource] = {}
        for site in self._sites:
            own = [e for e in self._entries if e.site == site.key and (later or e.step != LATER.name)]
            changed = {entry.key: entry.published for entry in own}
            for address, make in site_pages(site, own, changed, {}).items():
                ready[address] = self._weighed(make(), site)
        self._ready = ready

    def _weighed(self, resource: Resource, site: Site) -> Resource:
        if not self._heavy or "html" not in resource.content_type:
            return resource
        page = furnished(resource.body.decode(site.charset))
        return evolve(resource, body=page.encode(site.charset))

    def _answer(self, target: str) -> Resource | int:
        return self._ready.get(route(target), 404)


def _longer(entry: Entry) -> Entry:
    """The article with more paragraphs, still the same for the same key."""
    more = [composed("样例区", entry.number, f"{entry.key}/{part}")[1] for part in range(PARTS - 1)]
    return evolve(entry, paragraphs=(*entry.paragraphs, *(p for part in more for p in part)))
