"""`govwatch search`: the archive, exactly."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer
from rich.text import Text
from sqlite_utils import Database

from monitor import query as archive
from monitor.cli import common
from monitor.mail.excerpt import printable
from monitor.query import MOST_COUNTED, Hit, Order
from pipelines.query import Passage, QuerySyntaxError, parse

QueryArgument = Annotated[
    str, typer.Argument(metavar="QUERY", help='Words, "phrases", AND, OR, NOT, parentheses, title:, body:')
]
SinceOption = Annotated[
    str | None, typer.Option(metavar="DATE", help="Published on that day or later, 2026-01-31.")
]
UntilOption = Annotated[str | None, typer.Option(metavar="DATE", help="Published on that day or before.")]

_KEYWORD = "bold yellow"
_MINUTE = len("2026-11-22T09:30")


def search(
    query: QueryArgument,
    limit: Annotated[int, typer.Option(min=1, help="Show that many.")] = 20,
    since: SinceOption = None,
    until: UntilOption = None,
    order: Annotated[
        Order, typer.Option(help="newest; best weighs the words of the newest 5,000 found, titles more.")
    ] = "newest",
    collapse: Annotated[bool, typer.Option("--collapse", help="One article of each story.")] = False,
    json: common.JsonOption = False,
    jsonl: Annotated[bool, typer.Option("--jsonl", help="One JSON object per hit and line.")] = False,
    data: common.DataOption = None,
) -> None:
    """Search the archive: precisely the articles that hold what is asked for.

    Every word is found in title or text wherever its characters stand in a row, in longer words too;
    letter case and full-width letters make no difference. A blank means AND. In JSON, `[[ ]]` stand
    around keywords.

    Example: `govwatch search '环保督察 AND ("限期整改" OR 处罚) NOT 招聘' --since 2026-01-01`
    """
    check_query(query)
    first, last = (common.parse_day(day) if day else None for day in (since, until))
    db = common.open_existing_store(data)
    hits = archive.search(db, query, limit=limit + 1, since=first, until=last, order=order, collapse=collapse)
    shown, more = hits[:limit], len(hits) > limit
    if json:
        common.print_json({"query": query, "hits": [hit.as_json() for hit in shown], "more": more})
    elif jsonl:
        for hit in shown:
            common.print_json(hit.as_json())
    else:
        for hit in shown:
            common.out.print(_shown(hit), highlight=False)
        if more:
            common.err.print(f"There are more than these {limit}; --limit shows them.", highlight=False)
    if not shown:
        _nothing(db, query, first, last)


def check_query(text: str) -> None:
    """Ends the command where the query is not understood."""
    try:
        parse(text)
    except QuerySyntaxError as error:
        common.usage_error(str(error))


def _nothing(db: Database, query: str, since: date | None, until: date | None) -> None:
    common.err.print("Nothing found.", highlight=False)
    other = archive.suggestion(db, query, since, until)
    if other:
        hits = f"{other.hits}{' or more' if other.hits == MOST_COUNTED else ''}"
        common.err.print(
            f"Articles with all its words: {hits}; search for: {other.query}",
            markup=False,
            highlight=False,
        )


def _shown(hit: Hit) -> Text:
    """Four lines: title, where from, passages, address."""
    title = [passage for passage in hit.passages if passage.place == "title"]
    pieces = [passage for passage in hit.passages if passage.place != "title"]
    text = _marked(title[0]) if title else Text(printable(hit.title or hit.url))
    text.stylize("bold")
    when = (hit.published or "no date")[:_MINUTE].replace("T", " ")
    copies = f"copies: {hit.reprints}" if hit.reprints else None
    facts = [when, hit.source, hit.site, hit.region, copies]
    text.append("\n  " + printable(" · ".join(dict.fromkeys(fact for fact in facts if fact))), "dim")
    for passage in pieces:
        text.append("\n  ").append_text(_marked(passage))
    return text.append(f"\n  {hit.url}\n", "blue")


def _marked(passage: Passage) -> Text:
    text = Text(printable(passage.text).replace("\n", " "))
    for start, end in passage.marks:
        text.stylize(_KEYWORD, start, end)
    before, after = ("…" if cut else "" for cut in (passage.cut_before, passage.cut_after))
    where = Text(f"{printable(passage.file)}: ", "dim") if passage.file else Text()
    return where.append(before).append_text(text).append(after)
