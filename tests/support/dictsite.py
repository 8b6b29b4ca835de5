"""Whole sites out of a dictionary: taken on, then walked down to the end of their list."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from urllib.parse import urlsplit

from attrs import define, evolve, field

from crawlers.archive import Assignment, KnownFile, KnownLink, KnownRow
from crawlers.catalogue.model import Source
from crawlers.china import CHINA
from crawlers.failures import failure_of_response
from crawlers.fetching import FetchFailed
from crawlers.items import Article, Failure, ListSeen, NextPage, Page, Reading, Row, VisitEnded
from crawlers.onboarding import Onboarding, onboard
from crawlers.visit import Item, Visit
from crawlers.walk import Wishes

NOW = datetime(2026, 11, 22, 12, tzinfo=CHINA)

Body = str | bytes | Page | Callable[[NextPage], "Page | str | bytes | None"]


class Nothing:
    """An archive in which nothing is known yet."""

    def assignments(self, run_id: int) -> Sequence[Assignment]:
        return ()

    def listed(self, source_id: int, urls: Sequence[str]) -> Mapping[str, KnownLink]:
        return {}

    def files_due(self, source_id: int, limit: int) -> Sequence[KnownFile]:
        return ()

    def due(self, source_id: int, limit: int) -> Sequence[KnownLink]:
        return ()

    def recent(self, source_id: int, limit: int) -> Sequence[KnownRow]:
        return ()

    def close(self) -> None:
        return


@define
class Site:
    """Answers by path and query: text (UTF-8), bytes, a whole page, or what a function makes of the request.

    What stands under "*" answers for every other address without a query.
    """

    host: str
    pages: dict[str, Body]
    content_type: str = "text/html; charset=utf-8"
    asked: list[str] = field(factory=list)

    async def __call__(
        self, target: str | NextPage, *, etag: str | None = None, last_modified: str | None = None
    ) -> Page:
        wanted = NextPage(target) if isinstance(target, str) else target
        page = self.answer(wanted)
        self.asked.append(wanted.url.removeprefix(self.host))
        if failure := failure_of_response(page, wanted.expects):
            raise FetchFailed(failure)
        return page

    def answer(self, wanted: NextPage) -> Page:
        body = self.pages.get(wanted.url.removeprefix(self.host))
        if body is None and not urlsplit(wanted.url).query:
            body = self.pages.get("*")
        if callable(body):
            body = body(wanted)
        if body is None:
            return Page(wanted.url, b"gone", self.content_type, 404)
        if isinstance(body, Page):
            return evolve(body, url=wanted.url)
        return Page(wanted.url, body.encode() if isinstance(body, str) else body, self.content_type)

    def list_requests(self) -> list[str]:
        """What was asked for that is a page of the dictionary."""
        return [path for path in self.asked if path in self.pages]


def taken_on(site: Site, path: str) -> Onboarding:
    return asyncio.run(onboard(site.host + path, site, lambda line: None))


def visited(site: Site, source: Source, pages: int = 99) -> list[Item]:
    """All that one first visit finds that walks down `pages` pages."""

    async def collect() -> list[Item]:
        first = await site(source.entry)
        assignment = Assignment(source, first_visit=True)
        visit = Visit(assignment, Wishes(pages=pages), Nothing(), site, lambda: NOW)
        return [item async for item in visit.run(first)]

    return asyncio.run(collect())


def walked(site: Site, path: str) -> list[Row]:
    """The rows of every list page of a column, as a visit with the recipe learned of it finds them.

    Nothing is asked for twice, and the visit ends well.
    """
    found = taken_on(site, path)
    assert found.error is None, found.error
    site.asked.clear()
    items = visited(site, Source("栏目", found.url, found.recipe))
    end = items[-1]
    assert isinstance(end, VisitEnded)
    assert end.outcome == "fresh", end
    assert not [item for item in items if isinstance(item, Failure) and item.url in site.pages]
    again = {path: times for path, times in Counter(site.asked).items() if times > 1}
    assert not again
    return [row for item in items if isinstance(item, ListSeen) for row in item.rows]


def read_articles(items: Sequence[Item]) -> list[Article]:
    return [item.article for item in items if isinstance(item, Reading)]
