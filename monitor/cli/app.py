"""The commands of `govwatch`, put together."""

from __future__ import annotations

import os
import sqlite3
import sys
from importlib.metadata import version

import typer

from monitor.cli import (
    add,
    common,
    crawl,
    export,
    init,
    pages,
    run,
    search,
    send,
    sources,
    status,
    subscriptions,
)
from pipelines.store.database import StoreError, explain

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    help="Watches columns of Chinese government news sites: finds new articles, tells each reader once.\n\n"
    "Begin with `govwatch add URL`, then `govwatch subscriptions add`, then `govwatch run`.",
)
app.command()(init.init)
app.command()(add.add)
app.add_typer(sources.app, name="sources")
app.add_typer(subscriptions.app, name="subscriptions")
app.command()(run.run)
app.command()(crawl.crawl)
app.command()(send.send)
app.command()(status.status)
app.command()(search.search)
app.command()(export.export)
app.command()(pages.read)
app.command()(pages.probe)
app.command()(pages.clean)


@app.callback(invoke_without_command=True)
def _options(
    shown: bool = typer.Option(False, "--version", help="Show the version and end.", is_eager=True),
) -> None:
    if shown:
        typer.echo(f"govwatch {version('govwatch')}")
        raise typer.Exit()


def main() -> None:
    """Runs a command; whatever goes wrong ends in one line and the exit code of `monitor.cli.common`."""
    try:
        code = app(standalone_mode=False, prog_name="govwatch")
    except typer.TyperException as error:
        context = getattr(error, "ctx", None)
        where = context.command_path if context else "govwatch"
        common.complain(f"{error.format_message()} See `{where} --help`.")
        code = common.WRONG_USAGE
    except StoreError as error:
        common.complain(str(error))
        code = common.DONE_WITH_FAILURES
    except sqlite3.Error as error:
        common.complain(explain(error, common.configuration().database))
        code = common.DONE_WITH_FAILURES
    except (KeyboardInterrupt, typer.Abort):
        common.complain("stopped")
        code = 130
    except BrokenPipeError:
        # Whoever read our output has gone (`govwatch search ... | head`); nothing more is to be said.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    sys.exit(code)
