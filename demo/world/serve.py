"""HTTP on loopback: one threading server for each site, with validators, gzip, robots and a log."""

from __future__ import annotations

import gzip
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC
from email.utils import format_datetime, parsedate_to_datetime
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from attrs import frozen

from demo.world.model import Resource, Site
from demo.world.requestlog import Request, RequestLog

Answer = Callable[[str], "Resource | int"]
"""From a path with query to what is there, or to the status of an error."""

_ERROR = "<html><head><title>{status}</title></head><body><h1>{text}</h1></body></html>"
_TEXTS = {404: "您访问的页面不存在或已删除", 503: "服务器维护中，请稍后再试"}


@frozen
class Reply:
    status: int
    headers: dict[str, str]
    body: bytes


def reply(site: Site, found: Resource | int, asked: dict[str, str]) -> Reply:
    """The whole answer to one request; `asked` are its headers, names in lower case."""
    if isinstance(found, int):
        text = _ERROR.format(status=found, text=_TEXTS.get(found, "出错了")).encode(site.charset)
        headers = {"Content-Type": site.content_type} | ({"Retry-After": "2"} if found == 503 else {})
        return Reply(found, headers, text)
    headers = validators(site, found)
    if _unchanged(headers, asked):
        return Reply(304, headers, b"")
    body = found.body
    if site.gzip and "gzip" in asked.get("accept-encoding", "") and found.content_type.startswith("text/"):
        body = gzip.compress(body, mtime=0)
        headers["Content-Encoding"] = "gzip"
    return Reply(200, headers | {"Content-Type": found.content_type}, body)


def validators(site: Site, resource: Resource) -> dict[str, str]:
    """ETag and Last-Modified as far as this site's server gives them."""
    headers = {}
    if site.validators in ("both", "etag"):
        headers["ETag"] = f'"{sha256(resource.body).hexdigest()[:16]}"'
    if site.validators in ("both", "modified"):
        headers["Last-Modified"] = format_datetime(resource.modified.astimezone(UTC), usegmt=True)
    return headers


def _unchanged(headers: dict[str, str], asked: dict[str, str]) -> bool:
    """RFC 9110: If-None-Match decides where it is given, otherwise If-Modified-Since."""
    if "if-none-match" in asked:
        known = [tag.strip().removeprefix("W/") for tag in asked["if-none-match"].split(",")]
        return headers.get("ETag") in known
    if "if-modified-since" in asked and "Last-Modified" in headers:
        try:
            since = parsedate_to_datetime(asked["if-modified-since"])
        except ValueError:
            return False
        return parsedate_to_datetime(headers["Last-Modified"]) <= since
    return False


class _Server(ThreadingHTTPServer):
    """Closes the connections that clients keep open, so that stopping never waits for a client."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 64

    def __init__(self, port: int, site: Site, answer: Answer, log: RequestLog, latency: float) -> None:
        self.open: set[socket.socket] = set()
        self.site, self.answer, self.log, self.latency = site, answer, log, latency
        super().__init__(("127.0.0.1", port), _Handler)

    def process_request(self, request: Any, client_address: Any) -> None:
        self.open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        self.open.discard(request)
        super().shutdown_request(request)

    def server_close(self) -> None:
        super().server_close()
        for connection in list(self.open):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)


class _Handler(BaseHTTPRequestHandler):
    """One request after the other of one connection."""

    server: _Server
    protocol_version = "HTTP/1.1"
    server_version, sys_version = "Apache-Coyote/1.1", ""
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        started = time.time()
        time.sleep(self.server.latency)
        asked = {name.lower(): value for name, value in self.headers.items()}
        made = reply(self.server.site, self.server.answer(self.path), asked)
        body = b"" if self.command == "HEAD" else made.body
        # Logged before it is sent: whoever has read an answer finds it in the log.
        self.server.log.add(
            Request(
                started=started,
                ended=time.time(),
                host=self.server.site.host,
                method=self.command,
                path=self.path,
                status=made.status,
                headers=asked,
                client=self.client_address,
                sent=len(body),
            )
        )
        self._send(made, body)

    do_HEAD = do_GET

    def _send(self, made: Reply, body: bytes) -> None:
        self.send_response(made.status)
        for name, value in made.headers.items():
            self.send_header(name, value)
        if made.status != 304:
            self.send_header("Content-Length", str(len(made.body)))
        self.end_headers()
        self.wfile.write(body)

    def handle(self) -> None:
        # A client that goes away in the middle (killed crawler, stopped world) is no error here.
        with suppress(ConnectionError):
            super().handle()

    def log_message(self, format: str, *args: Any) -> None:
        """Silent: the request log has it."""


class SiteServer:
    """One site on a port of 127.0.0.1, in threads of its own; `port` 0 takes a free one."""

    def __init__(
        self, site: Site, answer: Answer, log: RequestLog, *, port: int = 0, latency: float = 0
    ) -> None:
        self._http = _Server(port, site, answer, log, latency)
        self._thread = threading.Thread(
            target=self._http.serve_forever,
            kwargs={"poll_interval": 0.05},
            name=f"site {site.host}",
            daemon=True,
        )
        self._thread.start()

    @property
    def base(self) -> str:
        """`http://127.0.0.1:PORT`, without slash at the end."""
        return f"http://127.0.0.1:{self._http.server_port}"

    def stop(self) -> None:
        """Ends within a tenth of a second, whoever is still connected."""
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()
