"""Texts that their site has cut into pages, put together."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve

from crawlers.items import Article, Page
from crawlers.reading.article import read


def put_together(pages: Sequence[Page]) -> Article:
    """The article of pages fetched as one: the first of them and those on which its text goes on."""
    first, *others = pages
    article = read(first.body, first.url, first.content_type)
    for page in others:
        article = joined_with(article, page) or article
    return article


def joined_with(article: Article, page: Page) -> Article | None:
    """The article and what another page adds to it; None where that is nothing."""
    part = read(page.body, page.url, page.content_type)
    if part.kind == "error" or not part.body or part.body in article.body:
        return None
    return joined(article, part)


def joined(article: Article, part: Article) -> Article:
    """An article and the page on which its text goes on, as one."""
    known = {attachment.url for attachment in article.attachments}
    return evolve(
        article,
        author=article.author or part.author,
        editors=tuple(dict.fromkeys((*article.editors, *part.editors))),
        body=f"{article.body}\n{part.body}",
        disclaimer=article.disclaimer or part.disclaimer,
        images=tuple(dict.fromkeys((*article.images, *part.images))),
        captions=part.captions | article.captions,
        attachments=(*article.attachments, *(one for one in part.attachments if one.url not in known)),
        next_page=part.next_page,
        pages=article.pages + 1,
    )
