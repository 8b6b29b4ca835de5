"""`govwatch reread`: the stored pages read again by this version of govwatch."""

from __future__ import annotations

from collections import Counter
from typing import Annotated, Any

import typer
from attrs import define, field
from rich.progress import BarColumn, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.table import Table
from sqlite_utils import Database

from monitor.cli import common
from monitor.rereading import Reread, read_again
from pipelines.store import rereading, sources
from pipelines.store.rereading import Difference
from pipelines.store.times import now_in_china

_EXAMPLES = 3
_LONGEST, _BEFORE = 60, 10
"""Characters of a value in an example, and of those before the first that differs."""


@define
class Report:
    """What became of all articles together."""

    read: int = 0
    text_only: int = 0
    lost: int = 0
    differing: int = 0
    stored: int = 0
    alerts: int = 0
    fields: Counter[str] = field(factory=Counter)
    examples: dict[str, list[tuple[Difference, str, str]]] = field(factory=dict)

    def take(self, one: Reread) -> None:
        self.lost += one.lost is not None
        self.read += one.lost is None
        self.text_only += one.text_only
        if one.difference is None:
            return
        self.differing += 1
        self.fields.update(one.difference.fields.keys())
        for name, (was, now) in one.difference.fields.items():
            examples = self.examples.setdefault(name, [])
            if len(examples) < _EXAMPLES:
                examples.append((one.difference, *_where_they_part(was, now)))

    def applied(self, alerts: int | None) -> None:
        self.stored += alerts is not None
        self.alerts += alerts or 0

    def as_json(self) -> dict[str, Any]:
        return {
            "read": self.read,
            "text_only": self.text_only,
            "lost": self.lost,
            "differing": self.differing,
            "stored": self.stored,
            "alerts": self.alerts,
            "fields": dict(self.fields.most_common()),
        }

    def show(self, applied: bool) -> None:
        common.out.print(
            f"{self.read} articles read again, {self.differing} of them differently"
            f"{f' ({self.text_only} by their text only)' if self.text_only else ''}",
            highlight=False,
        )
        if self.fields:
            table = Table("field", "articles", "for example", "as it is stored", "as it is read now")
            for name, count in self.fields.most_common():
                for number, (found, was, now) in enumerate(self.examples[name]):
                    first = (name, str(count)) if number == 0 else ("", "")
                    table.add_row(*first, f"article {found.stored.id}", was, now)
            common.out.print(table, markup=False)
        if applied:
            common.out.print(
                f"{self.stored} stored, {self.alerts} mails put into the outbox", highlight=False
            )
        elif self.differing:
            common.out.print("nothing was changed; `govwatch reread --apply` stores this", highlight=False)


SourceOption = Annotated[
    str | None, typer.Option("--source", metavar="SOURCE", help="Only articles of this source.")
]
SinceOption = Annotated[
    str | None, typer.Option("--since", metavar="DATE", help="Only articles of this day and later ones.")
]
ApplyOption = Annotated[
    bool, typer.Option("--apply", help="Store what is read differently; else it is only reported.")
]
AlertOption = Annotated[
    bool, typer.Option("--alert", help="With --apply: tell whom an article concerns only as it is read now.")
]
LinesOption = Annotated[bool, typer.Option("--jsonl", help="One JSON object per article that differs.")]


def reread(
    source: SourceOption = None,
    since: SinceOption = None,
    apply: ApplyOption = False,
    alert: AlertOption = False,
    json: common.JsonOption = False,
    jsonl: LinesOption = False,
    data: common.DataOption = None,
) -> None:
    """Read the stored pages again, and report what this version of govwatch reads differently.

    After an update: nothing is fetched, nothing is changed without `--apply`. What is applied stays the same
    version of the article, as its page has not changed.

    Example: `govwatch reread --since 2026-01-01`, then the same with `--apply`
    """
    if alert and not apply:
        common.usage_error("--alert tells of what is stored; give --apply too")
    day = common.parse_day(since) if since else None
    configuration = common.configuration(data)
    db = common.open_existing_store(data)
    source_id = _source_id(db, source) if source else None
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    report = Report()
    with common.progress(*columns, quiet=json or jsonl) as progress:
        task = progress.add_task("reading again", total=rereading.count(db, day, source_id))
        for one in read_again(db, configuration.data, since=day, source_id=source_id):
            report.take(one)
            progress.advance(task)
            if one.difference and apply:
                report.applied(rereading.apply(db, one.difference, now_in_china(), tell=alert))
            _tell(one, jsonl)
    if json:
        common.print_json(report.as_json())
    elif not jsonl:
        report.show(apply)
    if report.lost:
        raise typer.Exit(common.DONE_WITH_FAILURES)


def _source_id(db: Database, name: str) -> int | None:
    try:
        return sources.find(db, name).id
    except sources.NoSuchSource as error:
        common.usage_error(str(error))


def _tell(one: Reread, lines: bool) -> None:
    if one.difference and lines:
        common.print_json(_line(one.difference))
    if one.lost:
        common.complain(f"article {one.article_id}: not read again: {one.lost}")


def _line(found: Difference) -> dict[str, Any]:
    return {
        "id": found.stored.id,
        "url": found.stored.url,
        "title": found.stored.title,
        "fields": {name: {"stored": was, "read": now} for name, (was, now) in found.fields.items()},
    }


def _where_they_part(was: object, now: object) -> tuple[str, str]:
    """Both values from shortly before the place where they begin to differ."""
    one, other = ("" if value is None else str(value) for value in (was, now))
    pairs = enumerate(zip(one, other, strict=False))
    same = next((at for at, (left, right) in pairs if left != right), min(len(one), len(other)))
    start = max(0, same - _BEFORE)
    return _cut(one, start), _cut(other, start)


def _cut(text: str, start: int) -> str:
    shown = text[start : start + _LONGEST].replace("\n", "⏎")
    return f"{'…' if start else ''}{shown}{'…' if len(text) > start + _LONGEST else ''}"
