"""No page, however broken or hostile, makes reading fail or hang."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawlers.items import Article
from crawlers.reading import read

PAGES = [
    path.read_bytes() for path in sorted((Path(__file__).parents[2] / "pages" / "articles").glob("*.html"))
]
SENTENCE = "全市生态环境保护大会召开，会议传达学习了全国、全省会议精神。"
P = f"<p>{SENTENCE}</p>"
PIECES = st.sampled_from(
    [b"<", b">", b"</div>", b"<div>", b"<table><tr><td>", b"</html>", b"<!--", b"-->", b'"', b"\0",
     b"&#x110000;", b"<p hidden>", b"\xff\xfe", b"\x81", b"\xb7", b"2021-13-45 99:99", b"<br>" * 30,
     b'<meta charset="utf-16">', b'<base href="http://[x">', b"<a href='http://[::1'>"]
)  # fmt: skip
MARKUP = st.sampled_from(
    [
        *(
            "<html>",
            "<body>",
            "</body>",
            "<title>关于公告</title>",
            "<h1>关于检查的通知</h1>",
            "<base href=//>",
        ),
        *(
            "<table>",
            "<tr>",
            "<td>",
            "</td>",
            "</table>",
            "<ul>",
            "<li>",
            "<pre>",
            "<span>",
            "</span>",
            "<br>",
        ),
        *(
            "<div class='content'>",
            "</div>",
            "<div class=nav>",
            "<div style=display:none>",
            P,
            "<font",
            "&#0;",
        ),
        *(
            "<a href='/t20210806_1.html'>",
            "</a>",
            "<a href='/1.pdf'>附件1.pdf</a>",
            "<img src=a.jpg>",
            "下一页",
        ),
        *("<p>来源：本网 2021-08-06 10:00</p>", "索引号：", "发布机构：", "责任编辑：王二", "&#xD800;"),
        *("<!--", "-->", "<script>", "</script>", "document.write('2021-08-06')", "<noscript>", "<textarea>"),
        *("<meta name=PubDate content='2021-08-06'>", '"content":"<p>', "&lt;p&gt;"),
    ]
)
CHARSETS = ("utf-8", "gb18030", "big5", "utf-16", "utf-16-be", "latin-1")


def quickly(body: bytes, url: str = "http://www.example.gov.cn/a.html", seconds: float = 5.0) -> Article:
    start = time.process_time()
    article = read(body, url)
    assert time.process_time() - start < seconds
    return article


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=3000), st.text(max_size=40), st.one_of(st.none(), st.text(max_size=40)))
def test_arbitrary_bytes(body: bytes, url: str, content_type: str | None) -> None:
    article = read(body, url, content_type)
    assert (article.error is None) == (article.kind != "error")


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.one_of(MARKUP, st.text(max_size=30)), max_size=60), st.sampled_from(CHARSETS))
def test_arbitrary_markup(parts: list[str], charset: str) -> None:
    article = quickly("".join(parts).encode(charset, "replace"))
    assert (article.error is None) == (article.kind != "error")
    for text in (article.title, article.source, article.author, article.body):
        (text or "").encode()  # raises where it could not be stored


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from(PAGES),
    st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 400), PIECES), max_size=12),
)
def test_mutated_pages(page: bytes, changes: list[tuple[int, int, bytes]]) -> None:
    for place, cut, piece in changes:
        at = place % (len(page) + 1)
        page = page[:at] + piece + page[at + cut :]
    quickly(page)


@pytest.mark.parametrize(
    "html",
    [
        "<html><body>" + "<div>" * 50_000 + P + "</div>" * 50_000,
        "<span>" * 50_000 + P,
        "<table><tr><td>" * 5_000 + P,
    ],
)
def test_endless_nesting_is_read(html: str) -> None:
    assert SENTENCE in quickly(html.encode()).body


@pytest.mark.parametrize(
    "html",
    [
        P * 30_000,
        "<p>a</p>" * 150_000,
        "<a href=x>" * 100_000,
        "<p " + " ".join(f"a{n}=1" for n in range(50_000)) + ">" + P,
        "<p>标识码" + " " * 300_000 + "公网安备" + " " * 300_000,
        "<meta name=pubdate content='2021-08-06" + " " * 100_000 + "x'>" + P,
        "<title>" + "- _" * 100_000 + "</title>" + P,
        "<p>" + "，来源：" * 100_000,
        "<p>a" + ">b" * 40 + ">" * 40 + " c d",
        "<p>x<!--enpproperty " + "<title>" * 100_000,
        "<img src='data:image/png;base64," + "A" * 1_000_000 + "'>" + P,
        "<" * 500_000,
        "<a" * 300_000,
    ],
)
def test_hostile_pages_take_no_time(html: str) -> None:
    quickly(html.encode())
