"""A column taken on: its first page understood, page 2 proved, a few articles compared with their rows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from attrs import asdict, evolve, field, frozen

from crawlers.candidates import Candidate, candidates
from crawlers.catalogue.model import Recipe
from crawlers.checking import Check, check_articles
from crawlers.fetching import ConditionalFetch, Fetch, FetchFailed
from crawlers.items import Accommodation, ListPage, NextPage, Page, Row, Site
from crawlers.listing.verdict import is_home
from crawlers.missing import Missing
from crawlers.paging.step import Step
from crawlers.probing import View, look
from crawlers.reading.dates import date_in_url
from crawlers.settling import settle

_TRIES = 8
"""Addresses asked at most in search of page 2."""


@frozen
class Onboarding:
    """What a column turned out to be. With `error` set nothing is to be stored."""

    url: str
    """The address that answered, after redirects."""
    title: str | None
    list_page: ListPage
    recipe: Recipe = field(factory=Recipe)
    page_two: tuple[Row, ...] = ()
    single_page: str | None = None
    """Why no second page was found; None where there is one."""
    articles: tuple[Check, ...] = ()
    site: Site | None = None
    confidence: float = 0.0
    """0 to 1: rows, days, page 2 and articles that agree."""
    warnings: tuple[str, ...] = ()
    error: str | None = None
    candidates: tuple[Candidate, ...] = ()
    """Columns that the page leads to, where it is none itself but a home page."""


@frozen
class Second:
    """Page 2, or the reason why there is none."""

    rows: tuple[Row, ...] = ()
    step: Step | None = None
    anew: bool = False
    reason: str | None = None


async def onboard(
    url: str, fetch: ConditionalFetch, report: Callable[[str], None], browser: bool = False
) -> Onboarding:
    """Look at a column, its page 2 and up to three articles; `report` is told each step.

    `browser`: its pages are looked at there.

    Raises `FetchFailed` when the column itself cannot be had; failures after that become warnings.
    """
    report(f"fetching {url}")
    page = await fetch(NextPage(url, rendered=browser))
    asked = look(page)
    settled = await settle(asked, fetch, report)
    view = settled.view
    first = view.list_page
    title = first.title or asked.list_page.title
    if first.kind != "list":
        columns = candidates(page) if first.kind == "other" or is_home(page.url) else ()
        return Onboarding(url=page.url, title=title, list_page=first, error=first.error, candidates=columns)
    report(f"{len(first.rows)} rows, family {first.family}")
    second = await second_page(view, fetch, report)
    articles, site = await check_articles(first, fetch, report, browser)
    result = Onboarding(
        url=_address(page, url if settled.entry else page.url),
        title=title,
        list_page=first,
        recipe=recipe_of(first, second, settled.entry),
        page_two=second.rows,
        single_page=second.reason,
        articles=articles,
        site=site,
        warnings=(
            *_warnings(url, page.url, first, second, articles),
            *_framed(settled.entry),
            *map(_accommodated, page.accommodated),
        ),
    )
    return evolve(result, confidence=_confidence(result))


async def second_page(view: View, fetch: Fetch, report: Callable[[str], None]) -> Second:
    """The first candidate that shows other rows and does not call itself another page than the second."""
    if not view.steps:
        total = view.list_page.pages
        return Second(
            reason="the page declares no more than one page"
            if total == 1
            else "the page shows no way to a second one"
        )
    reasons = []
    elsewhere: Second | None = None
    missing = Missing(fetch)
    for step in view.steps[:_TRIES]:
        report(f"trying {step.page.url} as page 2")
        found = await _try(view, step, fetch, missing)
        if found.reason is None:
            return found
        reasons.append(f"{step.page.url}: {found.reason}")
        elsewhere = elsewhere or (found if found.rows else None)
    if elsewhere:
        return evolve(elsewhere, reason=None)
    return Second(reason="; ".join(reasons))


async def _try(view: View, step: Step, fetch: Fetch, missing: Missing) -> Second:
    first = view.list_page
    try:
        page = await fetch(step.page)
    except FetchFailed as failed:
        return Second(reason=failed.failure.kind)
    params = {**first.params, **step.params}
    recipe = Recipe(first.family or "plain", first.row_path, step.offset, params)
    seen = look(page, recipe, 2)
    rows = seen.list_page.rows
    if not rows:
        return Second(reason=seen.list_page.error or "no rows")
    known = {row.url for row in first.rows}
    fresh = [row for row in rows if row.url not in known]
    if not fresh:
        return Second(reason="shows the same rows as page 1")
    if seen.anew and await missing.is_shown(page):
        return Second(reason="shows what the site shows for any address that does not exist")
    found = Second(rows, step, seen.anew)
    if len(fresh) < len(rows) / 3:
        return evolve(found, rows=(), reason="shows mostly the rows of page 1")
    if view.current is not None and seen.current is not None and seen.current != view.current + 1:
        return evolve(found, reason=f"calls itself page {seen.current} after {view.current}")
    return found


def recipe_of(first: ListPage, second: Second, entry: NextPage | None) -> Recipe:
    """What finds the rows and the following pages again; a shape that page 2 does not share is not kept."""
    params: dict[str, Any] = {**first.params, **(second.step.params if second.step else {})}
    if second.step and second.step.template and first.family == "plain":
        params["template"] = second.step.template
    if entry:
        params["entry"] = {name: value for name, value in asdict(entry).items() if value}
    return Recipe(
        family=first.family or "plain",
        row_path=None if second.anew else first.row_path,
        offset=second.step.offset if second.step else None,
        params=params,
    )


def _address(page: Page, asked: str) -> str:
    """Where the column is to be found from now on: the address that answered, with what stands behind `#`
    for the page's script; the one that was asked for where that led to the issue of a day.
    """
    if page.requested_url and date_in_url(page.url) and not date_in_url(page.requested_url):
        return page.requested_url
    fragment = asked.partition("#")[2]
    return f"{page.url.partition('#')[0]}#{fragment}" if fragment else page.url


def _framed(entry: NextPage | None) -> tuple[str, ...]:
    return (f"the list is not on the page itself but at {entry.url}",) if entry else ()


def _accommodated(one: Accommodation) -> str:
    if one.kind in ("http", "https"):
        return f"the site is asked over {one.kind}: {one.evidence}"
    return f"the site's encryption is out of date and was met half-way: {one.kind}: {one.evidence}"


def _warnings(
    url: str, answered: str, first: ListPage, second: Second, articles: tuple[Check, ...]
) -> tuple[str, ...]:
    found = []
    if urlsplit(url).hostname != urlsplit(answered).hostname:
        found.append(f"{url} leads to another host: {answered}")
    undated = sum(row.published is None for row in first.rows)
    if undated:
        found.append(
            "the list shows no dates" if undated == len(first.rows) else f"{undated} rows show no date"
        )
    if second.reason and first.pages != 1:
        found.append(f"single page: {second.reason}")
    if second.anew:
        found.append("page 2 sets its rows in another place than page 1")
    away = sum(urlsplit(row.url).hostname != urlsplit(first.url).hostname for row in first.rows)
    if away:
        found.append(f"{away} of {len(first.rows)} rows lead to other hosts")
    found += [f"{check.row.url}: {problem}" for check in articles for problem in check.problems]
    if not articles:
        found.append("no article could be compared: the rows lead to files or other hosts")
    return tuple(found)


def _confidence(result: Onboarding) -> float:
    rows = result.list_page.rows
    dated = sum(row.published is not None for row in rows) / len(rows)
    agreeing = sum(check.agrees for check in result.articles) / max(1, len(result.articles))
    paged = 1.0 if result.page_two or result.list_page.pages == 1 else 0.4
    return round(0.2 * min(len(rows), 5) / 5 + 0.15 * dated + 0.2 * paged + 0.45 * agreeing, 2)
