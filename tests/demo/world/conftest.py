from __future__ import annotations

import http.client
from collections.abc import Callable, Iterator
from datetime import datetime
from urllib.parse import urlsplit

import pytest
from attrs import frozen

from demo.world import CHINA, World

NOW = datetime(2026, 9, 12, 14, 30, 25, 500_000, CHINA)


@frozen
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


Get = Callable[..., Answer]


@pytest.fixture
def world() -> Iterator[World]:
    with World(NOW) as running:
        yield running


@pytest.fixture
def get() -> Get:
    """Asks once, follows nothing, raises on nothing."""

    def ask(url: str, method: str = "GET", **headers: str) -> Answer:
        parts = urlsplit(url)
        connection = http.client.HTTPConnection(parts.netloc, timeout=5)
        try:
            target = parts.path + (f"?{parts.query}" if parts.query else "")
            names = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, target or "/", headers=names)
            response = connection.getresponse()
            return Answer(
                response.status, {k.lower(): v for k, v in response.headers.items()}, response.read()
            )
        finally:
            connection.close()

    return ask
