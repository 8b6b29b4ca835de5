"""国资委 and kin: lists in components, whose later pages are fragments with numbers that run backwards."""

from __future__ import annotations

import pytest

from crawlers.catalogue.model import Recipe, Source
from crawlers.families import component, family_of
from crawlers.items import Failure, ListSeen, NextPage, Page
from crawlers.listing import parse
from crawlers.probing import look, probe
from tests.support.dictsite import Site, taken_on, visited, walked
from tests.support.entries import Entry, article, entries, page, pages_of, rows_of

HOST = "http://www.qinghe.example"
FOLDER = "/n3/n13"
LIST = f"{FOLDER}/index.html"
SIZE = 6
SIDE = "".join(f'<li><a href="/n3/n{n}/index.html">专题专栏之{n}</a></li>' for n in range(30, 42))
PAGER = """<div class="page" id="pag_958"><script>
  var purl="../../n3/n13/index_958"
  function goPub(uu){ jQuery("#comp_958").load(uu,writePaging); }
  function createUrl(pName){ var uu=purl+"_"+pName+".html"; return "javascript:goPub('"+uu+"')"; }
  var maxPageNum=0;
    document.cookie="maxPageNum958=%(total)s";
    maxPageNum = %(total)s;
  if (maxPageNum>1){ pageName = 0; writePaging(); }
</script></div>"""


def address(entry: Entry) -> str:
    return f"{FOLDER}/c{entry.number + 670000}/content.html"


def fragment(shown: list[Entry]) -> str:
    rows = "".join(
        f"<li><span>[{e.day}]</span><a href='../..{address(e)}' target='_blank'>{e.title}</a></li>"
        for e in shown
    )
    return f"<ul class='lst'>{rows}</ul>"


def first_page(shown: list[Entry], total: int) -> str:
    hidden = "".join(f"<a href='../../n3/n13/index_958_{n}.html'></a>" for n in range(1, total + 1))
    return page(
        f"<ul>{SIDE}</ul><div id='comp_958'>{fragment(shown)}</div>{PAGER % {'total': total}}"
        f"<div style='display:none'>{hidden}</div>"
    )


def site(count: int) -> Site:
    found = entries(count)
    shown = pages_of(found, SIZE)
    pages: dict[str, object] = {
        f"{FOLDER}/index_958_{len(shown) - place}.html": fragment(shown[place])
        for place in range(1, len(shown))
    }
    pages[LIST] = first_page(shown[0], len(shown))
    return Site(HOST, {**pages, **{address(entry): article(entry) for entry in found}})


@pytest.mark.parametrize("count", [33, 4])
def test_down_to_the_oldest_page(count: int) -> None:
    assert walked(site(count), LIST) == rows_of(entries(count), address, HOST)


def test_a_fragment_that_is_another_page_ends_the_walk_and_is_told() -> None:
    wrong = site(33)
    others = "".join(
        f"<dl><dt><a href='/gdxw/{e.number}.html'>{e.title}</a></dt><dd>{e.day}</dd></dl>"
        for e in entries(12)
    )
    wrong.pages[f"{FOLDER}/index_958_4.html"] = page(f"<h1>清河县</h1><div class='home'>{others}</div>")
    found = taken_on(wrong, LIST)
    items = visited(wrong, Source("栏目", found.url, found.recipe))
    rows = [row for item in items if isinstance(item, ListSeen) for row in item.rows]
    assert rows == rows_of(entries(33)[: 2 * SIZE], address, HOST)
    assert [item.kind for item in items if isinstance(item, Failure)] == ["no_rows"]


def test_the_component_with_the_list_leads_on() -> None:
    """Not the small one beside it, though its script comes first and has more pages."""
    side = f"<div id='comp_77'><a href='/n3/n9/c1/content.html'>相关新闻一则</a></div>{PAGER % {'total': 40}}"
    body = str(site(33).pages[LIST]).replace("<ul><li>", f"{side.replace('958', '77')}<ul><li>", 1)
    seen = probe(Page(HOST + LIST, body.encode()))
    assert "comp_77" in body
    assert (seen.family, seen.pages, len(seen.rows)) == ("component", 6, SIZE)
    assert seen.next == NextPage(f"{HOST}{FOLDER}/index_958_5.html")


def test_an_article_with_a_component_below_it_stays_one() -> None:
    entry = entries(1)[0]
    below = f"<div id='comp_958'>{fragment(entries(5)[1:])}</div>{PAGER % {'total': 1}}"
    text = "<p>全县水质自动监测站近日全部建成，各断面水质稳定达到国家考核要求。</p>" * 20
    body = str(article(entry)).replace("</body>", f"{text}{below}</body>")
    assert "maxPageNum" in body
    assert probe(Page(HOST + address(entry), body.encode())).kind == "article"


def test_what_a_source_file_says_of_it_may_be_anything() -> None:
    for params in ({"total": 5}, {"total": "x", "stem": "y"}, {"total": None}):
        recipe = Recipe("component", params=params)
        assert not look(Page(HOST + LIST, fragment(entries(5)).encode()), recipe, 2).steps


def test_what_an_earlier_visit_was_told_leads_nowhere_once_the_pager_is_gone() -> None:
    recipe = Recipe("component", params={"stem": f"{HOST}{FOLDER}/index_900", "total": 9})
    body = str(site(33).pages[LIST]).replace("maxPageNum", "pages")
    assert not [
        step for step in look(Page(HOST + LIST, body.encode()), recipe, 1).steps if "_900_" in step.page.url
    ]


def test_what_is_told_of_the_first_page() -> None:
    seen = probe(Page(HOST + LIST, str(site(33).pages[LIST]).encode()))
    assert (seen.family, seen.pages, len(seen.rows)) == ("component", 6, SIZE)
    assert seen.next == NextPage(f"{HOST}{FOLDER}/index_958_5.html")


def test_one_page_is_one_page() -> None:
    seen = probe(Page(HOST + LIST, str(site(4).pages[LIST]).encode()))
    assert (seen.family, seen.pages, seen.next) == ("component", 1, None)


@pytest.mark.parametrize(
    ("script", "known"),
    [
        ("var purl='/n3/index_7'; var maxPageNum=0; maxPageNum = 12;", True),
        ("var purl='/n3/index_7';", False),
        ("const maxPageNum = 5;", False),
        ("var purl='http://elsewhere.example/index_7'; maxPageNum = 12;", False),
        ("// var purl='/n3/index_7'; maxPageNum = 12;", False),
    ],
)
def test_its_marks(script: str, known: bool) -> None:
    document = parse(f"<html><body><script>{script}</script></body></html>", HOST)
    assert document is not None
    assert (family_of(document) is component) is known
