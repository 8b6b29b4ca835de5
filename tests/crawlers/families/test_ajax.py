"""Columns that a request of the page's own script fills: 苏州's loadData, and what small agencies write."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.families import ajax, family_of
from crawlers.listing import parse
from crawlers.paging.ajax import request_of
from tests.support.column import Post
from tests.support.simulated import HOST, NOT_FOUND, Question, Reply, Simulated, posts, proved, taken_on

MENU = "".join(f'<li><a href="/zwgk/fdzdgk{n}/">公开目录第{n}项内容</a></li>' for n in range(1, 9))
SIDE = "".join(f'<li><a href="/zwyw/{n}.html">县政府召开第{n}次常务会议</a></li>' for n in range(1, 15))


def shell(script: str) -> str:
    return (
        '<!DOCTYPE html><html><head><meta charset="utf-8"><title>政策文件</title></head><body>'
        f'<ul class="menu">{MENU}</ul><div class="side"><h3>热点排行</h3><ul>{SIDE}</ul></div>'
        '<table class="list_table"><tbody id="zcwj_list"></tbody></table><div id="page"></div>'
        f"<script>{script}</script></body></html>"
    )


SUZHOU = """
var channel_id = "dc1a3f5691e541108d5a18bdd028949b";
function loadData(pageIndex){
  $.ajax({
    url: "/szinf/xxgk/interfacesWebZcwj/loadData?pageSize=15",
    type: "post", dataType: "json",
    data: { pageIndex: pageIndex, channel_id: channel_id },
    success: function(res){
      var list = res.data.list, html = "";
      for(var i=0;i<list.length;i++){
        html += '<tr><td><a href="'+list[i].URL+'">'+list[i].TITLE+'</a></td></tr>';
      }
      $("#zcwj_list").html(html);
    }
  });
}
loadData(1);
"""
COUNTED_FROM_0 = """
var page = 0, size = 20;
function load() {
  $.getJSON('/api/articles', {page: page, size: size, column: getQueryString('id')},
    function (d) { show(d.rows) });
}
load();
"""
POSTED_JSON = """
let pageNo = 1;
const load = () => {
  axios.post('/rest/list', { pageNo: pageNo, pageSize: 20, catalogue: 'zcwj' }).then(r => { show(r.data) });
};
load();
"""
FETCHED = """
function go(n) {
  fetch('/list.do?page=' + n + '&lm=zcwj').then(function (r) { return r.json() }).then(show);
}
go(1);
"""
STRINGIFIED = """
function query(p) {
  $.ajax({ type: 'POST', url: base + '/query', contentType: 'application/json',
           data: JSON.stringify({ "currentPage": p, "pageSize": 20, "siteId": 33 }) });
}
var base = '/front';
query(1);
"""

Window = Callable[[Question], tuple[int, int] | None]
"""First row, from 0, and how many; None: the question is none that this interface answers."""


def by_form(name: str, size: int, first: int, **wanted: Any) -> Window:
    def window(asked: Question) -> tuple[int, int] | None:
        if any(str(asked.form.get(key)) != str(value) for key, value in wanted.items()):
            return None
        return (int(asked.form.get(name, 0)) - first) * size, size

    return window


def by_query(name: str, size: int, first: int, **wanted: str) -> Window:
    def window(asked: Question) -> tuple[int, int] | None:
        if any(asked.query.get(key) != value for key, value in wanted.items()):
            return None
        return (int(asked.query.get(name, 0)) - first) * size, size

    return window


def link(one: Post) -> str:
    return f"/zwgk/zcwj/{one.day:%Y%m}/{one.number:06d}.shtml"


def site(script: str, path: str, window: Window, count: int, column: str, *, total: bool = True) -> Simulated:
    shown = posts(count)

    def listed(asked: Question) -> Reply:
        place = window(asked)
        if place is None:
            return NOT_FOUND
        rows = [
            {
                "ID": one.number,
                "TITLE": one.title,
                "URL": HOST + link(one),
                "PUBLISHED_TIME_FORMAT": str(one.day),
            }
            for one in shown[place[0] : place[0] + place[1]]
        ]
        data: dict[str, Any] = {"list": rows, "pageSize": place[1]}
        if total:
            data |= {"allRow": count, "totalPage": -(-count // place[1])}
        return Reply(json.dumps({"code": 200, "data": data}), "application/json;charset=UTF-8")

    return Simulated({column.partition("?")[0]: shell(script)}, {path: listed}, shown, link)


SITES = {
    "suzhou": (
        SUZHOU, "/szinf/xxgk/interfacesWebZcwj/loadData",
        by_form("pageIndex", 15, 1, channel_id="dc1a3f5691e541108d5a18bdd028949b"),
        "/zwgk/xxgkml.shtml?para=zcwj",
    ),
    "counted from 0": (
        COUNTED_FROM_0, "/api/articles", by_query("page", 20, 0, column="77"), "/list.html?id=77"
    ),
    "posted JSON": (POSTED_JSON, "/rest/list", by_form("pageNo", 20, 1, catalogue="zcwj"), "/zcwj/"),
    "fetched": (FETCHED, "/list.do", by_query("page", 20, 1, lm="zcwj"), "/zcwj/index.html"),
    "stringified": (STRINGIFIED, "/front/query", by_form("currentPage", 20, 1, siteId=33), "/zcwj/"),
}  # fmt: skip


@pytest.mark.parametrize("name", SITES)
@pytest.mark.parametrize("count", [12, 53])
@pytest.mark.parametrize("total", [True, False])
def test_a_column_is_followed_to_its_end(name: str, count: int, total: bool) -> None:
    script, path, window, column = SITES[name]
    found = proved(site(script, path, window, count, column, total=total), column)
    assert found.list_page.family == "ajax"


def test_requests_that_name_no_page_are_left_alone() -> None:
    script = "$.post('/count.do', {id: 33}); $.ajax({url: '/login', data: {name: n, password: p}});"
    document = parse(shell(script), HOST + "/zcwj/")
    assert document is not None
    assert request_of(document) is None
    assert family_of(document) is not ajax


def test_a_list_on_the_page_itself_is_read_there() -> None:
    own = "".join(
        f'<li><a href="/zcwj/{n}.html">关于印发第{n}号方案的通知</a><i>2026-11-0{n}</i></li>'
        for n in range(1, 9)
    )
    document = parse(shell(SUZHOU).replace("<table", f"<ul class=list>{own}</ul><table"), HOST + "/zcwj/")
    assert document is not None
    assert family_of(document) is not ajax


def test_no_other_site_is_asked() -> None:
    document = parse(shell(SUZHOU.replace('"/szinf', '"https://tj.example/szinf')), HOST + "/zcwj/")
    assert document is not None
    assert request_of(document) is None


def test_an_interface_that_answers_no_rows_is_no_column() -> None:
    script, path, _, column = SITES["suzhou"]
    found = taken_on(site(script, path, lambda asked: (999, 20), 12, column), column)
    assert found.error is not None


@given(st.text(alphabet="$.ajxpostget({url:'/a?page=1',data}+)\" \nJSON", max_size=200))
def test_nothing_that_scripts_hold_is_an_error(text: str) -> None:
    document = parse(shell(f"$.ajax({{{text}"), HOST + "/zcwj/")
    assert document is not None
    request_of(document)
