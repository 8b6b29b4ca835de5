"""From an address to the page that truly holds its list: into frames, interfaces, the parts of an index."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from attrs import evolve, frozen

from crawlers.catalogue.model import Recipe
from crawlers.fetching import FetchFailed
from crawlers.items import ListPage, NextPage, Page
from crawlers.paging.step import Step
from crawlers.probing import View, look
from crawlers.reading.dates import date_in_url

_DEEPEST = 2
"""Frames inside frames."""
_TRIES = 4
"""Frames of one page that are asked for."""


@frozen
class Settled:
    view: View
    """The page with the list, as page 1; where there is none, the page that was asked for."""
    entry: NextPage | None = None
    """How that page was asked for, where it is another and will stay the one to ask for."""
    parts: tuple[NextPage, ...] = ()
    """The pages behind the first, where the page that was asked for is their index."""


async def settle(
    view: View,
    fetch: Callable[[NextPage], Awaitable[Page]],
    report: Callable[[str], None],
    recipe: Recipe | None = None,
) -> Settled:
    """The list of a page that came, be it on the page itself or where the page points.

    A page with rows of its own and a frame is left for the frame only when that shows a paged list and
    the page does not. Raises `FetchFailed` when there are no rows and where they are cannot be had.
    """
    listed = view.list_page
    if listed.parts:
        first = await _at(listed.parts[0], fetch, report, listed, recipe)
        rest = listed.parts[1:]
        return Settled(evolve(first, steps=(*first.steps, *map(Step, rest))), None, rest)
    return await _inside(Settled(view), fetch, report, recipe, _DEEPEST)


async def _inside(
    settled: Settled,
    fetch: Callable[[NextPage], Awaitable[Page]],
    report: Callable[[str], None],
    recipe: Recipe | None,
    depth: int,
) -> Settled:
    listed = settled.view.list_page
    failed: FetchFailed | None = None
    if depth == 0 or (listed.rows and settled.view.paged):
        return settled
    for target in listed.elsewhere[:_TRIES]:
        try:
            view = await _at(target, fetch, report, None if listed.rows else listed, recipe)
        except FetchFailed as error:
            failed = failed or error
            continue
        # The address of a day's issue is worth nothing tomorrow.
        entry = None if date_in_url(target.url) else target
        found = await _inside(Settled(view, entry), fetch, report, recipe, depth - 1)
        if found.view.list_page.rows and (not listed.rows or found.view.paged):
            return found
    if failed and not listed.rows and listed.family:
        raise failed
    return settled


async def _at(
    target: NextPage,
    fetch: Callable[[NextPage], Awaitable[Page]],
    report: Callable[[str], None],
    pointing: ListPage | None,
    recipe: Recipe | None,
) -> View:
    """`pointing`: the page that has no rows itself and tells with what they are asked for."""
    report(f"looking for the list at {target.url}")
    page = await fetch(target)
    if pointing is None or pointing.family is None:
        return look(page, recipe)
    return look(page, evolve(recipe or Recipe(pointing.family), params=dict(pointing.params)))
