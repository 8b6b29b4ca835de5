"""Several commands at once on one data folder do not get in each other's way."""

from __future__ import annotations

import json
from pathlib import Path

from tests.support.columns import column
from tests.support.commands import came_to_pass, here, watched
from tests.support.httpserver import serving


def test_what_is_due_is_visited_by_one_of_two_crawls_and_named_sites_are_busy_meanwhile(
    tmp_path: Path,
) -> None:
    folder = here(tmp_path, delay=0.2)
    with serving(column()) as site:
        watched(folder, column=site.url + "/list/")
        crawls = [folder.start("crawl", "--json") for _ in range(2)]
        assert came_to_pass(lambda: "/list/" in site.paths())
        done = folder.run("crawl", "column", "--json")
        assert (done.code, done.out) == (1, "")
        assert done.complaint == "column: another crawl visits that site now; try again in a moment"
        reports = [json.loads(crawl.communicate(timeout=60)[0]) for crawl in crawls]
        assert sorted(report["sources"] for report in reports) == [0, 1]
        assert sum(report["new"] for report in reports) == 12
        assert site.paths().count("/list/") == 1
