"""A visit to a column that was redesigned: repaired, or refused with the page."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

import pytest
from attrs import define, evolve, field

from crawlers.archive import Assignment, KnownFile, KnownLink, KnownRow
from crawlers.catalogue.model import Recipe, Source
from crawlers.china import CHINA
from crawlers.fetching import FetchFailed
from crawlers.items import Failure, LayoutChanged, ListSeen, NextPage, Page, Reading, VisitEnded
from crawlers.probing import probe
from crawlers.visit import Item, Visit
from crawlers.walk import Wishes
from tests.support import layouts
from tests.support.layouts import HOST, Look, Story, html, rows_html, stories

URL = HOST + "/zwdt/"
THEN = datetime(2026, 4, 1, 9, tzinfo=CHINA)
NOW = THEN + timedelta(hours=2)
OLD, NEW = stories(60, 41), stories(62, 43)
BEFORE = Look()
TABLE = Look(rows="table", box="newslist", pager='<div class="page"><a href="index_2.html">下一页</a></div>')
MOVED = evolve(TABLE, address=layouts.ucap)
FIRST = probe(Page(URL, layouts.page(OLD, BEFORE), "text/html"))
RECIPE = Recipe(FIRST.family or "", FIRST.row_path)


@define
class Memory:
    """What the first visit took down; all of it was had."""

    rows: Sequence[KnownRow] = tuple(KnownRow(row.url, row.title, row.published, THEN) for row in FIRST.rows)

    def assignments(self, run_id: int) -> Sequence[Assignment]:
        return ()

    def listed(self, source_id: int, urls: Sequence[str]) -> Mapping[str, KnownLink]:
        return {
            row.url: KnownLink(row.url, row.title, str(row.published), False, True, THEN, None, None)
            for row in self.rows
            if row.url in urls
        }

    def files_due(self, source_id: int, limit: int) -> Sequence[KnownFile]:
        return ()

    def due(self, source_id: int, limit: int) -> Sequence[KnownLink]:
        return ()

    def recent(self, source_id: int, limit: int) -> Sequence[KnownRow]:
        return self.rows[:limit]

    def close(self) -> None:
        """Nothing to close."""


@define
class Web:
    """Pages by address; an article behind every other address."""

    pages: dict[str, bytes]
    asked: list[str] = field(factory=list)

    async def __call__(
        self, target: str | NextPage, *, etag: str | None = None, last_modified: str | None = None
    ) -> Page:
        url = target if isinstance(target, str) else target.url
        self.asked.append(url)
        if url in self.pages:
            return Page(url, self.pages[url], "text/html")
        if "index" in url or url.endswith("/") or re.search(r"/[0-9a-f]{12}\.html$", url):
            raise FetchFailed(Failure("http_404", "HTTP status 404", url))
        body = "<p>经研究，现将有关情况予以通报，请各单位对照检查，按期完成。</p>" * 3
        return Page(url, html(f'<h1>通报</h1><div class="TRS_Editor">{body}</div>'), "text/html")


def visited(
    pages: dict[str, bytes],
    memory: Memory | None = None,
    recipe: Recipe = RECIPE,
    status: int = 200,
    answered: str | None = None,
) -> list[Item]:
    """`answered`: the address to which the column's own leads."""
    source = Source("政务动态", URL, recipe, id=1)
    assignment = Assignment(source, first_visit=False, watched_since=THEN, last_success=THEN)
    entry = answered or source.entry.url

    async def collect() -> list[Item]:
        one = Visit(assignment, Wishes(), memory or Memory(), Web(pages), lambda: NOW)
        first = Page(entry, pages[entry], "text/html", status=status, requested_url=answered and URL)
        return [item async for item in one.run(first)]

    return asyncio.run(collect())


def changed(items: Sequence[Item]) -> LayoutChanged:
    (item,) = [item for item in items if isinstance(item, LayoutChanged)]
    return item


