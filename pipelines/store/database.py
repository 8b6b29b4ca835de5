"""Opening the database: SQLite in WAL, migrated, with errors a user can act on."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from time import monotonic, sleep

from sqlite_utils import Database

from pipelines.store.schema import migrations

BUSY_SECONDS = 30.0
"""How long a writer waits for another one; a transaction of ours takes milliseconds."""

_PAUSE = 0.05


class StoreError(Exception):
    """The database cannot be used as asked; the text is one line with the remedy."""


class StoreBusy(StoreError):
    """Not now, but later perhaps: it is locked, or its disk is full."""


def open_store(path: Path, *, create: bool = True) -> Database:
    """Opens the database, making or migrating it first where that is needed.

    An older database is copied beside itself (`govwatch.db.before-m0002_...`) before it is migrated.
    Raises `StoreError` when it is from a newer govwatch, locked, read-only, damaged, or absent and
    `create` is False.
    """
    if not path.exists():
        if not create:
            raise StoreError(f"{path}: no database yet; `govwatch init` or `govwatch add URL` makes it")
        make_folder(path.parent)
    with explained(path):
        db = Database(sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None))
        db.conn.row_factory = sqlite3.Row
        try:
            _configure(db)
            _migrate(db, path)
        except BaseException:  # raised again
            db.close()
            raise
        return db


def make_folder(folder: Path) -> None:
    """Makes the data folder; an unwritable place is told in one line."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"{folder}: cannot make the data folder: {error.strerror}") from error


@contextmanager
def transaction(db: Database) -> Iterator[sqlite3.Connection]:
    """All or nothing. Takes the write lock at once, so that what is read inside stays true.

    Inside another transaction it is a part of that one.
    """
    if db.conn.in_transaction:
        yield db.conn
        return
    db.conn.execute("BEGIN IMMEDIATE")
    try:
        yield db.conn
        db.conn.execute("COMMIT")
    except BaseException:  # raised again: an interrupt undoes it too
        if db.conn.in_transaction:  # a full disk may have rolled it back already
            db.conn.execute("ROLLBACK")
        raise


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turns SQLite's errors into `StoreError`s that say what to do."""
    try:
        yield
    except sqlite3.Error as error:
        passes = any(mark in str(error) for mark in ("locked", "disk is full", "disk I/O"))
        raise (StoreBusy if passes else StoreError)(explain(error, path)) from error


def explain(error: sqlite3.Error, path: Path) -> str:
    """One line: what is wrong with the database at `path`, and the remedy."""
    if "disk I/O" in str(error) and _is_full(path):
        error = sqlite3.OperationalError("database or disk is full")
    return f"{path}: {remedy(error)}"


def _is_full(path: Path) -> bool:
    """SQLite calls it an I/O error when there is no room for the index of its log (32 KB)."""
    try:
        return shutil.disk_usage(path.parent).free < 1 << 16
    except OSError:
        return False


def remedy(error: sqlite3.Error) -> str:
    """What is wrong with a database, and the remedy, as far as it is known."""
    text = str(error)
    return next((known for mark, known in _REMEDIES if mark in text), text)


_REMEDIES = (
    ("locked", "the database is locked by another program; close it or try again"),
    ("readonly", "the database is read-only; check the file's and the folder's permissions"),
    ("read-only", "the database is read-only; check the file's and the folder's permissions"),
    ("disk is full", "the disk is full; nothing was stored half, free some space and try again"),
    ("disk I/O", "the disk gave an error; check it, then `sqlite3 FILE 'PRAGMA integrity_check'`"),
    ("not a database", "this is not a govwatch database; name another with GOVWATCH_DATABASE"),
    ("malformed", "the database is damaged; restore a copy, or try `sqlite3 FILE .recover`"),
    ("unable to open", "cannot be opened; check that the folder exists and may be written"),
)


def _configure(db: Database) -> None:
    _write_ahead(db)
    # NORMAL could lose the last commits at a power cut: then a mail that was sent would be sent again,
    # and one that was promised could be lost.
    db.execute("PRAGMA synchronous = FULL")
    db.execute("PRAGMA foreign_keys = ON")


def _write_ahead(db: Database) -> None:
    """SQLite does not wait where two processes make a database at once and both choose how it is written."""
    deadline = monotonic() + BUSY_SECONDS
    while True:
        try:
            db.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or monotonic() > deadline:
                raise
            sleep(_PAUSE)
        else:
            return


def _migrate(db: Database, path: Path) -> None:
    known = {migration.name for migration in migrations.pending(Database(memory=True))}
    applied = {migration.name for migration in migrations.applied(db)}
    if applied - known:
        raise StoreError(f"{path}: this database is from a newer govwatch; update govwatch to open it")
    if applied == known:
        return
    with transaction(db):  # two processes may start at once: the second finds nothing left to do
        applied = {migration.name for migration in migrations.applied(db)}
        if applied and applied != known:
            _copy_before(path, min(known - applied))
        migrations.apply(db)


def _copy_before(path: Path, migration: str) -> None:
    """Keeps a copy of the database as it was, whole even when the power fails meanwhile.

    Within the migration's transaction, so that nobody writes between the two; from a connection of its
    own, as SQLite copies no database that the same connection is writing.
    """
    copy = path.with_name(f"{path.name}.before-{migration}")
    unfinished = copy.with_name(copy.name + ".part")
    unfinished.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(unfinished)) as target:
        source.backup(target)
    unfinished.replace(copy)
