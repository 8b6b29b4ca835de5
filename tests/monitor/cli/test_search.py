from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from monitor.cli.export import export
from monitor.cli.search import search
from pipelines.store.database import open_store
from tests.support.archive import put

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GOVWATCH_DATA", "data")
    monkeypatch.delenv("GOVWATCH_DATABASE", raising=False)
    with open_store(tmp_path / "data" / "govwatch.db") as db:
        put(db, 1, "湘潭市环境通报[1]", "日前处罚\x1b[31m一家公司。", source="环保局", region="湖南省湘潭市")
        put(db, 2, "转载", "湘潭市环境通报", story=1)
        put(db, 3, "另一件", "环境很好", published="2026-03-01T08:00:00+08:00")
    app = typer.Typer()
    app.command()(search)
    app.command()(export)
    return lambda *arguments: CliRunner().invoke(app, arguments)


def test_json_is_all_there_is_on_stdout(run: Run) -> None:
    result = run("search", "环境", "--json", "--limit", "2")
    shown = json.loads(result.stdout)
    assert (shown["query"], shown["more"]) == ("环境", True)
    assert [hit["id"] for hit in shown["hits"]] == [2, 1]
    assert result.exit_code == 0
    assert result.stdout.count("\n") == 1


def test_jsonl_is_one_hit_a_line(run: Run) -> None:
    result = run("search", "环境", "--jsonl")
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == [2, 1, 3]


def test_a_person_sees_title_facts_passage_and_address(run: Run) -> None:
    result = run("search", "处罚", "--order", "best")
    assert result.stdout.splitlines()[:4] == [
        "湘潭市环境通报[1]",
        "  2026-11-01 00:00 · 环保局 · 清溪县人民政府 · 湖南省湘潭市 · copies: 1",
        "  日前处罚 [31m一家公司。",
        "  http://www.example.gov.cn/1.html",
    ]
    assert result.stderr == ""


def test_more_than_shown_is_said(run: Run) -> None:
    result = run("search", "环境", "--limit", "1")
    assert "转载" in result.stdout
    assert "more than these 1" in result.stderr


def test_days_and_collapsed_stories(run: Run) -> None:
    assert "另一件" in run("search", "环境", "--since", "2026-03-01", "--until", "2026-03-01").stdout
    assert "湘潭" not in run("search", "环境", "--until", "2026-03-01").stdout
    assert run("search", "湘潭", "--collapse", "--jsonl").stdout.count("\n") == 1


def test_a_sentence_without_a_hit_is_answered_with_its_words(run: Run) -> None:
    result = run("search", "湘潭市的公司", "--json")
    assert json.loads(result.stdout)["hits"] == []
    assert "with all its words: 1; search for: 湘潭市 AND 公司" in result.stderr
    assert result.exit_code == 0


def test_nothing_found_is_said(run: Run) -> None:
    result = run("search", "长沙")
    assert (result.stdout, result.stderr) == ("", "Nothing found.\n")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("search", "环*"), "character 2: wildcards"),
        (("search", "环境", "--since", "gestern"), "'gestern' is no date"),
        (("export", "环*", "-o", "a.csv"), "character 2: wildcards"),
        (("export", "环境", "-o", "a.txt"), "--format csv, xlsx or jsonl"),
        (("export", "环境", "-o", "missing/a.csv"), "missing/a.csv: cannot be written: No such file"),
    ],
)
def test_wrong_usage_is_one_line(run: Run, arguments: tuple[str, ...], message: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert message in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_without_a_database_the_remedy_is_named(run: Run, tmp_path: Path) -> None:
    result = run("search", "环境", "--data", str(tmp_path / "elsewhere"))
    assert result.exit_code == 2
    assert "no database yet" in result.stderr


@pytest.mark.parametrize(
    "arguments", [("-o", "环境.jsonl"), ("-o", "环境.jsonl", "--format", "jsonl", "--until", "2027-01-01")]
)
def test_export_writes_a_file_and_says_so(run: Run, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    result = run("export", "环境", *arguments)
    assert result.exit_code == 0
    assert result.stdout == "3 articles -> 环境.jsonl\n"
    lines = (tmp_path / "环境.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["id"] for line in lines] == [2, 1, 3]


def test_export_as_json_reports_on_one_line(run: Run) -> None:
    report = json.loads(run("export", "环境", "--json", "-o", "a.CSV").stdout)
    assert report == {"query": "环境", "file": "a.CSV", "format": "csv", "articles": 3}