def news(items: Sequence[Item]) -> list[str | None]:
    return [item.listed_title for item in items if isinstance(item, Reading) and not item.backlog]


def end(items: Sequence[Item]) -> VisitEnded:
    assert isinstance(items[-1], VisitEnded)
    return items[-1]


def titles(posts: Sequence[Story]) -> list[str]:
    return [post.title for post in posts]


def test_a_new_layout_is_told_before_its_rows_and_only_new_rows_are_news() -> None:
    items = visited({URL: layouts.page(NEW, TABLE)})
    assert isinstance(items[0], LayoutChanged)
    assert isinstance(items[1], ListSeen)
    assert news(items) == titles(NEW[:2])
    assert end(items).outcome == "fresh"
    assert "18 of 18 known rows" in changed(items).evidence


def test_its_recipe_reads_the_next_visit_without_another_change() -> None:
    pages = {URL: layouts.page(NEW, TABLE)}
    again = visited(pages, recipe=changed(visited(pages)).recipe)
    assert not [item for item in again if isinstance(item, LayoutChanged)]
    assert end(again).outcome == "fresh"


def test_the_way_to_page_two_is_probed() -> None:
    pager = '<div class="page"><script>createPageHTML(9, 0, "index", "html");</script></div>'
    look = evolve(TABLE, pager=pager)
    pages = {URL: layouts.page(NEW, look), URL + "index_2.html": layouts.page(stories(42, 23), look)}
    assert (changed(visited(pages)).recipe.family, changed(visited(pages)).recipe.offset) == ("trs", 2)


def test_what_a_pager_promises_in_vain_is_told() -> None:
    items = visited({URL: layouts.page(NEW, TABLE)})
    assert changed(items).evidence.endswith(f"no page 2: {URL}index_2.html: http_404")


def test_old_articles_at_new_addresses_are_no_news() -> None:
    items = visited({URL: layouts.page(NEW, MOVED)})
    (seen,) = [item for item in items if isinstance(item, ListSeen)]
    assert news(items) == titles(NEW[:2])
    assert len(seen.moved) == len(seen.history) == 18
    assert set(seen.moved.values()) <= {row.url for row in Memory().rows}
    assert end(items).outcome == "fresh"


def test_old_articles_at_new_addresses_in_the_old_layout_are_no_news() -> None:
    items = visited({URL: layouts.page(NEW, evolve(BEFORE, address=layouts.ucap))})
    assert news(items) == titles(NEW[:2])
    assert not [item for item in items if isinstance(item, LayoutChanged)]


def test_a_row_whose_page_was_never_had_is_news_at_its_new_address() -> None:
    rows = [evolve(row, had=row.title != NEW[5].title) for row in Memory().rows]
    items = visited({URL: layouts.page(NEW, MOVED)}, Memory(rows))
    assert news(items) == titles([*NEW[:2], NEW[5]])


def test_a_walk_ends_at_rows_that_moved() -> None:
    second = URL + "index_2.html"
    pages = {URL: layouts.page(NEW, MOVED), second: layouts.page(stories(42, 23), MOVED)}
    seen = [item for item in visited(pages) if isinstance(item, ListSeen)]
    assert [one.url for one in seen] == [URL]


def test_a_list_that_went_into_a_frame_is_found_there() -> None:
    frame = HOST + "/zwdt/list.html"
    shell = html('<div class="main"><iframe src="list.html" width="900" height="700"></iframe></div>')
    items = visited({URL: shell, frame: layouts.page(NEW, evolve(MOVED, address=layouts.rooted))})
    assert changed(items).recipe.params["entry"]["url"] == frame
    assert news(items) == titles(NEW[:2])


def test_a_list_that_came_out_of_its_frame_is_found_at_the_columns_own_address() -> None:
    frame = HOST + "/zwdt/list.html"
    recipe = evolve(RECIPE, params={"entry": {"url": frame}})
    items = visited({frame: b"", URL: layouts.page(NEW, TABLE)}, recipe=recipe, status=404)
    assert "entry" not in changed(items).recipe.params
    assert news(items) == titles(NEW[:2])


