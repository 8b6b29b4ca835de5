"""A source whose site is redesigned, from list to outbox: repaired without a mail too many, or not."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from attrs import define, evolve
from scrapy.exceptions import DropItem
from sqlite_utils import Database

from crawlers.catalogue.model import Recipe
from crawlers.china import CHINA
from crawlers.fetching import FetchFailed
from crawlers.items import Failure, LayoutChanged, NextPage, Page
from crawlers.probing import probe
from crawlers.visit import Visit
from crawlers.walk import Wishes
from pipelines.store import layouts as stored
from pipelines.store import runs, sources
from pipelines.store.archive import Archive
from pipelines.store.pipeline import StorePipeline
from tests.support import layouts
from tests.support.layouts import HOST, Look, Story, html, stories
from tests.support.stored import audit, mails, subscribe, watch

URL = HOST + "/zwdt/"
BEGIN = datetime(2026, 4, 1, 8, tzinfo=CHINA)
OLD = Look()
NEW = Look(rows="table", box="newslist", address=layouts.ucap, pager="")


@define
class World:
    """A column, how its pages look, and the store that watches it."""

    folder: Path
    db: Database
    source: int
    now: datetime = BEGIN
    look: Look = OLD

    def visit(self, posts: list[Story], body: bytes | None = None) -> dict[str, Any]:
        """One visit; gives the run's report."""
        self.now += timedelta(hours=1)
        run = runs.start(self.db, "manual", self.now, [self.source])
        archive = Archive(self.folder / "govwatch.db", lambda: self.now)
        pipeline = StorePipeline(
            self.folder / "govwatch.db", self.folder, run, lambda: None, lambda: self.now
        )
        first = Page(URL, layouts.page(posts, self.look) if body is None else body, "text/html")
        asyncio.run(self._visit(archive, pipeline, run, first, posts))
        archive.close()
        pipeline.close_spider()
        runs.end(self.db.conn, run, "done", None, self.now)
        assert audit(self.db) == []
        return runs.report(self.db, run)

    async def _visit(
        self, archive: Archive, pipeline: StorePipeline, run: int, first: Page, posts: list[Story]
    ) -> None:
        (assignment,) = archive.assignments(run)
        visit = Visit(assignment, Wishes(), archive, articles(posts, self.look), lambda: self.now)
        async for item in visit.run(first):
            with suppress(DropItem):
                pipeline.process_item(item)

    def row(self) -> dict[str, Any]:
        return dict(self.db["sources"].get(self.source))

    def mails(self) -> int:
        return int(self.db["outbox"].count)


def articles(posts: list[Story], look: Look) -> Callable[..., Any]:
    """A web that holds the articles and nothing else."""
    known = {
        row.url: row.title for row in probe(Page(URL, layouts.page(posts, look), "text/html")).rows if posts
    }

    async def fetch(target: str | NextPage, **validators: str | None) -> Page:
        url = target if isinstance(target, str) else target.url
        if url not in known:
            raise FetchFailed(Failure("http_404", "HTTP status 404", url))
        body = f"<p>本报讯　{known[url]}，相关负责人到现场查看进度，要求压实责任，按期完成。</p>" * 2
        return Page(
            url, html(f'<h1>{known[url]}</h1><div class="TRS_Editor">{body}</div>', known[url]), "text/html"
        )

    return fetch


@pytest.fixture
def world(tmp_path: Path, db: Database) -> World:
    first = probe(Page(URL, layouts.page(stories(60, 41), OLD), "text/html"))
    column = watch(db, url=URL, every=3600, recipe=Recipe(first.family or "", first.row_path))
    subscribe(db, "本报讯")
    one = World(tmp_path, db, column)
    one.visit(stories(60, 41))
    return one


def test_a_redesign_with_new_addresses_brings_only_what_is_new(world: World) -> None:
    world.look = NEW
    report = world.visit(stories(62, 43))
    assert (world.mails(), report["new"], report["reprints"]) == (2, 2, 18)
    assert len(report["failures"]) == 2  # those that had left the list before, at their old addresses
    world.visit(stories(63, 44))
    assert world.mails() == 3


