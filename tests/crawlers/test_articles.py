"""Texts that their site has cut into pages."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from crawlers.articles import Parts, article_at
from crawlers.fetching import FetchFailed
from crawlers.items import Article, Failure, NextPage, Page
from crawlers.reading import read
from crawlers.reading.parts import joined, put_together
from tests.support.commands import here
from tests.support.httpserver import Answer, serving

HOST = "http://www.qinghe.gov.cn"
PARTS = [
    f"第{n}部分讲的是守林人的故事，他在高黎贡山的雨季里走了二十九年，巡护日志写了四十六本。"
    for n in (1, 2, 3)
]


def part(number: int, pager: str) -> str:
    return (
        "<html><head><meta charset=utf-8><title>守林人的故事</title></head><body><h1>守林人的故事</h1>"
        f"<div class=content><p>{PARTS[number - 1]}</p><img src=/i/{number}.jpg></div><div>{pager}</div>"
        "<div>上一篇：<a href='/a/7.html'>别的文章</a></div></body></html>"
    )


def site(pagers: dict[str, str]) -> dict[str, bytes]:
    return {url: part(number, pager).encode() for number, (url, pager) in enumerate(pagers.items(), 1)}


SITES = {
    "dedecms": {
        "/a/8812.html": "<a href='#'>上一页</a><a href='8812_2.html'>2</a><a href='8812_2.html'>下一页</a>",
        "/a/8812_2.html": "<a href='8812.html'>1</a><a href='8812_3.html'>下一页</a>",
        "/a/8812_3.html": "<a href='8812_2.html'>上一页</a>",
    },
    "trs": {
        "/a/t2026_55.html": "<a href='t2026_55_1.html'>2</a><a href='t2026_55_2.html'>3</a>",
        "/a/t2026_55_1.html": "<script>createPageHTML(3, 1, 't2026_55', 'html');</script>",
        "/a/t2026_55_2.html": "<script>createPageHTML(3, 2, 't2026_55', 'html');</script>",
    },
    "by parameter": {
        "/show.asp?id=5": "<a href='show.asp?id=5&page=2'>下一页</a>",
        "/show.asp?id=5&page=2": "<a href='show.asp?id=5&page=3'>下一页</a>",
        "/show.asp?id=5&page=3": "<a href='show.asp?id=5&page=1'>首页</a>",
    },
}  # fmt: skip


def asked_of(
    pages: dict[str, bytes], trouble: dict[str, str] | None = None, parts: Parts = "all there are"
) -> tuple[Article, list[str]]:
    asked: list[str] = []

    async def fetch(target: str | NextPage, **validators: str | None) -> Page:
        url = target if isinstance(target, str) else target.url
        asked.append(url.removeprefix(HOST))
        kind = (trouble or {}).get(asked[-1]) or ("http_404" if asked[-1] not in pages else "")
        if kind:
            raise FetchFailed(Failure(kind, "", url))
        return Page(url, pages[asked[-1]], "text/html")

    fetched = asyncio.run(article_at(HOST + next(iter(pages)), fetch, browser=False, parts=parts))
    assert fetched.article is not None
    assert put_together((fetched.page, *fetched.parts)) == fetched.article
    return fetched.article, asked


@pytest.mark.parametrize("pagers", SITES.values(), ids=SITES.keys())
def test_put_together_in_order_each_page_asked_for_once(pagers: dict[str, str]) -> None:
    article, asked = asked_of(site(pagers))
    assert asked == list(pagers)
    assert article.body.split("\n") == PARTS
    assert (article.pages, article.next_page, article.title) == (3, None, "守林人的故事")
    assert [url.rpartition("/")[2] for url in article.images] == ["1.jpg", "2.jpg", "3.jpg"]


def test_a_page_that_will_be_back_leaves_what_there_is_for_now() -> None:
    article, _ = asked_of(site(SITES["dedecms"]), {"/a/8812_2.html": "timeout"})
    assert (article.pages, article.next_page) == (1, HOST + "/a/8812_2.html")


def test_a_text_that_was_had_whole_does_not_shrink() -> None:
    with pytest.raises(FetchFailed):
        asked_of(site(SITES["dedecms"]), {"/a/8812_2.html": "timeout"}, "all")


def test_a_page_that_is_gone_leaves_what_there_is_and_says_where_it_went_on() -> None:
    article, _ = asked_of(site(SITES["dedecms"]), {"/a/8812_3.html": "http_404"})
    assert (article.pages, article.next_page) == (2, HOST + "/a/8812_3.html")


@pytest.mark.parametrize(
    ("here", "pager"),
    [
        ("/a/8812.html", "<a href='8813.html'>下一页</a>"),  # the next article
        ("/a/8812_2.html", "<a href='8812.html'>2</a>"),
        ("/a/8812.html", "<a href='http://b.example/a/8812_2.html'>下一页</a>"),
        ("/a/8812.html", "<a href='8812_2.html'>下一篇</a>"),
        ("/a/index.html", "<a href='index_2.shtml'>下一页</a>"),
        ("/show.asp?id=5", "<a href='show.asp?id=6&page=2'>下一页</a>"),
    ],
)
def test_what_is_no_following_part(here: str, pager: str) -> None:
    assert read(part(1, pager).encode(), HOST + here).next_page is None


def test_a_server_that_answers_any_page_with_the_first_is_believed_once() -> None:
    pages = {url: part(1, pager).encode() for url, pager in SITES["dedecms"].items()}
    article, asked = asked_of(pages)
    assert (article.body, article.pages, len(asked)) == (PARTS[0], 1, 2)


def test_joined_keeps_what_the_first_page_says_of_the_text() -> None:
    first = read(site(SITES["dedecms"])["/a/8812.html"], HOST + "/a/8812.html")
    both = joined(first, read(site(SITES["dedecms"])["/a/8812_2.html"], HOST + "/a/8812_2.html"))
    assert (both.url, both.title, both.pages) == (first.url, first.title, 2)


def test_read_puts_a_live_text_together(tmp_path: Path) -> None:
    pages = site(SITES["dedecms"])
    with serving(
        {url: Answer(body, headers={"Content-Type": "text/html"}) for url, body in pages.items()}
    ) as served:
        done = here(tmp_path).run("read", f"{served.url}/a/8812.html", "--json")
    assert (done.json["body"].split("\n"), done.json["pages"]) == (PARTS, 3)
