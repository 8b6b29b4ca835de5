"""How a command ends that was raised out of: one line on stderr and an exit code."""

from __future__ import annotations

import sqlite3

import typer

from monitor.cli import common
from monitor.cli.app import INTERRUPTED
from pipelines.store.database import StoreError, remedy


def told(error: BaseException) -> int:
    """Says in one line what went wrong, with the remedy, and gives the exit code.

    What nobody has foreseen is a defect of ours: it is raised again, with all that helps to find it.
    """
    if isinstance(error, KeyboardInterrupt | typer.Abort):
        common.complain("stopped")
        return INTERRUPTED
    if isinstance(error, typer.TyperException):
        common.complain(_usage(error))
        return common.WRONG_USAGE
    if isinstance(error, StoreError):
        common.complain(str(error))
    elif isinstance(error, sqlite3.Error):
        common.complain(f"database: {remedy(error)}")
    elif isinstance(error, OSError) and error.strerror:
        common.complain(f"{error.filename}: {error.strerror}" if error.filename else error.strerror)
    else:
        raise error
    return common.DONE_WITH_FAILURES


def _usage(error: typer.TyperException) -> str:
    context = getattr(error, "ctx", None)
    where = context.command_path if context else "govwatch"
    said = " ".join(error.format_message().replace("Value error, ", "").split()) or "Which command?"
    return f"{said if said.endswith(('.', '?')) else said + '.'} See `{where} --help`."