def test_a_redesign_is_told_in_the_run_and_for_a_week_with_the_source(world: World) -> None:
    world.look = NEW
    (told,) = world.visit(stories(62, 43))["relearned"]
    assert told["source"] == "政务动态"
    assert told["evidence"].startswith("18 of 18 known rows")
    row = world.row()
    assert (row["state"], row["reason"]) == (
        "healthy",
        f"new layout, learned anew on 2026-04-01: {told['evidence']}",
    )
    assert world.visit(stories(62, 43))["relearned"] == []
    assert world.row()["reason"] is not None
    world.now += timedelta(days=7)
    world.visit(stories(62, 43))
    assert world.row()["reason"] is None


def test_the_old_recipe_is_kept_with_its_end(world: World) -> None:
    before = sources.find(world.db, "政务动态").recipe
    world.look = NEW
    world.visit(stories(62, 43))
    (old,) = stored.history(world.db, world.source)
    assert (old["recipe"]["row_path"], old["ended"][:16]) == (before.row_path, "2026-04-01T10:00")
    assert sources.find(world.db, "政务动态").recipe.row_path != before.row_path


def test_addresses_that_were_given_up_are_asked_for_no_more(world: World) -> None:
    world.look = NEW
    world.visit(stories(62, 43))
    links = world.db["links"].rows_where("url like '%/t2026%' and next_attempt_at is not null")
    assert len(list(links)) == 2  # those that had left the list before


def test_a_page_that_took_the_lists_place_is_kept_until_the_list_is_back(world: World) -> None:
    page = html('<div class="main"><p>栏目调整中，请稍候。</p></div>')
    report = world.visit(stories(60, 41), page)
    assert [failure["kind"] for failure in report["failures"]] == ["no_rows"]
    row = world.row()
    assert (row["state"], row["broken_page"]) == ("changed_layout", f"broken/source-{world.source}.html")
    assert (world.folder / row["broken_page"]).read_bytes() == page
    recipe = sources.find(world.db, "政务动态").recipe
    world.visit(stories(61, 42))
    assert (world.row()["state"], world.row()["broken_page"], world.mails()) == ("healthy", None, 1)
    assert sources.find(world.db, "政务动态").recipe == recipe


def test_nothing_of_a_foreign_list_is_taken_down(world: World) -> None:
    others = stories(60, 41, who=("邻县新闻办", "市委宣传部", "省气象台"), base=3000)
    report = world.visit([], layouts.page(others, NEW))
    assert "foreign_rows" in [failure["kind"] for failure in report["failures"]]
    assert (world.db["links"].count, world.db["articles"].count, world.mails()) == (20, 20, 0)


def test_a_row_that_was_never_had_is_told_at_its_new_address(world: World) -> None:
    world.visit([*stories(61, 61), *stories(60, 42)], layouts.page(stories(61, 42), OLD))
    world.db.execute("UPDATE links SET backlog = 0, article_id = NULL WHERE url LIKE '%81050.html'")
    world.look = NEW
    world.visit(stories(62, 43))
    told = {title for _, title, _ in mails(world.db)}
    assert told == {story.title for story in stories(62, 61)} | {stories(50, 50)[0].title}
    assert world.db["links"].count_where("url LIKE '%81050.html'") == 0


def test_a_change_of_a_source_that_was_removed_is_nothing(world: World) -> None:
    sources.remove(world.db, "政务动态")
    stored.change(world.db, 1, LayoutChanged(world.source, Recipe(), "18 of 18"), world.now)
    assert world.db["recipes"].count == 0


def test_known_rows_come_with_the_day_of_their_article_where_the_list_shows_none(world: World) -> None:
    world.db.execute("UPDATE links SET published = NULL")
    world.db.execute("UPDATE articles SET published = '2026-03-07T09:30:00+08:00'")
    archive = Archive(world.folder / "govwatch.db")
    known = archive.recent(world.source, 5)
    archive.close()
    assert [str(row.published) for row in known] == ["2026-03-07"] * 5
    assert all(row.had for row in known)


def test_a_row_whose_page_was_not_had_and_is_no_history_was_not_had(world: World) -> None:
    world.db.execute("UPDATE links SET backlog = 0, article_id = NULL")
    archive = Archive(world.folder / "govwatch.db")
    assert not any(row.had for row in archive.recent(world.source, 60))
    archive.close()


def test_a_new_layout_with_the_old_addresses_brings_only_what_is_new(world: World) -> None:
    world.look = evolve(NEW, address=layouts.trs)
    report = world.visit(stories(62, 43))
    assert (world.mails(), report["new"], len(report["relearned"])) == (2, 2, 1)
