"""The article at an address: fetched and read, in a browser only where the page says nothing without one."""

from __future__ import annotations

from crawlers.fetching import BLANK, Fetch, FetchFailed
from crawlers.items import Article, NextPage, Page
from crawlers.reading import read

NOT_MODIFIED = 304
_LONG_ENOUGH = 20
"""Characters of a body below which something else (a file, a picture, a video) must be the content."""


async def article_at(url: str, fetch: Fetch, browser: bool) -> tuple[Page, Article | None]:
    """The page and what it says; no article where the answer was that it is as before (304).

    `browser`: the source's pages may show their content only there. Raises `FetchFailed`.
    """
    try:
        page = await fetch(url)
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


def has_content(article: Article) -> bool:
    """There is something to read or to see."""
    return (
        len(article.body) >= _LONG_ENOUGH
        or bool(article.attachments or article.images)
        or article.kind == "video"
    )
