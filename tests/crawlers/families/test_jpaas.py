"""Hanweb JPaaS: a unit of the page, built anew by the gateway for each page number inside `paramJson`."""

from __future__ import annotations

import html
import json
from collections.abc import Callable
from typing import Any

import pytest

from crawlers.families import family_of, jpaas
from crawlers.items import Page
from crawlers.listing import parse
from crawlers.probing import probe
from tests.support.column import Post
from tests.support.simulated import HOST, Question, Reply, Simulated, posts, proved

COLUMN = "/xwdt/tzgg/index.html"
GATEWAY = "/api-gateway/jpaas-publish-server/front/page/build/unit"
QUERY = {
    "webId": "8d82", "pageId": "c52d8862", "parseType": "bulidstatic", "pageType": "column",
    "tagId": "当前栏目列表", "tplSetId": "2097",
}  # fmt: skip
QUOTED = str(QUERY).replace(" ", "")
MENU = "".join(f'<li><a href="/xwdt/lm{n}/index.html">栏目导航第{n}项</a></li>' for n in range(9))
HOT = "".join(
    f'<li><a href="/xwdt/rd/art/2025/art_{n:032x}.html">热点新闻排行榜第{n}条标题内容</a></li>'
    for n in range(25)
)


def link(one: Post) -> str:
    return f"/xwdt/tzgg/art/{one.day.year}/art_{one.number:032x}.html"


def row(one: Post) -> str:
    return (
        f'<li class="cf"><a class="fl" href="{link(one)}" title="{one.title}"><i></i>{one.title[:9]}...</a>'
        f'<span class="fr">{one.day}</span></li>'
    )


def two_cells(one: Post) -> str:
    return (
        f'<ul><li class="nav04Left02_content"><a href="{link(one)}" title="{one.title}">{one.title}</a></li>'
        f'<li class="nav04Left02_contenttime">{one.day}</li></ul>'
    )


def relative(one: Post) -> str:
    return row(one).replace("/xwdt/tzgg/art", "./art")


def unit(rows: str, count: int | None, size: int, page: int, query: str = QUOTED) -> str:
    told = "" if count is None else f'count="{count}"'
    return (
        f'<div id="当前栏目列表"><div class="page-content"><ul>{rows}</ul></div>'
        f'<div class="pagination" queryData="{query}" unitUrl="{GATEWAY}" {told} rows="{size}" '
        f'pageNo="{page}">'
        '<a href="javascript:void(0)" data-page="2">下一页</a><a data-page="9" href="#">尾页</a></div></div>'
    )


def shell(inside: str) -> str:
    return (
        '<html><head><meta charset="utf-8"><title>通知公告_青禾县</title>'
        f'<meta name="ColumnName" content="通知公告"></head><body><ul class="menu">{MENU}</ul>'
        f'<div class="hot"><h3>热点排行</h3><ul>{HOT}</ul></div>'
        f"{inside}</body></html>"
    )


def site(
    count: int,
    *,
    inside: Callable[[str], str] = lambda built: built,
    row: Callable[[Post], str] = row,
    size: int = 15,
    declared: int | None = -1,
    query: str = QUOTED,
    answer: Callable[[str], Any] = lambda built: {"code": "200", "success": True, "data": {"html": built}},
) -> Simulated:
    shown = posts(count)
    told = count if declared == -1 else declared

    def build(number: int, wished: int) -> str:
        rows = "".join(map(row, shown[(number - 1) * wished : number * wished]))
        return unit(rows, told, wished, number, query)

    def gateway(asked: Question) -> Reply:
        if not asked.referrer or any(asked.query.get(name) != value for name, value in QUERY.items()):
            return Reply("<html><body>禁止访问</body></html>", status=403)
        wish = json.loads(asked.query.get("paramJson", "{}"))
        built = build(int(wish.get("pageNo", 1)), int(wish.get("pageSize", size)))
        return Reply(json.dumps(answer(built), ensure_ascii=False), "application/json")

    return Simulated({COLUMN: shell(inside(build(1, size)))}, {GATEWAY: gateway}, shown, link)


@pytest.mark.parametrize("row", [row, two_cells, relative])
def test_every_row_of_the_unit_once(row: Callable[[Post], str]) -> None:
    found = proved(site(52, row=row), COLUMN)
    assert found.recipe.family == "jpaas"
    assert found.list_page.pages == 4
    assert "entry" not in found.recipe.params


@pytest.mark.parametrize(
    "inside",
    [
        lambda built: built.replace("<ul>", "<!--").replace("</ul>", "-->"),
        lambda built: (
            f'<div id="当前栏目列表"></div><script type="text/javascript" url="{GATEWAY}" '
            f'queryData="{QUOTED}" src="/script/page.js"></script>'
        ),
        lambda built: (
            "<div id='list'></div><script>var unit={'webId':'8d82','pageId':'c52d8862','tplSetId':'2097',"
            f"'tagId':'当前栏目列表'}};$.get('{GATEWAY}',unit,show);</script>"
        ),
    ],
)
def test_a_unit_that_its_script_fills_is_asked_for(inside: Callable[[str], str]) -> None:
    found = proved(site(52, inside=inside), COLUMN)
    assert found.recipe.params["entry"]["expects"] == "data"


def test_boxes_beside_the_list_are_units_too() -> None:
    box = QUOTED.replace("当前栏目列表", "热点推荐")

    def inside(built: str) -> str:
        return f'<script url="{GATEWAY}" queryData="{box}"></script>{built}'

    proved(site(31, inside=inside), COLUMN)


def test_query_data_may_be_json() -> None:
    proved(site(31, query=html.escape(json.dumps(QUERY, ensure_ascii=False))), COLUMN)


def test_the_markup_may_be_the_data_itself() -> None:
    proved(site(31, answer=lambda built: {"success": True, "data": built}), COLUMN)


@pytest.mark.parametrize("declared", [None, 16, 900])
def test_totals_are_hints(declared: int | None) -> None:
    proved(site(52, declared=declared), COLUMN)


def test_a_single_page_is_asked_for_nothing() -> None:
    shown = site(9)
    assert proved(shown, COLUMN).page_two == ()
    assert not [one for one in shown.asked if one.path == GATEWAY]


def test_a_front_page_of_units_is_no_column() -> None:
    boxes = "".join(
        f"<h2>栏目{n}</h2>"
        + unit("".join(map(row, posts(6))), 60, 6, 1, QUOTED.replace("当前栏目列表", f"列表{n}"))
        for n in range(4)
    )
    assert probe(Page(HOST + "/", shell(boxes).encode())).kind == "other"


def test_pages_of_other_systems_are_not_its() -> None:
    page = parse('<html><body><div class="pagination" rows="15">1</div></body></html>', HOST)
    assert page is not None
    assert family_of(page) is not jpaas
