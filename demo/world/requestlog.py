"""What the sites were asked, for tests and benchmarks to look at."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Iterable, Iterator, Mapping

from attrs import frozen


@frozen
class Request:
    """One request and its answer."""

    started: float
    """Seconds since the epoch when the request had been read."""
    ended: float
    """Seconds since the epoch when the answer was ready to be sent."""
    host: str
    """Key of the server (`Site.host`)."""
    method: str
    path: str
    """With query, as it came."""
    status: int
    headers: Mapping[str, str]
    """Request headers, names in lower case."""
    client: tuple[str, int]
    """Address and port of who asked: one connection keeps one port."""
    sent: int
    """Bytes of the answer's body."""


class RequestLog:
    """Grows from many threads; reading gives a copy."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._requests: list[Request] = []

    def __len__(self) -> int:
        return len(self._requests)

    def __iter__(self) -> Iterator[Request]:
        return iter(self.of())

    def add(self, request: Request) -> None:
        with self._lock:
            self._requests.append(request)

    def of(
        self, host: str | None = None, path: str | None = None, status: int | None = None, since: int = 0
    ) -> list[Request]:
        """Requests in the order of their answers; `since` leaves out that many from the beginning."""
        with self._lock:
            some = self._requests[since:]
        return [
            r
            for r in some
            if (host is None or r.host == host)
            and (path is None or r.path == path)
            and (status is None or r.status == status)
        ]

    def gaps(self, host: str) -> list[float]:
        """Seconds from the start of one request to the start of the next, at one host."""
        starts = sorted(request.started for request in self.of(host))
        return [later - earlier for earlier, later in itertools.pairwise(starts)]

    def at_once(self, host: str) -> int:
        """The most requests of one host that were being answered at the same moment."""
        return most_at_once(self.of(host))


def most_at_once(requests: Iterable[Request]) -> int:
    """The most requests that were being answered at the same moment."""
    moments = [(moment, step) for r in requests for moment, step in ((r.started, 1), (r.ended, -1))]
    now = most = 0
    for _, step in sorted(moments):
        now += step
        most = max(most, now)
    return most
