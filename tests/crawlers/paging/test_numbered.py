from __future__ import annotations

import pytest

from crawlers.listing import parse
from crawlers.paging.declared import page_shown, pages_shown
from crawlers.paging.numbered import by_query, by_suffix, numbered

SITE = "http://www.qinghe.example"


@pytest.mark.parametrize(
    ("path", "number", "expected"),
    [
        ("/zwdt/", 1, ["/zwdt/index_1.html", "/zwdt/index_2.html"]),
        ("/zwdt/list.shtml", 1, ["/zwdt/list_1.shtml", "/zwdt/list_2.shtml"]),
        ("/zwdt/1.html", 1, ["/zwdt/2.html"]),
        ("/forum-9-1.html", 1, ["/forum-9-2.html"]),
        ("/gzdt/cddt", 1, ["/gzdt/cddt_2"]),
        ("/zwdt/index_3.html", 3, ["/zwdt/index_4.html"]),
        ("/zwdt/index_2.html", 3, ["/zwdt/index_3.html"]),
        ("/zwdt/index.html", 2, []),
    ],
)
def test_numbers_behind_the_name(path: str, number: int, expected: list[str]) -> None:
    assert [step.page.url for step in by_suffix(SITE + path, number)] == [
        SITE + address for address in expected
    ]


@pytest.mark.parametrize(
    ("query", "number", "expected"),
    [
        ("?page=1&id=7", 1, ["?page=2&id=7"]),
        ("?id=2&pageNo=0", 1, ["?id=2&pageNo=1"]),
        ("?pageIndex=3", 3, ["?pageIndex=4"]),
        ("?id=1", 1, []),
        ("?page=9", 1, []),
    ],
)
def test_numbers_in_the_query(query: str, number: int, expected: list[str]) -> None:
    assert [step.page.url for step in by_query(f"{SITE}/l.do{query}", number)] == [
        f"{SITE}/l.do{q}" for q in expected
    ]


@pytest.mark.parametrize(("offset", "number", "last"), [(1, 1, 1), (2, 1, 2), (1, 4, 4), (2, 4, 5)])
def test_a_template_counts_on_from_the_offset(offset: int, number: int, last: int) -> None:
    assert numbered("x_{n}.html", offset, number).page.url == f"x_{last}.html"


@pytest.mark.parametrize(
    ("markup", "total", "here"),
    [
        ("<p>共 <b>98</b>页<b>976</b>条</p>", 98, None),
        ("<div>第<span>1</span>页/共<span>17</span>页</div>", 17, 1),
        ("<p>共 240 条记录 1/20页</p>", 20, 1),
        ("<p>页次：2/9</p>", 9, None),
        ("<script>var o = {pagecount:436, curPage:1}</script>", 436, None),
        ("<script>// pagecount:436</script>", None, None),
        ("<a href='x'>本书共12页现已公开发行</a>", None, None),
        ("<p>共0页</p>", None, None),
    ],
)
def test_totals_as_declared(markup: str, total: int | None, here: int | None) -> None:
    document = parse(f"<html><body>{markup}</body></html>", SITE)
    assert document is not None
    assert (pages_shown(document), page_shown(document)) == (total, here)
