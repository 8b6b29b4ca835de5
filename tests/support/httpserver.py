"""A small web site on loopback that notes who asked for what, when, and over how many connections."""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise

from attrs import define, field, frozen

PAGE = "<html><head><title>栏目</title></head><body><a href='a.html'>关于做好防汛工作的通知</a></body></html>"


@frozen
class Answer:
    """What the site says to one request."""

    body: bytes = PAGE.encode()
    status: int = 200
    headers: Mapping[str, str] = field(factory=lambda: {"Content-Type": "text/html; charset=utf-8"})
    announced: int | None = None
    """Content-Length where it is not the true one; -1: none, the end of the connection ends the answer."""
    stalls: bool = False
    """Never comes to an end."""
    takes: float = 0.0
    """Seconds until the answer begins."""


@frozen
class Asked:
    """One request as it came."""

    method: str
    path: str
    at: float
    """Seconds on the monotonic clock."""
    headers: Message = field(repr=False)
    body: bytes
    connection: tuple[str, int]
    """The client's end."""


Routes = Mapping[str, Answer | Callable[[int], Answer]]
"""Path -> answer, or how to answer the n-th request (from 0). Other paths: 404.

`https:PATH` goes before PATH where a request came encrypted.
"""


@define
class Site:
    """A running site; `asked` grows as requests come."""

    url: str = ""
    """Without a slash at its end."""
    asked: list[Asked] = field(factory=list)
    most_at_once: int = 0
    """Requests under way at the same time, at most."""
    refused: int = 0
    """Handshakes that failed, as an old server counts them."""
    _busy: int = 0
    _lock: threading.Lock = field(factory=threading.Lock)
    came: threading.Event = field(factory=threading.Event)
    """Set with the first request."""
    closing: threading.Event = field(factory=threading.Event)

    def paths(self) -> list[str]:
        return [asked.path for asked in self.asked]

    def gaps(self) -> list[float]:
        """Seconds between one request and the next."""
        times = [asked.at for asked in self.asked]
        return [later - earlier for earlier, later in pairwise(times)]

    def begin(self, asked: Asked) -> int:
        """Notes the request; the number of earlier ones for the same path."""
        with self._lock:
            earlier = self.paths().count(asked.path)
            self.asked.append(asked)
            self._busy += 1
            self.most_at_once = max(self.most_at_once, self._busy)
            self.came.set()
        return earlier

    def end(self) -> None:
        with self._lock:
            self._busy -= 1


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Clients that hang up early are part of the tests."""


@contextmanager
def serving(
    routes: Routes, tls: ssl.SSLContext | None = None, kind: type[ThreadingHTTPServer] = _Server
) -> Iterator[Site]:
    """A site with `routes` on a free port of 127.0.0.1, over https with `tls` or with a `kind` of its own."""
    site = Site()
    server = kind(("127.0.0.1", 0), _handler(site, routes))
    server.site = site
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    site.url = f"{'https' if tls or kind is not _Server else 'http'}://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        site.closing.set()
        server.shutdown()
        server.server_close()
        thread.join()


def _handler(site: Site, routes: Routes) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True  # head and body are two writes; the second would wait 40 ms for an ACK

        def do_GET(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            body = self.rfile.read(length) if length else b""
            asked = Asked(
                self.command, self.path, time.monotonic(), self.headers, body, self.client_address
            )  # fmt: skip
            number = site.begin(asked)
            try:
                encrypted = isinstance(self.connection, ssl.SSLSocket)
                route = routes.get(f"https:{self.path}") if encrypted else None
                route = route or routes.get(self.path, Answer(b"", 404))
                self._send(route if isinstance(route, Answer) else route(number))
            finally:
                site.end()

        do_POST = do_GET

        def _send(self, answer: Answer) -> None:
            site.closing.wait(answer.takes)
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            if answer.announced is not None or answer.stalls:
                self.close_connection = True
            announced = len(answer.body) if answer.announced is None else answer.announced
            if announced >= 0 and answer.status != 304:
                self.send_header("Content-Length", str(announced + answer.stalls))
            self.end_headers()
            self.wfile.write(answer.body)
            if answer.stalls:
                site.closing.wait()

        def log_message(self, format: str, *args: object) -> None:
            """Quiet: the requests are in `site.asked`."""

    return Handler
