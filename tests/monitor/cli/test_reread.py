"""`govwatch reread`: what it says, and that it stores only on request."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from sqlite_utils import Database

from tests.monitor.cli.conftest import Govwatch
from tests.support.columns import column
from tests.support.commands import Folder, here, watched
from tests.support.httpserver import serving


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """Twelve articles, of three of which an older reader misread the source."""
    folder = here(tmp_path_factory.mktemp("crawled"))
    with serving(column()) as site:
        watched(folder, a=f"{site.url}/list/")
        folder.run("crawl")
    with Database(str(folder.database)) as db:
        assert db["articles"].count == 12
        db.execute("UPDATE articles SET source = '某网' WHERE id <= 3")
        db.conn.commit()
    return folder


@pytest.fixture
def archive(govwatch: Govwatch, crawled: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    """The same in the working folder."""
    shutil.copytree(crawled.path, tmp_path, dirs_exist_ok=True)
    for name, value in crawled.env.items():
        monkeypatch.setenv(name, value)
    return Folder(tmp_path, crawled.env)


def sources(folder: Folder) -> int:
    with Database(str(folder.database)) as db:
        return int(db.execute("SELECT count(*) FROM articles WHERE source = '某网'").fetchone()[0])


def test_reports_first_and_stores_on_request(govwatch: Govwatch, archive: Folder) -> None:
    told = govwatch("reread")
    assert told.code == 0
    assert "12 articles read again, 3 of them differently" in told.out
    assert "某网" in told.out
    assert "`govwatch reread --apply` stores this" in told.out
    assert sources(archive) == 3
    assert "3 stored, 0 mails" in govwatch("reread", "--apply").out
    assert sources(archive) == 0
    assert govwatch("reread", "--json").json == {
        "read": 12, "text_only": 0, "lost": 0, "differing": 0, "stored": 0, "alerts": 0, "fields": {},
    }  # fmt: skip


def test_one_line_for_each_that_differs(govwatch: Govwatch, archive: Folder) -> None:
    lines = [json.loads(line) for line in govwatch("reread", "--jsonl").out.splitlines()]
    assert [line["id"] for line in lines] == [1, 2, 3]
    assert lines[0]["fields"]["source"]["stored"] == "某网"


def test_lost_pages_are_told_and_the_exit_code_says_so(govwatch: Govwatch, archive: Folder) -> None:
    for file in (archive.path / "data" / "warc").iterdir():
        file.unlink()
    told = govwatch("reread", "--json")
    assert (told.code, told.json["lost"], told.json["read"]) == (1, 12, 0)
    assert "article 1: not read again: warc/run-00000001.warc.gz at 0: No such file or directory" in told.err


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--alert"], "give --apply too"),
        (["--source", "nobody"], "nobody"),
        (["--since", "gestern"], "no date"),
    ],
)
def test_wrong_usage(govwatch: Govwatch, archive: Folder, arguments: list[str], complaint: str) -> None:
    told = govwatch("reread", *arguments)
    assert told.code == 2
    assert complaint in told.complaint
