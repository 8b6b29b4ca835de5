"""WordPress: by links, by its interface, or by nothing but the interface."""

from __future__ import annotations

import json
from urllib.parse import parse_qsl, urlsplit

import pytest

from crawlers.items import NextPage, Page
from crawlers.probing import probe
from tests.support.dictsite import Body, Site, taken_on, walked
from tests.support.entries import Entry, article, entries, items, page, pages_of, rows_of

HOST = "http://www.qinghe.example"
ALL = entries(25)
SIZE = 10
SHOWN = pages_of(ALL, SIZE)
HEAD = (
    '<link rel="https://api.w.org/" href="http://www.qinghe.example/wp-json/">'
    '<link rel="alternate" type="application/json" href="http://www.qinghe.example/wp-json/wp/v2/categories/5">'
    '<link rel="stylesheet" href="/wp-content/themes/red/style.css">'
)
REST = "/wp-json/wp/v2/posts"


def address(entry: Entry) -> str:
    return f"/{entry.number + 300}.html"


def shown(place: int, links: bool) -> str:
    pager = f'<a class="next page-numbers" href="/news/page/{place + 1}/">下一页 »</a>' if place < 3 else ""
    older = f'<nav class="pagination">{pager}</nav>' if links else '<button id="more">加载更多</button>'
    return page(f"<ul>{items(SHOWN[place - 1], address)}</ul>{older}", "新闻 - 青禾县", HEAD)


def rest(wanted: NextPage) -> Page:
    """As the interface answers: posts newest first, and an error beyond the last page."""
    told = dict(parse_qsl(urlsplit(wanted.url).query))
    assert told["categories"] == "5"
    size, number = int(told.get("per_page", 10)), int(told.get("page", 1))
    portions = pages_of(ALL, size)
    if number > len(portions):
        error = {
            "code": "rest_post_invalid_page_number",
            "message": "页码大于总页数。",
            "data": {"status": 400},
        }
        return Page(wanted.url, json.dumps(error).encode(), "application/json; charset=UTF-8", 400)
    posts = [
        {
            "link": HOST + address(entry),
            "title": {"rendered": f"<em>{entry.title}</em> &#8211; 一"},
            "date": f"{entry.day}T23:30:00",
        }
        for entry in portions[number - 1]
    ]
    return Page(wanted.url, json.dumps(posts).encode(), "application/json; charset=UTF-8")


class Interface(Site):
    """The site with an interface behind any query."""

    def answer(self, wanted: NextPage) -> Page:
        if urlsplit(wanted.url).path == REST:
            return rest(wanted)
        return super().answer(wanted)


def articles() -> dict[str, Body]:
    return {address(entry): article(entry) for entry in ALL}


def test_classic_pages_by_their_links() -> None:
    pages: dict[str, Body] = {f"/news/page/{n}/": shown(n, links=True) for n in (2, 3)}
    site = Interface(HOST, {"/news/": shown(1, links=True), **pages, **articles()})
    assert walked(site, "/news/") == rows_of(ALL, address, HOST)
    assert not any(path.startswith(REST) for path in site.asked)


def test_a_page_that_loads_more_by_script_goes_on_through_the_interface() -> None:
    site = Interface(HOST, {"/news/": shown(1, links=False), **articles()})
    found = walked(site, "/news/")
    assert [row.url for row in found] == [HOST + address(entry) for entry in ALL]
    assert [row.published for row in found] == [entry.day for entry in ALL]
    assert found[-1].title == f"{ALL[-1].title} – 一"
    asked = [path for path in site.asked if path.startswith(REST)]
    assert asked == [f"{REST}?categories=5&per_page=10&_fields=link,title,date&page={n}" for n in (2, 3)]


def test_a_page_without_rows_is_read_through_the_interface_alone() -> None:
    body = '<body class="archive category-5"><div id="app"></div></body>'
    bare = f"<html><head><title>新闻</title>{HEAD}</head>{body}</html>"
    site = Interface(HOST, {"/news/": bare, **articles()})
    found = taken_on(site, "/news/")
    assert found.recipe.params["entry"]["url"].startswith(HOST + REST)
    assert found.recipe.params["entry"]["expects"] == "data"
    assert [row.url for row in walked(site, "/news/")] == [HOST + address(entry) for entry in ALL]


@pytest.mark.parametrize("size", ["", "&per_page=5"])
def test_the_interface_itself_as_a_source(size: str) -> None:
    """25 posts in portions of 5: only the answer beyond the last page ends the list."""
    first = f"{REST}?categories=5{size}"
    site = Interface(HOST, articles())
    assert [row.url for row in walked(site, first)] == [HOST + address(entry) for entry in ALL]


def test_a_page_of_the_site_that_is_no_list_of_posts_asks_for_none() -> None:
    head = '<head><link rel="https://api.w.org/" href="/wp-json/"></head>'
    bare = f'<html>{head}<body class="page"><i></i></body></html>'
    assert probe(Page(HOST + "/about/", bare.encode())).elsewhere == ()
