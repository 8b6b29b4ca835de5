"""`--json`: exactly one object on stdout, with the keys that scripts rely on, of every command."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from monitor.cli.app import COMMANDS
from tests.monitor.cli.conftest import Govwatch
from tests.monitor.cli.test_app import leaves, loaded
from tests.support.columns import article, column, listing
from tests.support.commands import here, watched
from tests.support.httpserver import Site, serving
from tests.support.smtp import free_port

KEYS = {
    "add": "url stored id name title kind recipe rows publishes page_two single_page articles site region"
    " robots confidence warnings error",
    "sources list": "sources",
    "sources show": "id name url state reason since last_success newest next_check_at articles",
    "sources import": "origin taken known failed not_looked_at sources",
    "sources packs": "packs",
    "sources verify": "verified failed skipped not_looked_at sources",
    "crawl": "run started ended sources pages not_modified new changed same reprints failures",
    "reread": "read text_only lost differing stored alerts fields",
    "read": "url encoding kind title published source author body images attachments site region meta"
    " pollution error",
    "probe": "url kind family rows next pages error",
    "clean": "text original_length pollution",
    "subscriptions add": "name query recipients mode locale state version",
    "subscriptions list": "subscriptions",
    "subscriptions show": "name query recipients mode locale state version",
    "subscriptions test": "subscription hits mails",
    "search": "query hits more",
    "export": "query file format articles",
    "send": "channel sent failed retried answers outbox",
    "status": "sources outbox runs",
}
PARTS = {
    "add rows": "url title published",
    "add articles": "url title agrees problems",
    "add publishes": "per_week newest said",
    "add robots": "allows refused",
    "sources import sources": "outcome asked url name id state rows page_two confidence kind detail",
    "sources packs packs": "name columns title description checked note",
    "sources verify sources": "outcome id name url state rows page_two confidence kind detail warnings",
    "status sources": "id name url state reason since last_success newest next_check_at articles",
    "status outbox": "due held sent failed",
    "status runs": "run started ended sources pages not_modified new changed same reprints failures",
    "crawl failures": "source url kind detail",
    "read site": "name host id_code",
    "read region": "code name",
    "read pollution": "kind pinyin repaired_bytes unresolved",
    "clean pollution": "kind pinyin repaired_bytes unresolved",
    "probe rows": "url title published",
    "search hits": "id url title published source site region story reprints score snippet",
}


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with serving(column()) as served:
        yield served


@pytest.fixture
def said(
    govwatch: Govwatch, site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> dict[str, dict[str, Any]]:
    """What every command says, from the column's address to the mail."""
    folder = here(tmp_path)
    for name, value in folder.env.items():
        monkeypatch.setenv(name, value)
    (tmp_path / "page.html").write_text(article(3), "utf-8")
    (tmp_path / "list.html").write_text(listing(range(12)), "utf-8")
    (tmp_path / "text.txt").write_text("清溪县", "utf-8")
    answers = {"add": folder.run("add", f"{site.url}/list/", "--name", "a", "--yes", "--json").json}
    watched(folder, dead="http://127.0.0.1:9/")
    (tmp_path / "more.txt").write_text(f"{site.url}/list/\n", "utf-8")
    answers["sources import"] = folder.run("sources", "import", "more.txt", "--json").json
    answers["sources verify"] = folder.run("sources", "verify", "a", "--json").json
    for command, arguments in {
        "crawl": [],
        "sources list": [],
        "sources show": ["a"],
        "sources packs": [],
        "reread": [],
        "read": ["page.html"],
        "probe": ["list.html", "--url", site.url],
        "clean": ["text.txt"],
        "subscriptions add": ["b", "--query", "督察", "--to", "a@example.org", "--since", "2026-01-01"],
        "subscriptions list": [],
        "subscriptions show": ["b"],
        "subscriptions test": ["b"],
        "search": ["督察", "--limit", "3"],
        "export": ["督察", "-o", "督察.csv"],
        "send": [],
        "status": [],
    }.items():
        answers[command] = govwatch(*command.split(), *arguments, "--json").json
    return answers


def test_every_command_says_one_object_with_the_keys_that_are_relied_on(
    said: dict[str, dict[str, Any]], site: Site
) -> None:
    for command, keys in KEYS.items():
        assert set(keys.split()) <= set(said[command]), command
    for place, keys in PARTS.items():
        command, _, part = place.rpartition(" ")
        value = said[command][part]
        for one in value if isinstance(value, list) else [value]:
            assert set(keys.split()) <= set(one), place
        assert value, f"{place} is empty: nothing was compared"
    assert (said["crawl"]["new"], said["send"]["sent"], said["export"]["articles"]) == (12, 12, 12)
    assert said["crawl"]["failures"][0]["source"] == "dead"
    assert (said["search"]["more"], len(said["search"]["hits"])) == (True, 3)
    assert said["read"]["site"]["host"] == ""
    for moment in (
        said["crawl"]["started"],
        said["read"]["published"],
        said["search"]["hits"][0]["published"],
    ):
        assert str(datetime.fromisoformat(moment).utcoffset()) == "8:00:00"


def test_no_command_with_json_is_forgotten_here() -> None:
    with_json = {
        " ".join(leaf) for leaf in leaves() if "json" in {option.name for option in loaded(*leaf).params}
    }
    assert with_json == set(KEYS)
    assert len(leaves()) > len(COMMANDS)


def test_jsonl_says_one_object_for_each(govwatch: Govwatch) -> None:
    for number in (1, 2):
        Path(f"{number}.html").write_text(article(number), "utf-8")
    lines = govwatch("read", "1.html", "2.html", "--jsonl").out.splitlines()
    assert [json.loads(line)["file"] for line in lines] == ["1.html", "2.html"]


def test_a_page_that_is_missing_keeps_none_of_the_others_from_being_read(govwatch: Govwatch) -> None:
    Path("1.html").write_text(article(1), "utf-8")
    done = govwatch("read", "gone.html", "1.html", "--jsonl")
    gone, there = map(json.loads, done.out.splitlines())
    assert (gone["file"], gone["kind"], there["file"], there["kind"]) == (
        "gone.html",
        "error",
        "1.html",
        "article",
    )
    assert done.code == 1
    assert "unreadable: No such file or directory; name a file" in done.err


def test_a_trial_mail_that_nobody_takes_is_told(govwatch: Govwatch, monkeypatch: pytest.MonkeyPatch) -> None:
    assert govwatch("init").code == 0
    assert govwatch("subscriptions", "add", "b", "--query", "督察", "--to", "a@example.org").code == 0
    monkeypatch.setenv("GOVWATCH_SMTP_HOST", "127.0.0.1")
    monkeypatch.setenv("GOVWATCH_SMTP_PORT", str(free_port()))
    done = govwatch("subscriptions", "test", "b", "--json")
    assert done.code == 1
    assert done.complaint.startswith("trial mail to a@example.org: 127.0.0.1:")
    assert done.json["mails"]["a@example.org"].endswith("Connection refused")
