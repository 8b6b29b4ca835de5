"""Visits columns: the lists of the sources of a run, or of one address given by hand."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import date, datetime
from functools import partial
from typing import Any, Self

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.utils.misc import build_from_crawler, load_object
from twisted.python.failure import Failure as TwistedFailure

from crawlers.archive import Archive, Assignment
from crawlers.catalogue.model import Source
from crawlers.china import CHINA
from crawlers.failures import Refused, failure_of_exception
from crawlers.fetching import Fetcher
from crawlers.files.apart import Extractor
from crawlers.items import Failure, NextPage, Page
from crawlers.requests import page_of, request_for
from crawlers.unstored import Unstored
from crawlers.visit import Item, Visit
from crawlers.walk import Wishes


class ColumnSpider(Spider):
    """`-a url=ADDRESS` reads one column; `-a run=NUMBER` visits the sources of a run.

    Both take `-a pages=N`, `-a since=2026-01-31` and `-a again=1` (look again at known articles); an address
    also `-a browser=1`.
    """

    name = "column"
    _unstored: Unstored

    def __init__(
        self,
        archive: Archive,
        sites_at_once: int,
        url: str | None = None,
        run: str | None = None,
        pages: str | None = None,
        since: str | None = None,
        again: str | None = None,
        browser: str | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        if (url is None) == (run is None):
            raise ValueError("scrapy crawl column needs -a url=ADDRESS (or -a run=NUMBER)")
        self.url = url
        self.run_id = int(run) if run else None
        self.archive = archive
        self._assignments = self._assigned(browser=bool(browser))
        self.browser = any(assignment.source.browser for assignment in self._assignments)
        # Scrapy's own limit counts the first pages only; what a visit asks for after that goes past it.
        self._room = asyncio.Semaphore(sites_at_once)
        self._extractor = Extractor()
        self.wishes = Wishes(
            pages=int(pages) if pages else None,
            since=date.fromisoformat(since) if since else None,
            again=bool(again),
        )

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        archive = build_from_crawler(load_object(crawler.settings["ARCHIVE"]), crawler)
        sites_at_once = crawler.settings.getint("CONCURRENT_REQUESTS")
        spider = super().from_crawler(crawler, archive, sites_at_once, *args, **kwargs)
        spider._unstored = Unstored(crawler)
        return spider

    def closed(self, reason: str) -> None:
        self.archive.close()

    async def start(self) -> AsyncIterator[Request]:
        for assignment in self._assignments:
            source = assignment.source
            conditional = not (assignment.first_visit or self.wishes != Wishes())
            yield request_for(
                source.entry,
                verify_tls=source.verify_tls,
                etag=assignment.etag if conditional else None,
                last_modified=assignment.last_modified if conditional else None,
                meta={"accommodations": assignment.accommodations},
                callback=self.parse,
                errback=partial(self.unreachable, assignment=assignment),
                cb_kwargs={"assignment": assignment},
            )

    def _assigned(self, browser: bool) -> list[Assignment]:
        if self.run_id is not None:
            return list(self.archive.assignments(self.run_id))
        assert self.url is not None
        return [Assignment(Source(name=self.url, url=self.url, browser=browser), first_visit=True)]

    async def parse(self, response: Response, assignment: Assignment) -> AsyncIterator[Item]:
        """The first page of a list came."""
        visit = self._visit(assignment)
        try:
            async with self._room:
                shown = await self._fetcher(assignment).shown(response, assignment.source.entry)
                async for item in visit.run(page_of(shown)):
                    self._unstored.given(item)
                    yield item
        except Interrupted:
            self.logger.info("%s: stopped before its end", assignment.source.name)
        except Refused as error:
            yield visit.failed(failure_of_exception(error, response.url))
        except Exception as error:  # a page that we cannot cope with must not end the other visits
            self.logger.exception("%s: unexpected", assignment.source.name)
            yield visit.failed(Failure("unexpected", f"{type(error).__name__}: {error}", response.url))

    def unreachable(self, failure: TwistedFailure, assignment: Assignment) -> Item:
        """No first page came."""
        error = failure.value or ConnectionError("no answer")
        return self._visit(assignment).failed(failure_of_exception(error, assignment.source.url))

    def _visit(self, assignment: Assignment) -> Visit:
        return Visit(
            assignment,
            self.wishes,
            self.archive,
            self._fetcher(assignment),
            lambda: datetime.now(CHINA),
            self._extractor,
            partial(self._unstored.none_of, assignment.source.id),
        )

    def _fetcher(self, assignment: Assignment) -> Fetcher:
        return _UntilStopped(self.crawler, assignment.source.verify_tls)


class Interrupted(BaseException):
    """The crawler is being stopped: what has not been fetched yet is left for the next run.

    No `Exception`: what copes with the errors of a page has no business with it.
    """


class _UntilStopped(Fetcher):
    """Scrapy, told to stop, waits for callbacks that are under way; ours would go on for minutes."""

    async def __call__(
        self, target: str | NextPage, *, etag: str | None = None, last_modified: str | None = None
    ) -> Page:
        if not self._crawler.crawling:
            raise Interrupted
        return await super().__call__(target, etag=etag, last_modified=last_modified)
