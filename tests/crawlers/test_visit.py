"""One visit to one source: what it asks for, what it yields, in what order, and how it ends."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import TypeVar

import pytest
from attrs import define, evolve, field

from crawlers import articles
from crawlers.archive import Assignment, KnownFile, KnownLink, KnownRow
from crawlers.catalogue.model import Source
from crawlers.china import CHINA
from crawlers.files import Extract
from crawlers.items import Failure, ListSeen, Page, Reading, Unmodified, VisitEnded
from crawlers.visit import Item, Visit
from crawlers.walk import MOST_PAGES, Wishes
from tests.support.column import HOST, Column, Post, Web, column, list_path, post

NOW = datetime(2026, 9, 20, 12, tzinfo=CHINA)
BEFORE = NOW - timedelta(days=1)
T = TypeVar("T")


@define
class Memory:
    """An archive that remembers what it is told to."""

    links: dict[str, KnownLink] = field(factory=dict)
    files: list[KnownFile] = field(factory=list)

    def know(self, *posts: Post, **values: object) -> Memory:
        for one in posts:
            link = KnownLink(
                HOST + one.path, one.title, one.day.isoformat(), False, False, BEFORE, None, None
            )
            self.links[link.url] = evolve(link, **values)
        return self

    def assignments(self, run_id: int) -> Sequence[Assignment]:
        return ()

    def listed(self, source_id: int, urls: Sequence[str]) -> Mapping[str, KnownLink]:
        return {url: self.links[url] for url in urls if url in self.links}

    def recent(self, source_id: int, limit: int) -> Sequence[KnownRow]:
        rows = [
            KnownRow(link.url, link.title, date.fromisoformat(link.published or ""), BEFORE)
            for link in self.links.values()
        ]
        return rows[:limit]

    def files_due(self, source_id: int, limit: int) -> Sequence[KnownFile]:
        return self.files[:limit]

    def due(self, source_id: int, limit: int) -> Sequence[KnownLink]:
        return [link for link in self.links.values() if link.due][:limit]


AGAIN = Assignment(
    Source("政务动态", HOST + "/zwdt/", id=1),
    first_visit=False,
    watched_since=NOW - timedelta(days=15),
    last_success=BEFORE,
)
FIRST = Assignment(Source("政务动态", HOST + "/zwdt/", id=1), first_visit=True)


async def read_file(body: bytes, name: str) -> Extract:
    return Extract("read", f"{name}: {body.decode()}")


def visited(
    web: Web,
    archive: Memory | None = None,
    wishes: Wishes | None = None,
    assignment: Assignment = AGAIN,
    first: Page | None = None,
) -> list[Item]:
    async def collect() -> list[Item]:
        one = Visit(assignment, wishes or Wishes(), archive or Memory(), web, lambda: NOW, read_file)
        return [item async for item in one.run(first or web.page("/zwdt/"))]

    return asyncio.run(collect())


def of(kind: type[T], items: Sequence[Item]) -> list[T]:
    return [item for item in items if isinstance(item, kind)]


def numbers(items: Sequence[Item], wanted: Callable[[Reading], bool] = lambda reading: True) -> list[int]:
    """Posts that were read, by the number in their address."""
    return [
        int(item.article.url.rpartition("_")[2].removesuffix(".html")) - 9000
        for item in of(Reading, items)
        if wanted(item)
    ]


def news(items: Sequence[Item]) -> list[int]:
    return numbers(items, lambda reading: not reading.backlog)


def ended(items: Sequence[Item]) -> VisitEnded:
    last = items[-1]
    assert isinstance(last, VisitEnded)
    assert len(of(VisitEnded, items)) == 1
    return last


def test_a_first_visit_takes_the_first_page_as_history() -> None:
    items = visited(Web(column(30).pages()), assignment=FIRST)
    assert numbers(items) == [30, 29, 28, 27, 26, 25, 24, 23]
    assert news(items) == []
    assert ended(items).outcome == "fresh"


def test_rows_are_told_before_the_first_of_them_is_fetched() -> None:
    items = visited(Web(column(8).pages()), assignment=FIRST)
    assert isinstance(items[0], ListSeen)
    assert len(items[0].rows) == 8
    assert items[0].backlog


def test_history_is_news_where_the_user_asked_for_it() -> None:
    source = evolve(FIRST.source, alert_backlog=True)
    items = visited(Web(column(8).pages()), assignment=evolve(FIRST, source=source))
    assert len(news(items)) == 8


def test_only_unknown_rows_are_fetched() -> None:
    shown = column(10)
    web = Web(shown.pages())
    items = visited(web, Memory().know(*shown.posts[2:]))
    assert news(items) == [10, 9]
    assert web.asked == [shown.posts[0].path, shown.posts[1].path]


def test_what_came_with_the_page_is_kept_with_the_article() -> None:
    shown = column(1, oldest=1)
    web = Web(shown.pages(), etags={shown.posts[0].path: '"one"'})
    (reading,) = of(Reading, visited(web))
    assert reading.article.title == shown.posts[0].title
    assert reading.article.published is not None
    assert (reading.link, reading.listed_title) == (HOST + shown.posts[0].path, shown.posts[0].title)
    assert (reading.source_id, reading.etag, reading.fetched_at) == (1, '"one"', NOW)


def test_more_new_rows_than_a_page_holds_are_followed_to_known_ground() -> None:
    shown = column(40)
    web = Web(shown.pages())
    items = visited(web, Memory().know(*shown.posts[19:]))
    assert sorted(news(items)) == list(range(22, 41))
    assert list_path(4) not in web.asked


def test_a_pinned_row_does_not_end_the_walk() -> None:
    old = post(1)
    shown = column(40, oldest=2, pinned=(old,))
    items = visited(Web(shown.pages()), Memory().know(old, *shown.posts[12:]))
    assert sorted(news(items)) == list(range(29, 41))


def test_a_row_that_slides_up_is_history_and_stays_it_when_it_fails_first() -> None:
    shown = column(30)
    del shown.posts[3]  # the site took one away: the ninth row of the first visit slides up
    day = datetime(2026, 10, 2, 8, tzinfo=CHINA)
    watched = evolve(AGAIN, watched_since=day, last_success=day)
    slid = shown.posts[7]
    archive = Memory().know(*shown.posts[:7], first_seen=day)
    items = visited(Web(shown.pages()), archive, assignment=watched)
    assert (numbers(items), news(items)) == ([slid.number], [])
    assert of(ListSeen, items)[0].history == {HOST + slid.path}


def test_rows_of_a_visit_that_was_cut_short_are_no_known_ground() -> None:
    shown = column(30)
    archive = Memory().know(*shown.posts[:8], first_seen=NOW).know(*shown.posts[12:])
    items = visited(Web(shown.pages()), archive)
    assert sorted(news(items)) == [19, 20, 21, 22]


def test_after_a_first_visit_that_was_cut_short_nothing_is_passed_over() -> None:
    shown = column(30)
    cut = evolve(AGAIN, watched_since=BEFORE, last_success=None)
    items = visited(Web(shown.pages()), Memory().know(*shown.posts[12:]), assignment=cut)
    assert sorted(news(items)) == list(range(19, 31))


@pytest.mark.parametrize("kind", ["timeout", "http_5xx", "js_challenge"])
def test_a_walk_that_breaks_off_above_known_ground_is_no_success(kind: str) -> None:
    shown = column(30)
    web = Web(shown.pages(), trouble={list_path(2): kind}, etags={"/zwdt/": '"list"'})
    end = ended(visited(web, Memory().know(*shown.posts[20:])))
    assert end.outcome == "failed"
    assert end.failure == Failure(kind, "as wished", HOST + list_path(2), 1)
    assert end.etag is None


def test_a_list_that_ends_before_its_pager_says_is_a_success() -> None:
    shown = column(30)
    pages = shown.pages()
    del pages[list_path(2)]
    assert ended(visited(Web(pages), Memory().know(*shown.posts[20:]))).outcome == "fresh"


def test_a_walk_back_that_breaks_off_is_told_and_the_visit_is_a_success() -> None:
    shown = column(40)
    web = Web(shown.pages(), trouble={list_path(3): "timeout"})
    items = visited(web, Memory().know(*shown.posts), Wishes(pages=5))
    assert of(Failure, items) == [Failure("timeout", "as wished", HOST + list_path(3), 1)]
    assert ended(items).outcome == "fresh"


def test_a_site_that_gives_the_same_page_for_every_number_is_left() -> None:
    pages = column(16).pages()
    pages[list_path(2)] = pages["/zwdt/"]
    web = Web(pages)
    assert len(numbers(visited(web))) == 8
    assert web.asked.count(list_path(2)) == 1


def test_a_walk_without_end_is_ended_and_told() -> None:
    shown = column(8 * (MOST_PAGES + 2), size=8)
    web = Web(shown.pages())
    items = visited(web, Memory().know(*shown.posts[8:-1], due=False, first_seen=NOW))
    assert [failure.kind for failure in of(Failure, items)] == ["unfinished"]
    assert list_path(MOST_PAGES) in web.asked
    assert list_path(MOST_PAGES + 1) not in web.asked
    assert ended(items).outcome == "fresh"


@pytest.mark.parametrize("wishes", [Wishes(pages=4), Wishes(since=post(11).day)])
def test_walking_back_brings_history_and_loses_no_news(wishes: Wishes) -> None:
    shown = column(50)
    first_three_pages, rest = shown.posts[:20], shown.posts[20:24]
    items = visited(Web(shown.pages()), Memory().know(*rest), wishes)
    assert sorted(news(items)) == sorted(one.number for one in first_three_pages)
    lowest = 50 - 4 * 8 + 1 if wishes.pages else 3
    assert min(numbers(items)) == lowest


def test_fewer_pages_wished_than_there_is_news_leave_nothing_behind() -> None:
    shown = column(40)
    items = visited(Web(shown.pages()), Memory().know(*shown.posts[20:]), Wishes(pages=1))
    assert len(news(items)) == 20


def test_a_first_visit_walks_as_far_as_wished() -> None:
    items = visited(Web(column(40).pages()), wishes=Wishes(pages=3), assignment=FIRST)
    assert (len(numbers(items)), news(items)) == (24, [])


def test_looking_again_asks_with_validators() -> None:
    shown = column(3)
    web = Web(shown.pages(), etags={one.path: f'"{one.number}"' for one in shown.posts})
    archive = Memory().know(*shown.posts[:2], etag='"3"', backlog=True)
    items = visited(web, archive.know(shown.posts[2], etag='"old"', backlog=True), Wishes(again=True))
    assert [item.link for item in of(Unmodified, items)] == [HOST + shown.posts[0].path]
    assert (numbers(items), news(items)) == ([2, 1], [])


def test_due_pages_that_left_the_list_are_fetched_even_when_the_list_is_unchanged() -> None:
    gone = post(1)
    web = Web(column(12, oldest=5).pages() | Column([gone]).pages())
    unchanged = Page(HOST + "/zwdt/", b"", status=304)
    items = visited(web, Memory().know(gone, due=True), first=unchanged)
    assert news(items) == [1]
    assert ended(items).outcome == "not_modified"


def test_no_page_is_asked_for_twice_in_a_visit() -> None:
    shown = column(3)
    web = Web(shown.pages(), trouble={shown.posts[0].path: "timeout"})
    visited(web, Memory().know(*shown.posts, due=True))
    assert sorted(web.asked) == sorted([list_path(1), *(one.path for one in shown.posts)])


def test_a_failed_article_is_named_and_the_others_come() -> None:
    shown = column(3)
    web = Web(shown.pages(), trouble={shown.posts[1].path: "http_5xx"})
    items = visited(web)
    assert of(Failure, items) == [Failure("http_5xx", "as wished", HOST + shown.posts[1].path, 1)]
    assert news(items) == [3, 1]
    assert ended(items).outcome == "fresh"


def test_a_page_that_breaks_the_reader_keeps_no_other_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = column(3)
    real = articles.read

    def breaks(body: bytes, url: str, content_type: str | None = None) -> object:
        if url.endswith(shown.posts[1].path):
            raise RuntimeError("odd markup")
        return real(body, url, content_type)

    monkeypatch.setattr(articles, "read", breaks)
    items = visited(Web(shown.pages()))
    (failure,) = of(Failure, items)
    assert (failure.kind, failure.detail) == ("unexpected", "RuntimeError: odd markup")
    assert news(items) == [3, 1]


def test_a_page_without_article_is_a_failure() -> None:
    shown = column(3)
    pages = shown.pages() | {shown.posts[0].path: b"GIF89a"}
    (failure,) = of(Failure, visited(Web(pages)))
    assert (failure.kind, failure.url) == ("unreadable", HOST + shown.posts[0].path)


def test_what_the_page_does_not_say_comes_from_the_list() -> None:
    shown = column(3)
    bare = "<html><body><p>经研究，现将有关事项公告如下，请遵照执行。联系电话附后。</p></body></html>"
    (reading,) = of(Reading, visited(Web(shown.pages() | {shown.posts[0].path: bare.encode()})))[:1]
    assert reading.article.title == shown.posts[0].title
    assert reading.article.published == datetime(2026, 9, 4, tzinfo=CHINA)


def test_files_and_wechat_posts_are_kept_as_their_rows_say_and_not_fetched() -> None:
    shown = column(8)
    pages = shown.pages()
    pages["/zwdt/"] = pages["/zwdt/"].replace(shown.posts[0].path.encode(), b"/files/2026.pdf")
    web = Web(pages)
    items = visited(web)
    first = of(Reading, items)[0].article
    assert (first.kind, first.title, first.body) == ("other", shown.posts[0].title, "")
    assert [attachment.url for attachment in first.attachments] == [HOST + "/files/2026.pdf"]
    assert "/files/2026.pdf" not in web.asked


@pytest.mark.parametrize(
    ("page", "kind"),
    [
        (
            Page(HOST + "/zwdt/", "<html><body><p>欢迎访问青禾县人民政府网站</p></body></html>".encode()),
            "no_rows",
        ),
        (Page(HOST + "/zwdt/", b"gone", status=404), "http_404"),
    ],
)
def test_a_broken_list_keeps_no_due_article_waiting(page: Page, kind: str) -> None:
    one = post(1)
    items = visited(Web(Column([one]).pages()), Memory().know(one, due=True), first=page)
    end = ended(items)
    assert end.failure is not None
    assert (end.outcome, end.failure.kind, end.failure.source_id) == ("failed", kind, 1)
    assert news(items) == [1]


def test_a_site_that_refuses_is_asked_for_nothing_more() -> None:
    one = post(1)
    web = Web(Column([one]).pages())
    items = visited(web, Memory().know(one, due=True), first=Page(HOST + "/zwdt/", b"no", status=403))
    assert (ended(items).outcome, web.asked) == ("failed", [])


def test_a_site_that_goes_down_in_mid_visit_is_left_alone() -> None:
    shown = column(8)
    down = dict.fromkeys([list_path(1), *(one.path for one in shown.posts[2:])], "http_5xx")
    web = Web(shown.pages(), trouble=down)
    items = visited(web)
    assert web.asked == [*(one.path for one in shown.posts[:3]), list_path(1)]
    assert news(items) == [8, 7]
    assert ended(items).failure == Failure("http_5xx", "as wished", HOST + list_path(1), 1)


def test_pages_that_fail_under_a_list_that_answers_keep_no_other_waiting() -> None:
    shown = column(8)
    web = Web(shown.pages(), trouble={one.path: "timeout" for one in shown.posts[:7]})
    items = visited(web)
    assert (news(items), ended(items).outcome) == ([1], "fresh")
    assert web.asked.count(list_path(1)) == 2


def test_a_page_that_is_gone_is_no_reason_to_doubt_the_site() -> None:
    shown = column(3)
    web = Web(shown.pages(), trouble={shown.posts[0].path: "http_404"})
    visited(web)
    assert list_path(1) not in web.asked


def test_a_column_read_by_hand_knows_nothing() -> None:
    adhoc = Assignment(Source("by hand", HOST + "/zwdt/"), first_visit=True)
    items = visited(Web(column(3).pages()), Memory().know(*column(3).posts), assignment=adhoc)
    assert numbers(items) == [3, 2, 1]
    assert all(item.source_id is None for item in of(Reading, items))
