"""Columns taken on from small sites that answer out of a dictionary."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

import pytest

from crawlers.fetching import FetchFailed
from crawlers.items import Failure, NextPage, Page
from crawlers.onboarding import Onboarding, onboard

SITE = "http://www.qinghe.example"
TITLES = (
    "县政府召开常务会议研究防汛工作",
    "关于公开征求河道管理办法意见的公告",
    "农村公路提升工程全线完工通车",
    "第三批稳岗补贴名单公示",
    "卫生健康局开展夏季传染病防控督导",
    "全县中小学校园食品安全检查启动",
    "新建供水管网二十公里投入使用",
    "志愿服务队走进社区清理垃圾",
    "文化馆举办非遗剪纸展览",
    "税务局推出便民办税新举措",
    "老旧小区改造项目集中开工建设",
    "民政局慰问百岁老人送温暖",
)


CONTACT = (
    "<html><body><h1>联系我们</h1><p>地址：青禾县人民路1号，邮编：330000，电话：0791-0000000，"
    "欢迎来访咨询，工作时间为周一至周五上午九点到下午五点。</p></body></html>"
)


def article(number: int, title: str | None = None, day: str | None = None) -> bytes:
    title = title or f"{TITLES[number % 12]}（第{number}期）"
    day = day or f"2026-09-{28 - number % 24:02d}"
    return (
        f'<html><head><title>{title}-青禾县人民政府</title><meta name="ArticleTitle" content="{title}">'
        f'<meta name="PubDate" content="{day} 09:30"><meta name="ContentSource" content="县政府办">'
        f'<meta name="SiteName" content="青禾县人民政府"><meta name="SiteIDCode" content="3610020003">'
        f"</head><body><h1>{title}</h1>"
        f'<div class="TRS_Editor"><p>本报讯 {title}，相关负责人到现场查看进度，'
        f"要求压实责任，确保按期完成各项任务。</p>"
        f"<p>下一步，将继续跟踪问效，及时公布结果，接受群众监督。</p></div></body></html>"
    ).encode()


def listing(start: int, pager: str = "", dated: bool = True, count: int = 10) -> bytes:
    rows = "".join(
        f'<li><a href="./202609/t202609{28 - n % 24:02d}_{9000 + n}.html">{TITLES[n % 12]}（第{n}期）</a>'
        + (f"<span>2026-09-{28 - n % 24:02d}</span></li>" if dated else "</li>")
        for n in range(start, start + count)
    )
    return (
        '<html><head><title>政务动态_青禾县</title></head><body><div class="nav"><a href="/">首页</a>'
        f'<a href="/zwgk/">公开</a><a href="/zwdt/">动态</a></div>'
        f'<ul class="list">{rows}</ul><div class="page">{pager}</div></body></html>'
    ).encode()


def site(pages: Mapping[str, bytes]) -> dict[str, bytes]:
    """A site with ready articles 0 to 29 of the column /zwdt/."""
    articles = {f"/zwdt/202609/t202609{28 - n % 24:02d}_{9000 + n}.html": article(n) for n in range(30)}
    return {**articles, **pages}


def run(pages: Mapping[str, bytes], url: str = "/zwdt/") -> tuple[Onboarding, list[str]]:
    asked: list[str] = []

    async def fetch(wanted: str | NextPage) -> Page:
        address = wanted if isinstance(wanted, str) else wanted.url
        asked.append(address.removeprefix(SITE))
        body = pages.get(address.removeprefix(SITE))
        if body is None:
            raise FetchFailed(Failure("not_found", "404", address))
        return Page(address, body, "text/html; charset=utf-8")

    return asyncio.run(onboard(SITE + url, fetch, lambda line: None)), asked


def script(current: int, total: int = 3) -> str:
    return f'<script>createPageHTML({total},{current},"index","html");</script>'


def test_index_1_is_page_two() -> None:
    result, _ = run(site({"/zwdt/": listing(0, script(0)), "/zwdt/index_1.html": listing(10, script(1))}))
    assert result.error is None
    assert result.recipe.family == "trs"
    assert result.recipe.offset == 1
    assert len(result.page_two) == 10
    assert [check.agrees for check in result.articles] == [True, True, True]
    assert result.site is not None
    assert result.site.id_code == "3610020003"
    assert result.confidence >= 0.95
    assert result.warnings == ()


def test_index_2_is_page_two_though_the_script_counts_from_zero() -> None:
    """The alias `index_1` repeats page 1, as on sites that count from 1."""
    pages = {"/zwdt/": listing(0, script(0)), "/zwdt/index_1.html": listing(0, script(0)),
             "/zwdt/index_2.html": listing(10, script(1))}  # fmt: skip
    result, asked = run(site(pages))
    assert result.recipe.offset == 2
    assert result.page_two[0].title.endswith("（第10期）")
    assert asked.index("/zwdt/index_1.html") < asked.index("/zwdt/index_2.html")


def test_index_2_is_page_two_and_index_1_is_missing() -> None:
    result, _ = run(site({"/zwdt/": listing(0, script(0)), "/zwdt/index_2.html": listing(10, script(1))}))
    assert result.recipe.offset == 2


def test_a_script_that_counts_from_one_is_asked_for_index_2_first() -> None:
    result, asked = run(site({"/zwdt/": listing(0, script(1)), "/zwdt/index_2.html": listing(10, script(2))}))
    assert result.recipe.offset == 2
    assert "/zwdt/index_1.html" not in asked


def test_a_candidate_that_calls_itself_page_three_is_not_page_two() -> None:
    pages = {"/zwdt/": listing(0, script(1)), "/zwdt/index_2.html": listing(20, script(3)),
             "/zwdt/index_1.html": listing(10, script(2))}  # fmt: skip
    result, _ = run(site(pages))
    assert result.recipe.offset == 1
    assert result.page_two[0].title.endswith("（第10期）")


def test_page_two_missing_is_a_warning() -> None:
    result, _ = run(site({"/zwdt/": listing(0, script(0))}))
    assert result.error is None
    assert result.page_two == ()
    assert result.single_page is not None
    assert "not_found" in result.single_page
    assert any(warning.startswith("single page") for warning in result.warnings)
    assert result.recipe.offset is None


def test_page_two_with_the_same_rows_is_none() -> None:
    link = '<a href="?page=2">下一页</a>'
    result, _ = run(site({"/zwdt/": listing(0, link), "/zwdt/?page=2": listing(0, link)}))
    assert result.page_two == ()
    assert result.single_page is not None
    assert "same rows" in result.single_page


def test_a_linked_second_page_needs_no_offset() -> None:
    result, _ = run(
        site({"/zwdt/": listing(0, '<a href="p2.html">下一页</a>'), "/zwdt/p2.html": listing(10)})
    )
    assert result.recipe.family == "plain"
    assert result.recipe.offset is None
    assert len(result.page_two) == 10


def test_a_total_alone_leads_to_a_stored_template() -> None:
    result, _ = run(site({"/zwdt/": listing(0, "共3页"), "/zwdt/index_2.html": listing(10, "共3页")}))
    assert result.recipe.params == {"template": f"{SITE}/zwdt/index_{{n}}.html"}
    assert result.recipe.offset == 2


def test_a_list_without_dates_is_taken_and_named() -> None:
    result, _ = run(site({"/zwdt/": listing(0, dated=False)}))
    assert result.error is None
    assert "the list shows no dates" in result.warnings
    assert all(check.date_agrees is None for check in result.articles)


def test_articles_that_disagree_are_told() -> None:
    pages = site({"/zwdt/": listing(0)})
    pages["/zwdt/202609/t20260928_9000.html"] = article(0, title="平台维护通知")
    pages["/zwdt/202609/t20260923_9005.html"] = article(5, day="2019-01-01")
    del pages["/zwdt/202609/t20260919_9009.html"]
    result, _ = run(pages)
    problems = [check.problems[0] for check in result.articles]
    assert problems[0].startswith("title differs")
    assert "2019-01-01" in problems[1]
    assert problems[2].startswith("not_found")
    assert result.confidence < 0.5


@pytest.mark.parametrize(
    ("body", "word"),
    [
        (article(1), "article"),
        (b"", "empty"),
        (b"<html><body></body></html>", "no text"),
        (b"<html><head><title>404</title></head><body>404 Not Found</body></html>", "does not exist"),
        (CONTACT.encode(), "no list"),
    ],
)  # fmt: skip
def test_what_is_no_column_is_refused_with_its_reason(body: bytes, word: str) -> None:
    result, asked = run({"/zwdt/": body})
    assert result.error is not None
    assert result.error.startswith("no column: ")
    assert word in result.error
    assert asked == ["/zwdt/"]


def test_a_home_page_is_no_column() -> None:
    def box(name: str, start: int) -> str:
        rows = "".join(
            f'<li><a href="/{name}/202609/t20260901_{start + n}.html">{TITLES[n % 12]}{name}</a></li>'
            for n in range(6)
        )
        return f'<div class="{name}"><h2><a href="/{name}/">更多</a></h2><ul>{rows}</ul></div>'

    names = ("yaowen", "gonggao", "bumen", "xiangzhen")
    boxes = "".join(box(name, place * 10) for place, name in enumerate(names))
    home = f"<html><title>青禾县人民政府</title><body>{boxes}</body></html>"
    result, _ = run({"/": home.encode()}, "/")
    assert result.error is not None
    assert "home page" in result.error


def test_a_column_that_cannot_be_had_raises() -> None:
    with pytest.raises(FetchFailed):
        run({})
