"""新点 Epoint: JSON for JSON, the site's id in a script of its own; or files beside the page."""

from __future__ import annotations

import json
from typing import Any

import pytest

from crawlers.families import epoint, family_of
from crawlers.listing import parse
from tests.support.column import Post
from tests.support.simulated import HOST, NOT_FOUND, Question, Reply, Simulated, posts, proved

COLUMN = "/dynamic/zwgk/govInfoPub.html?categorynum=003006&deptcode=QH01"
GUID = "7eb5f7f1-9041-43ad-8e13-8fcb82ea831a"
SITE = f'var siteInfo = {{"siteGuid":"{GUID}","projectName":"/EWB-FRONT","webVersion":"5.0","vname":"/qh"}}\n'
LIBRARY = SITE + "if (!window.webbuilder) { window.webbuilder = {}; }\nvar tip = \"<a href='#'>关闭</a>\";"
MENU = "".join(f'<li><a href="/zwgk/00{n}/subPage.html">信息公开目录第{n}项</a></li>' for n in range(1, 9))
SHELL = f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>信息公开</title>
<script src="/js/lib/jquery.min.js"></script><script src="/js/webBuilderCommon.js"></script></head>
<body><div class="ewb-container"><ul class="ewb-menu">{MENU}</ul><div class="ewb-catalog-table"><table><thead>
<tr><th>索引号</th><th>信息名称</th><th>生成日期</th></tr></thead><tbody id="list"></tbody></table></div>
<div id="pager" class="ewb-page"></div></div><script src="/js/govinfopub.js"></script></body></html>"""


def link(one: Post) -> str:
    return f"/zwgk/003/003006/{one.day:%Y%m%d}/3f2a{one.number:08d}.html"


def site(
    count: int,
    *,
    first: int = 1,
    wrapped: bool = False,
    shell: str = SHELL,
    declared: int | None = None,
    broken_zero: bool = False,
) -> Simulated:
    shown = posts(count)

    def listed(asked: Question) -> Reply:
        wish: Any = asked.form.get("params", {}) if wrapped else asked.form
        if asked.method != "POST" or wish.get("siteGuid") != GUID or wish.get("categorynum") != "003006":
            return Reply('{"custom":{"data":[],"total":0},"status":{"code":0}}', "application/json")
        page = int(wish["pageIndex"]) - first
        if page < 0 and broken_zero:
            return NOT_FOUND
        window = shown[max(page, 0) * 20 : max(page, 0) * 20 + int(wish["pageSize"])]
        data = [
            {
                "title": one.title[:8] + "...",
                "realtitle": one.title,
                "infourl": link(one),
                "infodate": str(one.day),
            }
            for one in window
        ]
        custom: Any = {"data": data, "total": count if declared is None else declared}
        custom = json.dumps(custom) if count % 2 else custom
        return Reply(json.dumps({"custom": custom, "status": {"code": 200}}), "application/json")

    pages = {
        COLUMN.partition("?")[0]: shell,
        "/js/webBuilderCommon.js": Reply(LIBRARY, "application/javascript"),
    }
    return Simulated(pages, {"/EWB-FRONT/rest/lightfrontaction/getgovinfolist": listed}, shown, link)


@pytest.mark.parametrize("count", [20, 71])
@pytest.mark.parametrize("wrapped", [False, True])
@pytest.mark.parametrize(("first", "broken_zero"), [(0, False), (1, False), (1, True)])
def test_every_row_once_wherever_the_pages_count_from(
    first: int, broken_zero: bool, wrapped: bool, count: int
) -> None:
    found = proved(site(count, first=first, wrapped=wrapped, broken_zero=broken_zero), COLUMN)
    assert found.recipe.family == "epoint"
    assert found.recipe.params["entry"]["method"] == "POST"


def test_the_site_s_id_may_stand_on_the_page() -> None:
    shown = site(
        45, shell=SHELL.replace('<script src="/js/webBuilderCommon.js"></script>', f"<script>{SITE}</script>")
    )
    proved(shown, COLUMN)
    assert not [one for one in shown.asked if one.path.endswith(".js")]


@pytest.mark.parametrize("declared", [0, 25, 400])
def test_totals_are_hints(declared: int) -> None:
    proved(site(71, declared=declared), COLUMN)


def test_later_visits_ask_the_interface_at_once() -> None:
    shown = site(20)
    found = proved(shown, COLUMN)
    assert found.recipe.params["site"] == GUID
    assert len([one for one in shown.asked if one.path.endswith(".js")]) == 1


def static(shown: list[Post], number: int, pages: int) -> str:
    rows = "".join(
        f'<li class="ewb-list-node clearfix"><a href="{link(one)}" class="ewb-list-name">{one.title}</a>'
        f'<span class="ewb-list-date">{one.day}</span></li>'
        for one in shown
    )
    return (
        '<html><head><meta charset="utf-8"><title>通知公告</title></head><body><ul class="ewb-list">'
        f'{rows}</ul><div class="ewb-page" id="page">{number}/{pages}页</div>'
        '<script src="/js/webBuilderCommon.js"></script></body></html>'
    )


def test_static_pages_lie_beside_the_first() -> None:
    shown = posts(50)
    pages: dict[str, Reply | str] = {
        f"/xwzx/003001/{number}.html": static(shown[(number - 1) * 20 : number * 20], number, 3)
        for number in (2, 3)
    }
    pages["/xwzx/003001/subPage.html"] = static(shown[:20], 1, 3)
    found = proved(Simulated(pages, {}, shown, link), "/xwzx/003001/subPage.html")
    assert found.recipe.offset == 2


def test_other_pages_are_not_its() -> None:
    page = parse('<div class="ewb-box"><a href="/1.html">标题</a></div>', HOST + "/index.html")
    assert page is not None
    assert family_of(page) is not epoint
