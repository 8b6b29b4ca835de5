"""Columns by the dozen: imported from lists, OPML, TOML and packs, and verified, in one process each."""

from __future__ import annotations

import signal
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.support.columns import column, everything, moved, page
from tests.support.commands import Folder, came_to_pass, here, watched
from tests.support.httpserver import Answer, Routes, Site, serving
from tests.support.smtp import free_port

RSS = (
    """<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>清溪县公告</title>
<link>{0}/</link>"""
    + "".join(
        f"<item><title>清溪县召开第{number}次环保督察整改推进会议</title><link>{{0}}/art/{number}.html</link>"
        f"<pubDate>Mon, {number + 1:02} Nov 2026 01:30:00 GMT</pubDate></item>"
        for number in range(5)
    )
    + "</channel></rss>"
)


@contextmanager
def sites(count: int, routes: Routes) -> Iterator[list[Site]]:
    with ExitStack() as stack:
        yield [stack.enter_context(serving(routes)) for _ in range(count)]


def listed(folder: Folder, name: str, lines: str) -> Path:
    (folder.path / name).write_text(lines, "utf-8")
    return Path(name)


def states(folder: Folder) -> dict[str, str]:
    return {one["name"]: one["state"] for one in folder.run("sources", "list", "--json").json["sources"]}


def test_thirty_addresses_of_which_many_are_dead(tmp_path: Path) -> None:
    folder = here(tmp_path)
    dead = f"http://127.0.0.1:{free_port()}"
    with sites(9, everything()) as served:
        lines = ["# 三十个栏目"]
        for number, site in enumerate(served):
            lines += [f"{site.url}/list/\t栏目{number}", f"{site.url}/gone", f"{site.url}/article 文章"]
        lines += [f"{dead}/a/", f"{dead}/b/", "www.example.org/x/"]
        file = listed(folder, "list.txt", "\n".join(lines))
        done = folder.run("sources", "import", file, "--json", impatient=True)
        again = folder.run("sources", "import", file, impatient=True)
    report = done.json
    assert done.code == 1
    assert (report["taken"], report["known"], report["failed"], report["not_looked_at"]) == (9, 0, 21, 0)
    kinds = Counter(one["kind"] for one in report["sources"])
    assert kinds == {None: 9, "http_404": 9, "no_rows": 9, "refused": 2, "bad_address": 1}
    assert [one["asked"] for one in report["sources"]] == [line.split()[0] for line in lines[1:]]
    taken = [one for one in report["sources"] if one["outcome"] == "taken"]
    assert all((one["rows"], one["state"]) == (12, "healthy") and one["confidence"] > 0.7 for one in taken)
    assert states(folder) == {f"栏目{number}": "healthy" for number in range(9)}
    assert sum("article: no column" in line for line in done.err.splitlines()) == 9
    assert again.code == 1
    assert again.out == "0 sources taken from list.txt, 9 known already, 21 failed\n"
    for number, site in enumerate(served):
        assert f"source '栏目{number}' has that address already: {site.url}/list/" in again.err
        assert site.most_at_once == 1
        assert site.paths().count("/robots.txt") == 2


def test_sites_are_looked_at_side_by_side_each_with_its_delay(tmp_path: Path) -> None:
    folder = here(tmp_path, delay=0.4)
    slow = {path: Answer(a.body, a.status, a.headers, takes=0.1) for path, a in column().items()}
    with sites(6, {**slow, "/more/": slow["/list/"]}) as served:
        lines = "\n".join(f"{site.url}/list/\n{site.url}/more/" for site in served)
        done = folder.run("sources", "import", listed(folder, "list.txt", lines), "--json")
    assert (done.code, done.json["taken"]) == (0, 12)
    for site in served:
        assert site.most_at_once == 1
        assert min(site.gaps()) >= 0.37, "as the server sees it: some milliseconds of its own"
    starts = [site.asked[0].at for site in served]
    ends = [site.asked[-1].at for site in served]
    assert max(starts) < min(ends), "one site after the other"


