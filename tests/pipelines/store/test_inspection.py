"""The file is open to other tools, while we write it ourselves: the sqlite-utils command and Datasette."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import quote
from urllib.request import ProxyHandler, build_opener

import pytest
from sqlite_utils import Database

from pipelines.store.articles import save
from tests.support.commands import came_to_pass, without_ours
from tests.support.smtp import free_port
from tests.support.stored import LONG, NOW, reading, subscribe, watch

TABLES = (
    "articles", "versions", "stories", "attachments", "sources", "runs", "subscriptions", "matches", "outbox",
    "captures",
)  # fmt: skip
"""What users may query."""

_OPEN = build_opener(ProxyHandler({}))


@pytest.fixture
def file(db: Database, tmp_path: Path) -> Path:
    watch(db)
    subscribe(db, "水源地")
    save(db, reading(body=LONG, attachments=["http://x.example/a.pdf"]), NOW)
    save(db, reading(body=LONG + "（更正）", attachments=["http://x.example/a.pdf"]), NOW)
    return tmp_path / "govwatch.db"


def sqlite_utils(*arguments: object) -> str:
    command = [str(Path(sys.executable).with_name("sqlite-utils")), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=30)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_sqlite_utils_reads_every_table(file: Path) -> None:
    counts = {one["table"]: one["count"] for one in json.loads(sqlite_utils("tables", file, "--counts"))}
    assert set(TABLES) <= set(counts)
    assert (counts["articles"], counts["versions"], counts["outbox"], counts["sources"]) == (1, 2, 1, 1)
    (article,) = json.loads(sqlite_utils("rows", file, "articles"))
    assert (article["title"], article["version"]) == ("关于水质的公报", 2)
    for table in TABLES:
        assert f'CREATE TABLE "{table}"' in sqlite_utils("schema", file, table).replace(
            f"CREATE TABLE {table}", f'CREATE TABLE "{table}"'
        )
    found = sqlite_utils(
        "query", file, "select count(*) as n from matches join articles on articles.id = article_id"
    )
    assert json.loads(found) == [{"n": 1}]


@contextmanager
def datasette(file: Path) -> Iterator[str]:
    """Serves the file on loopback; the address it answers at."""
    port = free_port()
    process = subprocess.Popen(
        [str(Path(sys.executable).with_name("datasette")), "serve", str(file), "--port", str(port)],
        env=without_ours(os.environ),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    url = f"http://127.0.0.1:{port}"
    try:
        assert came_to_pass(lambda: answers(url))
        yield url
    finally:
        process.terminate()
        process.wait(10)


def answers(url: str) -> bool:
    try:
        with _OPEN.open(url + "/-/versions.json", timeout=5):
            return True
    except URLError:
        return False


def got(url: str) -> tuple[int, Any]:
    try:
        with _OPEN.open(url, timeout=20) as answer:
            body = answer.read()
            return answer.status, json.loads(body) if ".json" in url else body.decode()
    except HTTPError as error:
        with error:
            return error.code, error.read().decode()


def test_datasette_shows_every_table(file: Path) -> None:
    with datasette(file) as url:
        status, articles = got(url + "/govwatch/articles.json?_shape=array")
        assert (status, [one["title"] for one in articles]) == (200, ["关于水质的公报"])
        for table in TABLES:
            status, page = got(f"{url}/govwatch/{table}")
            assert (status, table in page) == (200, True)
        for page in ("/", "/govwatch", "/govwatch/article_grams", "/govwatch.json"):
            assert got(url + page)[0] == 200, page
        facet, _ = got(url + "/govwatch/articles.json?_facet=host&_shape=array")
        assert facet == 200
        sql = "select title from articles where body like '%水源地%'"
        status, rows = got(f"{url}/govwatch.json?sql={quote(sql)}&_shape=array")
        if status == 404:  # Datasette 1.0 moved it
            status, rows = got(f"{url}/govwatch/-/query.json?sql={quote(sql)}&_shape=array")
        assert (status, rows) == (200, [{"title": "关于水质的公报"}])


def test_looking_at_the_file_keeps_no_writer_waiting(file: Path, db: Database) -> None:
    with datasette(file) as url:
        assert got(url + "/govwatch/articles.json?_shape=array")[0] == 200
        assert save(db, reading("/2.html", "又一篇。"), NOW).outcome == "new"
        _, articles = got(url + "/govwatch/articles.json?_shape=array")
        assert len(articles) == 2
