"""`govwatch sources import`: columns from a file or a pack, each looked at before it is taken."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import typer
from attrs import asdict, frozen
from rich.table import Table
from sqlite_utils import Database

from crawlers.catalogue.model import Source
from crawlers.catalogue.shipped import NoSuchPack, pack_named
from crawlers.catalogue.toml_file import FileError
from crawlers.catalogue.wanted import Wanted, wanted_from
from crawlers.config import Config
from crawlers.survey import Finding
from monitor import intake
from monitor.cli import common
from monitor.cli.app import INTERRUPTED
from monitor.cli.looking import look_at
from monitor.intake import Outcome


@frozen
class Offer:
    """What is to be taken, and where from."""

    wanted: Sequence[Wanted]
    origin: str
    reason: str | None = None
    """Why a source that was not looked at is unverified."""


def of_file(file: Path) -> Offer:
    try:
        return Offer(wanted_from(common.read_bytes(file), file), str(file))
    except FileError as error:
        common.usage_error(str(error))


def of_pack(name: str) -> Offer:
    try:
        pack = pack_named(name)
    except NoSuchPack as error:
        common.usage_error(str(error))
    reason = f"from the pack {name}, not verified from here yet"
    return Offer([Wanted(source) for source in pack.sources], f"pack {name}", reason)


def take(offer: Offer, data: Path | None, *, check: bool, json: bool) -> None:
    """Takes what is new, reports every entry, and ends the command with its exit code."""
    config = common.configuration(data)
    db = common.open_own_store(data)
    sorted_out = intake.sort_out(db, offer.wanted)
    to_see = [one for one in sorted_out.fresh if check and one.source.learned is None]
    unseen = [one for one in sorted_out.fresh if not check or one.source.learned]
    outcomes = [*sorted_out.settled, *intake.take_unseen(db, unseen, offer.reason)]
    seen, finished = _seen(db, to_see, config, quiet=json)
    outcomes += seen
    places = {entry.source.url: place for place, entry in reversed(list(enumerate(offer.wanted)))}
    outcomes.sort(key=lambda one: (places[one.asked], one.outcome == "known"))
    _report(offer, outcomes, len(to_see) - len(seen), json=json)
    if not finished:
        raise typer.Exit(INTERRUPTED)
    if any(one.outcome == "failed" for one in outcomes):
        raise typer.Exit(common.DONE_WITH_FAILURES)


def _seen(
    db: Database, wanted: Sequence[Wanted], config: Config, *, quiet: bool
) -> tuple[list[Outcome], bool]:
    """What became of those that were looked at, and whether all of them were."""
    outcomes: list[Outcome] = []
    by_address = {entry.source.url: entry for entry in wanted}

    def found(column: Source, finding: Finding) -> None:
        outcomes.append(intake.take_seen(db, by_address[column.url], finding))

    finished = look_at([entry.source for entry in wanted], config, found, quiet=quiet)
    return outcomes, finished


def _report(offer: Offer, outcomes: Sequence[Outcome], left: int, *, json: bool) -> None:
    counts = Counter(one.outcome for one in outcomes)
    if json:
        answer: dict[str, Any] = {"origin": offer.origin, "not_looked_at": left}
        for name in ("taken", "known", "failed"):
            answer[name] = counts[name]
        common.print_json(answer | {"sources": [asdict(one) for one in outcomes]})
    else:
        _show(outcomes)
        line = f"{counts['taken']} sources taken from {offer.origin}, {counts['known']} known already"
        line += f", {counts['failed']} failed" if counts["failed"] else ""
        line += f", {left} not looked at" if left else ""
        common.out.print(line, markup=False, highlight=False)
    for one in outcomes:
        if one.outcome == "known":
            common.complain(one.detail or "")
        elif one.kind == "name_taken":
            common.complain(f"{one.url}: {one.detail}; give it another name")
        elif one.kind:
            common.complain_of_column(one.url, one.kind, one.detail or "")


def _show(outcomes: Sequence[Outcome]) -> None:
    """The columns that were looked at and taken; the others have a line of their own."""
    seen = [one for one in outcomes if one.outcome == "taken" and one.rows is not None]
    if not seen:
        return
    table = Table("source", "rows", "page 2", "confidence", "address")
    for one in seen:
        confidence = f"{one.confidence or 0:.0%}"
        table.add_row(one.name, str(one.rows), str(one.page_two), confidence, one.url)
    common.out.print(table, markup=False)
