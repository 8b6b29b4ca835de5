"""What leads on in a browser where no link does."""

from __future__ import annotations

import pytest

from crawlers.items import NextPage
from crawlers.listing.document import parse
from crawlers.paging.clicked import in_browser
from crawlers.paging.step import Step

URL = "https://www.qinghe.gov.cn/hjyw/"


@pytest.mark.parametrize(
    ("pager", "number", "clicks"),
    [
        ('<a href="javascript:;">下一页</a>', 1, 1),
        ('<a href="javascript:;">下一页</a>', 3, 3),
        ("<ul class='pager'><li><span>›</span></li></ul>", 1, 1),
        ('<button class="btn-next"><i class="el-icon"></i></button>', 2, 2),
        ('<li title="下一页" class="ant-pagination-next"><a class="link"></a></li>', 1, 1),
        ('<a class="layui-laypage-next" href="javascript:;">下一页</a><span>共 9 页</span>', 8, 8),
        ('<a class="layui-laypage-next" href="javascript:;">下一页</a><span>共 9 页</span>', 9, None),
        ('<a class="next disabled" href="javascript:;">下一页</a>', 1, None),
        ('<button disabled class="btn-next">下一页</button>', 1, None),
        ('<li class="disabled"><a href="javascript:;">下一页</a></li>', 1, None),
        ('<li aria-disabled="true" class="ant-pagination-next"><button>下一页</button></li>', 1, None),
        ('<a href="a.html">下一页：关于水源地巡查的通报</a>', 1, None),
        ("", 1, None),
    ],
)
def test_the_pager_is_clicked_where_it_leads_on(pager: str, number: int, clicks: int | None) -> None:
    document = parse(f"<html><body><div>{pager}</div></body></html>", URL)
    assert document is not None
    found = in_browser((), document, number)
    wanted = [NextPage(URL, rendered=True, clicks=clicks)] if clicks else []
    assert [step.page for step in found] == wanted


def test_what_is_linked_is_rendered_and_what_is_data_is_not() -> None:
    document = parse("<html><body><a>下一页</a></body></html>", URL)
    assert document is not None
    linked = (Step(NextPage(URL + "2.html")), Step(NextPage(URL + "2.json", expects="data")))
    assert [step.page.rendered for step in in_browser(linked, document, 1)] == [True, False]
