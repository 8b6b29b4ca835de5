"""`govwatch subscriptions`: who is told what."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

import typer
from attrs import asdict
from pydantic import ValidationError
from rich.table import Table
from sqlite_utils import Database

from crawlers.catalogue.toml_file import FileError
from monitor.cli import common
from monitor.query import search
from monitor.senders import sender_for
from monitor.subscription_file import SubscriptionEntry, subscriptions_from, subscriptions_toml
from monitor.trial import send_trial
from pipelines.store import subscriptions
from pipelines.store.database import transaction
from pipelines.store.subscriptions import NoSuchSubscription, Subscription
from pipelines.store.times import now_in_china

app = typer.Typer(
    no_args_is_help=True,
    help="Who is told what: add, list, test, pause, resume, remove, import, export.",
)

NameArgument = Annotated[str, typer.Argument(metavar="NAME", help="Name of a subscription.")]

NewNameArgument = Annotated[str, typer.Argument(metavar="NAME", help="Stands in the subject of every mail.")]
QueryOption = Annotated[str, typer.Option(help='What is wanted: 环保督察 AND ("整改" OR 处罚) NOT 招聘')]
ToOption = Annotated[list[str], typer.Option("--to", help="A mail address; give it again for more readers.")]
ModeOption = Annotated[Literal["instant"], typer.Option(help="When mails go out: instant.")]
LocaleOption = Annotated[
    Literal["zh", "en"] | None, typer.Option(help="Language of the mails; else as configured.")
]
SinceOption = Annotated[
    str | None, typer.Option(metavar="DATE", help="Also tell what the archive holds since that day.")
]


@app.command()
def add(
    name: NewNameArgument,
    query: QueryOption,
    to: ToOption,
    mode: ModeOption = "instant",
    locale: LocaleOption = None,
    since: SinceOption = None,
    json: common.JsonOption = False,
    data: common.DataOption = None,
) -> None:
    """Tell readers by mail what a query finds, from now on.

    The query is in the language of `govwatch search`. An existing NAME is changed; with another query
    it counts as a new question.

    Example: `govwatch subscriptions add 督察 --query '环保督察 NOT 招聘' --to me@example.org`
    """
    config = common.configuration(data)
    day = common.parse_day(since) if since else None
    wanted = _checked(name=name, query=query, recipients=to, mode=mode, locale=locale or config.locale)
    db = common.open_own_store(data)
    stored = subscriptions.put(db, wanted, now_in_china())
    mails = _looked_back(db, stored, day, quiet=json) if day else 0
    if json:
        common.print_json(subscription_json(stored) | {"mails": mails})
        return
    common.out.print(f"{stored.name}: {stored.query} -> {', '.join(stored.recipients)}", markup=False)
    if day:
        common.out.print(f"{mails} mails for articles since {day} wait in the outbox", highlight=False)
    else:
        common.out.print("only what appears from now on is told; --since DATE looks back", highlight=False)


@app.command("list")
def list_(json: common.JsonOption = False, data: common.DataOption = None) -> None:
    """List all subscriptions."""
    stored = subscriptions.all_of(common.open_existing_store(data))
    if json:
        common.print_json({"subscriptions": [subscription_json(one) for one in stored]})
        return
    table = Table("name", "state", "query", "to", "mode", "language")
    for one in stored:
        table.add_row(one.name, one.state, one.query, "\n".join(one.recipients), one.mode, one.locale)
    common.show_table(table, common.NO_SUBSCRIPTIONS)


@app.command()
def show(name: NameArgument, json: common.JsonOption = False, data: common.DataOption = None) -> None:
    """Show one subscription."""
    one = _found(common.open_existing_store(data), name)
    if json:
        common.print_json(subscription_json(one))
        return
    for key, value in (subscription_json(one) | {"recipients": ", ".join(one.recipients)}).items():
        common.out.print(f"{key}: {value}", markup=False, highlight=False)


@app.command()
def pause(name: NameArgument, data: common.DataOption = None) -> None:
    """Tell nothing for a while; what appears meanwhile is not told later."""
    _set_state(name, "paused", data)


@app.command()
def resume(name: NameArgument, data: common.DataOption = None) -> None:
    """Tell again, from now on."""
    _set_state(name, "active", data)


@app.command()
def remove(name: NameArgument, data: common.DataOption = None) -> None:
    """Remove a subscription.

    Who was told what stays on record; its mails that were not sent yet are held.
    """
    db = common.open_existing_store(data)
    _found(db, name)
    subscriptions.remove(db, name)
    common.out.print(f"removed: {name}", markup=False, highlight=False)


@app.command("test")
def trial(
    name: NameArgument,
    mail: Annotated[bool, typer.Option(help="Send one trial mail to every reader now.")] = True,
    json: common.JsonOption = False,
    data: common.DataOption = None,
) -> None:
    """Try a subscription: what the archive holds for it, and a trial mail to its readers, sent now."""
    config = common.configuration(data)
    db = common.open_existing_store(data)
    one = _found(db, name)
    hits = search(db, one.query, limit=5)
    answers = send_trial(one, sender_for(config), config.mail_from, now_in_china()) if mail else {}
    if json:
        mails = {reader: answer.text for reader, answer in answers.items()}
        common.print_json({"subscription": one.name, "hits": [hit.as_json() for hit in hits], "mails": mails})
    else:
        common.out.print(f"newest in the archive for {one.query}:", markup=False, highlight=False)
        for hit in hits:
            common.out.print(f"  {(hit.published or '')[:10]} {hit.title}", markup=False, highlight=False)
        if not hits:
            common.out.print("  nothing yet", highlight=False)
    for reader, answer in answers.items():
        if not answer.taken:
            common.complain(f"trial mail to {reader}: {answer.text}")
        elif not json:
            common.out.print(f"trial mail to {reader}: {answer.text}", markup=False, highlight=False)
    if not all(answer.taken for answer in answers.values()):
        raise typer.Exit(common.DONE_WITH_FAILURES)


@app.command("export")
def export_(
    file: Annotated[Path | None, typer.Option("-o", "--output", help="Else on stdout.")] = None,
    data: common.DataOption = None,
) -> None:
    """Write all subscriptions as TOML."""
    stored = subscriptions.all_of(common.open_existing_store(data))
    common.write_text(file, subscriptions_toml(stored))


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="TOML as `subscriptions export` writes it.")],
    data: common.DataOption = None,
) -> None:
    """Take subscriptions from a TOML file; a known name is changed.

    All of them or none.
    """
    try:
        wanted = subscriptions_from(common.read_text(file), file)
    except FileError as error:
        common.usage_error(str(error))
    db = common.open_own_store(data)
    with transaction(db):
        for one in wanted:
            subscriptions.put(db, one, now_in_china())
    common.out.print(f"{len(wanted)} subscriptions taken from {file}", markup=False, highlight=False)


def subscription_json(one: Subscription) -> dict[str, Any]:
    """A subscription as JSON shows it."""
    return asdict(one)


def _checked(**values: Any) -> Subscription:
    try:
        return SubscriptionEntry(**values).subscription()
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        common.usage_error(f"{first['loc'][0]}: {first['msg'].removeprefix('Value error, ')}")


def _looked_back(db: Database, stored: Subscription, day: date, quiet: bool) -> int:
    """How many mails the archive gives since a day."""
    with common.progress(quiet=quiet) as progress:
        task = progress.add_task("looking back", total=None)
        return subscriptions.look_back(
            db,
            stored,
            day,
            now_in_china(),
            lambda done, total: progress.update(task, completed=done, total=total),
        )


def _found(db: Database, name: str) -> Subscription:
    try:
        return subscriptions.find(db, name)
    except NoSuchSubscription as error:
        common.usage_error(str(error))


def _set_state(name: str, state: Literal["active", "paused"], data: Path | None) -> None:
    db = common.open_existing_store(data)
    _found(db, name)
    subscriptions.set_state(db, name, state)
    common.out.print(f"{name}: {state}", markup=False, highlight=False)
