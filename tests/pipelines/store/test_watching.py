"""A column watched over time, against the real store: nothing missed, nothing told twice, no old mails.

The column publishes, corrects, renames, pins and deletes; visits fail, are cut short by kills, find the
list unchanged, walk back. Then two undisturbed visits have to bring everything that is still to be had.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from attrs import define, evolve, field
from hypothesis import given, settings
from hypothesis import strategies as st
from scrapy.exceptions import DropItem
from sqlite_utils import Database

from crawlers.china import CHINA
from crawlers.items import Failure, Page
from crawlers.visit import Visit
from crawlers.walk import Wishes
from pipelines.store import runs, visits
from pipelines.store.archive import Archive
from pipelines.store.database import open_store
from pipelines.store.pipeline import StorePipeline
from tests.support.column import FIRST_DAY, HOST, Column, Post, Web, list_path, post
from tests.support.stored import audit, subscribe, watch

IN_MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None
"""These tests wait for the disk thousands of times otherwise."""
BEGIN = datetime(2026, 10, 1, 8, tzinfo=CHINA)
HOUR = timedelta(hours=1)


@define
class World:
    """A column, the store that watches it, and what its readers must and must not be told."""

    folder: Path
    db: Database
    column: Column
    now: datetime = BEGIN
    number: int = 100
    visited: bool = False
    news: set[str] = field(factory=set)
    """Paths of what appeared since the first visit."""
    put_on_top: set[str] = field(factory=set)
    """Paths of old posts that were pinned before the list had ever shown them: a document that is put up
    long after its day looks the same, so they may be told."""

    def publish(self, count: int) -> None:
        for _ in range(count):
            self.number += 1
            new = post(self.number, self.now.date())
            self.column.posts.insert(0, new)
            if self.visited:
                self.news.add(new.path)

    def correct(self, place: int, *, title: bool) -> None:
        old = self.column.posts[place]
        wish = {"title": f"{old.title}（更正）"} if title else {"body": f"{old.body}特此更正。"}
        self.column.posts[place] = evolve(old, **wish)

    def delete(self, place: int) -> None:
        gone = self.column.posts.pop(place)
        self.news.discard(gone.path)

    def pin(self, place: int) -> None:
        pinned = self.column.posts[place]
        self.column.pinned = (pinned,)
        if not self.db.execute("SELECT 1 FROM links WHERE url = ?", [HOST + pinned.path]).fetchone():
            self.put_on_top.add(pinned.path)

    def visit(
        self, trouble: dict[str, str] | None = None, killed_after: int = 10**6, wishes: Wishes | None = None
    ) -> None:
        run = runs.start(self.db, "manual", self.now, [1])
        archive = Archive(self.folder / "govwatch.db", lambda: self.now)
        pipeline = StorePipeline(
            self.folder / "govwatch.db", self.folder, run, lambda: None, lambda: self.now
        )
        try:
            asyncio.run(self._visit(archive, pipeline, run, trouble or {}, killed_after, wishes or Wishes()))
        finally:
            archive.close()
            pipeline.close_spider()
            visits.end_run(self.db, run, "lost", None, self.now)
        self.visited = True
        assert audit(self.db) == []

    async def _visit(
        self,
        archive: Archive,
        pipeline: StorePipeline,
        run: int,
        trouble: dict[str, str],
        killed_after: int,
        wishes: Wishes,
    ) -> None:
        (assignment,) = archive.assignments(run)
        pages = self.column.pages()
        etags = {path: hashlib.md5(body).hexdigest() for path, body in pages.items()}
        web = Web(pages, trouble, etags)
        visit = Visit(assignment, wishes, archive, web, lambda: self.now)
        first: Page | None = None
        if "/zwdt/" not in trouble:
            known = None if assignment.first_visit or wishes != Wishes() else assignment.etag
            first = await web(HOST + "/zwdt/", etag=known)
        items = visit.run(first) if first else _only(visit.failed(Failure("timeout", "", HOST + "/zwdt/")))
        count = 0
        async for item in items:
            with suppress(DropItem):
                pipeline.process_item(item)
            count += 1
            if count == killed_after:
                break
        await items.aclose()

    def told(self) -> list[str]:
        rows = self.db.execute(
            "SELECT articles.url FROM outbox JOIN matches ON matches.id = outbox.match_id"
            " JOIN articles ON articles.id = matches.article_id"
        )
        return [row["url"].removeprefix(HOST) for row in rows]


async def _only(item: object):
    yield item


@contextmanager
def world(posts: int = 30, **wishes: object) -> Iterator[World]:
    """A column of some age, some days before it is watched."""
    with TemporaryDirectory(dir=IN_MEMORY) as folder, open_store(Path(folder) / "govwatch.db") as db:
        db.execute("PRAGMA synchronous = OFF")
        watch(db, url=HOST + "/zwdt/", every=3600)
        subscribe(db, "本报讯")
        old = [post(number, FIRST_DAY + timedelta(days=number // 2)) for number in range(posts, 0, -1)]
        yield World(Path(folder), db, Column(old, **wishes))


def assert_told_once(one: World) -> None:
    told = one.told()
    assert len(told) == len({*told})
    assert one.news <= {*told}
    assert {path for path in told if int(path[-9:-5]) - 9000 <= 30} <= one.put_on_top


Step = Callable[[World], None]
places = st.integers(0, 7)
troubles = st.dictionaries(
    st.sampled_from(["/zwdt/", list_path(2), list_path(3)]),
    st.sampled_from(["timeout", "http_5xx"]),
    max_size=2,
)


def failing_articles(one: World, every: int) -> dict[str, str]:
    return {post.path: "timeout" for place, post in enumerate(one.column.posts) if place % every == 0}


steps = st.one_of(
    st.integers(1, 20).map(lambda count: lambda one: one.publish(count)),
    st.tuples(places, st.booleans()).map(lambda wish: lambda one: one.correct(wish[0], title=wish[1])),
    places.map(lambda place: lambda one: one.delete(place)),
    places.map(lambda place: lambda one: one.pin(place)),
    st.just(lambda one: one.visit()),
    troubles.map(lambda trouble: lambda one: one.visit(trouble)),
    st.integers(1, 20).map(lambda count: lambda one: one.visit(killed_after=count)),
    st.integers(1, 3).map(lambda every: lambda one: one.visit(failing_articles(one, every))),
    st.just(lambda one: one.visit(wishes=Wishes(pages=3))),
    st.just(lambda one: one.visit(wishes=Wishes(again=True))),
)


@settings(max_examples=30)
@given(st.lists(st.tuples(steps, st.integers(1, 40)), max_size=9))
def test_nothing_is_missed_and_nothing_told_twice_whatever_happens(plan: list[tuple[Step, int]]) -> None:
    with world() as one:
        one.visit(killed_after=3)
        one.now += HOUR
        for step, hours in plan:
            step(one)
            one.now += hours * HOUR
        for _ in range(2):
            one.now += timedelta(days=1, hours=1)  # every page that failed is due again by then
            one.visit()
        assert_told_once(one)


def test_a_kill_in_the_first_visit_leaves_history_history() -> None:
    for killed_after in range(1, 12):
        with world() as one:
            one.visit(killed_after=killed_after)
            one.publish(2)
            for _ in range(2):
                one.now += HOUR
                one.visit()
            assert_told_once(one)
            assert one.db["articles"].count == 10


def test_an_unchanged_list_costs_one_request_and_no_article_is_missed_behind_it() -> None:
    with world() as one:
        one.visit()
        one.publish(3)
        one.now += HOUR
        one.visit({one.column.posts[1].path: "timeout"})
        one.now += 2 * HOUR
        one.visit()  # 304: the article that failed comes all the same
        assert_told_once(one)
        outcomes = [row["outcome"] for row in one.db.execute("SELECT outcome FROM visits ORDER BY id")]
        assert outcomes == ["fresh", "fresh", "not_modified"]


@pytest.mark.parametrize("kind", ["timeout", "http_5xx", "js_challenge"])
def test_a_broken_second_page_is_walked_again(kind: str) -> None:
    with world() as one:
        one.visit()
        one.publish(20)
        one.now += HOUR
        one.visit({list_path(2): kind})
        one.now += HOUR
        one.visit()
        assert_told_once(one)


def test_two_columns_of_a_site_tell_a_common_article_once_and_none_too_few() -> None:
    with world() as one:
        other = watch(one.db, "要闻", url=HOST + "/yw/", every=3600)
        one.visit()
        one.publish(2)
        common = one.column.posts[0]
        elsewhere = evolve(one, column=Column([common, *_others()]))
        visit_other(elsewhere, other)  # shows the brand-new article among its history
        assert one.told() == []
        one.now += HOUR
        one.visit()
        assert sorted(one.told()) == sorted(one.news)
        visit_other(elsewhere, other)
        assert sorted(one.told()) == sorted(one.news)


def _others() -> list[Post]:
    return [post(number, FIRST_DAY + timedelta(days=number // 2)) for number in range(29, 20, -1)]


def visit_other(one: World, source: int) -> None:
    run = runs.start(one.db, "manual", one.now, [source])
    archive = Archive(one.folder / "govwatch.db", lambda: one.now)
    pipeline = StorePipeline(one.folder / "govwatch.db", one.folder, run, lambda: None, lambda: one.now)
    (assignment,) = archive.assignments(run)
    pages = one.column.pages()

    async def go() -> None:
        first = Page(HOST + "/yw/", pages["/zwdt/"], "text/html; charset=utf-8")
        async for item in Visit(assignment, Wishes(), archive, Web(pages), lambda: one.now).run(first):
            with suppress(DropItem):
                pipeline.process_item(item)

    asyncio.run(go())
    archive.close()
    pipeline.close_spider()
    assert audit(one.db) == []
