"""Columns of many kinds on a real server: taken on, walked to their end, nothing missed, nothing twice."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.commands import Folder, here, without_ours
from tests.support.entries import article, entries, items, page, pages_of
from tests.support.httpserver import Answer, Routes, Site, serving

ALL = entries(17)
SHOWN = pages_of(ALL, 6)
TOTAL = len(SHOWN)
ROOT = Path(__file__).parents[2]
XML = {"Content-Type": "application/octet-stream"}


def html(text: str) -> Answer:
    return Answer(text.encode())


def backward() -> Routes:
    """博达 VSB without links."""
    goto = f"<script>_simple_list_gotopage_fun({TOTAL},'u1_goto',2)</script>"
    bodies = [page(f"<ul>{items(shown, lambda one: f'/a/{one.number}.htm')}</ul>{goto}") for shown in SHOWN]
    return {
        "/zw/bmdt.htm": html(bodies[0]),
        **{f"/zw/bmdt/{TOTAL - n}.htm": html(body) for n, body in enumerate(bodies[1:], 1)},
    }


def framed() -> Routes:
    """A shell around a list that links on."""
    shell = page('<iframe src="/in/list.htm" width="100%"></iframe>').partition('<div class="side">')[0]
    lists = {}
    for n, shown in enumerate(SHOWN, 1):
        following = f'<a href="list_{n + 1}.htm">下一页</a>' if n < TOTAL else ""
        name = "/in/list.htm" if n == 1 else f"/in/list_{n}.htm"
        rows = items(shown, lambda one: f"/a/{one.number}.htm")
        lists[name] = html(page(f"<ul>{rows}</ul><div class='page'>{following}</div>"))
    return {"/shell/": html(shell), **lists}


def fed() -> Routes:
    """A feed under a content type that says nothing, in two portions."""
    routes = {}
    for n, shown in enumerate((ALL[:10], ALL[10:]), 1):
        link = (
            '<atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="next" href="/feed2.xml"/>'
            if n == 1
            else ""
        )
        rows = "".join(
            f"<item><title>{one.title}</title><link>/a/{one.number}.htm</link><pubDate>{one.day}</pubDate></item>"
            for one in shown
        )
        body = f'<?xml version="1.0"?><rss><channel><title>要闻</title>{link}{rows}</channel></rss>'
        routes["/feed.xml" if n == 1 else "/feed2.xml"] = Answer(body.encode(), headers=XML)
    return routes


KINDS = {"/zw/bmdt.htm": "vsb", "/shell/": "plain", "/feed.xml": "feed"}


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    articles = {f"/a/{one.number}.htm": html(article(one)) for one in ALL}
    more = '<a class="more" href="/zw/bmdt.htm">更多</a>'
    boxes = "".join(
        f"<div class='box'><div class='tit'><h2>{name}</h2>{more if n == 0 else ''}</div>"
        f"<ul>{items(shown, lambda one: f'/a/{one.number}.htm')}</ul></div>"
        for n, (name, shown) in enumerate(zip(("部门动态", "通知公告", "政府文件"), SHOWN, strict=True))
    )
    home = f"<html><head><meta charset='utf-8'><title>青禾县</title></head><body>{boxes}</body></html>"
    with serving({**backward(), **framed(), **fed(), **articles, "/": html(home)}) as served:
        yield served


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return here(tmp_path)


@pytest.mark.parametrize("path", KINDS)
def test_added_and_crawled_to_the_end(site: Site, folder: Folder, path: str) -> None:
    added = folder.run("add", site.url + path, "--yes", "--json").json
    assert (added["recipe"]["family"], added["error"]) == (KINDS[path], None)
    assert added["page_two"] > 0
    site.asked.clear()
    report = folder.run("crawl", "--pages", 99, "--json").json
    assert (report["new"], report["failures"]) == (17, [])
    asked = [one for one in site.paths() if one != "/robots.txt"]
    assert len(asked) == len(set(asked))
    assert "/shell/" not in asked


@pytest.mark.parametrize("path", KINDS)
def test_scrapy_crawl_column(site: Site, tmp_path: Path, path: str) -> None:
    out = tmp_path / "items.jsonl"
    knobs = {"GOVWATCH_ALLOW_PRIVATE": "1", "GOVWATCH_DELAY": "0", "GOVWATCH_DATA": str(tmp_path)}
    command = [
        sys.executable,
        "-m",
        "scrapy",
        "crawl",
        "column",
        "-a",
        f"url={site.url}{path}",
        "-a",
        "pages=99",
    ]
    done = subprocess.run(
        [*command, "-O", str(out)],
        cwd=ROOT,
        env=without_ours(os.environ) | knobs,
        capture_output=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    read = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    urls = [one["article"]["url"] for one in read if "article" in one]
    assert urls == [f"{site.url}/a/{one.number}.htm" for one in ALL]


def test_probe_follows_a_live_frame_and_says_where_it_was(site: Site, folder: Folder) -> None:
    found = folder.run("probe", site.url + "/shell/", "--json").json
    assert (found["url"], len(found["rows"])) == (site.url + "/in/list.htm", 6)
    assert found["elsewhere"] == [site.url + "/in/list.htm"]


@pytest.mark.parametrize("command", [("add", "--dry-run"), ("probe",)])
def test_a_home_page_names_its_columns(site: Site, folder: Folder, command: tuple[str, ...]) -> None:
    done = folder.run(command[0], site.url + "/", *command[1:], "--json")
    assert done.code == 1
    assert "choose one of its" in done.complaint
    assert done.json["candidates"][0]["url"] == site.url + "/zw/bmdt.htm"
    assert done.json["candidates"][0]["title"] == "部门动态"


def test_a_home_page_shows_its_columns_to_a_reader(site: Site, folder: Folder) -> None:
    shown = folder.run("add", site.url + "/", "--dry-run")
    assert (shown.code, "部门动态" in shown.out) == (1, True)
