"""Scripts as pagers write them, whole and in pieces: none makes `probe` raise, none takes long."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawlers.items import Page
from crawlers.listing import parse
from crawlers.paging.ajax import request_of
from crawlers.probing import probe

HERE = "http://www.qinghe.example/zwgk/gs/"
ROWS = "".join(
    f"<li><a href='/a/{n}.html'>关于第{n}号环境影响评价文件的公示通知</a><span>2026-05-{n:02}</span></li>"
    for n in range(1, 21)
)
TO_ITSELF = "function load(n){ url = url + '?page=' + n; $.ajax({url: url, data: {page: n}}); } load(1);"
DEFAULT = "var pageIndex = pageIndex || 1; $.ajax({url: '/list.do', data: {pageIndex: pageIndex}});"
DOUBLED = "function go(n){ location = n + '.html'; " + "location = location + location; " * 600 + "}"
WRAPPED = "$.post('/list.do?page=1', " + "JSON.stringify(" * 1200 + ")" * 1200 + ");"
WORDS = (
    "$.ajax({", "url: ", "data: {", "page: ", "pageIndex: ", "});", "}", ")", "(", "{", "((((((((", "-",
    "--", "var url = ", "url", " = ", "url = url + ", "'?page='", "'/list.do'", " + ", "n", ";", "\n",
    "var n = n || 1;", "function load(n){", "function go(n){ location.href = ", "load(1);", "parseInt(",
    "Number(", "JSON.stringify(", "9" * 400, "9" * 5000, "9" * 400 + ".5", "1e999", "0.5", " * ", " ? ",
    " : ", " == ", "$.post(", "fetch(", ",", "/* ", "*/", "createPageHTML(", "</script>", "<script>",
    "<a href='javascript:go(2)'>下一页</a>",
)  # fmt: skip


def page(script: str, pager: str = "") -> Page:
    head = f"<html><head><title>公示公告</title><script>{script}</script></head>"
    return Page(
        HERE, f"{head}<body><ul>{ROWS}</ul>{pager}</body></html>".encode(), "text/html; charset=utf-8"
    )


def pager(call: str) -> str:
    return f"<div class='page'><a href='javascript:{call}'>下一页</a></div>"


@pytest.mark.parametrize(
    "script",
    [
        TO_ITSELF,
        DEFAULT,
        DOUBLED,
        WRAPPED,
        "$.ajax({url: " + "9" * 5000 + ", data: {page: 1}})",
        "$.ajax({url: '/list.do', data: {page: " + "9" * 5000 + "}})",
        "$.ajax({url: '/list.do?page=" + "9" * 5000 + "'})",
        "$.ajax({url: '/list.do', data: {page: parseInt(" + "9" * 400 + ".5)}})",
        "$.ajax({url: " + "(" * 400 + ", data: {page: 1}})",
    ],
)
def test_a_script_without_sense_or_end_leaves_the_rows_as_they_are(script: str) -> None:
    found = probe(page(script, pager("go(2)")))
    assert (found.kind, len(found.rows)) == ("list", 20)


def test_a_request_to_an_address_that_names_itself_is_none() -> None:
    document = parse(page(TO_ITSELF).body.decode(), HERE)
    assert document is not None
    assert request_of(document) is None


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=40), st.lists(st.sampled_from(WORDS), max_size=6))
def test_no_script_makes_it_raise(script: list[str], call: list[str]) -> None:
    probe(page("".join(script), pager("".join(call))))
    probe(Page(HERE, f"<script>{''.join(script)}</script><div id=list></div>".encode(), "text/html"))


PIECES = (
    "=", "a=", "='/", "a/", "/a", "/", "_1", "$.ajax({", "$.ajax({url:'/a',data:{page:1},", "fetch('/a',",
    "$.post(", "function a(n){", "function a(n){ location.href = ", "a = function(n){ location = n", "/* ",
    "//", "var a = b;", "location=a;", "a:{", "url:'a'+", "JSON.stringify(", "data:(", "('", "((",
    ".jpage({", "createPage(", "\\'",
)  # fmt: skip


@pytest.mark.parametrize("piece", PIECES)
def test_no_piece_of_a_script_takes_long(piece: str) -> None:
    script = piece * (100_000 // len(piece))
    begun = time.process_time()
    probe(page(script, pager("go(2)")))
    assert time.process_time() - begun < 2
