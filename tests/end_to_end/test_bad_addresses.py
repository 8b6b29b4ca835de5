"""Whatever an address holds or does not hold: one line that says what is wrong and what to do."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.columns import BAD, column, everything, moved
from tests.support.commands import Done, Folder, here, watched
from tests.support.httpserver import Site, serving
from tests.support.smtp import free_port

ACTS = ("check", "try", "give", "may", "GOVWATCH_", "tried again", "raise", "ask", "--", "goes round")
"""Every explanation has one of these: what the reader can do, or what govwatch goes on to do."""


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with serving(everything()) as served:
        yield served


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return here(tmp_path)


KINDS = {
    "/file.pdf": "not_html",
    "/picture": "not_html",
    "/data": "not_html",
    "/empty": "empty",
    "/blank": "empty",
    "/giant": "too_large",
    "/bomb": "too_large",
    "/circle": "redirect_loop",
    "/circle2": "redirect_loop",
    "/gone": "http_404",
    "/defect": "http_5xx",
    "/stalled": "timeout",
}


def assert_helpful(line: str) -> None:
    assert len(line) < 400
    assert any(act in line for act in ACTS), line


def test_read_names_every_page_that_cannot_be_had_and_reads_the_others(site: Site, folder: Folder) -> None:
    good = [site.url + "/art/3.html", site.url + "/article"]
    bad = {site.url + path: kind for path, kind in KINDS.items() if path != "/data"}
    bad |= {f"http://127.0.0.1:{free_port()}/": "refused", "http://no-such-host.invalid/": "dns"}
    done = folder.run("read", "--jsonl", *good, *bad, impatient=True)
    assert done.code == 1
    read = {page["file"]: page for page in map(json.loads, done.out.splitlines())}
    assert [read[url]["title"] for url in good] == ["清溪县召开第3次环保督察整改推进会议"] * 2
    for url, kind in bad.items():
        assert read[url]["kind"] == "error"
        assert kind in read[url]["error"]
    complaints = done.err.splitlines()
    assert len(complaints) == len(bad)
    for line, (url, kind) in zip(complaints, bad.items(), strict=True):
        assert line.startswith(f"govwatch: {url}: ")
        assert f"({kind}" in line
        assert_helpful(line)


def test_a_crawl_names_every_column_that_failed_and_stores_the_others(site: Site, folder: Folder) -> None:
    paths = ["/list/", *(path for path in BAD if path != "/stalled")]
    wanted = {path: site.url + path for path in paths} | {"dns": "http://no-such-host.invalid/"}
    watched(folder, **wanted)
    done = folder.run("crawl", "--json")
    report = done.json
    assert done.code == 1
    assert (report["sources"], report["new"], report["state"]) == (len(wanted), 12, "done")
    kinds = {failure["source"]: failure["kind"] for failure in report["failures"]}
    assert kinds == {
        **{path: kind for path, kind in KINDS.items() if path != "/stalled"},
        "/data": "no_rows",
        "/article": "no_rows",
        "dns": "dns",
    }
    complaints = done.err.splitlines()
    assert len(complaints) == len(kinds)
    for line, failure in zip(complaints, report["failures"], strict=True):
        assert line.startswith(f"govwatch: {failure['source']}, {failure['url']}: ")
        assert_helpful(line)


ADDED = ("/list/", "/undated/", "/klingon/", "/broken/")


@pytest.fixture(scope="module")
def added(site: Site, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Done]:
    """What `govwatch add --json` makes of addresses, each in a folder of its own, side by side."""
    running = {}
    refused = ("/file.pdf", "/article", "/data", "/stalled")
    for path in (*ADDED, *refused):
        folder = here(tmp_path_factory.mktemp("add"))
        running[path] = folder.start("add", site.url + path, "--yes", "--json", impatient=True)
    done = {}
    for path, process in running.items():
        out, err = process.communicate(timeout=60)
        done[path] = Done(process.returncode, out.decode(), err.decode())
    return done


@pytest.mark.parametrize("path", ADDED)
def test_add_copes_with_odd_columns(added: dict[str, Done], path: str) -> None:
    done = added[path]
    assert (done.code, done.err) == (0, "")
    assert len(done.json["rows"]) == 12
    assert done.json["stored"] is True
    assert ("the list shows no dates" in done.json["warnings"]) == (path == "/undated/")


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/file.pdf", "(not_html: the address answers with a PDF file)"),
        ("/article", "no column: no list of titles on the page; give the address of a page that lists"),
        ("/data", "no column: application/json is not a page; give the address"),
        ("/stalled", "(timeout: no complete answer in time)"),
    ],
)
def test_add_refuses_what_is_no_column(added: dict[str, Done], path: str, said: str) -> None:
    done = added[path]
    assert done.code == 1
    assert said in done.complaint
    assert_helpful(done.complaint)
    assert done.json["stored"] is False
    assert done.json["error"] in done.complaint or done.json["error"].startswith(("not_html", "timeout"))


def test_private_addresses_are_refused_unless_allowed_also_behind_a_redirect(tmp_path: Path) -> None:
    away, inside = "http://news.example.cn/away", "http://10.0.0.1/list/"
    with serving({away: moved(inside), inside: column()["/list/"]}) as proxy:
        guarded = here(tmp_path, allow_private=0)
        guarded.env["http_proxy"] = proxy.url
        done = guarded.run("probe", "--json", away)
        assert done.code == 1
        assert done.json["error"] == "private_address: 10.0.0.1 is a private address"
        assert "GOVWATCH_ALLOW_PRIVATE=1 permits that" in done.complaint
        assert inside not in proxy.paths()
        allowed = here(tmp_path)
        allowed.env["http_proxy"] = proxy.url
        assert len(allowed.run("probe", "--json", away).json["rows"]) == 12
