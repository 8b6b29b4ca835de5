"""Every key of every JSON answer stands in the section of its command."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from monitor.cli.app import application
from pipelines.store.database import open_store
from tests.support.archive import put
from tests.support.documentation import sections, text_of

PAGE = """<html><head><title>整改通报</title></head><body>
<h1>关于督察整改情况的通报</h1><p>来源：清溪县人民政府 2026-11-20</p>
<div class="content"><p>督察组指出的问题已全部完成整改，现将有关情况予以通报。</p></div></body></html>"""

ANSWERS = {
    "status --json": ("status", "crawl"),
    "sources list --json": ("sources list", "sources show"),
    "sources show 1 --json": ("sources show",),
    "sources import sources.toml --json": ("sources import",),
    "sources packs --json": ("sources packs",),
    "sources verify --json": ("sources verify",),
    "subscriptions add 督察 --query 督察 --to a@example.org --json": ("subscriptions add",),
    "subscriptions list --json": ("subscriptions list", "subscriptions show"),
    "subscriptions show 整改 --json": ("subscriptions show",),
    "subscriptions test 整改 --no-mail --json": ("subscriptions test", "search"),
    "crawl --json": ("crawl",),
    "send --json": ("send",),
    "search 整改 --json": ("search",),
    "search 整改 --jsonl": ("search",),
    "export 整改 -o found.jsonl --json": ("export",),
    "read page.html --json": ("read",),
    "read page.html --jsonl": ("read",),
    "probe page.html --json": ("probe",),
    "clean page.html --json": ("clean",),
}
"""Commands, and the sections that together name all keys of their answer."""

OPEN = {"meta", "params"}
"""Keys whose own keys are a page's or a family's."""


def keys(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from value
        for name in value.keys() - OPEN:
            yield from keys(value[name])
    elif isinstance(value, list):
        for item in value:
            yield from keys(item)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with a source, a subscription, an article and a page."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "page.html").write_text(PAGE, "utf-8")
    (tmp_path / "sources.toml").write_text('[[source]]\nname = "要闻"\nurl = "http://a.example/"\n', "utf-8")
    with open_store(tmp_path / "data" / "govwatch.db") as db:
        put(db, 1, "关于督察整改情况的通报", "现予通报。")
    for line in (
        "sources import sources.toml --no-check",
        "sources pause 要闻",
        "subscriptions add 整改 --query 整改 --to a@example.org --since 2026-01-01",
    ):
        assert CliRunner().invoke(application(line.split()), line.split()).exit_code == 0
    return tmp_path


@pytest.mark.parametrize("line", ANSWERS)
def test_every_key_of_an_answer_is_documented(folder: Path, line: str) -> None:
    result = CliRunner().invoke(application(line.split()), line.split())
    answer = json.loads(result.stdout)
    page = sections(text_of("commands.md"))
    named = set(re.findall(r"\w+", " ".join(page[f"govwatch {section}"] for section in ANSWERS[line])))
    assert set(keys(answer)) <= named
