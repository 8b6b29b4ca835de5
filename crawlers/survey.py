"""Many columns looked at in one process: sites side by side, the columns of a site one after the other."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from crawlers.catalogue.model import Source
from crawlers.fetching import Fetcher, FetchFailed
from crawlers.items import Failure
from crawlers.middlewares.slots import site_of
from crawlers.onboarding import Onboarding, onboard

Finding = Onboarding | Failure
"""A column that was understood, or why there is none."""


async def survey(
    columns: Sequence[Source],
    fetch: Fetcher,
    found: Callable[[Source, Finding], None],
    report: Callable[[str], None],
    *,
    sites: int,
    limit: float,
) -> None:
    """Looks at every column as `onboard` does; `found` is told each one as soon as it is known.

    `sites` at once, and no column for longer than `limit` seconds. No column keeps the others from
    being looked at, whatever becomes of it; what `found` raises ends the survey.
    """
    by_site: dict[str, list[Source]] = {}
    for column in columns:
        by_site.setdefault(site_of(column.url), []).append(column)
    free = asyncio.Semaphore(sites)

    async def visit(of_one_site: Sequence[Source]) -> None:
        async with free:
            for column in of_one_site:
                found(column, await _look(column, fetch, report, limit))

    tasks = [asyncio.ensure_future(visit(of_one_site)) for of_one_site in by_site.values()]
    try:
        await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()


async def _look(column: Source, fetch: Fetcher, report: Callable[[str], None], limit: float) -> Finding:
    try:
        async with asyncio.timeout(limit):
            result = await onboard(column.url, fetch.checking(column.verify_tls), report, column.browser)
    except FetchFailed as failed:
        return failed.failure
    except TimeoutError:
        return Failure("hung", f"not understood within {limit:g} seconds", column.url)
    except Exception as error:  # outermost for this column: a defect met on one page is no other column's
        return Failure("unexpected", f"{type(error).__name__}: {' '.join(str(error).split())}", column.url)
    return Failure("no_rows", result.error, column.url) if result.error else result