OTHERS = stories(60, 41, who=("邻县新闻办", "市委宣传部", "省气象台"), base=3000)
STRANGERS = "".join(
    f'<li><a href="https://www.vip{n}.example/{n}.html">开奖直播现场第{n}期官方</a><span>2026-04-01</span></li>'
    for n in range(20)
)
IN_PLACE = '<div class="main"><div class="con"><ul class="list-con">{}</ul>{}</div></div>'


@pytest.mark.parametrize(
    ("page", "kind", "says"),
    [
        (layouts.page(OTHERS, TABLE), "foreign_rows", "no longer its old layout"),
        (html(IN_PLACE.format(STRANGERS, BEFORE.pager)), "foreign_rows", "lead to strangers"),
        (layouts.page(stories(30, 11), BEFORE), "foreign_rows", "older than the known ones"),
        (html('<div class="main"><p>栏目调整中，请稍候。</p></div>'), "no_rows", "no list of titles"),
        (html('<div class="main"><p>您访问的页面不存在</p></div>', "404 Not Found"), "soft_404", "404"),
        (b"", "empty", "nothing to be seen"),
    ],
    ids=["another list", "hijacked", "old archive", "no list", "soft 404", "empty"],
)
def test_what_is_not_the_column_is_refused_and_comes_with_its_page(page: bytes, kind: str, says: str) -> None:
    items = visited({URL: page})
    (only,) = items
    assert isinstance(only, VisitEnded)
    assert only.failure is not None
    assert (only.outcome, only.failure.kind) == ("failed", kind)
    assert says in only.failure.detail
    assert only.page == Page(URL, page, "text/html")


@pytest.mark.parametrize(
    ("answered", "kind"),
    [(HOST + "/", "redirect_home"), ("http://www.gamble.example/news/", "foreign_site")],
)
def test_where_the_address_leads_elsewhere_that_is_what_is_told(answered: str, kind: str) -> None:
    page = layouts.page(OTHERS, TABLE)
    (only,) = visited({answered: page}, answered=answered)
    assert isinstance(only, VisitEnded)
    assert only.failure is not None
    assert (only.failure.kind, answered in only.failure.detail) == (kind, True)


def test_an_old_state_of_the_list_is_told_and_nothing_is_taken_down() -> None:
    (only,) = visited({URL: layouts.page(stories(57, 41), BEFORE)})
    assert isinstance(only, VisitEnded)
    assert only.failure is not None
    assert only.failure.kind == "frozen"
    assert only.failure.detail.startswith("the list is as it was on 2026-03-29: 3 newer rows")


@pytest.mark.parametrize(
    "posts", [stories(58, 41), [stories(61, 61)[0], *stories(57, 41)]], ids=["two withdrawn", "one new"]
)
def test_a_few_rows_that_were_withdrawn_are_no_old_state(posts: list[Story]) -> None:
    assert end(visited({URL: layouts.page(posts, BEFORE)})).outcome == "fresh"


def test_rows_that_may_all_be_new_are_believed_in_their_old_place() -> None:
    items = visited({URL: layouts.page(stories(99, 80), BEFORE)})
    assert (len(news(items)), end(items).outcome) == (20, "fresh")


def test_a_column_that_never_showed_a_row_is_read_as_it_comes() -> None:
    items = visited({URL: layouts.page(NEW, TABLE)}, Memory(()))
    assert (len(news(items)), end(items).outcome) == (20, "fresh")


def test_the_old_list_in_a_new_place_is_preferred_to_another_in_the_old_one() -> None:
    other = html(
        f'<div class="main"><div class="con">{rows_html(OTHERS[:9], BEFORE)}</div></div>'
        f'<div class="wrap">{rows_html(NEW, TABLE)}{TABLE.pager}</div>'
    )
    items = visited({URL: other})
    assert changed(items)
    assert news(items) == titles(NEW[:2])
