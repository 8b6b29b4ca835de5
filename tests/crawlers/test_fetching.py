"""Fetching for real, from a loopback server: what comes back, and what each thing that fails is called."""

from __future__ import annotations

import gzip
import json
import signal
import socket
import ssl
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.support.fetchjob import fetched, started
from tests.support.httpserver import PAGE, Answer, Routes, Site, serving

DAY = "Sun, 22 Nov 2026 01:00:00 GMT"
HTML = {"Content-Type": "text/html; charset=utf-8"}
HERE = {"GOVWATCH_ALLOW_PRIVATE": "1", "GOVWATCH_DELAY": "0", "GOVWATCH_CONTACT": "keeper@example.org"}
QUICK = {"RETRY_PAUSES": [0.2, 0.4], "DOWNLOAD_TIMEOUT": 1.5}


def moved(to: str, **headers: str) -> Answer:
    return Answer(b"", 302, {"Location": to, **headers})


def after(failures: int, answer: Answer) -> Routes:
    return {"/": lambda number: Answer() if number >= failures else answer}


def bomb() -> Answer:
    return Answer(gzip.compress(b"\0" * (64 << 20), 6), 200, {**HTML, "Content-Encoding": "gzip"})


SITES: dict[str, Routes] = {
    "plain": {"/": Answer(headers={**HTML, "ETag": '"v1"', "Last-Modified": DAY})},
    "unchanged": {"/": Answer(b"", 304)},
    "crowded": {path: Answer(takes=0.05) for path in ("/", "/1", "/2", "/3", "/4")},
    "moved": {"/": moved("/new"), "/new": Answer()},
    "circle": {"/": moved("/b"), "/b": moved("/")},
    "cookie": {"/": lambda number: Answer() if number else moved("/", **{"Set-Cookie": "seen=1"})},
    "posted": {"/": Answer()},
    "recovers": after(2, Answer(b"", 503)),
    "broken": {"/": Answer(b"", 500)},
    "asks a pause": {**after(1, Answer(b"", 503, {"Retry-After": "1"})), "/other": Answer(takes=0.1)},
    "asks too long a pause": {"/": Answer(b"", 503, {"Retry-After": "3600"})},
    "too many requests": {"/": Answer(b"", 429)},
    "gone": {"/": Answer(b"gone", 410)},
    "forbidden": {"/": Answer(b"no", 403)},
    "challenge": {"/": Answer(b"<script>$_ts=window['$_ts'];</script>", 412)},
    "bomb": {"/": bomb()},
    "announced giant": {"/": Answer(announced=50 << 20)},
    "giant": {"/": Answer(b"<p>x</p>" * (21 << 17), announced=-1)},
    "stalls": {"/": Answer(stalls=True)},
    "hangs up": {"/": Answer(announced=5000)},
    "bad gzip": {"/": Answer(b"\x1f\x8b\x08nonsense", 200, {**HTML, "Content-Encoding": "gzip"})},
    "odd charset": {"/": Answer(headers={"Content-Type": "text/html; charset=klingon"})},
    "no type": {"/": Answer(headers={})},
    "pdf": {"/": Answer(b"%PDF-1.7 ...", headers={"Content-Type": "application/pdf"})},
    "empty": {"/": Answer(b"")},
    "refresh": {
        "/": Answer(b"<meta http-equiv='refresh' content='0; url=/index/'>"), "/index/": Answer(),
    },
}  # fmt: skip


