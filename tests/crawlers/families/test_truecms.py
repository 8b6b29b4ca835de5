"""TrueCMS: JSONP around a data store, a largest `perpage` on every site."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from crawlers.families import family_of, truecms
from crawlers.listing import parse
from tests.support.column import Post
from tests.support.simulated import HOST, NOT_FOUND, Question, Reply, Simulated, posts, proved

COLUMN = "/hmq/tzgg/tzgg.html"
PROXY = "/TrueCMS/messageController/getMessage.do"
ID = "3b1f0c3e-77aa-4d5a-9c40-aa0d41f9e1b7"
MENU = "".join(f'<li><a href="/hmq/lm{n}/lm{n}.html">栏目导航第{n}项</a></li>' for n in range(9))


def link(one: Post) -> str:
    return f"/hmq/tzgg/content/3b1f0c3e-77aa-4d5a-9c40-{one.number:012d}.html"


def row(one: Post) -> str:
    return f'<li><a href="{link(one)}" title="{one.title}">{one.title[:10]}...</a><span>{one.day}</span></li>'


def store(shown: list[Post], total: int) -> str:
    records = "".join(f"<record><![CDATA[{row(one)}]]></record>" for one in shown)
    return f"<datastore><totalrecord>{total}</totalrecord><recordset>{records}</recordset></datastore>"


def shell(inside: str, total: int, per_page: int) -> str:
    return f"""<html><head><meta charset="utf-8"><title>通知公告</title></head><body>
<ul class="menu">{MENU}</ul>{inside}<div id="list"></div><script>
$(function(){{ $("#list").jpage({{themeName:'default', totalRecord:{total}, dataStore: $("#initData").html(),
 proxyUrl:'{PROXY}', perPage:{per_page}, groupSize:3, ajaxParam:{{columnId:'{ID}'}} }}); }});
</script></body></html>"""


AS_SCRIPT = '<script type="text/xml" id="initData">{}</script>'


def site(
    count: int,
    *,
    per_page: int = 20,
    most: int = 50,
    embedded: int = 60,
    declared: int | None = None,
    inside: Callable[[list[Post]], str] | None = None,
    refuses: bool = False,
) -> Simulated:
    shown = posts(count)
    total = count if declared is None else declared

    def proxy(asked: Question) -> Reply:
        if asked.referrer is None or asked.query.get("columnId") != ID:
            return NOT_FOUND
        if asked.number("perpage") > most:
            return NOT_FOUND if refuses else Reply("", "text/javascript")
        window = shown[asked.number("startrecord") - 1 : asked.number("endrecord")]
        answer = json.dumps({"result": store(window, total)}, ensure_ascii=False)
        return Reply(f"{asked.query['callback']}({answer})", "text/javascript;charset=UTF-8")

    first = shown[:embedded]
    holder = inside(first) if inside else AS_SCRIPT.format(store(first, total))
    return Simulated({COLUMN: shell(holder, total, per_page)}, {PROXY: proxy}, shown, link)


@pytest.mark.parametrize("refuses", [False, True])
@pytest.mark.parametrize(("per_page", "most"), [(20, 50), (15, 20), (50, 20), (20, 10)])
def test_every_record_once_within_what_the_site_gives(per_page: int, most: int, refuses: bool) -> None:
    found = proved(site(147, per_page=per_page, most=most, refuses=refuses), COLUMN)
    assert found.recipe.family == "truecms"
    assert found.recipe.params["size"] <= most


@pytest.mark.parametrize(
    "inside",
    [
        lambda shown: f'<ul id="initData" style="display:none">{"".join(map(row, shown))}</ul>',
        lambda shown: f'<textarea id="initData">{"".join(map(row, shown))}</textarea>',
        lambda shown: f'<script id="initData" type="text/html">{"".join(map(row, shown))}</script>',
    ],
)
def test_the_first_rows_stand_in_an_element_of_their_own(inside: Callable[[list[Post]], str]) -> None:
    proved(site(85, inside=inside), COLUMN)


def test_nothing_on_the_page_all_from_the_interface() -> None:
    found = proved(site(85, inside=lambda shown: ""), COLUMN)
    assert found.recipe.params["entry"]["referrer"] == HOST + COLUMN


@pytest.mark.parametrize("declared", [0, 90, 500])
def test_totals_are_hints(declared: int) -> None:
    proved(site(147, declared=declared), COLUMN)


def test_a_pager_without_the_interface_is_not_its() -> None:
    page = parse("<html><body><script>$('#a').jpage({totalRecord:3})</script></body></html>", HOST)
    assert page is not None
    assert family_of(page) is not truecms
