"""`govwatch export`: an answer of the archive as a file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, TaskProgressColumn, TextColumn, TimeRemainingColumn

from monitor import export as files
from monitor.cli import common
from monitor.cli.search import QueryArgument, SinceOption, UntilOption, check_query
from monitor.export import FORMATS, ExportError, Format
from pipelines.query import parse
from pipelines.store.search import Period, candidates


def export(
    query: QueryArgument,
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FILE", help="The file to write.")],
    file_format: Annotated[
        Format | None, typer.Option("--format", help="Else as the file's name ends.")
    ] = None,
    since: SinceOption = None,
    until: UntilOption = None,
    json: common.JsonOption = False,
    data: common.DataOption = None,
) -> None:
    """Write every article that a query finds to a file, for Excel or a program.

    Newest first. The file appears when it is complete; an older one of that name is replaced. Cells
    that a spreadsheet would calculate are made harmless.

    Example: `govwatch export 环保督察 -o 督察.xlsx`
    """
    check_query(query)
    chosen = file_format or _format_of(output)
    period = Period(*(common.parse_day(day) if day else None for day in (since, until)))
    db = common.open_existing_store(data)
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with common.progress(*columns, quiet=json) as progress:
        task = progress.add_task("looking through", total=candidates(db, parse(query), period))
        try:
            count = files.export(
                db, parse(query), output, chosen, period, inspected=lambda seen: progress.advance(task, seen)
            )
        except ExportError as error:
            common.usage_error(str(error))
    if json:
        common.print_json({"query": query, "file": str(output), "format": chosen, "articles": count})
    else:
        common.out.print(f"{count} articles -> {output}", markup=False, highlight=False)


def _format_of(file: Path) -> Format:
    known = next((known for known in FORMATS if file.suffix.lower() == f".{known}"), None)
    if known is None:
        common.usage_error(f"{file}: which format? give --format {', '.join(FORMATS[:-1])} or {FORMATS[-1]}")
    return known
