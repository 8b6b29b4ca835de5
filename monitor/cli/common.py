"""What every command does alike: exit codes, one-line errors, JSON, opening the store.

Exit 0: done. 1: done with failures, named on stderr. 2: wrong usage or configuration, one clear line.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Annotated, Any, NoReturn
from urllib.parse import urlsplit

import typer
from rich.console import Console
from rich.progress import Progress, ProgressColumn
from rich.table import Table
from sqlite_utils import Database

from crawlers.catalogue.durations import seconds_of
from crawlers.config import Config, ConfigError, load_config
from pipelines.store.database import StoreBusy, StoreError, open_store

DONE_WITH_FAILURES = 1
WRONG_USAGE = 2

out = Console(soft_wrap=True)
"""For people; commands with --json print through `print_json` only."""
err = Console(stderr=True, soft_wrap=True)

DataOption = Annotated[
    Path | None,
    typer.Option("--data", metavar="DIR", help="Folder of the database and files (else as configured)."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="One JSON object on stdout, nothing else.")]


NO_SOURCES = "no sources yet; `govwatch add URL` takes one, `govwatch sources import FILE` many"
NO_SUBSCRIPTIONS = "no subscriptions yet; `govwatch subscriptions add --help` shows how to make one"


def show_table(table: Table, empty: str) -> None:
    """A table on stdout, or where it has no rows a line on how there come to be some."""
    out.print(table if table.row_count else empty, markup=False, highlight=False)


def usage_error(text: str) -> NoReturn:
    """Ends the command with one line on stderr and exit code 2."""
    complain(text)
    raise typer.Exit(WRONG_USAGE)


def complain(text: str) -> None:
    """One line on stderr, as it stands: page titles are full of brackets that are no markup."""
    err.print(f"govwatch: {text}", markup=False, highlight=False)


def complain_of(where: str | None, kind: str, detail: str) -> None:
    """One line about a page or source that could not be had: what it means, what to do, the detail."""
    from crawlers.failures import KINDS  # which brings Scrapy and Twisted along

    complain(f"{where}: {KINDS.get(kind, 'It failed.')} ({kind}: {detail})")


def complain_of_column(where: str | None, kind: str, detail: str) -> None:
    """As `complain_of`, of an address that somebody took for a column."""
    if kind == "no_rows":
        complain(f"{where}: {detail}; give the address of a page that lists articles")
    else:
        complain_of(where, kind, detail)


def progress(*columns: ProgressColumn, quiet: bool) -> Progress:
    """A progress display on stderr that leaves nothing behind; none where nobody is looking."""
    return Progress(*columns, console=err, transient=True, disable=quiet or not err.is_terminal)


def configuration(data: Path | None = None) -> Config:
    """The configuration of the working folder; a wrong one ends the command."""
    try:
        return load_config(data=data)
    except ConfigError as error:
        usage_error(str(error))


def open_existing_store(data: Path | None = None) -> Database:
    """The store that is there; where there is none, the command ends with the remedy."""
    return opened(lambda: open_store(configuration(data).database, create=False))


def open_own_store(data: Path | None = None) -> Database:
    """The store, made where there is none yet."""
    return opened(lambda: open_store(configuration(data).database))


def opened(open_it: Callable[[], Database]) -> Database:
    try:
        return open_it()
    except StoreBusy:
        raise
    except StoreError as error:
        usage_error(str(error))


def print_json(value: Any) -> None:
    """One JSON value on one line of stdout, UTF-8."""
    typer.echo(json.dumps(value, ensure_ascii=False, default=str))


def parse_duration(text: str) -> int:
    """Seconds of `30s`, `15m`, `2h`, `1d`; anything else is a usage error that says so."""
    try:
        return seconds_of(text)
    except ValueError as error:
        usage_error(str(error))


def parse_day(text: str) -> date:
    """`2026-01-31`; anything else is a usage error that says so."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        usage_error(f"'{text}' is no date; write it as 2026-01-31")


def check_address(url: str) -> None:
    """Ends the command where that is no address of the web."""
    try:
        parts = urlsplit(url)
    except ValueError:  # http://[::1
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.hostname:
        usage_error(f"'{url}' is no http or https address; copy it from a browser")


def decoded(text: bytes, name: str) -> str:
    """UTF-8 text that the user named; anything else ends the command."""
    try:
        return text.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        usage_error(f"{name}: is not UTF-8 text (byte {error.start}); save it as UTF-8")


def read_text(file: Path) -> str:
    """The text of a file that the user named; unreadable ones end the command."""
    return decoded(read_bytes(file), str(file))


def read_bytes(file: Path) -> bytes:
    """The content of a file that the user named; unreadable ones end the command."""
    try:
        return file.read_bytes()
    except OSError as error:
        usage_error(f"{file}: {error.strerror}")


def write_text(file: Path | None, text: str) -> None:
    """Writes to the file, or to stdout where none is named."""
    if file is None:
        typer.echo(text, nl=False)
        return
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        usage_error(f"{file}: cannot be written: {error.strerror}")
