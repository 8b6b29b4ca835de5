"""Every benchmark runs on tiny sizes and measures what it says."""

from __future__ import annotations

import json
import os
import re
import sqlite3
from pathlib import Path

import pytest
from typer.testing import CliRunner

from benchmarks import archive
from benchmarks.__main__ import BENCHMARKS, application
from benchmarks.cleaning import cleaning
from benchmarks.crawl import crawl_in
from benchmarks.furniture import furnished
from benchmarks.memory import memory_of
from benchmarks.rounds import rounds_in
from benchmarks.searching import expression, searching
from benchmarks.sites import Shape, serving
from pipelines.query import parse

TINY = Shape(hosts=2, columns=1, articles=21)


@pytest.fixture(autouse=True)
def _working_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("GOVWATCH_")]:
        monkeypatch.delenv(name)


def test_crawl_fetches_the_same_pages_as_its_peer() -> None:
    findings = crawl_in(TINY, rounds=1)
    assert TINY.pages == 2 * (21 + 2)
    for weight in ("pages of 45 KB", "pages of 4 KB"):
        assert 0 < findings.one(f"ratio, {weight}", "pages/s").median < 2
        for what in ("govwatch", "bare Scrapy"):
            assert 40 < findings.one(f"{what}, {weight}", "peak MB").median < 1000


def test_rounds_count_requests() -> None:
    shape = Shape(hosts=2, columns=2, articles=20, later=2, heavy=False)
    findings = rounds_in(shape, kinds={"with ETag": "both"})
    robots = 0.5  # a host's one robots.txt for its two columns
    assert findings.one("first visit, with ETag", "requests/source").median == 1 + 20 + robots
    assert findings.one("nothing new, with ETag", "requests/source").median == 1 + robots
    assert findings.one("nothing new, with ETag", "of them 304").median == 1
    assert findings.one("news, with ETag", "requests/new article").median == (1 + 2 + robots) / 2


def test_search_agrees_with_a_scan_and_counts_what_trigrams_miss() -> None:
    findings = searching(quick=True, articles=1000)
    assert findings.one("two characters", "hits").median > 0
    two = [findings.one("two characters", column).median for column in ("hits", "trigrams miss")]
    assert two[0] == two[1]
    assert findings.one("forty characters", "hits").median == 1
    assert findings.one("forty characters", "trigrams miss").median == 0
    assert findings.one("nothing to find", "hits").median == 0


def test_the_archive_holds_the_texts(tmp_path: Path) -> None:
    archive.build(tmp_path / "a.db", 10).close()
    with sqlite3.connect(tmp_path / "a.db") as conn:
        title, body = archive.text_of(3)
        assert conn.execute("SELECT title, body FROM articles WHERE id = 4").fetchone() == (title, body)
        assert conn.execute("SELECT count(*) FROM articles WHERE copy_of IS NULL").fetchone() == (10,)


def test_queries_for_trigrams() -> None:
    assert expression(parse("(甲 OR 乙) 丙 NOT 丁").root) == '(("甲" OR "乙") AND "丙") NOT "丁"'


def test_clean_measures_both_kinds() -> None:
    findings = cleaning(quick=True)
    assert findings.one("clean page", "characters/s").median > 0
    assert findings.one("polluted page", "ms/page").median > 0


def test_memory() -> None:
    findings = memory_of(Shape(hosts=2, columns=1, articles=2, heavy=False), articles=50)
    assert {figure.what for figure in findings.figures} >= {"its crawl process", "export to CSV"}
    assert all(20 < figure.median < 1000 for figure in findings.figures)


def test_furniture_is_heavy_and_leaves_the_page_as_it_is() -> None:
    page = "<html><head><title>标题</title></head><body><p>正文</p></body></html>"
    heavy = furnished(page)
    assert len(heavy.encode()) > 30_000
    assert "<p>正文</p>" in heavy


def test_served_sites_count_what_they_are_asked() -> None:
    with serving(TINY) as sites:
        assert len(sites.columns) == 2
        assert sites.traffic().pages == 0


def test_every_benchmark_is_documented_and_every_documented_one_exists() -> None:
    root = Path(__file__).parents[2]
    told = (root / "docs" / "design.md").read_text("utf-8").partition("### Benchmarks")[2]
    assert set(re.findall(r"(?m)^\| `(\w+)` \|", told.partition("\n### ")[0])) == set(BENCHMARKS)
    texts = [path.read_text("utf-8") for path in [*root.glob("README*.md"), *root.glob("docs/*.md")]]
    named = {name for text in texts for name in re.findall(r"-m benchmarks ([a-z]\w+)", text)}
    assert named <= set(BENCHMARKS)


def test_command_line(tmp_path: Path) -> None:
    file = tmp_path / "figures.jsonl"
    result = CliRunner().invoke(application, ["clean", "--quick", "--json", str(file)])
    assert result.exit_code == 0, result.output
    assert {json.loads(line)["benchmark"] for line in file.read_text("utf-8").splitlines()} == {"clean"}
    assert "polluted page" in result.output
    assert CliRunner().invoke(application, ["dream"]).exit_code == 2
    assert set(BENCHMARKS) >= {"crawl", "rounds", "read", "clean", "search", "memory"}
