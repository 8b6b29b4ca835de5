"""Lists that are not on the page itself: found, remembered, walked down."""

from __future__ import annotations

from crawlers.catalogue.model import Source
from crawlers.items import Page, VisitEnded
from crawlers.onboarding import Onboarding
from crawlers.probing import probe
from tests.support.column import HOST, column
from tests.support.dictsite import Site, read_articles, taken_on, visited, walked

NAV = "".join(
    f'<li><a href="/{n}/">{word}</a></li>' for n, word in enumerate(("首页", "公开", "服务", "互动"))
)


def shell(frame: str, more: str = "") -> bytes:
    return (
        f'<html><head><meta charset="utf-8"><title>政务动态_青禾县人民政府</title></head><body>'
        f'<ul>{NAV}</ul>{more}<iframe src="{frame}" width="100%" frameborder="0"></iframe></body></html>'
    ).encode()


def onboarded(pages: dict[str, bytes], path: str) -> Onboarding:
    return taken_on(Site(HOST, {**pages}), path)


def test_probe_says_where_the_list_is() -> None:
    found = probe(Page(HOST + "/xxgk/", shell("/zwdt/")))
    assert (found.kind, found.rows) == ("other", ())
    assert [one.url for one in found.elsewhere] == [HOST + "/zwdt/"]
    assert found.error == f"no column: no list on the page itself; it may be at {HOST}/zwdt/"


def test_the_frame_is_followed_and_remembered() -> None:
    shown = column(20)
    site = Site(HOST, {"/xxgk/": shell("/zwdt/"), **shown.pages()})
    found = taken_on(site, "/xxgk/")
    assert found.error is None
    assert (found.url, found.title) == (HOST + "/xxgk/", "政务动态")
    assert len(found.list_page.rows) == len(found.page_two) == 8
    assert found.recipe.params["entry"]["url"] == HOST + "/zwdt/"
    assert f"the list is not on the page itself but at {HOST}/zwdt/" in found.warnings
    assert [row.url for row in walked(site, "/xxgk/")] == [HOST + one.path for one in shown.posts]
    assert "/xxgk/" not in site.asked


def test_a_column_read_by_hand_is_followed_into_its_frame() -> None:
    shown = column(20)
    around = Page(HOST + "/xxgk/", shell("/zwdt/"), "text/html; charset=utf-8", etag='"shell"')
    site = Site(HOST, {"/xxgk/": around, **shown.pages()})
    items = visited(site, Source("by hand", HOST + "/xxgk/"))
    assert [article.url for article in read_articles(items)] == [HOST + one.path for one in shown.posts]
    end = items[-1]
    assert isinstance(end, VisitEnded)
    assert (end.outcome, end.etag) == ("fresh", None)


def test_a_frame_in_a_frame() -> None:
    pages = {"/xxgk/": shell("/in/"), "/in/": shell("/zwdt/"), **column(5).pages()}
    assert len(onboarded(pages, "/xxgk/").list_page.rows) == 5


def test_a_frame_that_cannot_be_had_leaves_the_page_without_a_list() -> None:
    found = onboarded({"/xxgk/": shell("/gone/")}, "/xxgk/")
    assert found.error is not None
    assert "/gone/" in found.error


def test_a_circle_of_frames_ends() -> None:
    site = Site(HOST, {"/a/": shell("/b/"), "/b/": shell("/a/")})
    assert taken_on(site, "/a/").error is not None
    assert len(site.asked) <= 4


def test_a_list_of_the_page_itself_is_not_left_for_a_box_in_a_frame() -> None:
    own = column(8)
    box = column(3, oldest=1)
    pages = own.pages()
    pages["/zwdt/"] = pages["/zwdt/"].replace(b"</body>", b'<iframe src="/box/"></iframe></body>')
    found = onboarded({"/box/": box.pages()["/zwdt/"], **pages}, "/zwdt/")
    assert len(found.list_page.rows) == 8
    assert "entry" not in found.recipe.params


def test_a_box_of_the_page_is_left_for_the_paged_list_in_its_frame() -> None:
    shown = column(20)
    box = "".join(
        f'<li><a href="/rd/t2026090{n}_{n}.html">热门文章之第{n}篇报道</a></li>' for n in range(1, 6)
    )
    pages = {"/xxgk/": shell("/zwdt/", f'<ul class="box">{box}</ul>'), **shown.pages()}
    assert onboarded(pages, "/xxgk/").recipe.params["entry"]["url"] == HOST + "/zwdt/"
