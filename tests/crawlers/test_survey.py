"""Many columns in one survey: none keeps another from being looked at, sites are counted, not columns."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from attrs import define, field

from crawlers.catalogue.model import Source
from crawlers.fetching import FetchFailed
from crawlers.items import Failure, NextPage, Page
from crawlers.onboarding import Onboarding
from crawlers.survey import Finding, survey
from tests.support.columns import article, column

PAGES = {path: answer.body for path, answer in column().items()}


@define
class Web:
    """Answers as a `Fetcher`; `odd` are hosts that behave in their own way."""

    odd: dict[str, Callable[[], Awaitable[Page]]] = field(factory=dict)
    unchecked: list[str] = field(factory=list)
    busy: dict[str, int] = field(factory=dict)
    most: int = 0
    _verify: bool = True

    def checking(self, verify_tls: bool) -> Any:
        web = self

        class Asked:
            async def __call__(self, target: str | NextPage) -> Page:
                return await web.answer(target if isinstance(target, str) else target.url, verify_tls)

        return Asked()

    async def answer(self, url: str, verify_tls: bool) -> Page:
        host, path = url.removeprefix("http://").split("/", 1)
        if not verify_tls and host not in self.unchecked:
            self.unchecked.append(host)
        self.busy[host] = self.busy.get(host, 0) + 1
        self.most = max(self.most, sum(map(bool, self.busy.values())))
        assert self.busy[host] == 1, "two columns of one site at once"
        await asyncio.sleep(0)
        try:
            if host in self.odd:
                return await self.odd[host]()
            if f"/{path}" not in PAGES:
                raise FetchFailed(Failure("http_404", "HTTP status 404", url))
            return Page(url, PAGES[f"/{path}"], "text/html; charset=utf-8")
        finally:
            self.busy[host] -= 1


def looked(columns: list[Source], web: Any, sites: int = 8, limit: float = 30) -> dict[str, Finding]:
    found: dict[str, Finding] = {}

    def kept(source: Source, finding: Finding) -> None:
        found[source.name] = finding

    asyncio.run(survey(columns, web, kept, lambda line: None, sites=sites, limit=limit))
    return found


def of(name: str, host: str, path: str = "/list/", **more: Any) -> Source:
    return Source(name, f"http://{host}{path}", **more)


async def defect() -> Page:
    raise ZeroDivisionError("a defect\nof ours")


async def endless() -> Page:
    await asyncio.sleep(60)
    raise AssertionError


async def no_column() -> Page:
    return Page("http://d/list/", article(3).encode(), "text/html")


def test_whatever_becomes_of_a_column_the_others_are_looked_at() -> None:
    web = Web({"b": defect, "c": endless, "d": no_column})
    columns = [
        of("defect", "b"),
        of("endless", "c"),
        of("article", "d"),
        of("gone", "a", "/gone"),
        of("good", "a"),
    ]
    found = looked(columns, web, limit=0.3)
    assert found["defect"] == Failure("unexpected", "ZeroDivisionError: a defect of ours", "http://b/list/")
    assert found["endless"] == Failure("hung", "not understood within 0.3 seconds", "http://c/list/")
    assert found["gone"] == Failure("http_404", "HTTP status 404", "http://a/gone")
    kind = found["article"]
    assert isinstance(kind, Failure)
    assert (kind.kind, kind.detail.startswith("no column")) == ("no_rows", True)
    good = found["good"]
    assert isinstance(good, Onboarding)
    assert len(good.list_page.rows) == 12


def test_so_many_sites_at_once_and_one_column_of_each() -> None:
    web = Web()
    columns = [of(f"{host}{n}", host) for host in "abcdefgh" for n in range(2)]
    assert len(looked(columns, web, sites=3)) == 16
    assert web.most == 3


def test_certificates_are_left_unchecked_only_where_the_user_said_so() -> None:
    web = Web()
    looked([of("a", "a"), of("b", "b", verify_tls=False)], web)
    assert web.unchecked == ["b"]


def test_what_the_taker_raises_ends_the_survey() -> None:
    seen: list[str] = []

    def full(source: Source, finding: Finding) -> None:
        seen.append(source.name)
        raise OSError("disk is full")

    web: Any = Web()
    columns = [of(host, host) for host in "abcdef"]
    with pytest.raises(OSError, match="disk is full"):
        asyncio.run(survey(columns, web, full, lambda line: None, sites=1, limit=5))
    assert seen == ["a"]
