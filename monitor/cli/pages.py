"""`govwatch read` and `probe`: what govwatch makes of a page; nothing is stored."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer
from attrs import evolve

from crawlers.candidates import candidates
from crawlers.items import Article, Failure, ListPage, Page, Reading, Site
from crawlers.probing import look
from crawlers.probing import probe as probe_page
from crawlers.reading.parts import put_together
from monitor.cli import common
from monitor.cli.columns import show_candidates
from monitor.cli.page_views import list_json, reading_json, show_list, show_reading
from pipelines.clean import clean_reading
from pipelines.region import place
from pipelines.store.times import now_in_china

PlacesArgument = Annotated[
    list[str], typer.Argument(metavar="FILE_OR_URL", help="Saved pages or live addresses.")
]
UrlOption = Annotated[
    str | None, typer.Option("--url", help="The address of a saved page; its links are resolved against it.")
]
TypeOption = Annotated[
    str | None, typer.Option("--content-type", help="The Content-Type header that a saved page came with.")
]
LinesOption = Annotated[bool, typer.Option("--jsonl", help="One JSON object per page, each on its line.")]

Came = tuple[Page, ...] | Failure
"""The pages of one article in their order, or why there is none."""


def read(
    places: PlacesArgument,
    url: UrlOption = None,
    content_type: TypeOption = None,
    json: common.JsonOption = False,
    jsonl: LinesOption = False,
) -> None:
    """Read pages as articles: title, date, source, author, text, attachments.

    Nothing is stored. Live addresses are fetched with the politeness of `govwatch.toml`; a text that its site
    has cut into pages is put together.

    Example: `govwatch read page.html --url https://www.example.gov.cn/xwzx/1.html --json`
    """
    if json and len(places) > 1:
        common.usage_error("--json prints one object; use --jsonl for several pages")
    failed = False
    for name, came in _pages(places, url, content_type):
        reading = _read(came)
        if json or jsonl:
            common.print_json(reading_json(reading) | ({"file": name} if jsonl else {}))
        elif reading.article.kind != "error":
            show_reading(reading)
        if reading.article.kind == "error":
            failed = True
            advice = "give a saved page or its address; documents are read as attachments of a page"
            _complain(name, came, f"{reading.article.error}; {advice}")
    if failed:
        raise typer.Exit(common.DONE_WITH_FAILURES)


def probe(
    place: Annotated[str, typer.Argument(metavar="FILE_OR_URL", help="A saved page or a live address.")],
    url: UrlOption = None,
    json: common.JsonOption = False,
) -> None:
    """Read a page as a column: its rows, its family, the following page.

    Nothing is stored; `govwatch add --dry-run` looks at page 2 and at articles as well. Of a home page its
    likely columns are shown; a live page that only frames its list is followed to it.

    Example: `govwatch probe https://www.example.gov.cn/xwzx/`
    """
    page, found = _probed_live(place) if _is_address(place) else _probed_file(place, url)
    columns = candidates(page) if isinstance(page, Page) and found.kind == "other" else ()
    if json:
        common.print_json(list_json(found, columns))
    elif found.rows:
        show_list(found)
    elif columns:
        show_candidates(columns)
    if not found.rows:
        advice = "choose one of its columns" if columns else "give the address of a list of articles"
        _complain(place, page, f"{found.error or 'no rows found'}; {advice}")
        raise typer.Exit(common.DONE_WITH_FAILURES)


def _probed_file(place: str, url: str | None) -> tuple[Page | Failure, ListPage]:
    page = _saved(place, url, None)
    if isinstance(page, Failure):
        common.usage_error(f"{place}: {page.detail}")
    return page, probe_page(page)


def _probed_live(address: str) -> tuple[Page | Failure, ListPage]:
    """A live page, or where it points for its list."""
    from crawlers.fetch_job import run_fetch_job
    from crawlers.fetching import Fetch, FetchFailed
    from crawlers.settling import settle

    async def job(fetch: Fetch) -> tuple[Page | Failure, ListPage]:
        try:
            page = await fetch(address)
        except FetchFailed as failed:
            return failed.failure, _unread(failed.failure)
        view = look(page)
        try:
            settled = await settle(view, fetch, lambda line: None)
        except FetchFailed:  # where the page points is told all the same
            return page, view.list_page
        entry = (settled.entry,) if settled.entry else settled.view.list_page.elsewhere
        return page, evolve(settled.view.list_page, elsewhere=entry)

    return run_fetch_job(job, common.configuration())


def _unread(failure: Failure) -> ListPage:
    return ListPage(url=failure.url, kind="error", family=None, error=_reason(failure))


def _complain(name: str, came: Page | Came, said: str | None) -> None:
    if isinstance(came, Failure):
        common.complain_of(name, came.kind, came.detail)
    else:
        common.complain(f"{name}: {said}")


def _read(came: Came) -> Reading:
    if isinstance(came, Failure):
        site = Site(None, "", None)
        return Reading(Article(came.url, "", "error", site=site, error=_reason(came)), now_in_china())
    return place(clean_reading(Reading(put_together(came), now_in_china(), came[0], came[1:])))


def _reason(failure: Failure) -> str:
    return f"{failure.kind}: {failure.detail}"


def _pages(places: Sequence[str], url: str | None, content_type: str | None) -> Iterator[tuple[str, Came]]:
    """What came, with the name it was asked for by; live pages are fetched politely, all in one go."""
    live = [asked for asked in places if _is_address(asked)]
    fetched = dict(zip(live, _fetch(live), strict=True)) if live else {}
    for asked in places:
        if asked in fetched:
            yield asked, fetched[asked]
            continue
        page = _saved(asked, url, content_type)
        if isinstance(page, Failure) and len(places) == 1:
            common.usage_error(f"{asked}: {page.detail}")
        yield asked, page if isinstance(page, Failure) else (page,)


def _saved(place: str, url: str | None, content_type: str | None) -> Page | Failure:
    path = Path(place)
    address = path.absolute().as_uri()
    try:
        return Page(url or address, path.read_bytes(), content_type)
    except OSError as error:
        return Failure("unreadable", f"{error.strerror}; name a file or an http(s) address", address)


def _is_address(place: str) -> bool:
    return place.startswith(("http://", "https://"))


def _fetch(addresses: Sequence[str]) -> list[Came]:
    # Whoever reads saved pages need not wait until Scrapy is imported.
    from crawlers.articles import article_at
    from crawlers.fetch_job import run_fetch_job
    from crawlers.fetching import ConditionalFetch, FetchFailed

    async def job(fetch: ConditionalFetch) -> list[Came]:
        all_that_came: list[Came] = []
        for address in addresses:
            try:
                fetched = await article_at(address, fetch, browser=False)
            except FetchFailed as failed:
                all_that_came.append(failed.failure)
            else:
                all_that_came.append((fetched.page, *fetched.parts))
        return all_that_came

    return run_fetch_job(job, common.configuration())
