"""Families whose following pages have numbers in their names: walked to the end, with and without links."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from crawlers.families import dedecms, family_of, jeecms, lonsun, phpcms, rednet, shanghai
from crawlers.items import NextPage, Page
from crawlers.listing import parse
from crawlers.probing import probe
from tests.support.dictsite import Body, Site, taken_on, walked
from tests.support.entries import Entry, article, entries, items, page, pages_of, rows_of

HOST = "http://www.qinghe.example"
ALL = entries(33)
SHOWN = pages_of(ALL, 7)
TOTAL = len(SHOWN)


def site(lists: dict[str, Body], address: Callable[[Entry], str]) -> Site:
    return Site(HOST, {**lists, **{address(entry): article(entry) for entry in ALL}})


def followed(lists: dict[str, Body], address: Callable[[Entry], str], first: str) -> None:
    """Every entry is found once, in order, and no list page is asked for that is not there."""
    there = site(lists, address)
    assert walked(there, first) == rows_of(ALL, address, HOST)


def lonsun_page(place: int, pager: bool = True) -> str:
    rows = ""
    for n, entry in enumerate(SHOWN[place - 1]):
        rows += '<li class="lm_line"></li>' if n == 5 else ""
        rows += (
            f'<li class="num{n}"><a href="/content/article/{entry.number}" title="{entry.title}">'
            f'{entry.title[:12]}…</a><span class="right date">{entry.day}</span></li>'
        )
    return page(
        f'<ul class="doc_list list-9912">{rows}</ul><div id="page_9912" class="page"></div>'
        "<script>$(function () { Ls.pagination('#page_9912', function (pageIndex) {"
        " return '?pageIndex=' + pageIndex; },"
        f" {{ currPage: ({place - 1}+1), pageCount: {TOTAL}, link: true }}); }});</script>"
    )


def lonsun_address(entry: Entry) -> str:
    return f"/content/article/{entry.number}"


def test_lonsun_by_its_column() -> None:
    lists: dict[str, Body] = {
        f"/content/column/9912?pageIndex={n}": lonsun_page(n) for n in range(2, TOTAL + 1)
    }
    followed({"/content/column/9912": lonsun_page(1), **lists}, lonsun_address, "/content/column/9912")


def test_lonsun_by_a_friendly_address() -> None:
    lists: dict[str, Body] = {
        f"/content/column/9912?pageIndex={n}": lonsun_page(n) for n in range(2, TOTAL + 1)
    }
    followed({"/xwzx/index.html": lonsun_page(1), **lists}, lonsun_address, "/xwzx/index.html")


def test_lonsun_openness_columns_keep_their_parameters() -> None:
    first = "/public/column/6596?type=4&catId=77&action=list"
    lists: dict[str, Body] = {f"{first}&pageIndex={n}": lonsun_page(n) for n in range(2, TOTAL + 1)}
    followed({first: lonsun_page(1), **lists}, lonsun_address, first)


def test_lonsun_without_an_extension() -> None:
    def body(place: int) -> str:
        return page(
            f'<ul class="doc_list list-3">{items(SHOWN[place - 1], lonsun_address)}</ul>'
            f'<p class="fenye">第{place}页 共{TOTAL}页</p>'
        )

    lists: dict[str, Body] = {f"/gzdt/cddt_{n}": body(n) for n in range(2, TOTAL + 1)}
    followed({"/gzdt/cddt": body(1), **lists}, lonsun_address, "/gzdt/cddt")


def test_lonsun_templates_of_the_client_are_no_rows() -> None:
    template = '<ul class="tpl"><li><a href="<?=el.link?>" title="<?=el.title?>"><?=el.title?></a></li></ul>'
    body = lonsun_page(1).replace("</body>", template + "</body>")
    found = probe(Page(HOST + "/content/column/9912", body.encode()))
    assert (found.family, len(found.rows), found.pages) == ("lonsun", 7, TOTAL)


def numbered(
    stem: str, ext: str, body: Callable[[int], str], first: str, last: int = TOTAL
) -> dict[str, Body]:
    return {first: body(1), **{f"{stem}_{n}{ext}": body(n) for n in range(2, last + 1)}}


def shanghai_address(entry: Entry) -> str:
    return f"/nw4411/{entry.day:%Y%m%d}/{entry.number:032x}.html"


def shanghai_page(place: int, declared: int = TOTAL) -> str:
    return page(
        f'<ul class="uli14 nowrapli list-date">{items(SHOWN[place - 1], shanghai_address)}</ul>'
        '<div class="pagination"></div>'
        f'<script>$(function(){{ $(".pagination").pagination("setPage", {place}, {declared}); }});</script>'
    )


@pytest.mark.parametrize("first", ["/nw4411/index.html", "/nw4411/"])
def test_shanghai(first: str) -> None:
    followed(numbered("/nw4411/index", ".html", shanghai_page, first), shanghai_address, first)


def test_shanghai_declares_pages_that_are_not_there() -> None:
    lists = numbered("/nw4411/index", ".html", lambda n: shanghai_page(n, TOTAL + 2), "/nw4411/index.html")
    followed(lists, shanghai_address, "/nw4411/index.html")


def jeecms_address(entry: Entry) -> str:
    return f"/zwdt/{entry.number + 700}.jhtml"


def jeecms_page(place: int, buttons: bool) -> str:
    def button(word: str, to: int) -> str:
        name = "index.jhtml" if to == 1 else f"index_{to}.jhtml"
        dead = ' disabled="disabled"' if to in (0, place, TOTAL + 1) else ""
        return f'<input type="button"{dead} value="{word}" onclick="location.href=\'{name}\';"/>'

    pager = button("首页", 1) + button("下一页", place + 1) + button("尾页", TOTAL) if buttons else ""
    return page(
        f"<ul>{items(SHOWN[place - 1], jeecms_address)}</ul>"
        f'<div class="pagesite">共 33 条记录 {place}/{TOTAL}页 {pager}</div>',
        head='<link href="/r/cms/www/red/css/x.css" rel="stylesheet">',
    )


@pytest.mark.parametrize("buttons", [True, False])
@pytest.mark.parametrize("first", ["/zwdt/index.jhtml", "/zwdt/"])
def test_jeecms(first: str, buttons: bool) -> None:
    lists = numbered("/zwdt/index", ".jhtml", lambda n: jeecms_page(n, buttons), first)
    followed(lists, jeecms_address, first)


def dede_address(entry: Entry) -> str:
    return f"/a/news/{entry.day:%Y}/{entry.day:%m%d}/{entry.number}.html"


def dede_page(place: int, name: str, links: bool) -> str:
    numbers = "".join(
        f'<li class="thisclass">{n}</li>' if n == place else f"<li><a href='{name.format(n)}'>{n}</a></li>"
        for n in range(1, TOTAL + 1)
    )
    following = f"<li><a href='{name.format(place + 1)}'>下一页</a></li>" if place < TOTAL else ""
    choice = "".join(
        f"<option value='{name.format(n)}'>第 {n} 页，共五页</option>" for n in range(1, TOTAL + 1)
    )
    pager = f"{numbers}{following}" if links else f"<select name='sldd'>{choice}</select>"
    return page(
        f'<ul class="d6">{items(SHOWN[place - 1], dede_address)}</ul><ul class="pagelist">{pager}'
        f'<li><span class="pageinfo">共 <strong>{TOTAL}</strong>页<strong>33</strong>条</span></li></ul>'
        "<!-- Power by DedeCms -->",
        head='<link href="/templets/default/style/dedecms.css" rel="stylesheet"/>',
        charset="gb2312",
    )


@pytest.mark.parametrize("links", [True, False])
@pytest.mark.parametrize("first", ["/a/news/", "/a/news/list_98_1.html"])
def test_dedecms(first: str, links: bool) -> None:
    lists = numbered("/a/news/list_98", ".html", lambda n: dede_page(n, "list_98_{}.html", links), first)
    coded = {path: str(body).encode("gb18030") for path, body in lists.items()}
    followed({**coded}, dede_address, first)


@pytest.mark.parametrize("links", [True, False])
def test_dedecms_dynamic(links: bool) -> None:
    first = "/plus/list.php?tid=98"
    name = f"{first}&TotalResult=33&PageNo={{}}"
    lists: dict[str, Body] = {name.format(n): dede_page(n, name, links=True) for n in range(2, TOTAL + 1)}
    if not links:
        lists = {f"{first}&PageNo={n}": dede_page(n, "#{}", links=False) for n in range(2, TOTAL + 1)}
    followed({first: dede_page(1, name if links else "#{}", links), **lists}, dede_address, first)


def phpcms_page(place: int, name: str, links: bool) -> str:
    href = name.format(place + 1) if place < TOTAL else name.format(place)
    pager = (
        f'<a class="a1">33条</a> <a href="{name.format(max(1, place - 1))}" class="a1">上一页</a>'
        f' <span>{place}</span> <a href="{href}" class="a1">下一页</a>'
        if links
        else f"共{TOTAL}页"
    )
    return page(
        f'<ul class="list lh24 f14">{items(SHOWN[place - 1], lambda e: f"/show-9-{e.number}-1.html")}</ul>'
        f'<div id="pages" class="text-c">{pager}</div>',
        head='<link href="/statics/css/default_blue.css" rel="stylesheet">',
    )


@pytest.mark.parametrize("links", [True, False])
@pytest.mark.parametrize(
    ("first", "name"),
    [
        (
            "/index.php?m=content&c=index&a=lists&catid=9",
            "/index.php?m=content&c=index&a=lists&catid=9&page={}",
        ),
        ("/list-9-1.html", "/list-9-{}.html"),
    ],
)
def test_phpcms(first: str, name: str, links: bool) -> None:
    lists: dict[str, Body] = {name.format(n): phpcms_page(n, name, links) for n in range(2, TOTAL + 1)}
    followed({first: phpcms_page(1, name, links), **lists}, lambda e: f"/show-9-{e.number}-1.html", first)


def rednet_address(entry: Entry) -> str:
    return f"/content/646{entry.number:03d}/{entry.number % 90:02d}/{entry.number}.html"


def rednet_old(shown: Sequence[Entry]) -> str:
    rows = "".join(
        f'<li><span class="date">{e.day} 08:30</span><a href="{rednet_address(e)}" class="title">'
        f"{e.title}</a></li>"
        for e in shown
    )
    return page(f'<div id="div_newsList"><ul class="news_list">{rows}</ul></div>', "市州_红网")


def rednet_new(shown: Sequence[Entry]) -> str:
    rows = "".join(
        f'<li><div class="pic"><a href="{rednet_address(e)}"><img src="x.jpg" alt=""></a></div>'
        f'<h3><a href="{rednet_address(e)}">{e.title}</a></h3><p class="abs">红网时刻讯</p>'
        f"<span>{e.day} 08:30</span></li>"
        for e in shown
    )
    return page(f'<ul class="main995 list-all">{rows}</ul>', "市州_红网")


@pytest.mark.parametrize("shape", [rednet_old, rednet_new])
def test_rednet_without_any_pager(shape: Callable[[Sequence[Entry]], str]) -> None:
    lists = numbered("/channel/8197", ".html", lambda n: shape(SHOWN[n - 1]), "/channel/8197.html")
    followed(lists, rednet_address, "/channel/8197.html")


@pytest.mark.parametrize(
    ("family", "markup", "path"),
    [
        (lonsun, '<script>Ls.pagination("#page_1",function(p){},{currPage:1,pageCount:2})</script>', "/"),
        (lonsun, "<p></p>", "/content/column/77"),
        (
            lonsun,
            "<script>Ls.pagination('#page_1', function (i) { go(i); }, {pageCount: '2', a: {}})</script>",
            "/",
        ),
        (shanghai, "<script>$('.pagination').pagination('setPage',1,9)</script>", "/"),
        (jeecms, '<link href="/r/cms/www/x.css">', "/"),
        (jeecms, '<a href="/tzgg/12.jhtml">通知</a>', "/"),
        (dedecms, '<a href="/plus/list.php?tid=3">新闻</a>', "/"),
        (phpcms, '<a href="/index.php?m=content&amp;c=index&amp;a=lists&amp;catid=3">新闻</a>', "/"),
        (rednet, '<div id="div_newsList"></div>', "/channel/8197.html"),
    ],
)
def test_marks(family: object, markup: str, path: str) -> None:
    document = parse(f"<html><body>{markup}</body></html>", HOST + path)
    assert document is not None
    assert family_of(document) is family


def test_a_single_page_has_no_next() -> None:
    body = shanghai_page(1, declared=1)
    assert probe(Page(HOST + "/nw4411/", body.encode())).next is None


def test_page_two_is_proved_before_it_is_believed() -> None:
    lists = numbered("/nw4411/index", ".html", shanghai_page, "/nw4411/")
    found = taken_on(site(lists, shanghai_address), "/nw4411/")
    assert found.recipe.family == "shanghai"
    assert found.recipe.offset == 2
    assert len(found.page_two) == 7
    assert found.list_page.next == NextPage(HOST + "/nw4411/index_2.html")
