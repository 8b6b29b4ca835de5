"""One visit to one source: its list, page after page, then the articles that are to be had.

A coroutine over a `Fetch`: no Scrapy, no clock, no database in it. What it yields goes to the pipelines.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Sequence
from contextlib import aclosing
from datetime import date, datetime
from hashlib import sha256

from attrs import Factory, evolve, field, frozen

from crawlers.archive import Archive, Assignment, KnownFile, KnownLink
from crawlers.articles import NOT_MODIFIED, article_at
from crawlers.checking import titles_agree
from crawlers.failures import TRANSIENT
from crawlers.fetching import ConditionalFetch, FetchFailed
from crawlers.files import Extract
from crawlers.files.apart import Extractor
from crawlers.files.formats import type_of
from crawlers.finding import LIST_ONLY, Found, find_list
from crawlers.items import (
    Article,
    Failure,
    FileRead,
    LayoutChanged,
    ListSeen,
    NextPage,
    Page,
    Reading,
    Row,
    SiteAccommodated,
    Unmodified,
    VisitEnded,
)
from crawlers.missing import Missing
from crawlers.reading.evidence import as_listed
from crawlers.rows import article_of_row, is_page
from crawlers.straying import led_home
from crawlers.walk import Walk, Wishes

MOST_FILES = 20
"""Files of articles that are read in one visit; the others stay due."""

MOST_DUE = 50
"""Pages no longer on the list that are asked for in one visit: retries and second looks."""

_SITE_DOWN = TRANSIENT | {"http_5xx"}
"""Failures of a page that may be the whole site's."""

DOUBT_EVERY = 4
"""Pages lost one after the other: at the first, and after so many more, the site itself is doubted."""

Item = Reading | FileRead | LayoutChanged | ListSeen | SiteAccommodated | Unmodified | Failure | VisitEnded


async def _at_once() -> None:
    return


