"""What the demo shows at its end, and what it says where a step failed."""

from __future__ import annotations

import os
import shlex
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from rich.console import Console
from rich.panel import Panel
from rich.table import Column as TableColumn
from rich.table import Table
from rich.text import Text

from demo.commands import Govwatch
from demo.facts import Stored
from demo.inbox import Mail
from demo.judge import DELAY, Judge
from demo.readers import READERS
from demo.verify import Finding
from demo.world import Column, Request

SEARCH = '整改 AND "生态环境保护委员会"'
HEADERS = ("From", "To", "Subject", "Date", "Message-ID")
MOST_FINDINGS = 12
MOST_LETTERS = 400


def everything(console: Console, judge: Judge) -> None:
    """Sources, finds, mails, manners, a search, and where to go on."""
    articles, columns = judge.archive.articles, judge.world.sites
    console.print()
    sources(console, columns, judge.counts())
    found(console, articles, columns)
    mails(console, judge.inbox.mails)
    manners(console, judge.world.log.of(), [article.url for article in judge.forbidden])
    search(console, judge.govwatch)
    places(console, judge.govwatch)


def sources(console: Console, columns: Sequence[Column], counts: Mapping[str, int]) -> None:
    """What is watched."""
    table = _table("The columns", "site", "column", "charset", "address", "articles")
    for column in columns:
        table.add_row(column.name, column.column, column.charset, column.url, str(counts[column.url]))
    console.print(table)


def found(console: Console, articles: Sequence[Stored], columns: Sequence[Column]) -> None:
    """News in the order in which they were found; history only by its number."""
    sites = {column.url.split("/")[2]: column.name for column in columns}
    table = _table("What was found", "", "title", "site", "published")
    for article in articles:
        if kind := _kind(article):
            when = f"{article.published:%Y-%m-%d %H:%M}" if article.published else ""
            table.add_row(kind, Text(article.title or ""), sites[article.url.split("/")[2]], when)
    history = sum(article.backlog for article in articles)
    table.caption = f"and {history} that were there before: history, searchable, nobody is mailed about it"
    console.print(table)
    for article in articles:
        if len(article.versions) > 1:
            _changes(console, article)


def _kind(article: Stored) -> str | None:
    if len(article.versions) > 1:
        return f"changed, version {len(article.versions)}"
    if article.backlog:
        return None
    if article.copy_of is None:
        return "new"
    return "polluted copy" if article.pollution else "copy"


def _changes(console: Console, article: Stored) -> None:
    """The first paragraph that differs between the last two versions, before and after."""
    before, after = (body.split("\n") for _, body in article.versions[-2:])
    old, new = next(pair for pair in zip(before, after, strict=False) if pair[0] != pair[1])
    console.print(Text.assemble(("    before: ", "red"), old, "\n", ("    after:  ", "green"), new, "\n"))


def mails(console: Console, delivered: Sequence[Mail]) -> None:
    """All mails, and one of them as its reader sees it."""
    table = _table("The mails, as the mail server took them", "to", "subject", "file")
    for mail in delivered:
        table.add_row(mail.recipient, Text(str(mail.message["Subject"])), mail.file.name)
    console.print(table)
    shown = next(mail for mail in delivered if mail.subscription == READERS[0].name)
    headers = "\n".join(f"{name}: {shown.message[name]}" for name in HEADERS)
    letter = Text.assemble((headers, "cyan"), "\n\n", shown.text.strip())
    console.print(Panel(letter, title=f"one of them: {shown.file.name}", title_align="left"))


def manners(console: Console, requests: Sequence[Request], forbidden: Sequence[str]) -> None:
    """What the sites' own log says of the visitor."""
    unchanged = sum(one.status == 304 for one in requests)
    agent = requests[0].headers.get("user-agent", "")
    console.print(Text("How the sites were asked, by their own log", "bold"))
    console.print(f"  {len(requests)} requests, {unchanged} of them answered 'not modified' without a body")
    console.print(f"  one at a time at each site, {DELAY:g} s apart; robots.txt first")
    console.print(f"  as '{agent}'", markup=False)
    for url in forbidden:
        console.print(f"  in the list, but never asked for, as robots.txt forbids it: {url}", soft_wrap=True)
    console.print()


def search(console: Console, govwatch: Govwatch) -> None:
    """A real search and its answer."""
    answer = govwatch("search", SEARCH, "--limit", "4")
    console.print(Text(f"$ govwatch search {shlex.quote(SEARCH)} --limit 4", "bold"))
    console.print(Text("\n".join(f"  {line}" for line in answer.splitlines())), soft_wrap=True)


def places(console: Console, govwatch: Govwatch) -> None:
    """Where everything is, and commands to paste."""
    here, program = (os.path.relpath(path) for path in (govwatch.folder, govwatch.program))
    data, sqlite = f"{here}/data", os.path.relpath(govwatch.program.with_name("sqlite-utils"))
    console.print(Text("\nWhere it is", "bold"))
    for name, place in (
        ("database", f"{data}/govwatch.db"),
        ("mails", f"{here}/inbox"),
        ("settings", f"{here}/govwatch.toml"),
        ("what govwatch run said", os.path.relpath(govwatch.run_log)),
        ("what the crawler did", f"{data}/logs/crawl.log"),
    ):
        console.print(f"  {name:<24}{place}", markup=False, soft_wrap=True)
    console.print(Text("\nWhat to try next (the demo's sites are closed now, its archive stays)", "bold"))
    for command in (
        f"{program} search '古泉 OR (候鸟 NOT 招聘)' --data {data}",
        f"{program} status --data {data}",
        f"{program} export '环保 OR 水源地' --format xlsx -o {here}/articles.xlsx --data {data}",
        f"{program} subscriptions test Wetlands --no-mail --data {data}",
        f"{sqlite} {data}/govwatch.db 'SELECT title, url FROM articles WHERE copy_of > 0' --fmt simple",
        "make run",
    ):
        console.print(f"  {command}", markup=False, soft_wrap=True)
    console.print()


def failure(console: Console, step: str, findings: Collection[Finding], folder: Path) -> None:
    """What was expected and what was found instead."""
    console.print(Text(f"\nFAILED at the step '{step}'", "bold red"))
    for finding in list(findings)[:MOST_FINDINGS]:
        console.print(Text(f"  {finding.what}"))
        console.print(Text.assemble(("    expected: ", "green"), _short(finding.expected)))
        console.print(Text.assemble(("    found:    ", "red"), _short(finding.found)))
    if len(findings) > MOST_FINDINGS:
        console.print(f"  and {len(findings) - MOST_FINDINGS} more")
    _logs(console, folder)


def broken(console: Console, reason: str, folder: Path) -> None:
    """A command did not work at all."""
    console.print(Text(f"\nFAILED: {reason}", "bold red"))
    _logs(console, folder)


def _logs(console: Console, folder: Path) -> None:
    console.print("\nlook into:")
    for name in ("run.log", "commands.log", "data/logs/crawl.log", "inbox"):
        if (folder / name).exists():
            console.print(f"  {folder / name}", markup=False, soft_wrap=True)


def _short(value: object) -> str:
    text = value if isinstance(value, str) else repr(value)
    return text if len(text) <= MOST_LETTERS else f"{text[:MOST_LETTERS]} … ({len(text)} letters)"


def _table(title: str, *columns: str) -> Table:
    whole = (TableColumn(name, overflow="fold") for name in columns)
    return Table(*whole, title=title, title_justify="left", title_style="bold", caption_justify="left")
