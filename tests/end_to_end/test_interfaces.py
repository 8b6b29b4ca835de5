"""Columns whose rows come through interfaces: taken on and crawled by the real command from real servers."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager

import pytest
from attrs import frozen
from sqlite_utils import Database

from tests.crawlers.families import (
    test_epoint,
    test_gkmlpt,
    test_hanweb,
    test_jpaas,
    test_nfcms,
    test_truecms,
    test_ucap,
)
from tests.support.commands import Done, Folder, here
from tests.support.httpserver import Site, serving
from tests.support.simulated import Reply, Simulated, posts, routes_of


def searched(count: int) -> Simulated:
    shown = posts(count)
    search = {f"/common/search/{test_ucap.CHANNEL}": test_ucap.interface(shown)}
    return Simulated({test_ucap.COLUMN: test_ucap.page("", test_ucap.WHOLE)}, search, shown, test_ucap.link)


def closed(path: str) -> Simulated:
    """An interface that robots.txt forbids."""
    site = test_epoint.site(30)
    site.pages["/robots.txt"] = Reply(f"User-agent: *\nDisallow: {path}\n", "text/plain")
    return site


COLUMNS: Mapping[str, tuple[Simulated, str]] = {
    "hanweb": (test_hanweb.site(65, test_hanweb.by_page), test_hanweb.COLUMN),
    "hanweb_posted": (test_hanweb.site(62, test_hanweb.by_records_when_posted), test_hanweb.COLUMN),
    "jpaas": (test_jpaas.site(17), test_jpaas.COLUMN),
    "truecms": (test_truecms.site(23, embedded=20), test_truecms.COLUMN),
    "epoint": (test_epoint.site(22), test_epoint.COLUMN),
    "gkmlpt": (test_gkmlpt.site(102), "/gkmlpt/index#2812"),
    "nfcms": (test_nfcms.site(17), test_nfcms.COLUMN),
    "ucap": (searched(17), test_ucap.COLUMN),
    "closed": (closed("/EWB-FRONT/"), test_epoint.COLUMN),
}


@frozen
class World:
    servers: dict[str, Site]
    added: dict[str, Done]
    crawled: Done
    database: Database


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder = here(tmp_path_factory.mktemp("interfaces"))
    with ExitStack() as stack:
        servers = {name: stack.enter_context(_served(site)) for name, (site, _) in COLUMNS.items()}
        added = _added(folder, servers)
        names = [name for name, done in added.items() if done.code == 0]
        yield World(servers, added, folder.run("crawl", *names, "--pages", 9), Database(folder.database))


@contextmanager
def _served(site: Simulated) -> Iterator[Site]:
    routes = routes_of(site)
    with serving(routes) as server:
        routes.server.append(server)
        yield server


def _added(folder: Folder, servers: Mapping[str, Site]) -> dict[str, Done]:
    """All columns taken on, by as many commands at the same time."""
    folder.run("init")
    started = {
        name: folder.start("add", servers[name].url + path, "--name", name, "--yes", "--json")
        for name, (_, path) in COLUMNS.items()
    }
    ended = {name: (process, *process.communicate(timeout=60)) for name, process in started.items()}
    return {
        name: Done(process.returncode, out.decode(), err.decode())
        for name, (process, out, err) in ended.items()
    }


@pytest.mark.parametrize("name", [name for name in COLUMNS if name != "closed"])
def test_every_row_is_listed_and_every_article_read(world: World, name: str) -> None:
    assert world.added[name].code == 0, world.added[name]
    site, server = COLUMNS[name][0], world.servers[name]
    rows = world.database.execute(
        "SELECT links.url, article_id FROM links JOIN sources ON sources.id = source_id WHERE name = ?",
        [name],
    ).fetchall()
    assert sorted(row[0] for row in rows) == sorted(server.url + site.link(one) for one in site.posts)
    assert all(row[1] for row in rows)


def test_the_crawl_went_without_a_failure(world: World) -> None:
    assert world.crawled.code == 0, world.crawled


@pytest.mark.parametrize("name", COLUMNS)
def test_each_site_saw_its_rules_asked_for_first_and_one_request_at_a_time(world: World, name: str) -> None:
    server = world.servers[name]
    assert server.paths()[0] == "/robots.txt"
    assert server.most_at_once == 1


def test_an_interface_that_robots_txt_forbids_is_not_asked(world: World) -> None:
    done = world.added["closed"]
    assert done.code == 1
    assert json.loads(done.out)["error"].startswith("robots")
    assert not [path for path in world.servers["closed"].paths() if path.startswith("/EWB-FRONT/")]


def test_a_list_that_is_posted_for_is_posted_for_again_without_its_frame(world: World) -> None:
    asked = [
        one for one in world.servers["epoint"].asked if one.path.startswith(("/EWB-FRONT/", "/dynamic/"))
    ]
    assert [one.method for one in asked if one.path.startswith("/dynamic/")] == ["GET"]
    assert {one.method for one in asked if one.path.startswith("/EWB-FRONT/")} == {"POST"}
    assert asked[-1].headers["Content-Type"] == "application/json"
    assert asked[-1].headers["Referer"].endswith(test_epoint.COLUMN)
