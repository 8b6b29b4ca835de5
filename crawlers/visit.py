"""One visit to one source: its list, page after page, then the articles that are to be had.

A coroutine over a `Fetch`: no Scrapy, no clock, no database in it. What it yields goes to the pipelines.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Protocol

from attrs import evolve, field, frozen

from crawlers.archive import Archive, Assignment, KnownLink
from crawlers.fetching import FetchFailed
from crawlers.items import (
    Article,
    Failure,
    ListPage,
    ListSeen,
    NextPage,
    Page,
    Reading,
    Row,
    Unmodified,
    VisitEnded,
)
from crawlers.probing import probe
from crawlers.reading import read
from crawlers.reading.dates import CHINA
from crawlers.rows import article_of_row, is_page

MOST_PAGES = 20
"""List pages walked to catch up with what appeared since the last visit; beyond that it is backfill."""

MOST_DUE = 50
"""Pages no longer on the list that are asked for in one visit: retries and second looks."""

NOT_MODIFIED = 304

Item = Reading | ListSeen | Unmodified | Failure | VisitEnded


class ConditionalFetch(Protocol):
    """Asks for one address; a page of status 304 where it still is as the validators say.

    Raises `FetchFailed` when no usable page came.
    """

    async def __call__(
        self, target: str | NextPage, *, etag: str | None = None, last_modified: str | None = None
    ) -> Page: ...


@frozen
class Wishes:
    """What the user asked for beyond a usual visit."""

    pages: int | None = None
    """Walk that many list pages; older ones are history."""
    since: date | None = None
    """Walk back to that day."""
    again: bool = False
    """Look again at every article that the list shows."""


@frozen
class Visit:
    assignment: Assignment
    wishes: Wishes
    archive: Archive
    fetch: ConditionalFetch
    now: Callable[[], datetime]
    _had: set[str] = field(factory=set)
    """Links whose pages were asked for in this visit."""

    async def run(self, first: Page) -> AsyncIterator[Item]:
        """Everything that a visit finds, its list's first page having come."""
        ended = VisitEnded(self._id, "not_modified")
        if first.status != NOT_MODIFIED:
            listed = probe(first, self.assignment.source.recipe, 1)
            if not listed.rows:
                yield self.failed(Failure("no_rows", listed.error or "the list shows no rows", first.url))
                return
            async for item in self._walk(first, listed):
                yield item
            ended = VisitEnded(self._id, "fresh", None, first.etag, first.last_modified)
        for link in self._overdue():
            yield await self._read(_row_of(link), link, link.backlog)
        yield ended

    def failed(self, failure: Failure) -> VisitEnded:
        """The visit came to nothing."""
        return VisitEnded(self._id, "failed", evolve(failure, source_id=self._id))

    def _overdue(self) -> Sequence[KnownLink]:
        if self._id is None:
            return ()
        return [link for link in self.archive.due(self._id, MOST_DUE) if link.url not in self._had]

    async def _walk(self, page: Page, listed: ListPage) -> AsyncIterator[Item]:
        """The list, page after page, each with its articles."""
        number, seen = 1, set[str]()
        while True:
            rows = [row for row in listed.rows if row.url not in seen]
            if not rows:  # a server that answers any page number with the same page
                return
            seen.update(row.url for row in rows)
            known = self._known(rows)
            backlog = self._is_history(number)
            yield ListSeen(self._id, page.url, tuple(rows), backlog)
            for row in rows:
                link = known.get(row.url)
                if link is None or link.due or self.wishes.again:
                    yield await self._read(row, link, link.backlog if link else backlog)
            if listed.next is None or not self._goes_on(number, rows, known):
                return
            number += 1
            try:
                page = await self.fetch(listed.next)
            except FetchFailed as failed:
                if failed.failure.kind != "http_404":  # declared totals are hints: the list ends earlier
                    yield evolve(failed.failure, source_id=self._id)
                return
            listed = probe(page, self.assignment.source.recipe, number)

    def _known(self, rows: Sequence[Row]) -> Mapping[str, KnownLink]:
        return {} if self._id is None else self.archive.listed(self._id, [row.url for row in rows])

    def _is_history(self, number: int) -> bool:
        if self.assignment.source.alert_backlog:
            return False
        walking_back = self.wishes.pages is not None or self.wishes.since is not None
        return self.assignment.first_visit or (number > 1 and walking_back)

    def _goes_on(self, number: int, rows: Sequence[Row], known: Mapping[str, KnownLink]) -> bool:
        """Whether the following page is wanted."""
        if self.wishes.pages is not None:
            return number < self.wishes.pages
        if self.wishes.since is not None:
            days = [row.published for row in rows if row.published]
            return not days or max(days) >= self.wishes.since
        # No known row on a whole page: more may have appeared since the last visit than one page holds.
        # Rows that a visit took down which was cut short are no known ground.
        until = self.assignment.last_success
        return (
            until is not None
            and number < MOST_PAGES
            and not any(link.first_seen <= until for link in known.values())
        )

    async def _read(self, row: Row, link: KnownLink | None, backlog: bool) -> Item:
        """The article behind a row, or why it could not be had."""
        self._had.add(row.url)
        if not is_page(row.url):
            return self._reading(article_of_row(row), row, backlog)
        try:
            page = await self.fetch(
                row.url,
                etag=link.etag if link else None,
                last_modified=link.last_modified if link else None,
            )
        except FetchFailed as failed:
            return evolve(failed.failure, url=row.url, source_id=self._id)
        if page.status == NOT_MODIFIED:
            return Unmodified(self._id, row.url)
        article = read(page.body, page.url, page.content_type)
        if article.kind == "error":
            return Failure("unreadable", article.error or "no article", row.url, self._id)
        if article.title is None:
            article = evolve(article, title=row.title)
        if article.published is None and row.published is not None:
            article = evolve(article, published=_midnight(row.published))
        return evolve(
            self._reading(article, row, backlog), page=page, etag=page.etag, last_modified=page.last_modified
        )

    def _reading(self, article: Article, row: Row, backlog: bool) -> Reading:
        return Reading(
            article=article,
            fetched_at=self.now(),
            source_id=self._id,
            link=row.url,
            listed_title=row.title,
            backlog=backlog,
        )

    @property
    def _id(self) -> int | None:
        return self.assignment.source.id


def _row_of(link: KnownLink) -> Row:
    return Row(link.url, link.title, date.fromisoformat(link.published) if link.published else None)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), CHINA)
