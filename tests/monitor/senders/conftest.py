"""A server that understands nothing and says so, word for word."""

from __future__ import annotations

import socketserver
from collections.abc import Callable, Iterator
from threading import Thread

import pytest


class _Echo(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        self.wfile.write(b"220 echo\r\n")
        for line in self.rfile:
            if line.startswith(b"ehlo"):
                self.wfile.write(b"250-echo\r\n250 AUTH PLAIN\r\n")
            else:
                self.wfile.write(b'500 unrecognized command "' + line.strip() + b'"\r\n')


@pytest.fixture
def echoing() -> Iterator[Callable[[], int]]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Echo) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield lambda: int(server.server_address[1])
        server.shutdown()
        thread.join()
