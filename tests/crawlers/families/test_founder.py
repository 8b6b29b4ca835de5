"""Founder: numbered lists, and newspapers day by day."""

from __future__ import annotations

import asyncio
from datetime import date

import pytest

from crawlers.families import family_of, founder
from crawlers.items import NextPage, Page, Row
from crawlers.listing import parse
from crawlers.onboarding import onboard
from tests.support.dictsite import Body, Site, taken_on, walked
from tests.support.entries import Entry, article, entries, items, page, pages_of, rows_of

HOST = "http://www.qinghe.example"
ALL = entries(26)
TOTAL = 4
SHOWN = pages_of(ALL, 7)
PROPERTY = "<!--enpproperty <nodeid>7125</nodeid><nodename>要闻</nodename>/enpproperty-->"


def address(entry: Entry) -> str:
    return f"/c/{entry.day:%Y-%m}/{entry.day:%d}/content_{entry.number + 88000}.htm"


def list_page(place: int, links: bool) -> str:
    linked = "".join(f'<a href="node_7125_{n}.htm">{n}</a> ' for n in range(2, TOTAL + 1))
    following = f'<a href="node_7125_{place + 1}.htm">下一页</a>' if place < TOTAL else "下一页"
    told = f"<span>1</span> {linked}{following}" if links else f"共{TOTAL}页"
    return page(
        f'{PROPERTY}<ul class="founder">{items(SHOWN[place - 1], address)}</ul>'
        f'<div id="displaypagenum"><center>{told}</center></div>'
    )


@pytest.mark.parametrize("links", [True, False])
def test_lists(links: bool) -> None:
    pages: dict[str, Body] = {f"/c/node_7125_{n}.htm": list_page(n, links) for n in range(2, TOTAL + 1)}
    articles: dict[str, Body] = {address(entry): article(entry) for entry in ALL}
    site = Site(HOST, {"/c/node_7125.htm": list_page(1, links), **pages, **articles})
    assert walked(site, "/c/node_7125.htm") == rows_of(ALL, address, HOST)
    assert taken_on(site, "/c/node_7125.htm").recipe.family == "founder"


DAY = date(2026, 11, 20)
FOLDER = "/html/2026-11/20/"


def story(entry: Entry) -> str:
    return f"{FOLDER}content_{entry.number + 900}.htm"


def leaf(place: int, turn: bool) -> str:
    shown = SHOWN[place - 1]
    index = "".join(
        f'<tr><td><a href="node_{n}.htm">第0{n}版：要闻</a></td></tr>' for n in range(1, TOTAL + 1)
    )
    areas = "".join(
        f'<area shape="rect" coords="1,2,3,4" href="{story(one)}" alt="{one.title}">' for one in shown
    )
    titles = "".join(
        f'<li><a href="{story(one).rpartition("/")[2]}?div=-1"><div>{one.title}</div></a></li>'
        for one in shown
    )
    following = f'<a href="node_{place + 1}.htm">下一版</a>' if turn and place < TOTAL else ""
    return page(
        f'<table>{index}</table><map name="PagePicMap">{areas}</map><div id="ozoom"></div>{following}'
        f'<a href="{story(shown[0])}">下一篇</a><ul class="ul02_l">{titles}</ul>',
        "青禾日报",
    )


def issue(turn: bool) -> dict[str, Body]:
    stories: dict[str, Body] = {story(entry): article(entry) for entry in ALL}
    return {**{f"{FOLDER}node_{n}.htm": leaf(n, turn) for n in range(1, TOTAL + 1)}, **stories}


PAPER = [Row(HOST + story(entry), entry.title, DAY) for entry in ALL]


@pytest.mark.parametrize("turn", [True, False])
def test_an_issue_from_its_first_to_its_last_page(turn: bool) -> None:
    site = Site(HOST, issue(turn))
    assert walked(site, f"{FOLDER}node_1.htm") == PAPER


def test_a_front_page_that_leads_to_the_issue_of_the_day_is_what_is_watched() -> None:
    script = f'window.location.href="..{FOLDER}node_1.htm";'
    front = f"<html><head><title>青禾日报</title><script>{script}</script></head></html>"
    site = Site(HOST, {"/paper/": front, **issue(turn=True)})
    found = taken_on(site, "/paper/")
    assert (found.url, "entry" in found.recipe.params) == (HOST + "/paper/", False)
    assert walked(site, "/paper/") == PAPER


def test_so_is_one_that_redirects() -> None:
    landed = Page(
        f"{HOST}{FOLDER}node_1.htm", leaf(1, turn=True).encode(), "text/html", requested_url=HOST + "/paper/"
    )
    site = Site(HOST, issue(turn=True))

    async def fetch(target: object, **validators: object) -> Page:
        return landed if target == NextPage(HOST + "/paper/") else await site(target)

    assert asyncio.run(onboard(HOST + "/paper/", fetch, lambda line: None)).url == HOST + "/paper/"


@pytest.mark.parametrize(
    ("path", "markup", "expected"),
    [
        ("/node_12.htm", "<p></p>", True),
        ("/", PROPERTY, True),
        ("/", '<div id="ozoom"></div>', True),
        ("/content_12.htm", PROPERTY, False),
        ("/", "<p></p>", False),
    ],
)
def test_marks(path: str, markup: str, expected: bool) -> None:
    document = parse(f"<html><body>{markup}<b>x</b></body></html>", HOST + path)
    assert document is not None
    assert (family_of(document) is founder) is expected
