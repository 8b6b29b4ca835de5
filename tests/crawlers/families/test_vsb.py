"""博达 VSB: numbers that run backwards."""

from __future__ import annotations

import pytest

from crawlers.catalogue.model import Recipe
from crawlers.families import family_of, vsb
from crawlers.items import NextPage, Page
from crawlers.listing import parse
from crawlers.probing import look, probe
from tests.support.dictsite import Site, walked
from tests.support.entries import Entry, article, entries, items, page, pages_of, rows_of

HOST = "http://www.qinghe.example"
X = "/zwgk/bmdt"
SIZE = 6


def address(entry: Entry) -> str:
    return f"/info/1043/{entry.number + 20000}.htm"


def listing(shown: list[list[Entry]], place: int, links: bool) -> str:
    """Page `place` (from 1) in the shape of the system."""
    total, up = len(shown), "" if place == 1 else "../"
    rows = "".join(
        f'<li id="line_u13_{n}"><a href="{up}..{address(entry)}" title="{entry.title}">'
        f"{entry.title[:14]}...</a><span>{entry.day}</span></li>"
        for n, entry in enumerate(shown[place - 1])
    )
    to = "bmdt/{}.htm" if place == 1 else "{}.htm"
    following = (
        f'<span class="p_next p_fun"><a href="{to.format(total - place)}">下页</a></span>'
        if links and place < total
        else '<span class="p_next_d p_fun_d">下页</span>'
    )
    return page(
        f'<ul>{rows}</ul><div class="pb_sys_common"><span class="p_t">共{sum(map(len, shown))}条</span>'
        f'<span class="p_t">{place}/{total}</span>{following}'
        f'<input id="u13_goto"><a href="javascript:;" '
        f"onclick=\"_simple_list_gotopage_fun({total},'u13_goto',2)\">跳转</a></div>",
        head='<script src="/system/resource/js/dynclicks.js"></script>',
    )


def site(count: int, links: bool) -> Site:
    found = entries(count)
    shown = pages_of(found, SIZE)
    pages: dict[str, object] = {
        f"{X}/{len(shown) - n + 1}.htm": listing(shown, n, links) for n in range(2, len(shown) + 1)
    }
    pages[f"{X}.htm"] = listing(shown, 1, links)
    return Site(HOST, {**pages, **{address(entry): article(entry) for entry in found}})


@pytest.mark.parametrize("links", [True, False])
def test_down_to_the_oldest_page(links: bool) -> None:
    found = walked(site(33, links), f"{X}.htm")
    assert found == rows_of(entries(33), address, HOST)


def test_one_page_is_one_page() -> None:
    one = probe(Page(HOST + X + ".htm", site(5, links=True).pages[f"{X}.htm"].encode()))
    assert (one.family, one.pages, one.next) == ("vsb", 1, None)


@pytest.mark.parametrize("links", [True, False])
def test_a_page_added_in_the_middle_of_a_walk_loses_nothing(links: bool) -> None:
    before, after = site(30, links), site(31, links)
    moved = Site(HOST, {**before.pages, **after.pages, f"{X}.htm": before.pages[f"{X}.htm"]})
    found = walked(moved, f"{X}.htm")
    assert {row.url for row in found} == {HOST + address(entry) for entry in entries(30)}
    assert len(found) == 30


def test_the_number_is_made_of_the_total_every_time() -> None:
    """A recipe learned when there were fewer pages leads to today's second page."""
    learned = Recipe("vsb", row_path=None, offset=None)
    for count, second in ((30, f"{X}/4.htm"), (37, f"{X}/6.htm")):
        body = site(count, links=False).pages[f"{X}.htm"]
        (step,) = look(Page(HOST + X + ".htm", str(body).encode()), learned).steps
        assert step.page == NextPage(HOST + second)


def test_a_column_whose_own_name_is_a_number() -> None:
    body = str(site(33, links=False).pages[f"{X}.htm"]).encode()
    assert probe(Page(HOST + "/list/5.htm", body)).next == NextPage(HOST + "/list/5/5.htm")


def test_the_dynamic_mode_counts_upwards() -> None:
    shown = pages_of(entries(20), SIZE)

    def answer(wanted: NextPage) -> str:
        place = int(wanted.url.partition("PAGENUM=")[2].partition("&")[0] or 1)
        return page(
            f"<ul>{items(shown[place - 1], address)}</ul><p>共20条&nbsp;&nbsp;{place}/4&nbsp;</p>"
            f'<a href="#" onclick="_simple_list_gotopage_fun(4,\'u9_goto\',1)">转到</a>'
        )

    first = "/list.jsp?urltype=tree.TreeTempUrl&wbtreeid=1043"
    numbered = {f"{first}&totalpage=4&PAGENUM={n}": answer for n in range(2, 5)}
    articles = {address(entry): article(entry) for entry in entries(20)}
    assert walked(Site(HOST, {first: answer, **numbered, **articles}), first) == rows_of(
        entries(20), address, HOST
    )


@pytest.mark.parametrize(
    "mark",
    [
        '<script>_showDynClicks("wbnews", 1234, 99)</script>',
        '<li id="line_u8_0"><a href="info/1/2.htm">一则消息的标题在此</a></li>',
        '<a href="content.jsp?urltype=news.NewsContentUrl&wbtreeid=1&wbnewsid=2">消息</a>',
        '<div id="vsb_content_500"></div>',
        '<table><tr id="line_u9_3" height="20"><td>一则消息</td></tr></table>',
    ],
)
def test_its_marks(mark: str) -> None:
    document = parse(f"<html><body>{mark}</body></html>", HOST)
    assert document is not None
    assert family_of(document) is vsb
