from __future__ import annotations

import base64
from urllib.parse import quote_plus

import pytest

from crawlers.listing import parse
from crawlers.paging.anchors import following

HERE = "http://www.qinghe.example/zwdt/index.html"
HIDDEN = base64.b64encode(
    quote_plus('<a href="index.html">上一页</a> <span>1</span> <a href="2.html">下一页</a>').encode()
).decode()


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ('<a href="index_2.html">下一页</a>', "index_2.html"),
        ('<a href="index_2.html">下 一 页&gt;&gt;</a>', "index_2.html"),
        ('<a href="bmdt/41.htm">下页</a>', "bmdt/41.htm"),
        ('<a href="?page=2">Next »</a>', "?page=2"),
        ('<a href="/page/2/">← 早期文章</a>', "/page/2/"),
        ('<a href="/page/2/">Older posts</a>', "/page/2/"),
        ('<a class="next page-numbers" href="/page/2/"><i class="fa"></i></a>', "/page/2/"),
        ('<a class="swiper-button-next" href="#"></a>', None),
        ('<a href="?page=2" rel="next">&raquo;</a>', "?page=2"),
        ('<link rel="next" href="/zwdt/page/2/">', "/zwdt/page/2/"),
        ('<a href="index_2.html"><img src="r.gif" alt="下一页"></a>', "index_2.html"),
        ('<input type="button" value="下一页" onclick="location.href=\'index_2.jhtml\'">', "index_2.jhtml"),
        (
            '<a href="javascript:;" onclick="location.href=\'/zwdt/index_2.html\'">下一页</a>',
            "/zwdt/index_2.html",
        ),
        ('<p><b>1</b><a href="a2.html">2</a><a href="a3.html">3</a></p>', "a2.html"),
        ('<div>[1] <a href="a2.html">[2]</a> <a href="a3.html">[3]</a></div>', "a2.html"),
        (
            "<select><option value='index.html'>1</option><option value='index_2.html'>2</option></select>",
            "index_2.html",
        ),
        (f'<div id="pages">{HIDDEN}</div>', "2.html"),
        ('<a href="#">下一页</a>', None),
        ('<a href="index.html">下一页</a>', None),
        ('<a class="disabled" href="index_2.html">下一页</a>', None),
        ('<a href="9.html">下一篇</a>', None),
        ('<a href="javascript:;" onclick="run(2,15,\'/servlet/list?catalog=9\')">下一页</a>', None),
        ("<ul>" + "".join(f'<li><a href="d{n}.html">{n}</a></li>' for n in range(1, 32)) + "</ul>", None),
        ("<p>第三届农民丰收节开幕活动通知全文 <a href='x_2.html'>2</a></p>", None),
    ],
)
def test_the_following_page_as_linked(markup: str, expected: str | None) -> None:
    document = parse(f"<html><body>{markup}</body></html>", HERE)
    assert document is not None
    assert following(document, 1) == (document.resolve(expected) if expected else None)


def test_of_several_next_links_the_one_with_the_right_number() -> None:
    document = parse('<a href="/b/9.html">下一页</a><a href="/zwdt/index_4.html">下一页</a>', HERE)
    assert document is not None
    assert following(document, 3) == "http://www.qinghe.example/zwdt/index_4.html"
