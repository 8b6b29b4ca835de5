"""Articles compared with the rows that led to them."""

from __future__ import annotations

import re
from collections.abc import Callable
from difflib import SequenceMatcher
from urllib.parse import urlsplit

from attrs import frozen

from crawlers.articles import article_at, has_content
from crawlers.fetching import ConditionalFetch, FetchFailed
from crawlers.items import Article, Failure, ListPage, Row, Site
from crawlers.listing.links import fold
from crawlers.rows import is_page


@frozen
class Check:
    """One article beside its row."""

    row: Row
    title: str | None = None
    """As the article has it."""
    title_agrees: bool = False
    date_agrees: bool | None = None
    """None where the row or the article shows no day."""
    body: bool = False
    """There is a body, an attachment, a picture or a video."""
    problems: tuple[str, ...] = ()
    failure: Failure | None = None
    """Why the article could not be had, where it was not."""

    @property
    def agrees(self) -> bool:
        return self.title_agrees and self.body and self.date_agrees is not False


async def check_articles(
    column: ListPage, fetch: ConditionalFetch, report: Callable[[str], None], browser: bool = False
) -> tuple[tuple[Check, ...], Site | None]:
    """Up to three articles of the column, first, middle and last row of those that are pages of its own
    host. `browser`: those that say nothing as they come are looked at in one.
    """
    checks, sites = [], []
    for row in _samples(column):
        report(f"reading {row.url}")
        try:
            article = (await article_at(row.url, fetch, browser, parts="none")).article
        except FetchFailed as failed:
            failure = failed.failure
            checks.append(Check(row, problems=(f"{failure.kind}: {failure.detail}",), failure=failure))
            continue
        assert article is not None, "nothing was asked conditionally"
        sites.append(article.site)
        checks.append(compare(row, article))
    known = sorted(sites, key=lambda site: (site.id_code is None, site.name is None))
    return tuple(checks), known[0] if known else None


def compare(row: Row, article: Article) -> Check:
    """Title much the same, day within two days, something to read."""
    title = titles_agree(row.title, article.title) if row.title else bool(article.title)
    day = None
    if row.published and article.published:
        day = abs((article.published.date() - row.published).days) <= 2
    body = has_content(article)
    problems = []
    if not title:
        problems.append(f"title differs from the row's: {article.title or 'none'}")
    if day is False and article.published:
        problems.append(f"published {article.published.date()}, the row says {row.published}")
    if not body:
        problems.append("neither text nor file nor video")
    return Check(row, article.title, title, day, body, tuple(problems))


def _samples(column: ListPage) -> list[Row]:
    host = urlsplit(column.url).hostname
    own = [row for row in column.rows if urlsplit(row.url).hostname == host and is_page(row.url)]
    places = sorted({0, len(own) // 2, len(own) - 1}) if own else []
    return [own[place] for place in places]


def titles_agree(listed: str, title: str | None) -> bool:
    """Equal but for width, blanks and a cut end, or nearly so: headlines are edited after they are listed."""
    one, other = (re.sub(r"(?:\.{2,}|…+)$|[^\w]", "", fold(text)) for text in (listed, title or ""))
    if not one or not other:
        return False
    shorter, longer = sorted((one, other), key=len)
    return (len(shorter) >= 4 and shorter in longer) or SequenceMatcher(
        None, one, other, autojunk=False
    ).ratio() >= 0.7