def test_names_are_those_of_the_file_or_of_the_columns(tmp_path: Path) -> None:
    folder = here(tmp_path)
    odd = {"/other/": moved("/list/"), "/second/": column()["/list/"]}
    with serving({**column(), **odd}) as site:
        lines = f"{site.url}/list/\n{site.url}/list/ again\n{site.url}/other/\n{site.url}/second/\n"
        done = folder.run("sources", "import", listed(folder, "list.txt", lines), "--json")
    assert done.code == 0
    found = [(one["outcome"], one["name"]) for one in done.json["sources"]]
    names = [name for _, name in found]
    assert [outcome for outcome, _ in found] == ["taken", "known", "known", "taken"]
    assert names[0]
    assert names[3] == f"{names[0]} 2"
    assert set(states(folder)) == {names[0], names[3]}


def test_a_name_that_another_source_has_is_refused_for_toml(tmp_path: Path) -> None:
    folder = here(tmp_path)
    watched(folder, 要闻="http://a.example/")
    text = '[[source]]\nname = "要闻"\nurl = "http://b.example/"\n[[source]]\nname = "公告"\nurl = "http://c.example/"\n'
    done = folder.run("sources", "import", listed(folder, "own.toml", text), "--no-check")
    assert (done.code, done.out) == (1, "1 sources taken from own.toml, 0 known already, 1 failed\n")
    assert done.complaint == (
        "http://b.example/: source '要闻' has that name already: http://a.example/; give it another name"
    )
    assert states(folder) == {"要闻": "healthy", "公告": "unverified"}


def test_feeds_and_pages_of_an_opml(tmp_path: Path) -> None:
    folder = here(tmp_path)
    routes: dict[str, Any] = dict(column())
    with serving(routes) as site:
        routes["/rss.xml"] = Answer(RSS.format(site.url).encode(), headers={"Content-Type": "text/xml"})
        opml = f"""<opml version="1.0"><body><outline text="环保">
            <outline title="公告订阅" xmlUrl="{site.url}/rss.xml"/>
            <outline url="{site.url}/list/" text="列表"/>
            <outline text="没了" xmlUrl="{site.url}/gone.xml"/></outline></body></opml>"""
        done = folder.run("sources", "import", listed(folder, "feeds.opml", opml), "--json")
        crawled = folder.run("crawl", "公告订阅", "--json").json
    found = {one["name"]: (one["outcome"], one["rows"]) for one in done.json["sources"]}
    assert found == {"公告订阅": ("taken", 5), "列表": ("taken", 12), "没了": ("failed", None)}
    assert (done.code, crawled["new"]) == (1, 5)


def test_without_a_look_everything_waits_to_be_verified(tmp_path: Path) -> None:
    folder = here(tmp_path)
    with sites(4, everything()) as served:
        lines = "\n".join(
            f"{site.url}/list/ 栏目{n}\n{site.url}/gone 没了{n}" for n, site in enumerate(served)
        )
        taken = folder.run("sources", "import", listed(folder, "list.txt", lines), "--no-check")
        assert (taken.code, taken.out) == (0, "8 sources taken from list.txt, 0 known already\n")
        assert not any(site.asked for site in served)
        assert set(states(folder).values()) == {"unverified"}
        done = folder.run("sources", "verify", "--json")
        named = folder.run("sources", "verify", "栏目0")
        rest = folder.run("sources", "verify")
        due = folder.run("crawl", "--json").json
    assert done.code == 1
    assert {name: done.json[name] for name in ("verified", "failed", "skipped")} == {
        "verified": 4,
        "failed": 4,
        "skipped": 0,
    }
    for number in range(4):
        assert f"没了{number}: The page is not there (404 or 410); the column may have moved." in done.err
    assert named.code == 0
    assert "1 verified, 0 failed" in named.out
    assert rest.out == "no source is unverified; name one, or give --all\n"
    shown = {one["name"]: one for one in folder.run("sources", "list", "--json").json["sources"]}
    assert {one["state"] for name, one in shown.items() if name.startswith("没了")} == {"changed_layout"}
    assert shown["没了0"]["reason"] == "http_404: HTTP status 404"
    assert shown["栏目1"]["recipe"]["row_path"]
    assert (due["sources"], due["new"] + due["reprints"]) == (4, 48)


