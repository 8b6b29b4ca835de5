"""A site with old encryption is added and crawled, and what it needs is said and kept."""

from __future__ import annotations

from pathlib import Path

from tests.support import tls
from tests.support.commands import here
from tests.support.httpserver import Answer, serving

ROWS = "".join(
    f"<li><a href='/zwdt/202611/t202611{day:02}_{day}.html'>清溪县召开第{day}次防汛工作会议</a>"
    f"<span>2026-11-{day:02}</span></li>"
    for day in range(20, 10, -1)
)
LIST = (
    f"<html><head><title>政务动态</title></head><body><div class='list'><ul>{ROWS}</ul></div></body></html>"
)
ARTICLE = (
    "<html><head><title>清溪县召开防汛工作会议</title></head><body><h1>清溪县召开第{day}次防汛工作会议</h1>"
    "<p>发布时间：2026-11-{day:02}</p><div id='zoom'><p>会议听取了水利局关于水库除险加固的汇报，"
    "研究部署了下一阶段的工作，要求各乡镇落实责任。</p></div></body></html>"
)


def test_an_old_server_is_watched(tmp_path: Path) -> None:
    files = tls.authority(tmp_path)
    routes = {"/zwdt/": Answer(LIST.encode())} | {
        f"/zwdt/202611/t202611{day:02}_{day}.html": Answer(ARTICLE.format(day=day).encode())
        for day in range(11, 21)
    }
    folder = here(tmp_path, contact="keeper@example.org")
    folder.env["SSL_CERT_FILE"] = str(files.trusted)
    with serving(routes, kind=tls.old_server(files, "legacy")) as site:
        added = folder.run("add", site.url + "/zwdt/", "--name", "政务动态", "--yes", "--json").json
        said = "the site's encryption is out of date and was met half-way: tls_legacy: unsafe legacy"
        assert any(warning.startswith(said) for warning in added["warnings"])
        assert folder.run("crawl", "--json").json["new"] == 10
        refused = site.refused
        assert folder.run("crawl", "政务动态", "--json").json["failures"] == []
        assert (refused > 0, site.refused) == (True, refused)
    [shown] = folder.run("sources", "list", "--json").json["sources"]
    [need] = shown["accommodations"]
    assert (need["kind"], need["evidence"]) == ("tls_legacy", "unsafe legacy renegotiation disabled")
    assert "(needs tls_legacy)" in folder.run("sources", "list").out
