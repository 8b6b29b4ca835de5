"""A database or folder that cannot be used: one line with the remedy, and nothing is lost."""

from __future__ import annotations

import os
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from pipelines.store.database import open_store
from tests.support.archive import put
from tests.support.columns import column
from tests.support.commands import Folder, came_to_pass, here, watched
from tests.support.httpserver import serving

IS_ROOT = os.geteuid() == 0


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """A folder with a database of two articles and one source."""
    made = here(tmp_path)
    with open_store(made.database) as db:
        put(db, 1, "环保督察通报", "正文。")
        put(db, 2, "水质公报", "正文。")
    watched(made, a="http://127.0.0.1:9/")
    return made


def assert_unharmed(folder: Folder) -> None:
    with closing(sqlite3.connect(folder.database)) as conn:
        assert conn.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert conn.execute("SELECT count(*) FROM articles").fetchone() == (2,)


def test_a_file_that_is_no_database_is_left_as_it_is(folder: Folder) -> None:
    folder.database.write_bytes(b"Dear diary, ...")
    for command in (["status", "--json"], ["search", "环保"], ["sources", "pause", "a"]):
        done = folder.run(*command)
        assert (done.code, done.out) == (2, "")
        assert done.complaint == (
            f"{folder.database}: this is not a govwatch database; name another with GOVWATCH_DATABASE"
        )
    assert folder.database.read_bytes() == b"Dear diary, ..."


def test_a_database_from_a_newer_version_is_left_as_it_is(folder: Folder) -> None:
    with closing(sqlite3.connect(folder.database)) as conn, conn:
        conn.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name) VALUES ('govwatch', 'm9999_of_tomorrow')"
        )
    for command in (["run"], ["init"]):
        done = folder.run(*command)
        assert done.code == 2
        assert done.complaint.endswith("this database is from a newer govwatch; update govwatch to open it")
    assert_unharmed(folder)


def test_a_damaged_database_is_not_touched(folder: Folder) -> None:
    with folder.database.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * 40960)
    done = folder.run("search", "环保")
    assert (done.code, done.out) in ((1, ""), (2, ""))
    assert "the database is damaged; restore a copy, or try" in done.complaint


@pytest.mark.parametrize(
    ("lock", "command", "code"),
    [
        ("BEGIN IMMEDIATE", ["sources", "pause", "a"], 1),
        ("BEGIN IMMEDIATE", ["crawl", "--json"], 1),
        ("BEGIN IMMEDIATE", ["search", "环保", "--json"], 0),
        ("BEGIN IMMEDIATE", ["status", "--json"], 0),
    ],
)
def test_while_another_process_writes_readers_read_and_writers_say_who_is_in_the_way(
    folder: Folder, lock: str, command: list[str], code: int
) -> None:
    with closing(sqlite3.connect(folder.database, isolation_level=None)) as other:
        other.execute(lock)
        done = folder.run(*command, impatient=True)
        assert done.code == code
        if code:
            assert done.out == ""
            assert "the database is locked by another program; close it or try again" in done.complaint
    assert_unharmed(folder)


def articles_in(folder: Folder) -> int:
    with closing(sqlite3.connect(folder.database)) as conn:
        (number,) = conn.execute("SELECT count(*) FROM articles").fetchone()
        return int(number)


@contextmanager
def tiny_disk(path: Path) -> Iterator[Path]:
    """A file system of 4 MB; only root may make one."""
    path.mkdir()
    try:
        subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", path], check=True, capture_output=True
        )
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("no file system can be mounted here")
    try:
        yield path
    finally:
        subprocess.run(["umount", "-l", path], check=True)


def fill(folder: Folder) -> Path:
    """Takes all the room that is left in the data folder; gives the file that takes it."""
    ballast = folder.path / "data" / "ballast"
    with pytest.raises(OSError, match="No space left"):
        ballast.write_bytes(bytes(8 << 20))
    return ballast


@pytest.mark.skipif(not IS_ROOT, reason="only root may mount a file system")
def test_a_full_disk_stores_nothing_half_and_all_of_it_later(tmp_path: Path) -> None:
    folder = here(tmp_path, delay=0.2)
    with tiny_disk(tmp_path / "data"), serving(column()) as site:
        watched(folder, column=site.url + "/list/")

        ballast = fill(folder)
        for command in (["sources", "pause", "column"], ["crawl"]):
            done = folder.run(*command)
            assert done.code == 1, done
            assert "the disk is full; nothing was stored half, free some space" in done.complaint
        ballast.unlink()

        crawl = folder.start("crawl")
        assert came_to_pass(lambda: articles_in(folder) >= 3)
        ballast = fill(folder)
        _, said = crawl.communicate(timeout=30)
        assert crawl.returncode == 1
        assert "the disk is full" in said.decode()
        ballast.unlink()
        before = articles_in(folder)
        assert 3 <= before < 12

        report = folder.run("crawl", "column", "--json").json
        assert (report["new"], report["failures"]) == (12 - before, [])


def test_a_folder_in_which_nothing_may_be_written(folder: Folder) -> None:
    """SQLite has to write beside the database even to read it."""
    (folder.path / "data").chmod(0o555)
    for command in (["status"], ["search", "环保"], ["sources", "pause", "a"]):
        done = folder.run(*command, plain=True)
        assert done.code == 2, done
        assert "check the file's and the folder's permissions" in done.complaint
    assert_unharmed(folder)


def test_a_database_that_may_only_be_read(folder: Folder) -> None:
    folder.database.chmod(0o444)
    done = folder.run("sources", "pause", "a", plain=True)
    assert done.code in (1, 2)
    assert "the database is read-only; check the file's and the folder's permissions" in done.complaint
    assert_unharmed(folder)


def test_a_place_where_no_data_folder_can_be_made(folder: Folder) -> None:
    folder.path.chmod(0o555)
    for command in (["init"], ["run"]):
        done = folder.run(*command, "--data", "new", plain=True)
        assert done.code == 2, done
        assert done.complaint.endswith("Permission denied")
    assert not (folder.path / "new").exists()
