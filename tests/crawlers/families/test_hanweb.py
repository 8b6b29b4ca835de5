"""Hanweb JCMS: rows in the data store of the page, later groups from servers that each read other numbers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import product

import pytest

from crawlers.catalogue.model import Recipe
from crawlers.families import family_of, hanweb
from crawlers.items import Page
from crawlers.listing import Document, parse
from crawlers.probing import probe
from tests.support.column import Post
from tests.support.simulated import HOST, Question, Reply, Simulated, posts, proved

COLUMN = "/col/col1833/index.html"
PROXY = "/module/web/jpage/dataproxy.jsp"
IDS = "appid=1&webid=12&path=/&columnid=1833&unitid=40276&webname=青禾县人民政府&permissiontype=0"
SECRET = "appid=1&webid=12&path=%2F&columnid=T2hx%2BQ%3D%3D&unitid=9fE%2Fa3%2B1&permissiontype=0"
Mode = Callable[[list[Post], Question], list[Post]]


def link(one: Post) -> str:
    return f"/art/{one.day.year}/{one.day.month}/{one.day.day}/art_1833_{9000 + one.number}.html"


def plain_row(one: Post) -> str:
    return (
        f'<li><a href="{link(one)}" title="{one.title}" target="_blank">{one.title[:12]}...</a>'
        f"<span>{one.day}</span></li>"
    )


def dirty_row(one: Post) -> str:
    split = f"{one.day.year}-{one.day.month:02}-\n      {one.day.day:02}"
    return (
        f"<li style=<br/><span class='dot'></span><a title='{one.title}' href='{link(one)}'>"
        f"{one.title[:10]}…</a>\n<b>{split}</b></div>"
    )


def table_row(one: Post) -> str:
    return (
        '<table width="100%"><tr><td width="20"><img src="/images/dot.gif"></td>'
        f'<td><a class="bt_link" href="{link(one)}">{one.title}</a></td>'
        f'<td align="right">[{one.day}]</td></tr></table>'
    )


def loose_row(one: Post) -> str:
    return (
        f'<tr><td>[<a href="/col/col1833/index.html">通知公告</a>]&nbsp;<a href="{link(one)}">{one.title}</a>'
        f"</td><td>{one.day:%Y/%m/%d}</td></tr>"
    )


def store(
    shown: list[Post], total: int, ids: str, page: int | None, row: Callable[[Post], str] = plain_row
) -> str:
    following = f'<a href="{PROXY}?page={page}&{ids}"></a>' if page is not None else ""
    records = "\n".join(f"<record><![CDATA[\n{row(one)}]]></record>" for one in shown)
    return (
        f"<datastore>\n<nextgroup><![CDATA[{following}]]></nextgroup>\n"
        f"<totalrecord>{total}</totalrecord><totalpage>{-(-total // 20)}</totalpage>\n"
        f"<recordset>\n{records}\n</recordset></datastore>"
    )


def page_of(
    inner: str, total: int, per_page: int = 20, groups: int = 3, more: str = "", ajax: str = ""
) -> str:
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>通知公告</title>
<meta name="ColumnName" content="通知公告"><meta name="ColumnType" content="通知公告">
<meta name="SiteName" content="青禾县人民政府"><meta name="i_columnid" content="1833"></head>
<body><div class="nav"><a href="/">首页</a><a href="/col/col1/index.html">县情概况</a></div>
<div class="hot"><h3>热点排行</h3><ul>{more}</ul></div>
<div class="list"><div id="40276"><script type="text/xml">{inner}</script></div></div>
<script>$(function(){{ $('#40276').jpage({{themeName:'default',showMode:'full',totalRecord:{total},
openCookies:false,dataBefore:'<ul>',dataAfter:'</ul>',perPage:{per_page},groupSize:{groups},
barPosition:'bottom',proxyUrl:'{PROXY}',ajaxParam:{{{ajax}}}}}); }});</script>
<div class="foot">Produced By 大汉网络 大汉版通发布系统</div></body></html>"""


AJAX = (
    "col:1,appid:'1',webid:12,path:'/',columnid:1833,unitid:'40276',webname:'青禾县人民政府',permissiontype:0"
)


