"""The world itself: sites that serve, time that goes step by step, and the truth about both."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import partial
from types import TracebackType

from attrs import frozen

from demo.world.addresses import route
from demo.world.entries import all_entries, step_times
from demo.world.expected import Expected, expectations
from demo.world.model import CHINA, Entry, Resource, Site, Step
from demo.world.render import Pages, as_of, site_pages
from demo.world.requestlog import RequestLog
from demo.world.serve import SiteServer
from demo.world.sites import SITES
from demo.world.timeline import STEPS


@frozen
class Column:
    """A column of a running site, as a user would name it."""

    key: str
    host: str
    name: str
    column: str
    url: str
    charset: str
    polluted: bool


class World:
    """Serves its sites on 127.0.0.1 between `start` and `stop` (or in a `with`).

    All times follow from `now` (aware); without `sites` and `entries` it is the world of the demo.
    """

    def __init__(
        self,
        now: datetime,
        sites: Sequence[Site] = SITES,
        entries: Sequence[Entry] | None = None,
        steps: Sequence[Step] = STEPS,
        *,
        latency: float = 0,
    ) -> None:
        self.now = now.astimezone(CHINA)
        self.log = RequestLog()
        self.steps = tuple(steps)
        self.done: tuple[str, ...] = ()
        self._sites = tuple(sites)
        self._entries = tuple(all_entries(sites, steps, self.now) if entries is None else entries)
        self._by_site: dict[str, list[Entry]] = {site.key: [] for site in sites}
        for entry in self._entries:
            self._by_site[entry.site].append(entry)
        self._times = step_times(steps, self.now)
        self._latency = latency
        self._lock = threading.RLock()
        self._servers: dict[str, SiteServer] = {}
        self._pages: dict[str, Pages] = {}
        self._made: dict[tuple[str, str], Resource] = {}
        self._failing: dict[str, int] = {}

    def start(self, port_base: int = 0) -> World:
        """Opens a port for each host: free ones, or `port_base` and the following.

        OSError where one of those is taken; then none stays open.
        """
        for number, (host, site) in enumerate(self._hosts().items()):
            port = port_base + number if port_base else 0
            answer = partial(self._answer, host)
            try:
                self._servers[host] = SiteServer(site, answer, self.log, port=port, latency=self._latency)
            except OSError:
                self.stop()
                raise
        self._publish()
        return self

    def stop(self) -> None:
        """Closes every port; the log stays readable."""
        with ThreadPoolExecutor(max_workers=16) as pool:
            list(pool.map(SiteServer.stop, self._servers.values()))
        self._servers.clear()

    def __enter__(self) -> World:
        return self if self._servers else self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def bases(self) -> dict[str, str]:
        """`http://127.0.0.1:PORT` of each host."""
        return {host: server.base for host, server in self._servers.items()}

    @property
    def sites(self) -> tuple[Column, ...]:
        """What there is to watch."""
        bases = self.bases
        return tuple(
            Column(s.key, s.host, s.name, s.column, bases[s.host] + s.list_path, s.charset, s.polluted)
            for s in self._sites
        )

    @property
    def listed(self) -> tuple[str, ...]:
        """Keys of the articles that the first pages of the columns show now, newest first in each column."""
        shown = ((site, [e for e in self._by_site[site.key] if self._visible(e)]) for site in self._sites)
        return tuple(entry.key for site, entries in shown for entry in entries[: site.rows])

    @property
    def expected(self) -> dict[str, Expected]:
        """The truth of this moment, by key; articles that are still to come have `visible` False."""
        return expectations(self._sites, self._entries, self.done, self.bases)

    def advance(self) -> Step | None:
        """The next step of the timeline happens; None when nothing is left."""
        with self._lock:
            if len(self.done) == len(self.steps):
                return None
            step = self.steps[len(self.done)]
            self.done = (*self.done, step.name)
            if step.outage is not None:
                self.fail(step.site, 503 if step.outage else None)
            self._publish()
            return step

    def advance_to(self, name: str) -> list[Step]:
        """Steps on until the step `name` has happened; KeyError if there is none."""
        if name not in self._times:
            raise KeyError(name)
        taken = []
        while name not in self.done and (step := self.advance()):
            taken.append(step)
        return taken

    def fail(self, host: str, status: int | None) -> None:
        """From now on the host answers everything with `status`; None: it answers again."""
        with self._lock:
            if status is None:
                self._failing.pop(host, None)
            else:
                self._failing[host] = status

    def _hosts(self) -> dict[str, Site]:
        hosts: dict[str, Site] = {}
        for site in self._sites:
            hosts.setdefault(site.host, site)
        return hosts

    def _answer(self, host: str, target: str) -> Resource | int:
        with self._lock:
            if host in self._failing:
                return self._failing[host]
            make = self._pages.get(host, {}).get(route(target))
            if make is None:
                return 404
            known = self._made.get((host, route(target)))
            if known is None:
                known = self._made[host, route(target)] = make()
            return known

    def _publish(self) -> None:
        """Brings every site to the state after the steps that are done; nothing is rendered yet."""
        bases = self.bases
        names = {site.name: bases[host] + "/" for host, site in self._hosts().items()}
        with self._lock:
            self._made.clear()
            self._pages.clear()
            for site in reversed(self._sites):
                own = [entry for entry in self._by_site[site.key] if self._visible(entry)]
                changed = {entry.key: self._changed(entry) for entry in own}
                friends = {name: base for name, base in names.items() if name != site.name}
                pages = site_pages(site, [as_of(entry, self.done) for entry in own], changed, friends)
                self._pages.setdefault(site.host, {}).update(pages)

    def _visible(self, entry: Entry) -> bool:
        return entry.step is None or entry.step in self.done

    def _changed(self, entry: Entry) -> datetime:
        edits = [self._times[edit.step] for edit in entry.edits if edit.step in self.done]
        return max([entry.published, *edits])
