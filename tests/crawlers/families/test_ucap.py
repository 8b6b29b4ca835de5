"""UCAP: files counted from 1, and the search interface that gives the same as JSON."""

from __future__ import annotations

import json
from typing import Any

import pytest

from crawlers.families import family_of, ucap
from crawlers.listing import parse
from tests.support.column import Post
from tests.support.simulated import HOST, NOT_FOUND, Question, Reply, Simulated, posts, proved

COLUMN = "/qhx/c104251/list.shtml"
CHANNEL = "db9694580ad74929979e1981b8c534f9"
MENU = "".join(f'<li><a href="/qhx/c10425{n}/list.shtml">栏目导航第{n}项</a></li>' for n in range(9))
HOT = "".join(
    f'<li><a href="/qhx/c104999/202512/{n:032x}.shtml">热点新闻排行榜第{n}条标题内容</a></li>'
    for n in range(12)
)


def link(one: Post) -> str:
    return f"/qhx/c104251/{one.day:%Y%m}/{one.number:032x}.shtml"


def page(inside: str, script: str, meta: str = f'<meta name="channelId" content="{CHANNEL}">') -> str:
    return (
        f'<html><head><meta charset="utf-8"><title>通知公告</title>{meta}</head><body>'
        f'<ul class="menu">{MENU}</ul><div class="right"><h3>热点排行</h3><ul>{HOT}</ul></div>'
        f'<ul class="list" id="list">{inside}</ul><div id="page_div"></div>'
        f"<script>{script}</script></body></html>"
    )


def rows(shown: list[Post]) -> str:
    return "".join(
        f'<li><a href="{link(one)}" title="{one.title}">{one.title}</a><span>{one.day}</span></li>'
        for one in shown
    )


