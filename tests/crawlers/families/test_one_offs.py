"""Pagers of single provinces and cities, which need no family: what they let guess is enough."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qsl

import pytest

from crawlers.catalogue.model import Source
from crawlers.items import ListSeen, NextPage, Page
from crawlers.probing import look
from tests.support.dictsite import Body, Site, taken_on, visited, walked
from tests.support.entries import Entry, article, entries, items, page, pages_of, rows_of

HOST = "http://www.qinghe.example"
ALL = entries(34)
SHOWN = pages_of(ALL, 10)
TOTAL = len(SHOWN)


def address(entry: Entry) -> str:
    return f"/2026/{entry.day:%m-%d}/{entry.number + 3100000}.html"


def listing(place: int, pager: str) -> str:
    return page(f"<ul>{items(SHOWN[place - 1], address)}</ul>{pager}")


def followed(lists: dict[str, Body], first: str) -> None:
    articles: dict[str, Body] = {address(entry): article(entry) for entry in ALL}
    assert walked(Site(HOST, {**lists, **articles}), first) == rows_of(ALL, address, HOST)


def files(first: str, name: Callable[[int], str], pager: Callable[[int], str]) -> dict[str, Body]:
    return {first: listing(1, pager(1)), **{name(n): listing(n, pager(n)) for n in range(2, TOTAL + 1)}}


@pytest.mark.parametrize("offset", [1, 2])
@pytest.mark.parametrize(
    "attributes", [f'pagesize="10" pagecount="{TOTAL}"', 'data-page-size="10" data-total="34"']
)
def test_a_pager_that_tells_sizes_in_its_attributes(attributes: str, offset: int) -> None:
    """河南 `#pageDec[pagesize][pagecount]`, 阜阳 `pagination[@pagesize]`; the script is on another host."""
    pager = f'<div id="pageDec" {attributes}></div><script src="http://file.example/page.js"></script>'
    followed(files("/xw/", lambda n: f"/xw/index_{n - 2 + offset}.html", lambda n: pager), "/xw/")


def test_a_number_of_the_first_record_and_one_of_the_page() -> None:
    """甘肃 `wzlb.shtml?mkbh=…&begin=0&pagenum=1`, `dataTotal`."""

    def name(place: int) -> str:
        return f"/wzlb.shtml?mkbh=8a&begin={(place - 1) * 10}&pagenum={place}"

    followed(
        files(name(1), name, lambda n: "<script>var dataTotal = '34';</script><div class='page'></div>"),
        name(1),
    )


@pytest.mark.parametrize("told", ["", f"共{TOTAL}页"])
def test_nothing_but_a_link_to_the_last_page(told: str) -> None:
    """青海 `list/N.html`, 尾页."""

    def pager(place: int) -> str:
        up = "list/" if place == 1 else ""
        return f'<p>{told}<a href="{up}{TOTAL}.html">尾页</a></p>' if place < TOTAL else f"<p>{told}尾页</p>"

    followed(files("/dt/index.html", lambda n: f"/dt/list/{n}.html", pager), "/dt/index.html")


def test_last_page_of_a_list_that_counts_from_zero() -> None:
    body = listing(1, f'<p>共{TOTAL}页 <a href="index_{TOTAL - 1}.html">尾页</a></p>')
    first = look(Page(HOST + "/dt/", body.encode())).steps[0]
    assert first.page == NextPage(HOST + "/dt/index_1.html")


def test_files_that_count_on_behind_a_number_of_their_own() -> None:
    """云南 `News2.html`, `News2_2.html`."""
    pager = f"<div>第1/{TOTAL}页</div>"
    followed(files("/NewsList2.html", lambda n: f"/NewsList2_{n}.html", lambda n: pager), "/NewsList2.html")


def test_aspnetpager_with_links() -> None:
    def pager(place: int) -> str:
        following = f'<a href="/News2.html?page={place + 1}">下一页</a>' if place < TOTAL else "下一页"
        return f'<div id="AspNetPager1">{following}</div>'

    followed(files("/News2.html", lambda n: f"/News2.html?page={n}", pager), "/News2.html")


def test_aspnetpager_that_sends_its_form() -> None:
    def answer(wanted: NextPage) -> str | None:
        told = dict(parse_qsl(wanted.body or "__EVENTARGUMENT=1&__VIEWSTATE=state1"))
        place = int(told["__EVENTARGUMENT"])
        if told["__VIEWSTATE"] != f"state{max(1, place - 1)}":
            return None
        following = (
            f"<a href=\"javascript:__doPostBack('ctl00$Pager','{place + 1}')\">下一页</a>"
            if place < TOTAL
            else ""
        )
        return page(
            '<form method="post" action="./list.aspx?id=7">'
            f'<input type="hidden" name="__VIEWSTATE" value="state{place}">'
            f'<ul>{items(SHOWN[place - 1], address)}</ul><div class="pager">{following}</div></form>'
        )

    site = Site(HOST, {"/list.aspx?id=7": answer, **{address(entry): article(entry) for entry in ALL}})
    found = taken_on(site, "/list.aspx?id=7")
    assert len(found.page_two) == 10
    assert found.list_page.next is not None
    assert (found.list_page.next.method, found.list_page.next.url) == ("POST", HOST + "/list.aspx?id=7")
    seen = [
        item for item in visited(site, Source("栏目", found.url, found.recipe)) if isinstance(item, ListSeen)
    ]
    assert [row for leaf in seen for row in leaf.rows] == rows_of(ALL, address, HOST)


@pytest.mark.parametrize("first", [1, 2])
@pytest.mark.parametrize("template", ["`index_${PageIndex}.shtml`", '"index_" + (page + 1) + ".shtml"'])
def test_a_template_in_a_script(template: str, first: int) -> None:
    """兵团 `index_${PageIndex}.shtml`."""
    pager = f"<script>var totalPage = {TOTAL}; function go(page) {{ location.href = {template}; }}</script>"
    followed(files("/xw/", lambda n: f"/xw/index_{n - 2 + first}.shtml", lambda n: pager), "/xw/")


def test_a_folder_whose_files_end_otherwise() -> None:
    """湘潭 `/6250/6255/index_1.htm`, `1/4页`; the articles end in .htm too."""

    def story(entry: Entry) -> str:
        return f"/6250/6255/content_{entry.number}.htm"

    def body(place: int) -> str:
        return page(f'<ul>{items(SHOWN[place - 1], story)}</ul><div id="pagination">{place}/{TOTAL}页</div>')

    lists: dict[str, Body] = {f"/6250/6255/index_{n - 1}.htm": body(n) for n in range(2, TOTAL + 1)}
    articles: dict[str, Body] = {story(entry): article(entry) for entry in ALL}
    site = Site(HOST, {"/6250/6255/": body(1), **lists, **articles})
    assert walked(site, "/6250/6255/") == rows_of(ALL, story, HOST)


def test_a_parameter_that_only_the_form_names() -> None:
    """铜川 `news_list.rt?channlId=&orgId=&pageNo=N`."""
    first = "/news_list.rt?channlId=9&orgId=1"
    pager = f'<form><input name="pageNo" value=""><div class="cms_page">共{TOTAL}页</div></form>'
    followed(files(first, lambda n: f"{first}&pageNo={n}", lambda n: pager), first)


def test_a_number_behind_a_hyphen() -> None:
    """成都 `column-index-N.shtml`."""
    followed(
        files("/cd/column-index-1.shtml", lambda n: f"/cd/column-index-{n}.shtml", lambda n: f"共{TOTAL}页"),
        "/cd/column-index-1.shtml",
    )


def test_a_total_of_articles_alone() -> None:
    pager = "<p>共34条</p>"
    followed(files("/xw/", lambda n: f"/xw/index_{n - 1}.html", lambda n: pager), "/xw/")


def test_a_total_of_articles_that_are_all_shown() -> None:
    body = page(f"<ul>{items(ALL, address)}</ul><p>共34条</p>")
    site = Site(HOST, {"/xw/": body, **{address(entry): article(entry) for entry in ALL}})
    assert walked(site, "/xw/") == rows_of(ALL, address, HOST)
