from __future__ import annotations

import pytest

from crawlers.reading.markup import parse
from crawlers.reading.metadata import clean_value, head_elements, head_titles, page_metadata


def metas(html: str) -> dict[str, str]:
    root = parse(html)
    assert root is not None
    return page_metadata(head_elements(root)["meta"], html)


def test_names_in_any_case_attributes_in_any_order_first_value_wins() -> None:
    html = (
        '<meta content="示范日报" name="contentSource"><META NAME="ContentSource" CONTENT="别的">'
        '<meta property="og:title" content="标题一"><meta itemprop="datePublished" content="2021-08-03">'
    )
    assert metas(html) == {"contentsource": "示范日报", "og:title": "标题一", "datepublished": "2021-08-03"}


@pytest.mark.parametrize(
    "junk",
    [
        "",
        "  ",
        "null",
        "undefined",
        "政府网站标识码",
        "网站名称",
        "{$title}",
        "<%=title%>",
        "CMSPRO_TITLE",
        "-",
    ],
)
def test_unfilled_values_are_no_values(junk: str) -> None:
    assert clean_value(junk) == ""
    assert metas(
        f'<meta name="SiteIDCode" content="{junk}"><meta name="siteidcode" content="5120000001">'
    ) == {"siteidcode": "5120000001"}


def test_markup_in_a_value_is_taken_off() -> None:
    assert clean_value("主标题<div>——副标题</div>&nbsp;") == "主标题——副标题&nbsp;"


def test_publishing_comment_stands_in_for_metas() -> None:
    html = (
        '<meta name="author" content="甲"><p>x</p><!--enpproperty <date>2019-04-07 06:28:27.0</date>'
        "<author>乙</author><title>题目</title><sourcename>示范日报</sourcename>/enpproperty-->"
    )
    found = metas(html)
    assert found["articletitle"] == "题目"
    assert found["contentsource"] == "示范日报"
    assert found["pubdate"] == "2019-04-07 06:28:27.0"
    assert found["author"] == "甲"


def test_several_titles() -> None:
    root = parse("<title> 一 </title><title>二</title><title></title><p>x")
    assert root is not None
    assert head_titles(head_elements(root)["title"]) == ["一", "二"]
