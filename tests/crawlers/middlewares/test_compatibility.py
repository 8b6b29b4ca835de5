"""Old servers on loopback are met half-way, each by as little as it needs, and what it took is told."""

from __future__ import annotations

import socket
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from typing import Any

import pytest
from attrs import frozen
from scrapy.exceptions import DownloadConnectionRefusedError
from scrapy.http import Response

from crawlers.items import Accommodation
from crawlers.middlewares.compatibility import CompatibilityMiddleware
from crawlers.requests import request_for
from tests.support import tls
from tests.support.fetchjob import fetched
from tests.support.httpserver import Answer, Site, serving

QUICK = {"RETRY_PAUSES": [], "DOWNLOAD_TIMEOUT": 3}
PAGE = {"/": Answer()}
NO = Answer(b"no", 403)
MOVED = Answer(b"", 301, {"Location": "https://127.0.0.1:1/"})


@frozen
class World:
    """Sites of every kind, and what came of asking each over https; all in one process."""

    sites: Mapping[str, Site]
    outcomes: Mapping[str, dict[str, Any]]
    later: list[dict[str, Any]]
    """Further pages of the site that speaks no https."""
    down: dict[str, Any]

    def page(self, name: str) -> dict[str, Any]:
        found: dict[str, Any] = self.outcomes[name]["page"]
        return found

    def needed(self, name: str) -> dict[str, str]:
        return dict(self.page(name)["needed"])


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folders = (tmp_path_factory.mktemp(name) for name in ("known", "named", "strange"))
    known, strange = tls.authority(next(folders)), tls.authority(next(folders))
    elsewhere = tls.authority(next(folders), made_out_to="127.0.0.2")
    trusted = known.trusted.with_name("all.pem")
    trusted.write_bytes(known.trusted.read_bytes() + elsewhere.trusted.read_bytes())
    with ExitStack() as stack:
        run = stack.enter_context
        sites = {
            "usual": run(serving(PAGE, tls.usual(known))),
            "legacy": run(serving(PAGE, kind=tls.old_server(known, "legacy"))),
            "curve": run(serving(PAGE, kind=tls.old_server(known, "curve"))),
            "legacy and curve": run(serving(PAGE, kind=tls.old_server(known, "legacy", "curve"))),
            "short key": run(serving(PAGE, tls.short_dh(known))),
            "TLS 1.0": run(serving(PAGE, tls.tls_1_0(known))),
            "short key of a stranger": run(serving(PAGE, tls.short_dh(strange))),
            "legacy for another name": run(serving(PAGE, kind=tls.old_server(elsewhere, "legacy"))),
            "http only": run(serving({path: Answer() for path in ("/", "/a", "/b")})),
            "forbids https": run(
                serving({"https:/": NO, "https:/robots.txt": NO, **PAGE}, kind=tls.either(known))
            ),
            "forbids both": run(serving({"/": NO}, kind=tls.either(known))),
            "leads back": run(serving({"/": MOVED, "/robots.txt": Answer(b"", 404)})),
            "either, of a stranger": run(serving(PAGE, kind=tls.either(strange))),
        }
        addresses = [over_https(site.url) for site in sites.values()]
        only = over_https(sites["http only"].url)
        env = {"GOVWATCH_ALLOW_PRIVATE": "1", "GOVWATCH_DELAY": "0", "SSL_CERT_FILE": str(trusted)}
        steps = [f"{url}/" for url in (*addresses, f"https://127.0.0.1:{closed_port()}")]
        outcomes = fetched([*steps, f"{only}/a", f"{only}/b"], env=env, knobs=QUICK)
        named = dict(zip(sites, outcomes, strict=False))
        yield World(sites, named, outcomes[-2:], outcomes[len(sites)])


def over_https(url: str) -> str:
    return "https:" + url.partition(":")[2]


def closed_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port: int = closed.getsockname()[1]
        return port


@pytest.mark.parametrize(
    ("name", "needed"),
    [
        ("usual", {}),
        ("legacy", {"tls_legacy": "unsafe legacy renegotiation disabled"}),
        ("curve", {"tls_curve": "bad ecpoint"}),
        (
            "legacy and curve",
            {"tls_legacy": "unsafe legacy renegotiation disabled", "tls_curve": "bad ecpoint"},
        ),
        ("short key", {"tls_dh": "dh key too small"}),
        ("TLS 1.0", {"tls_version": "tlsv1 alert protocol version"}),
    ],
)
def test_a_server_is_asked_as_it_needs_it(world: World, name: str, needed: dict[str, str]) -> None:
    assert world.page(name)["status"] == 200
    assert world.needed(name) == needed
    assert world.sites[name].paths() == ["/robots.txt", "/"]


@pytest.mark.parametrize(
    "name", ["short key of a stranger", "legacy for another name", "either, of a stranger"]
)
def test_a_wrong_certificate_stays_refused_and_leads_to_no_http(world: World, name: str) -> None:
    assert world.outcomes[name]["kind"] == "tls"
    assert world.sites[name].asked == []


def test_where_https_is_dead_http_is_asked_and_remembered(world: World) -> None:
    site = world.sites["http only"]
    pages = [world.page("http only"), *(outcome["page"] for outcome in world.later)]
    assert [page["url"] for page in pages] == [site.url + path for path in ("/", "/a", "/b")]
    assert {kind for page in pages for kind, _ in page["needed"]} == {"http"}
    assert world.needed("http only")["http"].startswith("tls_handshake over https: ")


def test_a_site_that_forbids_https_and_shows_everything_over_http(world: World) -> None:
    assert world.page("forbids https")["url"].startswith("http://")
    assert world.needed("forbids https") == {"http": "http_403 over https: HTTP status 403"}


def test_a_site_that_forbids_both_is_told_as_forbidding(world: World) -> None:
    assert world.outcomes["forbids both"]["kind"] == "http_403"


def test_http_that_leads_to_dead_https_is_told_by_what_failed(world: World) -> None:
    assert world.outcomes["leads back"]["kind"] == "refused"


def test_a_site_that_is_down_altogether_is_told_by_the_way_that_was_asked_for(world: World) -> None:
    detail = "the connection was refused; over http: the connection was refused"
    assert (world.down["kind"], world.down["detail"].startswith(detail)) == ("refused", True)


def test_what_was_remembered_and_helps_no_longer_is_forgotten() -> None:
    middleware = CompatibilityMiddleware()
    known = Accommodation("www.qinghe.gov.cn", "http", "refused over https: the connection was refused")
    request = request_for("https://www.qinghe.gov.cn/zwdt/", meta={"accommodations": (known,)})
    plain = middleware.process_request(request)
    assert plain is not None
    assert plain.url == "http://www.qinghe.gov.cn/zwdt/"
    assert middleware.process_request(plain) is None
    again = middleware.process_exception(plain, DownloadConnectionRefusedError())
    assert again is not None
    assert again.url == request.url
    again.meta.pop("accommodations")
    assert middleware.process_request(again) is None
    answered = middleware.process_response(again, Response(again.url, status=200))
    assert isinstance(answered, Response)
    assert {one.kind for one in again.meta["accommodated"]} == {"https"}