class World:
    """Every site of `SITES`, and what came of fetching its first page."""

    def __init__(self, sites: dict[str, Site], outcomes: dict[str, Any], other: Any, dead: Any) -> None:
        self.sites, self.outcomes, self.other, self.dead = sites, outcomes, other, dead


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    with ExitStack() as stack:
        sites = {name: stack.enter_context(serving(routes)) for name, routes in SITES.items()}
        steps: list[dict[str, Any]] = [{"url": site.url + "/"} for site in sites.values()]
        names = list(sites)
        steps[names.index("unchanged")] |= {"etag": '"v1"', "last_modified": DAY}
        steps[names.index("posted")] |= {"method": "POST", "body": '{"pageIndex": 2}'}
        extra: list[dict[str, Any]] = [
            {"url": sites["asks a pause"].url + "/other"},
            {"url": f"http://127.0.0.1:{free_port()}/"},
            *({"url": f"{sites['crowded'].url}/{number}"} for number in range(1, 5)),
        ]
        results = fetched(steps + extra, env=HERE, knobs=QUICK)
        outcomes = dict(zip(names, results, strict=False))
        yield World(sites, outcomes, *results[len(names) : len(names) + 2])


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def test_a_page_comes_with_what_was_said_of_it(world: World) -> None:
    assert world.outcomes["plain"]["page"] == {
        "url": world.sites["plain"].url + "/", "status": 200, "length": len(PAGE.encode()),
        "requested_url": None, "content_type": "text/html; charset=utf-8",
        "etag": '"v1"', "last_modified": DAY, "needed": [],
    }  # fmt: skip


def test_without_a_delay_a_site_still_sees_one_request_at_a_time(world: World) -> None:
    site = world.sites["crowded"]
    assert len(site.asked) == 6
    assert site.most_at_once == 1


def test_the_visitor_says_who_it_is(world: World) -> None:
    headers = world.sites["plain"].asked[-1].headers
    assert headers["User-Agent"] == "govwatch/0.1 (+keeper@example.org)"
    assert headers["Accept-Language"].startswith("zh-CN")
    assert "gzip" in headers["Accept-Encoding"]


@pytest.mark.parametrize(
    ("name", "kind", "requests"),
    [
        ("circle", "redirect_loop", 6),
        ("broken", "http_5xx", 3),
        ("asks too long a pause", "http_5xx", 1),
        ("too many requests", "http_429", 3),
        ("gone", "http_404", 1),
        ("forbidden", "http_403", 1),
        ("challenge", "js_challenge", 1),
        ("bomb", "too_large", 1),
        ("announced giant", "too_large", 1),
        ("giant", "too_large", 1),
        ("stalls", "timeout", 3),
        ("hangs up", "truncated", 3),
        ("bad gzip", "truncated", 1),
        ("pdf", "not_html", 1),
        ("empty", "empty", 1),
    ],
)
def test_what_fails_is_named_and_retried_only_where_that_may_help(
    world: World, name: str, kind: str, requests: int
) -> None:
    assert world.outcomes[name].get("kind") == kind, world.outcomes[name]
    assert "\n" not in world.outcomes[name]["detail"]
    assert len([path for path in world.sites[name].paths() if path != "/robots.txt"]) == requests


def test_nobody_listening_is_refused(world: World) -> None:
    assert world.dead["kind"] == "refused"


@pytest.mark.parametrize(("name", "path"), [("moved", "/new"), ("refresh", "/index/")])
def test_a_redirect_is_followed_and_both_addresses_are_kept(world: World, name: str, path: str) -> None:
    page = world.outcomes[name]["page"]
    assert page["url"] == world.sites[name].url + path
    assert page["requested_url"] == world.sites[name].url + "/"


def test_a_site_that_sets_a_cookie_and_redirects_to_itself_is_read(world: World) -> None:
    assert world.outcomes["cookie"]["page"]["status"] == 200
    assert world.sites["cookie"].asked[-1].headers["Cookie"] == "seen=1"


def test_validators_are_sent_and_a_304_comes_back(world: World) -> None:
    headers = world.sites["unchanged"].asked[-1].headers
    assert (headers["If-None-Match"], headers["If-Modified-Since"]) == (
        '"v1"',
        DAY,
    )
    assert world.outcomes["unchanged"]["page"]["status"] == 304


def test_the_next_page_may_be_posted_for(world: World) -> None:
    asked = world.sites["posted"].asked[-1]
    assert (asked.method, asked.body) == ("POST", b'{"pageIndex": 2}')
    assert asked.headers["Content-Type"] == "application/json"


