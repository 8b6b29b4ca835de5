"""Pagers whose links are calls: where they lead is told without running anything."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.paging.calls import address_of_call, addresses_of_pages

GANSU = """
var dataTotal = parseInt("468");
var pagenum = parseInt("1");
var pagesize = 15;
var target = "wzlb.shtml?mkbh=zwdt&begin=";
function toPage(n) {
    var total = Math.ceil(dataTotal / pagesize);
    if (n > total) { n = total; }
    window.location.href = target + (n - 1) * pagesize + "&pagenum=" + n;
}
"""


@pytest.mark.parametrize(
    ("source", "call", "address"),
    [
        ("function go(n){ location.href = 'list_' + n + '.html'; }", "javascript:go(2)", "list_2.html"),
        (
            "function go(n) {\n location = \"index_\" + (n-1) + '.shtml'\n}",
            "go(2); return false",
            "index_1.shtml",
        ),
        (GANSU, "javascript:toPage(2)", "wzlb.shtml?mkbh=zwdt&begin=15&pagenum=2"),
        (GANSU, "javascript:toPage(pagenum)", "wzlb.shtml?mkbh=zwdt&begin=0&pagenum=1"),
        (
            'function goPage(n){var f=document.forms["p"];f.pageNo.value=n;f.action="/z/list_332_"+n+".html";'
            "window.location.href = f.action;}",
            "javascript:goPage(2)",
            "/z/list_332_2.html",
        ),
        (
            "var turn = function(n){ location.href = n == 1 ? 'index.html' : 'index_' + n + '.html' }",
            "turn(3)",
            "index_3.html",
        ),
        ("var p = {jump: function (n) { window.open('p' + n + '.htm') }}", "p.jump(4)", "p4.htm"),
        ("function a(n, s){ location.replace('?page=' + n + '&size=' + s); }", "a(2, 20)", "?page=2&size=20"),
        ("function a(n){ location.href = 'x_' + parseInt(n) + '.html' }", "a('2')", "x_2.html"),
        ("function a(n){ location.href = base() + n }", "a(2)", None),
        ("function a(n){ show(n) }", "a(2)", None),
        ("function a(n){ location.href = 'x' + n }", "b(2)", None),
        ("function a(n){ location.href = 'x' + n }", "a(unknown)", None),
        ("", "javascript:void(0)", None),
        ("var a = b, b = a; function f(n){ location.href = a + n }", "f(1)", None),
    ],
)
def test_where_a_call_leads(source: str, call: str, address: str | None) -> None:
    assert address_of_call(source, call) == address


def test_functions_of_the_number_of_a_page() -> None:
    assert addresses_of_pages(GANSU, 1) == [
        ("wzlb.shtml?mkbh=zwdt&begin=0&pagenum=1", "wzlb.shtml?mkbh=zwdt&begin=15&pagenum=2")
    ]
    assert addresses_of_pages("function home(x){ location.href = '/' }", 1) == []


def test_names_that_explode_are_given_up() -> None:
    source = "".join(f"var v{n} = v{n + 1} + v{n + 1};\n" for n in range(40)) + "var v40 = 'x';"
    begun = time.monotonic()
    assert address_of_call(source + "function f(n){ location.href = v0 + n }", "f(1)") is None
    assert time.monotonic() - begun < 5


@given(
    st.text(alphabet="fgn()'\"+-*?:;={}/. 012\n\\vartiohefucln,locationhref", max_size=300),
    st.text(alphabet="fgn()'\"+-,. 012", max_size=20),
)
def test_nothing_that_scripts_hold_is_an_error(source: str, call: str) -> None:
    address_of_call(f"function f(n){{location.href={source}}}", f"f({call})")
    addresses_of_pages(source, 1)


@pytest.mark.parametrize(
    "piece", ["function f(", "a.", "\n", "x = y;", "location.href=", "var a=b+", "(" * 9]
)
def test_endless_scripts_take_no_time(piece: str) -> None:
    begun = time.monotonic()
    addresses_of_pages(piece * 50_000, 1)
    assert time.monotonic() - begun < 5
