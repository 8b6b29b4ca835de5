"""Pager dialects of TRS WCM and its kin."""

from __future__ import annotations

import pytest

from crawlers.catalogue.model import Recipe
from crawlers.families import FAMILIES, family_of, trs
from crawlers.listing import Document, parse

FOLDER = "http://www.qinghe.example/zwgk/tzgg/"


def document(script: str, url: str = FOLDER) -> Document:
    parsed = parse(f"<html><body><p>通知公告</p><script>{script}</script></body></html>", url)
    assert parsed is not None
    return parsed


@pytest.mark.parametrize(
    ("script", "total", "names"),
    [
        ('createPageHTML(34, 0, "index", "html");', 34, ["index_1.html", "index_2.html"]),
        ('createPageHTML("34", "0", "index", "html");', 34, ["index_1.html", "index_2.html"]),
        ('createPageHTML(7,0,"index","shtml","black2",136)', 7, ["index_1.shtml", "index_2.shtml"]),
        ("createPageHTML('paging',25,1,'index','html',500)", 25, ["index_2.html", "index_1.html"]),
        ("createPageHTML('page_div',12, 1,'list','shtml',173);", 12, ["list_2.shtml", "list_1.shtml"]),
        ('createPage(9,0,"index","html");', 9, ["index_1.html", "index_2.html"]),
        ("var countPage = 31; var currentPage = 0;", 31, ["index_1.html", "index_2.html"]),
        (
            'var countPage = 31\nvar currentPage = 0;//从0开始\n'
            'document.write("<a href=\\"xw"+"_" + next + "."+"shtml\\">")',
            31,
            ["xw_1.shtml", "xw_2.shtml"],
        ),
        (
            "{countPage: parseInt('6'), currentPage: parseInt('0'), PAGE_NAME:'index',PAGE_EXT:'htm'}",
            6,
            ["index_1.htm", "index_2.htm"],
        ),
        ("Pager({size:50,current:0,prefix:'index',suffix:'html'});", 50, ["index_1.html", "index_2.html"]),
        ("var recordCount=95; var pageSize=20; var currentPage=0;", 5, ["index_1.html", "index_2.html"]),
        (
            'function createPageHTML(_nPageCount, _nCurrIndex, _sPageName, _sPageExt){}\n'
            'var n = 8; var c = 0; createPageHTML(n, c, "index", "html");',
            8,
            ["index_1.html", "index_2.html"],
        ),
        (
            '//createPageHTML(99, 0, "old", "htm");\ncreatePageHTML(3, 0, "index", "html");',
            3,
            ["index_1.html", "index_2.html"],
        ),
    ],
)  # fmt: skip
def test_each_dialect_names_the_candidates_in_order(script: str, total: int, names: list[str]) -> None:
    page = document(script)
    assert family_of(page) is trs
    assert trs.total(page) == total
    assert [step.page.url for step in trs.steps(page, Recipe(), 1)] == [FOLDER + name for name in names]
    assert {step.offset for step in trs.steps(page, Recipe(), 1)} == {1, 2}


@pytest.mark.parametrize(
    ("offset", "number", "name"), [(1, 1, "index_1"), (1, 5, "index_5"), (2, 1, "index_2"), (2, 5, "index_6")]
)
def test_a_proved_offset_leaves_one_candidate(offset: int, number: int, name: str) -> None:
    page = document('createPageHTML(34, 0, "index", "html");')
    (step,) = trs.steps(page, Recipe("trs", offset=offset), number)
    assert step.page.url == f"{FOLDER}{name}.html"


def test_the_script_of_a_later_page_counts_on() -> None:
    page = document('createPageHTML(34, 6, "index", "html");', FOLDER + "index_6.html")
    assert trs.steps(page, Recipe(), 1)[0].page.url == FOLDER + "index_7.html"


@pytest.mark.parametrize(
    "script", ['createPageHTML(1,0,"index","html");', 'createPageHTML(0,0,"index","html");']
)
def test_a_single_page_has_no_next(script: str) -> None:
    assert trs.steps(document(script), Recipe(), 1) == ()


@pytest.mark.parametrize(
    "script", ["", "var pageCount = 3;", "function createPageHTML(a,b,c,d){}", "createPageHTML(a,b,c,d)"]
)
def test_other_pages_are_left_to_other_families(script: str) -> None:
    assert trs.recognise(document(script)) is False


def test_names_of_families_are_unique_and_the_last_takes_everything() -> None:
    names = [family.NAME for family in FAMILIES]
    assert len(set(names)) == len(names)
    assert FAMILIES[-1].recognise(document(""))