def test_a_paused_source_stays_paused_and_all_means_the_others(tmp_path: Path) -> None:
    folder = here(tmp_path)
    with serving(column()) as site:
        watched(folder, 一=f"{site.url}/list/", 二=f"{site.url}/list/?2")
        folder.run("sources", "pause", "二")
        everyone = folder.run("sources", "verify", "--all", "--json").json
        named = folder.run("sources", "verify", "二", "--json").json
    assert [one["name"] for one in everyone["sources"]] == ["一"]
    assert named["sources"][0]["state"] == "paused"
    assert states(folder) == {"一": "healthy", "二": "paused"}


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("command", [["import", "list.txt"], ["verify"]])
def test_what_is_done_at_an_interrupt_is_kept(
    tmp_path: Path, command: list[str], number: signal.Signals
) -> None:
    folder = here(tmp_path)
    stalled: dict[str, Answer] = {"/list/": Answer(stalls=True)}
    with sites(3, column()) as quick, serving(stalled) as slow:
        lines = "\n".join(f"{site.url}/list/ 栏目{n}" for n, site in enumerate([*quick, slow]))
        listed(folder, "list.txt", lines)
        if command == ["verify"]:
            folder.run("sources", "import", "list.txt", "--no-check")
        process = folder.start("sources", *command, "--json")
        done = {f"栏目{n}" for n in range(3)}
        assert came_to_pass(
            lambda: (
                folder.database.exists()
                and {name for name, state in states(folder).items() if state == "healthy"} == done
            )
        )
        process.send_signal(number)
        out, err = process.communicate(timeout=20)
        assert (process.returncode, b"Traceback" in err) == (130, False)
        assert b'"not_looked_at": 1' in out
        left = {"栏目3": "unverified"} if command == ["verify"] else {}
        assert states(folder) == dict.fromkeys(done, "healthy") | left
        stalled |= column()
        crawled = folder.run("crawl", "--json")
    assert (crawled.code, crawled.json["sources"]) == (0, len(done) + len(left))


def test_a_source_whose_site_is_being_crawled_is_left_alone(tmp_path: Path) -> None:
    folder = here(tmp_path)
    routes = {"/list/": Answer(stalls=True), "/robots.txt": page("")}
    with serving(routes) as site:
        watched(folder, 忙=f"{site.url}/list/")
        crawl = folder.start("crawl", "忙")
        assert site.came.wait(10)
        done = folder.run("sources", "verify", "忙")
        crawl.send_signal(signal.SIGINT)
        crawl.communicate(timeout=20)
    assert done.code == 1
    assert done.complaint == "忙: another crawl visits that site now; try again in a moment"


def test_a_pack_is_taken_unverified_and_once(tmp_path: Path) -> None:
    folder = here(tmp_path)
    packs = {one["name"]: one for one in folder.run("sources", "packs", "--json").json["packs"]}
    done = folder.run("sources", "import", "--pack", "mee", "--json")
    assert (done.code, done.json["taken"]) == (0, packs["mee"]["columns"])
    shown = folder.run("sources", "list", "--json").json["sources"]
    assert {(one["state"], one["reason"]) for one in shown} == {
        ("unverified", "from the pack mee, not verified from here yet")
    }
    again = folder.run("sources", "import", "--pack", "mee")
    assert again.out == f"0 sources taken from pack mee, {len(shown)} known already\n"
