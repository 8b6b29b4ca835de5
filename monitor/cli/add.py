"""`govwatch add`: looks at a column and takes it on."""

from __future__ import annotations

import sys
from typing import Annotated, Any, NoReturn

import typer
from attrs import evolve, frozen
from rich.status import Status
from sqlite_utils import Database

from crawlers.catalogue.model import Source
from crawlers.fetch_job import run_fetch_job
from crawlers.fetching import FetchFailed
from crawlers.items import Failure, ListPage
from crawlers.onboarding import Onboarding, onboard
from monitor import intake
from monitor.cli import common
from monitor.cli.columns import show_candidates
from monitor.cli.understood import as_json, mirror_warnings, show
from pipelines.store import sources
from pipelines.store.times import now_in_china


@frozen
class _Wish:
    """How the user wants the source to be."""

    name: str | None
    every: int | None
    alert_backlog: bool
    verify_tls: bool
    browser: bool


UrlArgument = Annotated[str, typer.Argument(metavar="URL", help="The address of a column, as in a browser.")]
NameOption = Annotated[str | None, typer.Option(help="What to call it; else the column's own title.")]
EveryOption = Annotated[
    str | None,
    typer.Option(metavar="DURATION", help="Look that often (30s, 15m, 2h) instead of as learned."),
]
YesOption = Annotated[bool, typer.Option("--yes", "-y", help="Store it without asking.")]
DryRunOption = Annotated[bool, typer.Option("--dry-run", help="Only look; store nothing.")]
BacklogOption = Annotated[
    bool, typer.Option("--alert-backlog", help="Also send mails for what the column shows already.")
]
InsecureOption = Annotated[
    bool, typer.Option("--insecure", help="Do not check this site's certificate; shown in `sources list`.")
]
BrowserOption = Annotated[
    bool,
    typer.Option("--browser", help="Look at its pages in Chromium: without, they show nothing. Slower."),
]


def add(
    url: UrlArgument,
    name: NameOption = None,
    every: EveryOption = None,
    yes: YesOption = False,
    dry_run: DryRunOption = False,
    alert_backlog: BacklogOption = False,
    insecure: InsecureOption = False,
    browser: BrowserOption = False,
    json: common.JsonOption = False,
    data: common.DataOption = None,
) -> None:
    """Look at a column, and watch it from now on.

    Finds its rows and its paging, checks page 2 and up to three articles, shows what it has understood
    and asks before it stores the column. What the column shows already counts as history: stored and
    searchable, but nobody is told of it, unless `--alert-backlog`.

    Example: `govwatch add https://www.example.gov.cn/xwzx/ --every 30m`
    """
    wish = _Wish(name, common.parse_duration(every) if every else None, alert_backlog, not insecure, browser)
    if not (yes or dry_run) and (json or not sys.stdin.isatty()):
        common.usage_error("nobody is there to be asked; give --yes to store the column or --dry-run to look")
    common.check_address(url)
    db = None if dry_run else common.open_own_store(data)
    if db:
        _refuse_known(db, url, name)
    found = _look(url, wish, json, data)
    if isinstance(found, Failure) or found.error:
        _refuse(url, found, json)
    found = evolve(found, warnings=(*found.warnings, *mirror_warnings(found)))
    if not json:
        show(found)
    stored = None
    if db and (yes or typer.confirm("Watch this column?", default=True)):
        stored = _store(db, found, wish)
    if json:
        common.print_json(as_json(found, stored))
    elif stored:
        common.out.print(f"watched from now on as '{stored.name}'", markup=False, highlight=False)


def _refuse_known(db: Database, url: str, name: str | None) -> None:
    for key in (url, name):
        try:
            known = sources.find(db, key) if key else None
        except sources.NoSuchSource:
            continue
        if known and key in (known.url, known.name):
            common.usage_error(f"'{key}' is watched already (source '{known.name}', {known.url})")


def _look(url: str, wish: _Wish, quiet: bool, data: Any) -> Onboarding | Failure:
    config = common.configuration(data)
    with Status("", console=common.err) as status:
        if quiet:
            status.stop()
        try:
            return run_fetch_job(
                lambda fetch: onboard(url, fetch, status.update, wish.browser),
                config,
                verify_tls=wish.verify_tls,
                browser=wish.browser,
            )
        except FetchFailed as failed:
            return failed.failure


def _refuse(url: str, found: Onboarding | Failure, json: bool) -> NoReturn:
    if isinstance(found, Failure):
        common.complain_of(found.url, found.kind, found.detail)
        blank = ListPage(url=found.url, kind="error", family=None)
        found = Onboarding(found.url, None, blank, error=f"{found.kind}: {found.detail}")
    elif found.candidates:
        if not json:
            show_candidates(found.candidates)
        common.complain(f"{url}: {found.error}; choose one of its {len(found.candidates)} likely columns")
    else:
        common.complain(
            f"{url}: {found.error}; give the address of a page that lists articles,"
            " or try --browser where those are seen in a browser only"
        )
    if json:
        common.print_json(as_json(found, None))
    raise typer.Exit(common.DONE_WITH_FAILURES)


def _store(db: Database, found: Onboarding, wish: _Wish) -> Source:
    source = Source(
        name=wish.name or intake.free_name(db, intake.title_of(found)),
        url=found.url,
        recipe=found.recipe,
        every=wish.every,
        alert_backlog=wish.alert_backlog,
        verify_tls=wish.verify_tls,
        browser=wish.browser,
    )
    try:
        return sources.add(db, source, now_in_china(), confidence=found.confidence)
    except sources.SourceExists as error:
        common.usage_error(str(error))
