"""Small sites that answer requests as the systems of government sites do: pages, and interfaces behind them.

The same site serves a fake fetch (`Simulated.fetch`) and a real server on loopback (`routes_of`).
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from attrs import define, evolve, field, frozen

from crawlers.archive import Assignment, KnownFile, KnownLink, KnownRow
from crawlers.catalogue.model import Source
from crawlers.failures import failure_of_response
from crawlers.fetching import FetchFailed
from crawlers.items import NextPage, Page, Row
from crawlers.onboarding import Onboarding, onboard
from crawlers.probing import look
from crawlers.settling import settle
from crawlers.walk import Walk, Wishes
from tests.support.column import Post, article_html, post
from tests.support.httpserver import Answer, Asked, Site

HOST = "http://www.qinghe.example"
HTML = "text/html; charset=utf-8"


@frozen
class Question:
    """A request as an interface sees it."""

    method: str
    path: str
    query: Mapping[str, str]
    form: Mapping[str, Any]
    """The body: form fields or a JSON object."""
    referrer: str | None

    def number(self, name: str, default: int = 0) -> int:
        """A parameter as a server of Java reads it: from the address or from the body."""
        return int(self.query.get(name) or self.form.get(name) or default)


@frozen
class Reply:
    body: bytes | str
    content_type: str = HTML
    status: int = 200
    charset: str = "utf-8"

    @property
    def bytes(self) -> bytes:
        return self.body if isinstance(self.body, bytes) else self.body.encode(self.charset)


NOT_FOUND = Reply("<html><head><title>404 Not Found</title></head><body>404</body></html>", status=404)
Interface = Callable[[Question], Reply]


@define
class Simulated:
    """Path -> page, path -> interface; articles are there for every post."""

    pages: dict[str, Reply | str]
    interfaces: dict[str, Interface]
    posts: list[Post] = field(factory=list)
    link: Callable[[Post], str] = lambda one: one.path
    asked: list[Question] = field(factory=list)

    def answer(self, question: Question, target: str) -> Reply:
        self.asked.append(question)
        if interface := self.interfaces.get(question.path):
            return interface(question)
        page = self.pages.get(target, self.pages.get(question.path))
        if page is not None:
            return page if isinstance(page, Reply) else Reply(page)
        for one in self.posts:
            if self.link(one) == question.path:
                return Reply(article_html(one))
        return NOT_FOUND

    async def fetch(
        self, target: str | NextPage, *, etag: str | None = None, last_modified: str | None = None
    ) -> Page:
        wanted = NextPage(target) if isinstance(target, str) else target
        parts = urlsplit(wanted.url)
        question = question_of(
            wanted.method, f"{parts.path}?{parts.query}", wanted.body or "", wanted.referrer
        )
        reply = self.answer(question, wanted.url.removeprefix(HOST))
        page = Page(wanted.url.partition("#")[0], reply.bytes, reply.content_type, reply.status)
        page = evolve(page, requested_url=wanted.url if "#" in wanted.url else None)
        if failure := failure_of_response(page, wanted.expects):
            raise FetchFailed(failure)
        return page


def question_of(method: str, target: str, body: str, referrer: str | None) -> Question:
    parts = urlsplit(target)
    form = json.loads(body) if body.startswith("{") else dict(parse_qsl(body, keep_blank_values=True))
    return Question(method, parts.path, dict(parse_qsl(parts.query, keep_blank_values=True)), form, referrer)


@define
class routes_of(Mapping[str, Any]):
    """The site as routes of a real server on loopback, whose log is read for the request that came last."""

    site: Simulated
    server: list[Site] = field(factory=list)

    def __getitem__(self, path: str) -> Callable[[int], Answer]:
        def answered(number: int) -> Answer:
            asked: Asked = self.server[0].asked[-1]
            question = question_of(
                asked.method, asked.path, asked.body.decode(), asked.headers.get("Referer")
            )
            if question.path == "/robots.txt" and question.path not in self.site.pages:
                return Answer(b"", 404)
            reply = self.site.answer(question, asked.path)
            here = self.server[0].url.encode()
            body = reply.bytes.replace(HOST.encode(), here)
            body = body.replace(HOST.partition(":")[2].encode(), here.partition(b":")[2])
            return Answer(body, reply.status, {"Content-Type": reply.content_type})

        return answered

    def __iter__(self) -> Iterator[str]:
        return iter(self.site.pages)

    def __len__(self) -> int:
        return len(self.site.pages)


class Nothing:
    """An archive that remembers nothing."""

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
        """Nothing to close."""


def posts(count: int) -> list[Post]:
    """Newest first."""
    return [post(number) for number in range(count, 0, -1)]


def taken_on(site: Simulated, path: str) -> Onboarding:
    """The column as `govwatch add` takes it on."""
    return asyncio.run(onboard(HOST + path, site.fetch, lambda line: None))


def walked(site: Simulated, found: Onboarding) -> list[Row]:
    """Every row of the column, page after page to the end, as a later visit with the recipe finds them."""
    source = Source("栏目", found.url, found.recipe)

    async def collect() -> list[Row]:
        page = await site.fetch(source.entry)
        settled = await settle(look(page, source.learned), site.fetch, lambda line: None, source.learned)
        walk = Walk(Assignment(source, first_visit=True), Wishes(pages=99), Nothing(), site.fetch)
        leaves = walk.leaves(settled.view.list_page, settled.parts)
        rows = [row async for leaf in leaves for row in leaf.seen.rows]
        assert walk.broken_off is None, walk.broken_off
        return rows

    return asyncio.run(collect())


def expected(shown: list[Post], link: Callable[[Post], str]) -> list[Row]:
    return [Row(HOST + link(one), one.title, one.day) for one in shown]


def proved(site: Simulated, path: str) -> Onboarding:
    """Takes the column on and holds that a walk gives every post once, in order, with title and day."""
    found = taken_on(site, path)
    assert found.error is None, found.error
    rows = walked(site, found)
    assert [row.url for row in rows] == [HOST + site.link(one) for one in site.posts]
    assert rows == expected(site.posts, site.link)
    return found