def by_records(shown: list[Post], asked: Question) -> list[Post]:
    return shown[asked.number("startrecord", 1) - 1 : asked.number("endrecord", 60)]


def by_records_when_posted(shown: list[Post], asked: Question) -> list[Post]:
    return by_records(shown, asked) if asked.method == "POST" else shown[:60]


def by_group(shown: list[Post], asked: Question) -> list[Post]:
    first = (asked.number("page", 1) - 1) * 60
    return shown[first : first + 60]


def by_group_from_zero(shown: list[Post], asked: Question) -> list[Post]:
    first = asked.number("page") * 60
    return shown[first : first + 60]


def by_page(shown: list[Post], asked: Question) -> list[Post]:
    size = min(asked.number("perpage", 20), 100)
    first = (asked.number("page", 1) - 1) * size
    return shown[first : first + size]


MODES = [by_records, by_records_when_posted, by_group, by_group_from_zero, by_page]


def site(
    count: int,
    mode: Mode,
    *,
    embedded: int = 60,
    declared: int | None = None,
    ids: str = IDS,
    next_page: int | None = 2,
    row: Callable[[Post], str] = plain_row,
    charset: str = "utf-8",
    groups: int = 3,
) -> Simulated:
    shown = posts(count)
    total = count if declared is None else declared

    def proxy(asked: Question) -> Reply:
        if not (asked.query.get("unitid") or asked.form.get("unitid")):
            return Reply("<datastore></datastore>", "text/xml")
        answer = store(mode(shown, asked), total, ids, asked.number("page") + 1, row)
        return Reply(f'<?xml version="1.0" encoding="{charset}"?>{answer}', "text/xml", charset=charset)

    body = page_of(store(shown[:embedded], total, ids, next_page, row), total, groups=groups, ajax=AJAX)
    body = body.replace('charset="utf-8"', f'charset="{charset}"')
    return Simulated({COLUMN: Reply(body, "text/html", charset=charset)}, {PROXY: proxy}, shown, link)


@pytest.mark.parametrize(
    ("mode", "next_page"), [*product(MODES, (1, None)), *product([*MODES[:3], by_page], (2, 4))]
)
def test_every_record_once_whatever_number_the_server_reads(mode: Mode, next_page: int | None) -> None:
    found = proved(site(187, mode, next_page=next_page), COLUMN)
    assert found.recipe.family == "hanweb"
    assert found.list_page.pages == 10
    assert found.page_two
    assert all(check.agrees for check in found.articles)


@pytest.mark.parametrize("mode", [by_records, by_group])
def test_a_page_that_shows_less_than_its_group_leaves_no_gap(mode: Mode) -> None:
    proved(site(145, mode, embedded=20, next_page=1), COLUMN)


@pytest.mark.parametrize("declared", [0, 400, 61])
def test_totals_are_hints(declared: int) -> None:
    proved(site(187, by_records, declared=declared), COLUMN)


@pytest.mark.parametrize("row", [dirty_row, table_row, loose_row])
def test_dirty_records_are_read_each_by_itself(row: Callable[[Post], str]) -> None:
    proved(site(130, by_records, row=row), COLUMN)


def test_a_column_in_gbk_is_asked_for_on_in_gbk() -> None:
    proved(site(70, by_group, charset="gbk"), COLUMN)


def test_encrypted_parameters_are_given_back_as_they_stand() -> None:
    shown = site(130, by_group, ids=SECRET)
    proved(shown, COLUMN)
    asked = [one for one in shown.asked if one.path == PROXY]
    assert {one.query["unitid"] for one in asked} == {"9fE/a3+1"}
    assert {one.query["columnid"] for one in asked} == {"T2hx+Q=="}


def test_the_interface_is_asked_in_the_name_of_the_column_and_within_its_limits() -> None:
    shown = site(187, by_records)
    proved(shown, COLUMN)
    asked = [one for one in shown.asked if one.path == PROXY]
    assert {one.referrer for one in asked} == {HOST + COLUMN}
    assert all(int(one.query["perpage"]) <= 100 for one in asked)


