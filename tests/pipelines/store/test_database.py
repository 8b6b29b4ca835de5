"""Opening, migrating, and what happens when the database or the disk gives way: one clear line each."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database, Migrations

from pipelines.store import database, schema
from pipelines.store.articles import Saved, save
from pipelines.store.database import StoreError, explain, explained, open_store, transaction
from tests.support.stored import NOW, audit, mails, reading, subscribe, watch


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "govwatch.db"


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.05)


@pytest.fixture
def newer(monkeypatch: pytest.MonkeyPatch) -> Iterator[Migrations]:
    """A later govwatch, which has one migration more than this one."""
    later = Migrations("govwatch")
    for migration in schema.migrations.pending(Database(memory=True)):
        later(name=migration.name)(migration.fn)
    monkeypatch.setattr(database, "migrations", later)
    return later


def add_column(db: Database) -> None:
    db.execute("ALTER TABLE articles ADD COLUMN seen_by TEXT")


def columns(path: Path) -> set[str]:
    with closing(sqlite3.connect(path)) as conn:
        return {row[1] for row in conn.execute("PRAGMA table_info(articles)")}


def complaint(path: Path) -> str:
    with pytest.raises(StoreError) as error:
        open_store(path)
    text = str(error.value)
    assert "\n" not in text
    return text


def test_a_new_database_is_made_with_its_folder(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "data" / "govwatch.db"
    with open_store(path) as db:
        modes = [db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous")]
        assert modes == ["wal", 2]
        assert db.execute("PRAGMA foreign_keys").fetchone()[0] == 1
    assert not list(path.parent.glob("*.before-*"))


def test_where_none_is_to_be_made_the_remedy_is_named(path: Path) -> None:
    with pytest.raises(StoreError, match="no database yet"):
        open_store(path, create=False)
    assert not path.exists()


def test_an_old_database_is_migrated_after_a_copy(path: Path, newer: Migrations) -> None:
    with open_store(path) as db:
        save(db, reading(), NOW)
    newer(name="m9999_seen_by")(add_column)
    with open_store(path) as db:
        assert db["articles"].count == 1
    assert "seen_by" in columns(path)
    copy = path.with_name("govwatch.db.before-m9999_seen_by")
    assert "seen_by" not in columns(copy)
    with closing(Database(str(copy))) as old:
        assert old["articles"].count == 1
        assert old.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    assert {one.name for one in path.parent.glob("*.before-*")} == {copy.name}


def test_the_first_version_s_database_is_brought_up_to_date(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = Migrations("govwatch")
    first(name="m0001_first_version")(schema.m0001_first_version)
    monkeypatch.setattr(database, "migrations", first)
    with open_store(path) as db:
        db.execute("INSERT INTO stories (id, title, created_at) VALUES (1, '防汛', '')")
        db.execute(
            "INSERT INTO articles (url, kind, body, host, story_id, first_seen, last_seen, content_hash,"
            " text_hash, encoding)"
            " VALUES ('http://a.example/1', 'article', '正文', 'a', 1, '', '', '', '', '')"
        )
    monkeypatch.setattr(database, "migrations", schema.migrations)
    with open_store(path) as db:
        (article,) = db["articles"].rows
        assert (article["body"], article["editors"], article["pages"]) == ("正文", "[]", 1)
        assert save(db, reading(), NOW).outcome == "new"


def test_a_migration_that_fails_changes_nothing(path: Path, newer: Migrations) -> None:
    def breaks(db: Database) -> None:
        add_column(db)
        db.execute("DELETE FROM articles")
        raise sqlite3.OperationalError("database or disk is full")

    with open_store(path) as db:
        save(db, reading(), NOW)
    newer(name="m9999_seen_by")(breaks)
    assert "the disk is full; nothing was stored half" in complaint(path)
    assert "seen_by" not in columns(path)
    with closing(Database(str(path))) as db:
        known = len(schema.migrations.pending(Database(memory=True)))
        assert (db["articles"].count, len(list(db["_sqlite_migrations"].rows))) == (1, known)


def test_of_two_processes_that_migrate_at_once_the_second_copies_nothing(
    path: Path, newer: Migrations
) -> None:
    open_store(path).close()
    copy = path.with_name("govwatch.db.before-m9999_seen_by")
    late = Database(str(path))
    try:
        newer(name="m9999_seen_by")(add_column)
        open_store(path).close()
        before = copy.read_bytes()
        database._migrate(late, path)
        assert copy.read_bytes() == before
    finally:
        late.close()


def test_a_newer_database_is_refused_untouched(
    path: Path, newer: Migrations, monkeypatch: pytest.MonkeyPatch
) -> None:
    newer(name="m9999_seen_by")(add_column)
    open_store(path).close()
    monkeypatch.setattr(database, "migrations", schema.migrations)
    assert "from a newer govwatch; update govwatch" in complaint(path)
    assert "seen_by" in columns(path)


@pytest.mark.usefixtures("impatient")
def test_a_locked_database_is_named_at_opening_and_at_writing(path: Path) -> None:
    with open_store(path) as db, closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="locked by another program"), explained(path):
            save(db, reading(), NOW)
        other.execute("COMMIT")
        assert save(db, reading(), NOW).outcome == "new"
        assert audit(db) == []


@pytest.mark.usefixtures("impatient")
def test_opening_a_database_that_is_locked_wholly(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("CREATE TABLE t (x)")
        other.execute("BEGIN EXCLUSIVE")
        assert "locked by another program" in complaint(path)


def test_a_new_database_that_another_process_is_making_is_waited_for(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")  # SQLite itself does not wait here
        monkeypatch.setattr(database, "sleep", lambda _: other.execute("ROLLBACK"))
        with open_store(path) as db:
            assert db.execute("PRAGMA journal_mode").fetchone()[0] == "wal"


def test_readers_are_not_kept_by_a_writer(path: Path) -> None:
    with open_store(path) as writer, open_store(path) as reader:
        save(writer, reading(), NOW)
        with transaction(writer) as conn:
            conn.execute("DELETE FROM attachments")
            assert reader["articles"].count == 1


def test_a_read_only_database_is_named(path: Path) -> None:
    with open_store(path) as db:
        db.execute("PRAGMA query_only = 1")
        with pytest.raises(StoreError, match="read-only; check the file's"), explained(path):
            save(db, reading(), NOW)


def test_what_is_no_database_is_named(path: Path) -> None:
    path.write_text("an old text file, longer than a header of SQLite is, by a good deal\n" * 20)
    assert "not a govwatch database" in complaint(path)


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file")
    assert "cannot make the data folder" in complaint(tmp_path / "data" / "govwatch.db")


def test_a_damaged_database_is_named() -> None:
    text = explain(sqlite3.DatabaseError("database disk image is malformed"), Path("x.db"))
    assert text.startswith("x.db: the database is damaged; restore a copy")


def test_a_full_disk_loses_nothing_that_was_stored_and_stores_nothing_half(path: Path) -> None:
    def fill() -> None:
        for number in range(1000):
            body = "".join(chr(0x4E00 + (number * 97 + place) % 20000) for place in range(300))
            saved.append(save(db, reading(f"/{number}.html", f"第{number}期。{body}", source=column), NOW))

    saved: list[Saved] = []
    with open_store(path) as db:
        subscribe(db, "第 AND 期")
        column = watch(db)
        pages = db.execute("PRAGMA page_count").fetchone()[0]
        db.execute(f"PRAGMA max_page_count = {pages + 30}")
        with pytest.raises(StoreError, match="disk is full"), explained(path):
            fill()
        stored = len(saved)
        assert 0 < stored < 1000
        assert (db["articles"].count, len(mails(db)), audit(db)) == (stored, stored, [])
        db.execute("PRAGMA max_page_count = 1000000")
        save(db, reading("/more.html", "第一期。", source=column), NOW)
        assert (len(mails(db)), audit(db)) == (stored + 1, [])


def test_an_exception_inside_a_transaction_undoes_it(path: Path) -> None:
    def interrupted() -> None:
        with transaction(db) as conn:
            conn.execute("INSERT INTO stories (created_at) VALUES ('')")
            raise KeyboardInterrupt

    with open_store(path) as db:
        with pytest.raises(KeyboardInterrupt):
            interrupted()
        assert db["stories"].count == 0
        with transaction(db) as conn:
            conn.execute("INSERT INTO stories (created_at) VALUES ('')")
        assert db["stories"].count == 1


def test_two_processes_that_write_at_once_wait_for_each_other(path: Path) -> None:
    from concurrent.futures import ThreadPoolExecutor

    def writes(first: int) -> int:
        with open_store(path) as own:
            for number in range(first, 40, 2):
                save(own, reading(f"/{number}.html", f"第{number}期。"), NOW)
                save(own, reading("/shared.html", f"共用，第{number}期。"), NOW)
        return first

    with open_store(path) as db:
        subscribe(db, "第 AND 期")
        with ThreadPoolExecutor(2) as pool:
            assert list(pool.map(writes, (0, 1))) == [0, 1]
        assert (db["articles"].count, audit(db)) == (41, [])
        assert db.execute("SELECT version FROM articles WHERE url LIKE '%shared%'").fetchone()[0] == 40
