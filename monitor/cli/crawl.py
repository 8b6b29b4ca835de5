"""`govwatch crawl`: visits sources now."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor, wait
from typing import Annotated, Any

import typer
from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table
from sqlite_utils import Database

from crawlers.catalogue.model import Source
from crawlers.config import Config
from monitor import runner
from monitor.cli import common
from monitor.cli.app import INTERRUPTED
from pipelines.store import runs, sources
from pipelines.store.database import open_store
from pipelines.store.times import now_in_china

NamesArgument = Annotated[
    list[str] | None, typer.Argument(metavar="SOURCE", help="Names of sources; none: whatever is due.")
]
PagesOption = Annotated[
    int | None, typer.Option(min=1, help="Walk that many list pages; older rows count as history.")
]
SinceOption = Annotated[str | None, typer.Option(metavar="DATE", help="Walk back to that day, 2026-01-31.")]


def crawl(
    names: NamesArgument = None,
    pages: PagesOption = None,
    since: SinceOption = None,
    json: common.JsonOption = False,
    data: common.DataOption = None,
) -> None:
    """Visit sources now.

    Named sources are visited whether due or not, and every article on their list is looked at again.
    Without a name, whatever is due is visited. Mails are written into the outbox; `govwatch send`,
    or a running `govwatch run`, delivers them.

    Example: `govwatch crawl 清溪县要闻 --since 2026-01-01` fetches what the column published this year.
    """
    day = common.parse_day(since) if since else None
    config = common.configuration(data)
    db = common.open_existing_store(data)
    runner.sweep(db, config)
    wishes = runner.Wishes(pages, day, again=bool(names))
    run = runner.begin(
        db, config, lambda: _named(db, names) if names else sources.due(db, now_in_china()), "manual"
    )
    stop = threading.Event()
    _do(db, config, run, wishes, stop, quiet=json)
    report = runs.report(db, run.id)
    if not run.sources and not json:
        none_due = "no source is due; name one to visit it all the same"
        common.complain(none_due if sources.all_of(db) else common.NO_SOURCES)
    if json:
        common.print_json(report)
    else:
        _show(report)
    for failure in report["failures"]:
        where = ", ".join(filter(None, (failure["source"], failure["url"])))
        common.complain_of(where, failure["kind"], failure["detail"])
    if stop.is_set():
        raise typer.Exit(INTERRUPTED)
    if report["failures"] or report["state"] == "failed":
        raise typer.Exit(common.DONE_WITH_FAILURES)


def _named(db: Database, names: list[str]) -> list[Source]:
    try:
        chosen = {source.id: source for source in (sources.find(db, name) for name in names)}
    except sources.NoSuchSource as error:
        common.usage_error(str(error))
    busy = sources.claimed(db, [number for number in chosen if number is not None])
    if busy:
        common.complain(f"{', '.join(busy)}: another crawl visits that site now; try again in a moment")
        raise typer.Exit(common.DONE_WITH_FAILURES)
    return list(chosen.values())


def _do(
    db: Database, config: Config, run: runner.Run, wishes: runner.Wishes, stop: threading.Event, quiet: bool
) -> None:
    """Does the run in a thread, showing meanwhile what has come; Ctrl-C sets `stop` and ends it in order."""
    with ThreadPoolExecutor(1) as pool:
        done = pool.submit(_crawl, config, run, stop, wishes)
        try:
            columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
            with common.progress(*columns, quiet=quiet) as progress:
                task = progress.add_task("")
                while not done.done():
                    report = runs.report(db, run.id)
                    progress.update(task, description=_line(report))
                    wait([done], timeout=0.3)
        except KeyboardInterrupt:
            stop.set()
        done.result()


def _crawl(config: Config, run: runner.Run, stop: threading.Event, wishes: runner.Wishes) -> None:
    with open_store(config.database) as db:
        runner.crawl(db, config, run, stop, wishes)


def _line(report: dict[str, Any]) -> str:
    return (
        f"{report['sources']} sources: {report['pages']} pages, {report['new']} new,"
        f" {report['changed']} changed, {report['same']} same, {len(report['failures'])} failures"
    )


def _show(report: dict[str, Any]) -> None:
    table = Table("sources", "pages", "not modified", "new", "changed", "same", "reprints", "failures")
    names = ("sources", "pages", "not_modified", "new", "changed", "same", "reprints")
    table.add_row(*(str(report[name]) for name in names), str(len(report["failures"])))
    common.out.print(table)
    for layout in report["relearned"]:
        line = f"{layout['source']}: new layout, learned anew: {layout['evidence']}"
        common.out.print(line, markup=False, highlight=False)
    if report["state"] == "failed":
        common.complain(f"run {report['run']}: {report['reason']}")