def test_it_is_tried_again_after_growing_pauses(world: World) -> None:
    assert world.outcomes["recovers"]["page"]["status"] == 200
    first, second = world.sites["recovers"].gaps()[1:]
    assert first >= 0.19
    assert second >= 0.39


def test_retry_after_is_honoured_for_the_whole_site(world: World) -> None:
    asked = world.sites["asks a pause"].asked
    refused = next(request.at for request in asked if request.path == "/")
    again = [request.at for request in asked if request.path == "/"][1]
    assert again - refused >= 0.99
    assert world.other["page"]["status"] == 200


@pytest.mark.parametrize("name", ["odd charset", "no type"])
def test_odd_headers_do_no_harm(world: World, name: str) -> None:
    page = world.outcomes[name]["page"]
    assert page["length"] == len(PAGE.encode())
    assert page["content_type"] == SITES[name]["/"].headers.get("Content-Type")


def test_addresses_that_are_none_are_said_to_be_none() -> None:
    steps = ["ftp://example.org/a", "file:///etc/passwd", "www.example.org", "http://", "http://[::1/", ""]
    *outcomes, unknown = fetched([*steps, "http://www.nowhere.gov.cn/"])
    assert [outcome["kind"] for outcome in outcomes] == ["bad_address"] * len(steps)
    assert unknown["kind"] == "dns"


def test_private_networks_are_out_of_bounds_also_behind_a_redirect_and_a_name() -> None:
    with serving({"/secret": Answer()}) as private:
        port = private.url.rpartition(":")[2]
        routes = {
            "http://news.example.cn/away": moved(private.url + "/secret"),
            "http://news.example.cn/cloud": moved("http://169.254.169.254/latest/meta-data/"),
            "http://news.example.cn/named": moved(f"http://inside.example.cn:{port}/secret"),
            "http://news.example.cn/": Answer(),
        }
        with serving(routes) as proxy:
            steps = ["http://news.example.cn/", *list(routes)[:3]]
            steps += [f"http://{host}:{port}/secret" for host in ("127.0.0.1", "localhost", "127.1", "[::1]")]
            env = {"http_proxy": proxy.url, "no_proxy": "inside.example.cn", "GOVWATCH_DELAY": "0"}
            page, *others = fetched(steps, env=env, dns={"inside.example.cn": "127.0.0.1"})
        assert page["page"]["status"] == 200
        assert [outcome["kind"] for outcome in others] == ["private_address"] * 7
        assert private.asked == []


def self_signed(folder: Path) -> ssl.SSLContext:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "elsewhere.example.cn")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    (folder / "site.pem").write_bytes(pem + certificate.public_bytes(serialization.Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "site.pem")
    return context


def test_a_certificate_is_checked_unless_the_source_says_otherwise(tmp_path: Path) -> None:
    with serving({"/": Answer()}, self_signed(tmp_path)) as site:
        [refused] = fetched([site.url + "/"], env=HERE)
        assert (refused["kind"], site.asked) == ("tls", [])
        assert refused["detail"].startswith("certificate verify failed")
        [accepted] = fetched([site.url + "/"], env=HERE, verify_tls=False)
        assert accepted["page"]["status"] == 200
        assert site.paths() == ["/robots.txt", "/"]


def test_an_error_of_the_job_comes_out_as_it_is() -> None:
    assert fetched([], breaks="nothing there") == [{"raised": "nothing there"}]


def test_an_interrupt_ends_a_fetch_that_hangs() -> None:
    with serving({"/robots.txt": Answer(stalls=True)}) as site:
        process = started(HERE)
        assert process.stdin
        wishes = {
            "steps": [{"url": site.url + "/"}],
            "knobs": {},
            "dns": {},
            "verify_tls": True,
            "breaks": None,
        }
        process.stdin.write(json.dumps(wishes))
        process.stdin.close()
        process.stdin = None
        assert site.came.wait(20)
        process.send_signal(signal.SIGINT)
        assert process.communicate(timeout=8) == ("interrupted", "")
