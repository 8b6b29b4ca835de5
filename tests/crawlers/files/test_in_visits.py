"""Files that are due in a visit: whatever one of them does, the others are read."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime

from attrs import frozen

from crawlers.archive import Assignment, KnownFile, KnownLink
from crawlers.catalogue.model import Source
from crawlers.china import CHINA
from crawlers.files import Extract
from crawlers.files.apart import Extractor
from crawlers.items import FileRead, NextPage, Page
from crawlers.visit import Visit
from crawlers.walk import Wishes

SITE = "http://www.qinghe.example"
TEXT = "名单如下：张三、李四、王五。"


@frozen
class Due:
    """An archive that wants nothing but these files."""

    files: Sequence[KnownFile]

    def files_due(self, source_id: int, limit: int) -> Sequence[KnownFile]:
        return self.files[:limit]

    def due(self, source_id: int, limit: int) -> Sequence[KnownLink]:
        return ()


async def fetch(target: str | NextPage, **_: object) -> Page:
    url = target if isinstance(target, str) else target.url
    return Page(url, TEXT.encode(), "application/octet-stream", 200)


async def read_by_name(body: bytes, name: str) -> Extract:
    if name == "file.pdf":
        raise ValueError("odd")
    if name == "file.doc":
        return Extract("unsupported", detail="needs LibreOffice", later=True)
    return Extract("read", f"{name}: {body.decode()}")


async def at_once() -> None:
    return


def visited(
    read: object,
    *due: tuple[str, str],
    stored: Callable[[], Awaitable[None]] = at_once,
    known: list[KnownFile] | None = None,
) -> list[FileRead]:
    """`known`: the files that are due, where that is not `due` from the beginning."""
    if known is None:
        known = [KnownFile(number, SITE + path, name, SITE) for number, (path, name) in enumerate(due, 1)]
    assignment = Assignment(Source("政务动态", SITE, id=1), first_visit=False)

    async def collect() -> list[FileRead]:
        now = datetime(2026, 9, 20, tzinfo=CHINA)
        one = Visit(assignment, Wishes(), Due(known), fetch, lambda: now, read, stored)
        unchanged = Page(SITE, b"", "text/html", 304)
        return [item async for item in one.run(unchanged) if isinstance(item, FileRead)]

    return asyncio.run(collect())


def test_they_are_asked_for_when_the_articles_that_offer_them_are_stored() -> None:
    due: list[KnownFile] = []

    async def stored() -> None:
        due.append(KnownFile(1, SITE + "/f/a.txt", "a.txt", SITE))

    assert [one.text for one in visited(read_by_name, stored=stored, known=due)] == [f"file.txt: {TEXT}"]


def test_one_that_we_cannot_cope_with_keeps_no_other_waiting() -> None:
    odd, good = visited(read_by_name, ("/f/a.pdf", "a"), ("/f/down?id=1", "名单.txt"))
    assert (odd.state, odd.detail) == ("failed", "ValueError: odd")
    assert odd.failure is not None
    assert (odd.failure.kind, odd.failure.url) == ("unexpected", SITE + "/f/a.pdf")
    assert (good.state, good.text, good.failure) == ("read", f"file.txt: {TEXT}", None)


def test_one_that_is_not_to_blame_is_tried_again() -> None:
    (one,) = visited(read_by_name, ("/f/a.doc", "a"))
    assert (one.state, one.detail) == ("unsupported", "needs LibreOffice")
    assert one.failure is not None
    assert one.failure.kind == "interrupted"


def test_names_that_no_process_takes_as_an_argument() -> None:
    read = visited(
        Extractor(), ("/f/a%00.txt", "a\0.txt"), ("/f/b", "附\ud800.txt"), ("/f/c", "长" * 50_000 + ".txt")
    )
    assert [(one.state, one.text) for one in read] == [("read", TEXT)] * 3
