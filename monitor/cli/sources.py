"""`govwatch sources`: the catalogue of what is watched."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer
from attrs import asdict
from rich.table import Table
from sqlite_utils import Database

from crawlers.catalogue.durations import duration_text
from crawlers.catalogue.source_file import sources_toml
from monitor.cli import common
from monitor.cli.status import source_json
from pipelines.store import accommodations, layouts, sources
from pipelines.store.times import now_in_china

app = typer.Typer(
    no_args_is_help=True,
    help="What is watched: list, show, pause, resume, remove, import, packs, verify, export.",
)

NameArgument = Annotated[str, typer.Argument(metavar="NAME", help="Name, number or address of a source.")]


@app.command("list")
def list_(json: common.JsonOption = False, data: common.DataOption = None) -> None:
    """List all sources."""
    db = common.open_existing_store(data)
    rows, needed = sources.all_of(db), accommodations.by_site(db, now_in_china())
    if json:
        common.print_json({"sources": [_as_json(row, needed) for row in rows]})
        return
    table = Table("name", "state", "every", "articles", "newest", "address")
    for row in rows:
        every = duration_text(row["every"]) if row["every"] else f"~{duration_text(row['interval'])}"
        marks = "" if row["verify_tls"] else " (certificate not checked)"
        marks += " (in a browser)" if row["browser"] else ""
        marks += "".join(f" (needs {one['kind']})" for one in needed.get(row["site"], ()))
        table.add_row(
            row["name"],
            row["state"],
            every,
            str(row["articles"]),
            (row["newest"] or "")[:10],
            row["url"] + marks,
        )
    common.show_table(table, common.NO_SOURCES)


@app.command()
def show(name: NameArgument, json: common.JsonOption = False, data: common.DataOption = None) -> None:
    """Show one source: its recipe, its state, when it is looked at next."""
    db = common.open_existing_store(data)
    _found(db, name)
    (row,) = [row for row in sources.all_of(db) if name in (row["name"], row["url"], str(row["id"]))][:1]
    needed = accommodations.by_site(db, now_in_china())
    shown = _as_json(row, needed) | {"recipes": layouts.history(db, row["id"])}
    if json:
        common.print_json(shown)
        return
    for key, value in shown.items():
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
    file: Annotated[
        Path | None, typer.Argument(metavar="FILE", help="TOML, OPML, or one address per line.")
    ] = None,
    pack: Annotated[
        str | None, typer.Option(metavar="PACK", help="One of `govwatch sources packs` instead of a file.")
    ] = None,
    check: Annotated[
        bool | None,
        typer.Option("--check/--no-check", help="Look at each; the default for files, not for packs."),
    ] = None,
    json: common.JsonOption = False,
    data: common.DataOption = None,
) -> None:
    """Take sources from a file or a pack; those that are watched already stay as they are.

    Each column without a recipe is looked at as `add` does, many sites side by side. Those that are not
    understood are named and not taken; they keep none of the others from being taken. With `--no-check`
    all are stored without a look, as unverified.

    Example: `govwatch sources import addresses.txt`
    """
    from monitor.cli import importing  # which brings Scrapy and Twisted along

    if file and pack is None:
        offer = importing.of_file(file)
    elif pack is not None and file is None:
        offer = importing.of_pack(pack)
    else:
        common.usage_error("give a FILE or --pack PACK, one of them; `govwatch sources packs` lists packs")
    importing.take(offer, data, check=pack is None if check is None else check, json=json)


@app.command()
def packs(json: common.JsonOption = False) -> None:
    """List the packs of columns that come with govwatch."""
    from crawlers.catalogue.shipped import packs as shipped  # reads and checks every pack

    found = shipped()
    if json:
        common.print_json(
            {
                "packs": [
                    {"name": pack.name, "columns": len(pack.sources)} | pack.head.model_dump(mode="json")
                    for pack in found
                ]
            }
        )
        return
    table = Table("pack", "columns", "checked", "what it holds")
    for pack in found:
        what = f"{pack.head.title}: {pack.head.description}"
        table.add_row(pack.name, str(len(pack.sources)), pack.head.checked.isoformat(), what)
    common.out.print(table, markup=False)
    for note in dict.fromkeys(pack.head.note for pack in found):
        common.out.print(note, markup=False, highlight=False)


@app.command()
def verify(
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="NAME", help="Names of sources; none: all that are unverified."),
    ] = None,
    all_: Annotated[bool, typer.Option("--all", help="All sources that are not paused.")] = False,
    json: common.JsonOption = False,
    data: common.DataOption = None,
) -> None:
    """Look at sources as `add` does, and keep how they are read.

    Sources of packs, and those that were imported without a look, are unverified until then. A source
    that is not understood gets the state of its failure, with the reason. Nothing is fetched for the
    archive.

    Example: `govwatch sources verify --all`
    """
    from monitor.cli import verifying  # which brings Scrapy and Twisted along

    if names and all_:
        common.usage_error("give names or --all, not both")
    verifying.verify(names or (), data, all_=all_, json=json)


def _as_json(row: Any, needed: Mapping[str, Any]) -> dict[str, Any]:
    source = sources.as_source(row)
    return source_json(row, needed) | {"alert_backlog": source.alert_backlog, "recipe": asdict(source.recipe)}


def _found(db: Database, name: str) -> None:
    try:
        sources.find(db, name)
    except sources.NoSuchSource as error:
        common.usage_error(str(error))
