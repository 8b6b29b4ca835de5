"""The commands of `govwatch`, put together."""

from __future__ import annotations

import atexit
import gc
import os
import signal
import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.metadata import version

import typer
from attrs import frozen

INTERRUPTED = 130
"""Exit code after Ctrl-C or SIGTERM, as shells have it."""


@frozen
class Command:
    """A command as the list of commands shows it; its module is imported when it is called."""

    name: str
    summary: str
    """The first paragraph of its own help."""
    module: str = ""
    """In this package; holds a function, or the group `app`, for the command. Empty: named as the command."""


COMMANDS = (
    Command("init", "Write a commented govwatch.toml and create the database."),
    Command("add", "Look at a column, and watch it from now on."),
    Command("sources", "What is watched: list, show, pause, resume, remove, import, packs, verify, export."),
    Command("subscriptions", "Who is told what: add, list, test, pause, resume, remove, import, export."),
    Command("run", "Watch: crawl what is due, deliver what matches, until Ctrl-C or SIGTERM."),
    Command("crawl", "Visit sources now."),
    Command("send", "Deliver what is due in the outbox once, also what waits for its next try."),
    Command("status", "Show the health of every source, the outbox and the last runs."),
    Command("search", "Search the archive: precisely the articles that hold what is asked for."),
    Command("export", "Write every article that a query finds to a file, for Excel or a program."),
    Command(
        "reread", "Read the stored pages again, and report what this version of govwatch reads differently."
    ),
    Command("read", "Read pages as articles: title, date, source, author, text, attachments.", "pages"),
    Command("probe", "Read a page as a column: its rows, its family, the following page.", "pages"),
    Command("clean", "Repair a text: inserted readings, Traditional and odd characters of polluted copies."),
)


def application(arguments: Sequence[str]) -> typer.Typer:
    """All commands, of which only the one that `arguments` call is loaded.

    Scrapy, Twisted and pydantic take a second to import, and who searches needs none of them.
    """
    app = typer.Typer(
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode="markdown",
        help="Watches columns of Chinese government news sites; finds what is new,"
        " tells each reader once.\n\n"
        "Begin with `govwatch add URL`, then `govwatch subscriptions add`, then `govwatch run`.",
    )
    app.callback(invoke_without_command=True)(_options)
    called = next((argument for argument in arguments if not argument.startswith("-")), None)
    for command in COMMANDS:
        if command.name == called:
            _load(app, command)
        else:
            app.command(command.name, help=command.summary)(_not_loaded)
    return app


def main() -> None:
    """Runs the command that the process was called with, and ends the process with its exit code."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # ends a command in order, as Ctrl-C does
    atexit.register(gc.freeze)  # what is left is no garbage worth looking for when Python ends
    try:
        code = _run(sys.argv[1:])
        sys.stdout.flush()
    except (BrokenPipeError, SystemExit) as error:
        # Typer and Rich end the process themselves when whoever read our output has gone (`| head -1`).
        if not isinstance(error if isinstance(error, OSError) else error.__context__, BrokenPipeError):
            raise
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    sys.exit(code)


def _run(arguments: Sequence[str]) -> int:
    try:
        code = int(application(arguments)(list(arguments), standalone_mode=False, prog_name="govwatch") or 0)
    except BrokenPipeError:
        raise
    except (Exception, KeyboardInterrupt) as error:  # the outermost place: what is not told is raised again
        from monitor.cli.endings import told

        return told(error)
    if code == INTERRUPTED:  # Typer has swallowed the Ctrl-C
        typer.echo("govwatch: stopped", err=True)
    return code


def _load(app: typer.Typer, command: Command) -> None:
    module = import_module(f"monitor.cli.{command.module or command.name}")
    if hasattr(module, "app"):
        app.add_typer(module.app, name=command.name)
    else:
        app.command(command.name)(getattr(module, command.name))


def _not_loaded() -> None:
    """Stands in the list of commands for one that is not called."""


def _options(
    shown: bool = typer.Option(False, "--version", help="Show the version and end.", is_eager=True),
) -> None:
    if shown:
        typer.echo(f"govwatch {version('govwatch')}")
        raise typer.Exit()