def test_a_server_that_cuts_its_answers_at_a_hundred_loses_nothing() -> None:
    def cut(shown: list[Post], asked: Question) -> list[Post]:
        return by_records(shown, asked)[:100]

    shown = site(530, cut)
    shown.pages[COLUMN] = page_of(
        store(shown.posts[:150], 530, IDS, 2), 530, per_page=150, groups=1, ajax=AJAX
    )
    proved(shown, COLUMN)


def test_a_column_of_one_group_is_not_asked_for_more() -> None:
    shown = site(18, by_records)
    found = proved(shown, COLUMN)
    assert found.single_page
    assert not [one for one in shown.asked if one.path == PROXY]


def test_an_empty_store_is_filled_from_the_interface() -> None:
    shown = site(130, by_records, embedded=0)
    found = proved(shown, COLUMN)
    assert "entry" in found.recipe.params


def test_later_visits_need_no_trial() -> None:
    shown = site(187, by_page)
    found = proved(shown, COLUMN)
    assert found.recipe.offset == 4
    trials = len([one for one in shown.asked if one.path == PROXY])
    proved_again = [one for one in shown.asked if one.path == PROXY and one.query["page"] == "2"]
    assert len(proved_again) == 1
    assert trials < 16


def document(markup: str, url: str = HOST + COLUMN) -> Document:
    parsed = parse(markup, url)
    assert parsed is not None
    return parsed


def test_of_several_stores_the_column_s_own_is_read() -> None:
    shown, others = posts(5), posts(40)
    aside = store(others, 40, IDS.replace("1833", "77"), 2)
    own = store(shown, 5, IDS, 2)
    page = Page(
        HOST + COLUMN, page_of(f'{aside}</script></div><div id="2"><script type="text/xml">{own}', 5).encode()
    )
    found = probe(page)
    assert [row.url for row in found.rows] == [HOST + link(one) for one in shown]


def test_older_pagers_carry_their_rows_in_an_array() -> None:
    rows = ",".join("'" + table_row(one).replace("'", "\\'") + "'" for one in posts(25))
    script = (
        f"var InitData49468=[{rows}];$(function(){{$('#49468').jpage({{totalRecord:1418,"
        f"dataStore:InitData49468,"
        f"groupSize:3,proxyUrl:'/module/jslib/jquery/jpage/dataproxy.jsp',perPage:25,"
        f"ajaxParam:{{{AJAX}}}}});}});"
    )
    page = document(f'<html><body><div id="49468"></div><script>{script}</script></body></html>')
    assert family_of(page) is hanweb
    mined = hanweb.rows(page, None)
    assert len(mined.rows) == 25
    assert mined.rows[0].published == date(2026, 9, 26)
    first = hanweb.steps(page, Recipe(), 1)[0].page
    assert first.url.startswith(HOST + "/module/jslib/jquery/jpage/dataproxy.jsp?")
    assert "columnid=1833&" in first.url
    assert "startrecord=26&" in first.url


def test_an_article_with_related_ones_is_no_column() -> None:
    metas = '<meta name="ArticleTitle" content="防汛工作通知"><meta name="PubDate" content="2026-09-01">'
    markup = page_of(store(posts(5), 5, IDS, 2), 5).replace("<head>", f"<head>{metas}")
    assert not hanweb.recognise(document(markup, HOST + "/art/2026/9/1/art_1833_1.html"))


def test_a_front_page_with_many_stores_is_no_column() -> None:
    inner = "</script></div><div><script type='text/xml'>".join(
        store(posts(6), 60, IDS.replace("1833", str(number)), 2) for number in range(5)
    )
    found = probe(Page(HOST + "/", page_of(inner, 60).encode()))
    assert found.kind == "other"
    assert "home page" in (found.error or "")


@pytest.mark.parametrize(
    "markup", ["<p>本页介绍jpage的用法</p>", "<ul><li><a href='1.html'>x</a></li></ul>", ""]
)
def test_other_pages_are_left_to_other_families(markup: str) -> None:
    assert not hanweb.recognise(document(f"<html><body>{markup}</body></html>"))