@frozen
class Visit:
    assignment: Assignment
    wishes: Wishes
    archive: Archive
    fetch: ConditionalFetch
    now: Callable[[], datetime]
    extract: Callable[[bytes, str], Awaitable[Extract]] = field(factory=Extractor)
    """Reads the files that articles offer."""
    stored: Callable[[], Awaitable[None]] = _at_once
    """Returns when every article that was found is stored: its files are due from then on."""
    _had: set[str] = field(factory=set)
    """Links whose pages were asked for in this visit."""
    _missing: Missing = field(default=Factory(lambda visit: Missing(visit.fetch), takes_self=True))

    async def run(self, first: Page) -> AsyncIterator[Item]:
        """Everything that a visit finds, an answer for its list's first page having come.

        A site that goes down meanwhile is left alone, and what is due of it stays due: each page of it
        would cost all repetitions and time limits (50 pages that time out: more than an hour).
        """
        learned = tuple(one for one in first.accommodated if one not in self.assignment.accommodations)
        if learned:
            yield SiteAccommodated(learned)
        lost = 0
        async with aclosing(self._finds(first)) as finds:
            async for item in finds:
                yield item
                trouble = item.failure if isinstance(item, FileRead) else item
                lost = lost + 1 if isinstance(trouble, Failure) and trouble.kind in _SITE_DOWN else 0
                if lost % DOUBT_EVERY == 1 and (failure := await self._down()):
                    yield self.failed(failure)
                    return

    async def _finds(self, first: Page) -> AsyncGenerator[Item, None]:
        ended = VisitEnded(self._id, "not_modified")
        failure, found = None, None
        if first.status != NOT_MODIFIED:
            try:
                found = await find_list(first, self.assignment.source, self.archive, self.fetch)
            except FetchFailed as failed:
                failure = failed.failure
        if found:
            ended = VisitEnded(self._id, "fresh", None, first.etag, first.last_modified)
            if found.settled.entry:  # what a frame holds changes without the page around it
                ended = VisitEnded(self._id, "fresh")
            if found.changed:
                yield found.changed
            walk = Walk(evolve(self.assignment, source=found.source), self.wishes, self.archive, self.fetch)
            async for item in self._take_down(walk, found):
                yield item
            if walk.cut_short:
                failure = walk.broken_off
            elif walk.broken_off:
                yield walk.broken_off
        if failure is None or failure.kind in LIST_ONLY:
            for link in self._overdue():
                yield await self._read(_row_of(link), link, link.backlog)
            if self._id is not None:
                await self.stored()
                for file in self.archive.files_due(self._id, MOST_FILES):
                    yield await self._file(file)
        if failure and not found:
            yield evolve(self.failed(failure), page=first)
        else:
            yield self.failed(failure) if failure else ended

    async def _take_down(self, walk: Walk, found: Found) -> AsyncIterator[Item]:
        """The list, page after page, each with its articles."""
        async for leaf in walk.leaves(found.settled.view.list_page, found.settled.parts):
            yield leaf.seen
            for row in leaf.seen.rows:
                link = leaf.known.get(row.url)
                if link is None or link.due or self.wishes.again:
                    yield await self._read(row, link, leaf.is_history(row))

    async def _down(self) -> Failure | None:
        """Why the site itself cannot be had, where its list can no longer either."""
        try:
            await self.fetch(self.assignment.source.entry)
        except FetchFailed as failed:
            return failed.failure if failed.failure.kind in _SITE_DOWN else None
        return None

    def failed(self, failure: Failure) -> VisitEnded:
        """The visit came to nothing, or to less than it should."""
        return VisitEnded(self._id, "failed", evolve(failure, source_id=self._id))

    def _overdue(self) -> Sequence[KnownLink]:
        if self._id is None:
            return ()
        return [link for link in self.archive.due(self._id, MOST_DUE) if link.url not in self._had]

    async def _read(self, row: Row, link: KnownLink | None, backlog: bool) -> Item:
        """The article behind a row, or why it could not be had."""
        self._had.add(row.url)
        if not is_page(row.url):
            return self._reading(article_of_row(row), row, backlog)
        try:
            fetched = await article_at(
                row.url,
                self.fetch,
                self.assignment.source.browser,
                etag=link.etag if link else None,
                last_modified=link.last_modified if link else None,
                # The whole text that is stored must not shrink because its site stutters.
                parts="all" if link and link.stored else "all there are",
            )
        except FetchFailed as failed:
            return evolve(failed.failure, url=row.url, source_id=self._id)
        except Exception as error:  # one page that we cannot cope with must not keep all others waiting
            return Failure("unexpected", f"{type(error).__name__}: {error}", row.url, self._id)
        page, article = fetched.page, fetched.article
        if article is None:
            return Unmodified(self._id, row.url)
        if led_home(page):
            return Failure("redirect_home", f"it leads to the home page {page.url}", row.url, self._id)
        if article.kind == "error":
            return Failure("unreadable", article.error or "no article", row.url, self._id)
        if _is_odd(article, row) and await self._missing.is_shown(page):
            detail = "the site shows the same for any address that does not exist"
            return Failure("soft_404", detail, row.url, self._id)
        article = as_listed(article, row.title, row.published)
        reading = evolve(self._reading(article, row, backlog), page=page, parts=fetched.parts)
        if (
            article.pages > 1 or article.next_page
        ):  # the validators of its first page say nothing of the others
            return reading
        return evolve(reading, etag=page.etag, last_modified=page.last_modified)

    async def _file(self, file: KnownFile) -> FileRead:
        """What a file says that an article offers, or why it could not be had."""
        try:
            page = await self.fetch(NextPage(file.url, referrer=file.page, expects="file"))
            found = await self.extract(page.body, f"file.{type_of(file.url, file.name) or ''}")
        except FetchFailed as failed:
            failure = evolve(failed.failure, url=file.url, source_id=self._id)
            return FileRead(self._id, file.id, "failed", failure=failure)
        except Exception as error:  # one file that we cannot cope with must not keep all others waiting
            detail = f"{type(error).__name__}: {error}"
            failure = Failure("unexpected", detail, file.url, self._id)
            return FileRead(self._id, file.id, "failed", detail=detail, failure=failure)
        again = Failure("interrupted", found.detail or "", file.url, self._id) if found.later else None
        digest = sha256(page.body).hexdigest()
        size = len(page.body)
        return FileRead(self._id, file.id, found.state, found.text, found.detail, size, digest, again)

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


def _is_odd(article: Article, row: Row) -> bool:
    """Something else may have come than the article that the row speaks of."""
    return article.kind in ("list", "other") or not titles_agree(row.title, article.title)
