"""The article at an address: fetched and read, put together where its site has cut it into pages.

A browser is used only where the page says nothing without one.
"""

from __future__ import annotations

from typing import Literal

from attrs import frozen

from crawlers.failures import TRANSIENT
from crawlers.fetching import BLANK, ConditionalFetch, FetchFailed
from crawlers.items import Article, NextPage, Page
from crawlers.reading import read
from crawlers.reading.parts import joined_with

NOT_MODIFIED = 304
_LONG_ENOUGH = 20
"""Characters of a body below which something else (a file, a picture, a video) must be the content."""
MOST_PARTS = 30
"""Pages of one text; a longer one is a book, and its rest stays where it is (`Article.next_page`)."""
_SOON_GONE = TRANSIENT | {"http_5xx", "http_429"}
"""Failures of a later page that leave no doubt that it is still there."""

Parts = Literal["none", "all there are", "all"]
"""all: a part that cannot be had for the moment is a failure of the article. all there are: what could be had
is the article, and `next_page` says where it goes on."""


@frozen
class Fetched:
    page: Page
    article: Article | None
    """What it says; None where the answer was that it is as before (304)."""
    parts: tuple[Page, ...] = ()
    """The pages on which the text goes on."""


async def article_at(
    url: str,
    fetch: ConditionalFetch,
    browser: bool,
    *,
    etag: str | None = None,
    last_modified: str | None = None,
    parts: Parts = "all there are",
) -> Fetched:
    """The page and what it says.

    `browser`: the source's pages may show their content only there; `parts`: which of the pages are fetched
    on which the text goes on. Raises `FetchFailed`.
    """
    page, article = await _first(url, fetch, browser, etag, last_modified)
    if article is None or parts == "none":
        return Fetched(page, article)
    return await _with_parts(page, article, fetch, parts)


def has_content(article: Article) -> bool:
    """There is something to read or to see."""
    return (
        len(article.body) >= _LONG_ENOUGH
        or bool(article.attachments or article.images)
        or article.kind == "video"
    )


async def _first(
    url: str, fetch: ConditionalFetch, browser: bool, etag: str | None, last_modified: str | None
) -> tuple[Page, Article | None]:
    known = {"etag": etag, "last_modified": last_modified}
    try:
        page = await fetch(url, **{name: value for name, value in known.items() if value})
    except FetchFailed as failed:
        if not browser or failed.failure.kind not in BLANK:
            raise
    else:
        if page.status == NOT_MODIFIED:
            return page, None
        article = read(page.body, page.url, page.content_type)
        if not browser or has_content(article):
            return page, article
    page = await fetch(NextPage(url, rendered=True))
    return page, read(page.body, page.url, page.content_type)


async def _with_parts(first: Page, article: Article, fetch: ConditionalFetch, wanted: Parts) -> Fetched:
    """The article with the pages on which it goes on; up to the first that is not there or no part of it."""
    asked = {article.url}
    parts: list[Page] = []
    while article.next_page and article.next_page not in asked and article.pages < MOST_PARTS:
        asked.add(article.next_page)
        try:
            page = await fetch(article.next_page)
        except FetchFailed as failed:
            if wanted == "all" and failed.failure.kind in _SOON_GONE:
                raise
            break
        longer = joined_with(article, page)
        if longer is None:
            break
        article = longer
        parts.append(page)
    return Fetched(first, article, tuple(parts))
