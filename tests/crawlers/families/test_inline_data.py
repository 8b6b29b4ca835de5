"""Rows that stand in scripts."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date

import pytest

from crawlers.items import Page, Row
from crawlers.listing import parse
from crawlers.listing.scriptdata import script_data
from crawlers.probing import probe
from tests.support.dictsite import Body, Site, walked
from tests.support.entries import Entry, article, entries, items, page, pages_of, rows_of

HOST = "http://www.qinghe.example"
ALL = entries(22)
SHOWN = pages_of(ALL, 8)


def address(entry: Entry) -> str:
    return f"/art/{entry.day:%Y/%m/%d}/{entry.number + 500}.html"


def literal(shown: Sequence[Entry]) -> str:
    """As a template writes it: bare keys, single quotes, a comma too many."""
    return "[" + "".join(
        f"{{title:'{one.title}', url:\"{address(one)}\", daytime: '{one.day} 08:00',hits:0,}},\n"
        for one in shown
    ) + "]"  # fmt: skip


def column(place: int, pages_data: str, shown: Sequence[Entry] | None = None) -> str:
    rows = SHOWN[place - 1] if shown is None else shown
    return page(
        '<ul id="list"></ul><div id="page"></div>'
        f"<script>/* rows */ var siteName = '青禾'; var dataList=[{{infolist:{literal(rows)}}}];\n"
        f"var pagesData={pages_data}; render(dataList);</script>"
    )


def site(pages: dict[str, str]) -> Site:
    articles: dict[str, Body] = {address(entry): article(entry) for entry in ALL}
    return Site(HOST, {**pages, **articles})


def test_pages_named_in_the_data() -> None:
    names = ["index.html", "index_7.html", "index_9.html"]
    data = json.dumps(names)
    pages = {f"/tzgg/{name}": column(n, data) for n, name in enumerate(names, 1)}
    assert walked(site(pages), "/tzgg/index.html") == rows_of(ALL, address, HOST)


@pytest.mark.parametrize("first", [1, 2])
def test_pages_numbered_as_usual(first: int) -> None:
    data = "{pageCount: 3, total: '22'}"
    pages = {f"/tzgg/index_{first + n - 2}.html": column(n, data) for n in (2, 3)}
    assert walked(site({"/tzgg/": column(1, data), **pages}), "/tzgg/") == rows_of(ALL, address, HOST)


def test_with_the_pager_of_another_system() -> None:
    def body(place: int) -> str:
        return column(place, "[]").replace(
            "</body>", f'<script>createPageHTML(3,{place - 1},"index","html");</script></body>'
        )

    pages = {"/tzgg/": body(1), "/tzgg/index_1.html": body(2), "/tzgg/index_2.html": body(3)}
    assert walked(site(pages), "/tzgg/") == rows_of(ALL, address, HOST)


@pytest.mark.parametrize(
    "script",
    [
        "var dataList = JSON.parse('{}');",
        "window.newsList = {};",
        "<!--\nvar list={};\n//-->",
    ],
)
def test_shapes_of_the_data(script: str) -> None:
    data = [
        {"docTitle": one.title, "docpuburl": address(one), "docRelTime": f"{one.day}T00:00:00"} for one in ALL
    ]
    said = json.dumps(data, ensure_ascii=False)
    body = page("<div id='x'></div><script>" + script.replace("{}", said) + "</script>")
    found = probe(Page(HOST + "/tzgg/", body.encode()))
    assert (found.family, list(found.rows)) == ("inline_data", rows_of(ALL, address, HOST))


def test_a_script_that_is_json_as_a_whole() -> None:
    data = {
        "props": {"list": [{"name": one.title, "link": address(one), "time": 1795190400000} for one in ALL]}
    }
    body = page(f'<script id="__DATA__" type="application/json">{json.dumps(data)}</script>')
    rows = probe(Page(HOST + "/tzgg/", body.encode())).rows
    assert len(rows) == 22
    assert rows[0] == Row(HOST + address(ALL[0]), ALL[0].title, date(2026, 11, 21))


def test_a_list_in_the_markup_stays_the_list() -> None:
    pictures = "".join(f"{{title:'图片新闻第{n}则报道',url:'/pic/{n}.html'}}," for n in range(12))
    body = page(
        f"<ul>{items(SHOWN[0], address)}</ul><p>共1页</p>"
        f"<script>var bannerList=[{pictures}]; var other=[{pictures}];</script>"
    )
    found = probe(Page(HOST + "/tzgg/", body.encode()))
    assert (found.family, list(found.rows)) == ("plain", rows_of(SHOWN[0], address, HOST))


def test_data_that_is_shown_as_links_too_is_no_other_list() -> None:
    body = page(f"<ul>{items(SHOWN[0], address)}</ul><script>var dataList={literal(SHOWN[0])};</script>")
    assert probe(Page(HOST + "/tzgg/", body.encode())).family == "plain"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("var list=[1,'a\\u4e00\\'b',true,null,-2.5,];////////", [1, "a一'b", True, None, -2.5]),
        (
            "x.y={a:[{b:1}],'c':new Date(2026, 1),d:f('x')+1,e:2};",
            {"a": [{"b": 1}], "c": None, "d": None, "e": 2},
        ),
        ("self['k']=[[],{},[{}], 'filling filling filling'];", [[], {}, [{}], "filling filling filling"]),
    ],
)
def test_literals(source: str, expected: object) -> None:
    document = parse("<html></html>", HOST)
    assert document is not None
    (found,) = script_data(document, source)
    assert found.value == expected


@pytest.mark.parametrize(
    "source", ["var a=[" * 5000, "var a=[[[[[[" + "[" * 5000, "a='" * 3000, "a={b:{b:" * 3000]
)
def test_broken_literals_end(source: str) -> None:
    document = parse("<html></html>", HOST)
    assert document is not None
    assert len(list(script_data(document, source))) == 0


def test_data_that_name_the_column_win_over_a_paged_list_beside_it() -> None:
    beside = items(ALL[:8], lambda one: f"/gzdt/{one.day:%Y%m%d}/i{one.number}.html")
    data = f"var dataList=[{{catename:'环保督察',cateid:'hbdc',infolist:{literal(ALL[8:16])}}}];"
    markup = page(
        f"<h3>最新信息</h3><ul>{beside}</ul><div class=page><a href=index_2.html>下一页</a></div>"
        f"<script>{data}</script>"
    )
    found = probe(Page(f"{HOST}/xxgk/hbdc/index.html", markup.encode(), "text/html"))
    assert (found.family, list(found.rows)) == ("inline_data", rows_of(ALL[8:16], address, HOST))
