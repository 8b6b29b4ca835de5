"""`govwatch status`: how every source is doing, what waits in the outbox, the last runs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rich.table import Table
from sqlite_utils import Database

from monitor.cli import common
from pipelines.store import accommodations, outbox, runs, sources, subscriptions
from pipelines.store.times import now_in_china

LAST_RUNS = 10
LAST_ANSWERS = 20


def status(json: common.JsonOption = False, data: common.DataOption = None) -> None:
    """Show the health of every source, the outbox and the last runs.

    A source is healthy, or its state says what is wrong and since when: unreachable, blocked,
    changed_layout, broken and so on; unverified ones were not looked at yet.
    """
    db = common.open_existing_store(data)
    report = status_json(db)
    if json:
        common.print_json(report)
    else:
        _show(report)


def status_json(db: Database) -> dict[str, Any]:
    """Everything in the shape of `govwatch status --json`."""
    needed = accommodations.by_site(db, now_in_china())
    return {
        "sources": [source_json(row, needed) for row in sources.all_of(db)],
        "not_understood": [
            {"subscription": one.name, "query": one.query, "error": str(error)}
            for one, error in subscriptions.not_understood(db)
        ],
        "outbox": {**outbox.counts(db), "answers": outbox.unsent(db, LAST_ANSWERS)},
        "runs": runs.latest(db, LAST_RUNS),
    }


def source_json(row: Any, needed: Mapping[str, Any]) -> dict[str, Any]:
    """One source: who it is and how it is doing; `needed`: what sites need to answer, by site."""
    names = (
        "id name url state reason since last_success newest next_check_at articles every verify_tls"
        " failures_in_row given_up broken_page"
    )
    values = {name: row[name] for name in names.split()}
    return values | {
        "verify_tls": bool(row["verify_tls"]),
        "browser": bool(row["browser"]),
        "accommodations": needed.get(row["site"], []),
    }


def _show(report: dict[str, Any]) -> None:
    table = Table("source", "articles", "newest", "next look", "state")
    for source in report["sources"]:
        state = source["state"]
        if state != "healthy":
            state = f"{state} since {_minute(source['since'])}"
        table.add_row(
            source["name"],
            str(source["articles"]),
            (source["newest"] or "")[:10],
            _minute(source["next_check_at"])[5:],
            f"{state}: {source['reason']}" if source["reason"] else state,
        )
    common.show_table(table, common.NO_SOURCES)
    for rule in report["not_understood"]:
        common.complain(f"subscription '{rule['subscription']}' tells nobody anything: {rule['error']}")
    waiting = report["outbox"]
    common.out.print(
        f"mails: {waiting['due']} due, {waiting['held']} held, {waiting['sent']} sent,"
        f" {waiting['failed']} failed",
        highlight=False,
    )
    for mail in waiting["answers"]:
        line = f"  {mail['state']}: {mail['recipient']}: {mail['answer']}"
        common.out.print(line, markup=False, highlight=False)
    for run in report["runs"][:3]:
        common.out.print(
            f"run {run['run']} {run['state']} {_minute(run['started'])}: {run['pages']} pages,"
            f" {run['new']} new, {run['changed']} changed, {len(run['failures'])} failures",
            markup=False,
            highlight=False,
        )


def _minute(stamp: str | None) -> str:
    return stamp[:16].replace("T", " ") if stamp else ""
