from __future__ import annotations

import contextlib
import gzip
import socket
import threading
import time
from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.robotparser import RobotFileParser

import pytest

from demo.world import CHINA, World

Get = Callable[..., Any]

ETAG = {"qingchuan", "citygov"}
MODIFIED = {"qingchuan", "yunze", "luzhou"}


def test_validators_are_those_of_each_site_and_answer_304(world: World, get: Get) -> None:
    for column in world.sites:
        first = get(column.url)
        assert ("etag" in first.headers) == (column.key in ETAG)
        assert ("last-modified" in first.headers) == (column.key in MODIFIED)
        if tag := first.headers.get("etag"):
            again = get(column.url, If_None_Match=tag)
            assert (again.status, again.body) == (304, b"")
            assert get(column.url, If_None_Match='"other"').status == 200
            assert get(column.url, If_None_Match=f'"x", W/{tag}').status == 304
        if moment := first.headers.get("last-modified"):
            assert get(column.url, If_Modified_Since=moment).status == 304
            assert get(column.url, If_Modified_Since="Mon, 01 Jan 2001 00:00:00 GMT").status == 200
            assert get(column.url, If_Modified_Since="no date").status == 200
        if column.key not in ETAG | MODIFIED:
            assert (
                get(column.url, If_None_Match="*", If_Modified_Since="Fri, 01 Jan 2100 00:00:00 GMT").status
                == 200
            )


def test_a_new_article_ends_the_304_of_its_column_and_of_no_other(world: World, get: Get) -> None:
    urls = {column.key: column.url for column in world.sites}
    tags = {key: get(urls[key]).headers["etag"] for key in ETAG}
    moments = {key: get(urls[key]).headers["last-modified"] for key in ("yunze", "luzhou")}
    world.advance_to("appear")
    assert all(get(urls[key], If_None_Match=tag).status == 200 for key, tag in tags.items())
    assert get(urls["luzhou"], If_Modified_Since=moments["luzhou"]).status == 200
    assert get(urls["yunze"], If_Modified_Since=moments["yunze"]).status == 304


def test_gzip_only_where_offered_and_asked_for(world: World, get: Get) -> None:
    plain, zipped = (get(world.sites[0].url, **h) for h in ({}, {"Accept_Encoding": "gzip, deflate"}))
    assert "content-encoding" not in plain.headers
    assert zipped.headers["content-encoding"] == "gzip"
    assert gzip.decompress(zipped.body) == plain.body
    assert "content-encoding" not in get(world.sites[1].url, Accept_Encoding="gzip").headers


def test_robots(world: World, get: Get) -> None:
    statuses = {host: get(f"{base}/robots.txt").status for host, base in world.bases.items()}
    assert statuses == {
        **dict.fromkeys(("qingchuan", "yunze", "industry", "citygov", "lanping"), 200),
        **dict.fromkeys(("luzhou", "mirror"), 404),
    }
    rules = RobotFileParser()
    rules.parse(get(f"{world.bases['citygov']}/robots.txt").body.decode().splitlines())
    own = [e for e in world.expected.values() if e.site == "citygov"]
    assert [e.key for e in own if not rules.can_fetch("anybody", e.url)] == ["citygov/internal"]
    assert [e.key for e in world.expected.values() if e.forbidden] == ["citygov/internal"]
    column = next(c for c in world.sites if c.key == "citygov")
    path = world.expected["citygov/internal"].url.removeprefix(world.bases["citygov"])
    assert path.encode() in get(column.url).body


def test_log(world: World, get: Get) -> None:
    base = world.bases["industry"]
    get(world.sites[0].url)
    seen = len(world.log)
    get(f"{base}/nothing/here?a=1", User_Agent="tester")
    get(world.sites[2].url, method="HEAD")
    missing, head = world.log.of("industry", since=seen)
    assert (missing.method, missing.path, missing.status) == ("GET", "/nothing/here?a=1", 404)
    assert missing.headers["user-agent"] == "tester"
    assert missing.client[0] == "127.0.0.1"
    assert missing.sent > 0
    assert 0 <= missing.ended - missing.started < 5
    assert (head.method, head.status, head.sent) == ("HEAD", 200, 0)
    assert world.log.of(status=404) == [missing]
    assert world.log.of("industry", path="/nothing/here?a=1") == [missing]
    assert world.log.of("yunze") == []
    assert list(world.log)[-1] == head


def test_log_tells_gaps_and_how_many_at_once(get: Get) -> None:
    with World(datetime.now(CHINA), latency=0.2) as slow:
        urls = [slow.sites[0].url, slow.sites[0].url, slow.sites[1].url]
        askers = [threading.Thread(target=get, args=(url,)) for url in urls]
        for asker in askers:
            asker.start()
        for asker in askers:
            asker.join()
        get(slow.sites[1].url)
        assert slow.log.at_once("qingchuan") == 2
        assert slow.log.at_once("yunze") == 1
        assert slow.log.gaps("yunze")[0] >= 0.2
        assert slow.log.gaps("qingchuan")[0] < 0.2


def test_failing_and_healing(world: World, get: Get) -> None:
    column = world.sites[5]
    world.fail("lanping", 500)
    assert get(column.url).status == 500
    assert get(world.sites[0].url).status == 200
    world.fail("lanping", None)
    assert get(column.url).status == 200


def test_stopping_does_not_wait_for_open_connections() -> None:
    world = World(datetime.now(CHINA)).start()
    host, port = world.bases["yunze"].removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=5) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        assert connection.recv(10_000)
        begun = time.monotonic()
        world.stop()
        assert time.monotonic() - begun < 2
        while connection.recv(65_536):
            continue
    with pytest.raises(OSError, match="refused"):
        socket.create_connection((host, int(port)), timeout=5)


def free_ports() -> int:
    """The first of seven ports in a row that nobody holds at this moment."""
    for base in range(21_000, 31_000, 7):
        with contextlib.ExitStack() as stack, contextlib.suppress(OSError):
            for port in range(base, base + 7):
                stack.enter_context(socket.socket()).bind(("127.0.0.1", port))
            return base
    raise AssertionError("no seven free ports")


def test_port_base_gives_following_ports_or_none() -> None:
    base = free_ports()
    with World(datetime.now(CHINA)).start(base) as world:
        assert [int(b.rpartition(":")[2]) for b in world.bases.values()] == list(range(base, base + 7))
        late = World(datetime.now(CHINA))
        with pytest.raises(OSError, match="in use"):
            late.start(base)
        assert late.bases == {}
