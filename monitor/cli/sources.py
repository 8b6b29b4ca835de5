"""`govwatch sources`: the catalogue of what is watched."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from attrs import asdict
from rich.table import Table
from sqlite_utils import Database

from crawlers.catalogue.durations import duration_text
from crawlers.catalogue.source_file import sources_from, sources_toml
from crawlers.catalogue.toml_file import FileError
from monitor.cli import common
from monitor.cli.status import source_json
from pipelines.store import sources
from pipelines.store.database import transaction
from pipelines.store.times import now_in_china

app = typer.Typer(
    no_args_is_help=True, help="What is watched: list, show, pause, resume, remove, import, export."
)

NameArgument = Annotated[str, typer.Argument(metavar="NAME", help="Name, number or address of a source.")]


@app.command("list")
def list_(json: common.JsonOption = False, data: common.DataOption = None) -> None:
    """List all sources."""
    rows = sources.all_of(common.open_existing_store(data))
    if json:
        common.print_json({"sources": [_as_json(row) for row in rows]})
        return
    table = Table("name", "state", "every", "articles", "newest", "address")
    for row in rows:
        every = duration_text(row["every"]) if row["every"] else f"~{duration_text(row['interval'])}"
        marks = "" if row["verify_tls"] else " (certificate not checked)"
        table.add_row(
            row["name"],
            row["state"],
            every,
            str(row["articles"]),
            (row["newest"] or "")[:10],
            row["url"] + marks,
        )
    common.out.print(table, markup=False)


@app.command()
def show(name: NameArgument, json: common.JsonOption = False, data: common.DataOption = None) -> None:
    """Show one source: its recipe, its state, when it is looked at next."""
    db = common.open_existing_store(data)
    _found(db, name)
    (row,) = [row for row in sources.all_of(db) if name in (row["name"], row["url"], str(row["id"]))][:1]
    if json:
        common.print_json(_as_json(row))
        return
    for key, value in _as_json(row).items():
        common.out.print(f"{key}: {value}", markup=False, highlight=False)


@app.command()
def pause(name: NameArgument, data: common.DataOption = None) -> None:
    """Stop looking at a source for a while."""
    db = common.open_existing_store(data)
    _found(db, name)
    sources.pause(db, name, now_in_china())
    common.out.print(f"{name}: paused", markup=False, highlight=False)


@app.command()
def resume(name: NameArgument, data: common.DataOption = None) -> None:
    """Look at a source again, from now on."""
    db = common.open_existing_store(data)
    _found(db, name)
    sources.resume(db, name, now_in_china())
    common.out.print(f"{name}: due now", markup=False, highlight=False)


@app.command()
def remove(name: NameArgument, data: common.DataOption = None) -> None:
    """Stop watching a source for good; its articles stay."""
    db = common.open_existing_store(data)
    _found(db, name)
    try:
        sources.remove(db, name)
    except sources.SourceBusy as error:
        common.complain(str(error))
        raise typer.Exit(common.DONE_WITH_FAILURES) from error
    common.out.print(f"{name}: removed; its articles stay", markup=False, highlight=False)


@app.command("export")
def export_(
    file: Annotated[Path | None, typer.Option("-o", "--output", help="Else on stdout.")] = None,
    data: common.DataOption = None,
) -> None:
    """Write all sources as TOML."""
    rows = sources.all_of(common.open_existing_store(data))
    common.write_text(file, sources_toml(sources.as_source(row) for row in rows))


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="TOML as `sources export` writes it.")],
    data: common.DataOption = None,
) -> None:
    """Take sources from a TOML file; those that are watched already stay as they are.

    All of the others or none.
    """
    try:
        wanted = sources_from(common.read_text(file), file)
    except FileError as error:
        common.usage_error(str(error))
    db = common.open_own_store(data)
    known = []
    with transaction(db):
        for source in wanted:
            try:
                sources.add(db, source, now_in_china(), state="unverified")
            except sources.SourceExists as error:
                known.append(str(error))
    for line in known:
        common.complain(line)
    taken = len(wanted) - len(known)
    common.out.print(
        f"{taken} sources taken from {file}, {len(known)} known already", markup=False, highlight=False
    )


def _as_json(row: Any) -> dict[str, Any]:
    source = sources.as_source(row)
    return source_json(row) | {"alert_backlog": source.alert_backlog, "recipe": asdict(source.recipe)}


def _found(db: Database, name: str) -> None:
    try:
        sources.find(db, name)
    except sources.NoSuchSource as error:
        common.usage_error(str(error))
