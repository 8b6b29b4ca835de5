"""No damage to a page of any family makes the look at it raise, and none makes it slow."""

from __future__ import annotations

import time
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawlers.candidates import candidates
from crawlers.catalogue.model import Recipe
from crawlers.families import FAMILIES
from crawlers.items import Page
from crawlers.probing import look
from tests.support.entries import entries, items, page

HERE = "http://www.qinghe.example/zwdt/index.html"
ROWS = items(entries(12), lambda one: f"/info/1043/{one.number}.htm")
SAMPLES = (
    page(f"<ul>{ROWS}</ul>共40条 1/4 <a onclick=\"_simple_list_gotopage_fun(4,'u1_goto',2)\">转</a>"),
    page(f"<ul>{ROWS}</ul><script>Ls.pagination('#page_7',function(i){{}},{{currPage:(0+1),pageCount:4}})</script>"),
    page(f"<ul>{ROWS}</ul><script>$('.pagination').pagination('setPage',1,4)</script>"),
    page("<script>var dataList=[{infolist:[{title:'甲乙丙',url:'/1',daytime:'2026-11-01'}]},];</script>" * 4),
    page(f"<ul>{ROWS}</ul>", head='<link rel="https://api.w.org/" href="/wp-json/"><p class="blog">'),
    page(f"<form><input type=hidden name=a>{ROWS}<a onclick=\"__doPostBack('P','2')\">下一页</a></form>"),
    page('<iframe src="a.html"></iframe><area href="content_1.htm"><a href="node_2.htm">下一版</a>'),
    page(f"<ul>{ROWS}</ul>共40条 <a href='list_4.html'>尾页</a><script>x='index_'+n+'.html'</script>"),
    "<rss><channel><item><title>甲</title><link>/1.html</link><pubDate>2026-11-01</pubDate></item></channel></rss>",
    "<urlset><url><loc>/2026/1.html</loc><lastmod>2026-11-01</lastmod></url></urlset>",
    "<sitemapindex><sitemap><loc>/a.xml</loc></sitemap></sitemapindex>",
    '[{"title":{"rendered":"甲"},"link":"/1.html","date":"2026-11-01T00:00:00"}]',
)  # fmt: skip
ADDRESSES = (
    HERE,
    "http://www.qinghe.example/html/2026-11/20/node_1.htm",
    "http://www.qinghe.example/wp-json/wp/v2/posts?per_page=x&page=0",
    "http://www.qinghe.example/list.jsp?totalpage=99999999999&PAGENUM=0&begin=0",
    "http://www.qinghe.example/zwdt/5.htm",
)
NOISE = (
    "<",
    ">",
    "'",
    '"',
    "{",
    "}",
    "[",
    "\\",
    "99999999999999999999",
    "\0",
    "&#0;",
    "<![CDATA[",
    "é",
    "１",
)


@settings(max_examples=250, deadline=None)
@given(
    st.sampled_from(SAMPLES),
    st.sampled_from(ADDRESSES),
    st.sampled_from([family.NAME for family in FAMILIES]),
    st.integers(1, 4),
    st.lists(st.tuples(st.integers(0, 3000), st.integers(0, 60), st.sampled_from(NOISE)), max_size=4),
)
def test_mutated_pages(
    text: str, address: str, family: str, number: int, changes: list[tuple[int, int, str]]
) -> None:
    for place, cut, noise in changes:
        text = text[:place] + noise + text[place + cut :]
    found = Page(address, text.encode())
    look(found, None, number)
    candidates(found)
    look(found, Recipe(family, offset=1), number)


@pytest.mark.parametrize(
    "text",
    [
        "<!--" * 30_000,
        "<!-- -->" * 20_000 + "x",
        "<rss>" + "<item>" * 30_000,
        "<script>" + "a=[{title:'" * 10_000,
        "<script>" + 'x={"a":' * 10_000,
        "<script>location=" * 10_000,
        "<a href='" + "/a.jhtml" * 20_000,
        "<a href='" + "list_1_" * 20_000 + "'>尾页</a>",
        "<iframe src=" * 10_000,
        "Ls.pagination('" * 10_000,
        "<script>" + "Ls.pagination('#p', " * 5_000,
        f"<div>{quote('一') * 20_000}</div>",
    ],
)
def test_hostile_pages_take_no_time(text: str) -> None:
    started = time.perf_counter()
    look(Page(HERE, text.encode()))
    assert time.perf_counter() - started < 3
