"""Columns that only a browser shows, with a real Chromium: watched, politely, where it was asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.browser import needs_chromium, shell
from tests.support.commands import Folder, here
from tests.support.entries import entries, pages_of
from tests.support.httpserver import Answer, serving

ALL = entries(9)
ADDRESSES = {f"/a/{one.number}.htm" for one in ALL}
PLAIN = frozenset(range(1, 10)) - {4, 8, 9}


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return here(tmp_path)


@needs_chromium
def test_watched_to_its_end_and_on(folder: Folder) -> None:
    old = ALL[1:]
    routes = dict(shell(pages_of(old, 4), plain=PLAIN))
    with serving(routes) as site:
        added = folder.run("add", site.url + "/hjyw/", "--browser", "--yes", "--json").json
        assert (added["error"], added["page_two"], len(added["rows"])) == (None, 4, 4)
        assert [check["problems"] for check in added["articles"]] == [[], [], []]
        site.asked.clear()
        first = folder.run("crawl", "--pages", 9, "--json").json
        assert (first["new"], first["failures"]) == (8, [])
        # Those that are shells are rendered without being asked for again.
        asked = site.paths()
        assert {path: asked.count(path) for path in ADDRESSES if path in asked} == dict.fromkeys(
            (f"/a/{one.number}.htm" for one in old), 1
        )
        assert not {"/logo.png", "/a.css"} & set(asked)
        assert site.most_at_once == 1
        routes |= shell(pages_of(ALL, 4), plain=PLAIN)
        second = folder.run("crawl", "环境要闻", "--json").json
        assert (second["new"], second["failures"]) == (1, [])
    texts = folder.run("search", "号工作已经部署", "--limit", 20, "--json").json["hits"]
    assert {one["title"] for one in texts} == {one.title for one in ALL}
    assert "(in a browser)" in " ".join(folder.run("sources", "list").out.split())


@needs_chromium
def test_the_shell_alone_is_no_column_and_says_so(folder: Folder) -> None:
    with serving(shell(pages_of(ALL, 4))) as site:
        done = folder.run("add", site.url + "/hjyw/", "--yes")
    assert done.code == 1
    assert "--browser" in done.err


@needs_chromium
def test_robots_hold_for_what_a_script_asks_for(folder: Folder) -> None:
    rules = {"/robots.txt": Answer(b"User-agent: *\nDisallow: /inner/\n")}
    with serving({**shell(pages_of(ALL, 4)), **rules}) as site:
        done = folder.run("add", site.url + "/hjyw/", "--browser", "--yes")
        assert (done.code, [path for path in site.paths() if "inner" in path]) == (1, [])


@needs_chromium
def test_the_delay_holds_for_what_a_script_asks_for(tmp_path: Path) -> None:
    with serving(shell(pages_of(ALL[:4], 4))) as site:
        folder = here(tmp_path, delay=0.5)
        assert folder.run("add", site.url + "/hjyw/", "--browser", "--yes").code == 0
        assert min(site.gaps()) > 0.3
        assert {asked.headers["User-Agent"] for asked in site.asked} == {"govwatch/0.1"}


@needs_chromium
def test_a_challenge_is_not_run(folder: Folder) -> None:
    challenge = (
        "<html><head><script>document.cookie='__jsl_clearance=1';new Image().src='/solved';"
        "var x=new XMLHttpRequest();x.open('GET','/solved');x.send()</script></head></html>"
    )
    with serving({"/hjyw/": Answer(challenge.encode())}) as site:
        done = folder.run("add", site.url + "/hjyw/", "--browser", "--yes")
        assert "js_challenge" in done.complaint
        assert site.paths() == ["/robots.txt", "/hjyw/"]


def test_without_a_browser_it_is_said_what_is_lacking(tmp_path: Path) -> None:
    folder = here(tmp_path, chromium="/nowhere/chromium")
    with serving(shell(pages_of(ALL, 4))) as site:
        done = folder.run("add", site.url + "/hjyw/", "--browser", "--yes")
    assert done.code == 1
    assert "browser: there is no /nowhere/chromium: install it" in done.complaint


def test_a_watched_column_fails_visibly_when_the_browser_is_gone(tmp_path: Path) -> None:
    folder = here(tmp_path, chromium="/nowhere/chromium")
    with serving(shell(pages_of(ALL, 4))) as site:
        toml = f'[[source]]\nname = "要闻"\nurl = "{site.url}/hjyw/"\nbrowser = true\n'
        (tmp_path / "s.toml").write_text(toml, "utf-8")
        assert folder.run("sources", "import", "s.toml", "--no-check").code == 0
        report = folder.run("crawl", "--json").json
    assert [failure["kind"] for failure in report["failures"]] == ["browser"]
    assert folder.run("sources", "export").out.count("browser = true") == 1