def files(
    shown: list[Post], size: int = 20, told: int | None = None, **kwargs: str
) -> dict[str, Reply | str]:
    count = told or -(-len(shown) // size)
    found: dict[str, Reply | str] = {}
    for number in range(1, -(-len(shown) // size) + 1):
        call = f"createPageHTML('page_div',{count}, {number},'list','shtml',{len(shown)});"
        name = COLUMN if number == 1 else COLUMN.replace("list", f"list_{number}")
        found[name] = page(rows(shown[(number - 1) * size : number * size]), call, **kwargs)
    return found


@pytest.mark.parametrize("told", [None, 40])
def test_files_are_followed_from_the_second_on(told: int | None) -> None:
    shown = posts(71)
    site = Simulated(files(shown, told=told), {}, shown, link)
    found = proved(site, COLUMN)
    assert (found.recipe.family, found.recipe.offset) == ("ucap", 2)
    assert "/qhx/c104251/list_1.shtml" not in [one.path for one in site.asked]


def test_page_two_that_is_no_file_is_asked_of_the_interface() -> None:
    shown = posts(71)
    first = {COLUMN: files(shown)[COLUMN]}
    found = proved(Simulated(first, {f"/search/{CHANNEL}": interface(shown)}, shown, link), COLUMN)
    assert found.recipe.params["api"]["base"] == HOST + "/search"


def interface(
    shown: list[Post],
    *,
    most: int = 20,
    declared: int | None = None,
    posted: bool = False,
    nested: bool = False,
) -> Any:
    def search(asked: Question) -> Reply:
        wish = asked.form if posted else asked.query
        if (asked.method == "POST") != posted or (not posted and wish.get("_isJson") != "true"):
            return NOT_FOUND
        size = min(int(wish["_pageSize"]), most)
        number = int(wish["page"])
        results = [
            {
                "title": f"<em>{one.title[:2]}</em>{one.title[2:]}",
                "url": f"//www.qinghe.example{link(one)}",
                "publishedTimeStr": f"{one.day} 09:14:02", "publishedTime": 0, "channelName": "通知公告",
                "domainMetaList": [{"resultList": [{"key": "wh", "value": ""}]}],
            }
            for one in shown[(number - 1) * size : number * size]
        ]  # fmt: skip
        data = {"results": results, "page": number, "rows": size, "total": declared or len(shown)}
        answer = {"results": {"data": data}} if nested else {"data": data}
        return Reply(json.dumps(answer, ensure_ascii=False), "application/json;charset=UTF-8")

    return search


GET = "$.get('{}' + channelId + '?_isAgg=true&_isJson=true&_pageSize=15&_template=index&page=' + n, show);"
WHOLE = f"$.ajax({{url: '/common/search/{CHANNEL}?_isAgg=true&_isJson=true&_pageSize=15&page=1'}});"
AWAY = (
    "var channelId='100782';$.ajax({url:'//api.qinghe.example/search/common/search/'+channelId,"
    "type:'POST',data:{datas:d}})"
)


@pytest.mark.parametrize(
    ("script", "path"),
    [
        (GET.format("/common/search/"), "/common/search"),
        (GET.format("/searchList/"), "/searchList"),
        (WHOLE, "/common/search"),
    ],
)
@pytest.mark.parametrize("nested", [False, True])
def test_rows_that_a_script_fetches_are_fetched(script: str, path: str, nested: bool) -> None:
    shown = posts(71)
    site = Simulated(
        {COLUMN: page("", script)}, {f"{path}/{CHANNEL}": interface(shown, nested=nested)}, shown, link
    )
    found = proved(site, COLUMN)
    assert found.recipe.params["entry"]["url"].startswith(f"{HOST}{path}/{CHANNEL}?")
    assert found.list_page.pages == 5


@pytest.mark.parametrize("declared", [16, 70, 400])
@pytest.mark.parametrize("most", [10, 20])
def test_totals_and_sizes_are_hints(declared: int, most: int) -> None:
    shown = posts(71)
    search = interface(shown, declared=declared, most=most)
    proved(Simulated({COLUMN: page("", WHOLE)}, {f"/common/search/{CHANNEL}": search}, shown, link), COLUMN)


def test_an_interface_on_a_host_of_its_own_is_posted_to() -> None:
    shown = posts(45)
    script = AWAY.replace("//api.qinghe.example", "") + ";var pageSize=15;"
    search = {"/search/common/search/100782": interface(shown, posted=True)}
    found = proved(Simulated({COLUMN: page("", script, "")}, search, shown, link), COLUMN)
    assert found.recipe.params["entry"]["method"] == "POST"


def test_another_host_is_asked_by_post_at_once() -> None:
    document = parse(page("", AWAY, ""), HOST + COLUMN)
    assert document is not None
    assert family_of(document) is ucap
    params = ucap.learn(document, ucap.Recipe())
    first = ucap.doors(document, ucap.Recipe("ucap", params=params))[0]
    assert (first.url, first.method) == ("http://api.qinghe.example/search/common/search/100782", "POST")
    assert first.body is not None
    assert "page=1&" in first.body


def test_a_channel_that_is_known_by_its_code_is_looked_up() -> None:
    shown = posts(33)
    script = "var url='/common/getChannelList?channelCode='+code;$.get('/common/search/'+id+'?_isJson=true');"
    channels = {
        "results": {"channelId": "f" * 32, "channelCode": "c104000", "children": [
            {"channelId": "e" * 32, "channelCode": "c104250", "displayName": "领导"},
            {"channelId": CHANNEL, "channelCode": "c104251", "displayName": "公告"},
        ]}
    }  # fmt: skip

    def listed(asked: Question) -> Reply:
        assert dict(asked.query) == {"channelCode": "c104251", "websiteCodeName": "qhx"}
        return Reply(json.dumps(channels), "application/json")

    interfaces = {"/common/getChannelList": listed, f"/common/search/{CHANNEL}": interface(shown)}
    found = proved(Simulated({COLUMN: page("", script, "")}, interfaces, shown, link), COLUMN)
    assert found.recipe.params["channel"] == CHANNEL


@pytest.mark.parametrize(
    "markup",
    [
        '<meta name="channelId" content="100235"><ul><li><a href="/1.html">标题</a></li></ul>',
        "<form action='/search/'><script>var s='/search/';</script></form>",
    ],
)
def test_pages_of_other_systems_are_not_its(markup: str) -> None:
    document = parse(f"<html><body>{markup}</body></html>", HOST + "/html/list.html")
    assert document is not None
    assert family_of(document) is not ucap
