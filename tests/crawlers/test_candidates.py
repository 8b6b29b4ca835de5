"""Home pages and the columns that they lead to."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawlers.candidates import candidates
from crawlers.items import Page
from tests.support.dictsite import Site, taken_on
from tests.support.entries import entries

HOST = "http://www.qinghe.example"
FOOT = (
    '<div class="foot"><a href="/about/">关于我们</a><a href="/wzdt/">网站地图</a>'
    '<a href="http://www.gov.example/">中国政府网</a></div>'
)


def box(name: str, path: str, more: str) -> str:
    rows = "".join(
        f'<li><a href="{path}202611/t20261120_{entry.number}.html">{entry.title}</a>'
        f"<span>{entry.day}</span></li>"
        for entry in entries(6)
    )
    return f'<div class="box"><div class="tit"><h2>{name}</h2>{more.format(path)}</div><ul>{rows}</ul></div>'


def home() -> str:
    menu = "".join(
        f'<li><a href="{path}">{word}</a></li>'
        for word, path in (("首页", "/"), ("政务公开", "/zwgk/"), ("政务服务", "/zwfw/"),
                           ("互动交流", "/hdjl/"), ("生态环境", "/sthj/"), ("English", "/en/"))
    )  # fmt: skip
    boxes = (
        box("青禾要闻", "/xwzx/qhyw/", '<a class="more" href="{}">更多&gt;&gt;</a>')
        + box("通知公告", "/xwzx/tzgg/", '<a href="{}index.html" title="更多"><img src="more.png"></a>')
        + box("部门动态", "/xwzx/bmdt/", '<a href="{}" title="部门动态">+</a>')
        + '<div class="box"><h2><a href="/hb/dcjb/list.shtml">督察通报</a></h2><ul>'
        + "".join(f'<li><a href="/hb/{n}.html">督察组第{n}次进驻通报会召开</a></li>' for n in range(5))
        + "</ul></div>"
    )
    login = '<a href="/user/login">登录</a><a href="javascript:void(0)">无障碍</a>'
    return (
        f'<html><head><meta charset="utf-8"><title>青禾县人民政府</title></head><body>{login}'
        f'<div class="nav"><ul>{menu}</ul></div>{boxes}{FOOT}</body></html>'
    )


def test_columns_with_their_names_likeliest_first() -> None:
    found = candidates(Page(HOST + "/", home().encode()))
    named = {one.url.removeprefix(HOST): one.title for one in found}
    assert {
        "/xwzx/qhyw/": "青禾要闻",
        "/xwzx/tzgg/index.html": "通知公告",
        "/xwzx/bmdt/": "部门动态",
        "/hb/dcjb/list.shtml": "督察通报",
        "/sthj/": "生态环境",
    }.items() <= named.items()
    assert [one.url.removeprefix(HOST) for one in found][:3] == [
        "/xwzx/qhyw/", "/xwzx/tzgg/index.html", "/xwzx/bmdt/",
    ]  # fmt: skip
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)


@pytest.mark.parametrize("path", ["/", "/en/", "/about/", "/wzdt/", "/user/login", "/zwfw/", "/hdjl/"])
def test_what_is_no_column_is_not_named(path: str) -> None:
    assert HOST + path not in {one.url for one in candidates(Page(HOST + "/", home().encode()))}


def test_articles_and_other_sites_are_not_named() -> None:
    urls = [one.url for one in candidates(Page(HOST + "/index.html", home().encode()))]
    assert not [url for url in urls if "t2026" in url or not url.startswith(HOST)]


def test_a_home_page_taken_on_names_its_columns() -> None:
    found = taken_on(Site(HOST, {"/": home()}), "/")
    assert found.error is not None
    assert "home page" in found.error
    assert "通知公告" in [one.title for one in found.candidates]


def test_a_page_that_is_not_there_names_none() -> None:
    body = f"<html><head><title>404</title></head><body>404 Not Found {FOOT}</body></html>"
    assert taken_on(Site(HOST, {"/xw/": body.replace("404", "无此")}), "/xw/").candidates == ()


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300), st.integers(0, 3000), st.integers(0, 500))
def test_no_damage_makes_it_raise(noise: str, place: int, cut: int) -> None:
    whole = home()
    candidates(Page(HOST + "/", (whole[:place] + noise + whole[place + cut :]).encode("utf-8", "replace")))
