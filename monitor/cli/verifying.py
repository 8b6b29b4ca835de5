"""`govwatch sources verify`: looks at sources that are watched, and keeps how they are read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

import typer
from attrs import asdict, frozen
from rich.table import Table
from sqlite_utils import Database

from crawlers.catalogue.model import Source
from crawlers.config import Config
from crawlers.items import Failure, VisitEnded
from crawlers.survey import Finding
from monitor import runner
from monitor.cli import common
from monitor.cli.app import INTERRUPTED
from monitor.cli.looking import look_at
from monitor.cli.understood import mirror_warnings
from pipelines.store import sources, verified, visits
from pipelines.store.times import now_in_china


@frozen
class Verdict:
    """What became of one source."""

    outcome: Literal["verified", "failed", "skipped"]
    """skipped: a crawl visits its site at this moment."""
    id: int | None
    name: str
    url: str
    state: str | None = None
    rows: int | None = None
    page_two: int | None = None
    confidence: float | None = None
    kind: str | None = None
    detail: str | None = None
    warnings: tuple[str, ...] = ()


def verify(names: Sequence[str], data: Path | None, *, all_: bool, json: bool) -> None:
    """Looks at the sources, reports every one, and ends the command with its exit code."""
    config = common.configuration(data)
    db = common.open_existing_store(data)
    runner.sweep(db, config)
    chosen = _chosen(db, names, all_)
    verdicts, finished = _look(db, config, chosen, quiet=json)
    _report(verdicts, len(chosen) - len(verdicts), json=json)
    if not finished:
        raise typer.Exit(INTERRUPTED)
    if any(one.outcome != "verified" for one in verdicts):
        raise typer.Exit(common.DONE_WITH_FAILURES)


def _chosen(db: Database, names: Sequence[str], all_: bool) -> list[Source]:
    """The named ones; else those that are unverified, or with `all_` every one that is not paused."""
    if not names:
        rows = sources.names(db)
        names = [
            str(row["id"])
            for row in rows
            if row["state"] == "unverified" or (all_ and row["state"] != "paused")
        ]
    try:
        found = [sources.find(db, name) for name in names]
    except sources.NoSuchSource as error:
        common.usage_error(str(error))
    return list({source.id: source for source in found}.values())


def _look(
    db: Database, config: Config, chosen: Sequence[Source], *, quiet: bool
) -> tuple[list[Verdict], bool]:
    """The verdicts, and whether every source has one."""
    with runner.in_hand(db, config, lambda: chosen) as run:
        mine = {row["id"] for row in sources.of_run(db.conn, run.id)}
        verdicts = [_skipped(source) for source in chosen if source.id not in mine]

        def found(source: Source, finding: Finding) -> None:
            verdicts.append(_kept(db, run.id, source, finding))

        finished = look_at([one for one in chosen if one.id in mine], config, found, quiet=quiet)
    places = {source.id: place for place, source in enumerate(chosen)}
    return sorted(verdicts, key=lambda one: places[one.id]), finished


def _kept(db: Database, run_id: int, source: Source, finding: Finding) -> Verdict:
    """Stores the finding."""
    number = source.id
    assert number is not None
    if isinstance(finding, Failure):
        failure = Failure(finding.kind, finding.detail, finding.url, number)
        visits.end(db, run_id, VisitEnded(number, "failed", failure), now_in_china())
        state = sources.state_of(db, number)
        return Verdict(
            "failed", number, source.name, source.url, state, kind=failure.kind, detail=failure.detail
        )
    verified.understood(db, run_id, number, finding.recipe, finding.confidence, now_in_china())
    return Verdict(
        "verified",
        number,
        source.name,
        source.url,
        sources.state_of(db, number),
        len(finding.list_page.rows),
        len(finding.page_two),
        finding.confidence,
        warnings=(*finding.warnings, *mirror_warnings(finding)),
    )


def _skipped(source: Source) -> Verdict:
    detail = "another crawl visits that site now; try again in a moment"
    return Verdict("skipped", source.id, source.name, source.url, detail=detail)


def _report(verdicts: Sequence[Verdict], left: int, *, json: bool) -> None:
    counts = Counter(one.outcome for one in verdicts)
    if json:
        answer: dict[str, Any] = {name: counts[name] for name in ("verified", "failed", "skipped")}
        rows = [asdict(one) for one in verdicts]
        common.print_json(answer | {"not_looked_at": left, "sources": rows})
    elif not verdicts and not left:
        common.out.print("no source is unverified; name one, or give --all", highlight=False)
    else:
        _show(verdicts)
        line = f"{counts['verified']} verified, {counts['failed']} failed"
        line += f", {counts['skipped']} skipped" if counts["skipped"] else ""
        line += f", {left} not looked at" if left else ""
        common.out.print(line, highlight=False)
    for one in verdicts:
        if one.kind:
            common.complain_of_column(one.name, one.kind, one.detail or "")
        elif one.outcome == "skipped":
            common.complain(f"{one.name}: {one.detail}")


def _show(verdicts: Sequence[Verdict]) -> None:
    table = Table("source", "state", "rows", "page 2", "confidence", "warnings")
    for one in verdicts:
        if one.outcome == "verified":
            confidence = f"{one.confidence or 0:.0%}"
            table.add_row(
                one.name, one.state, str(one.rows), str(one.page_two), confidence, "; ".join(one.warnings)
            )
        else:
            table.add_row(one.name, one.state or one.outcome)
    common.out.print(table, markup=False)
