"""Expressions of scripts: what a value is, and that nothing but `NotTold` comes of those that have none."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.paging.expressions import NotTold, evaluated, globals_of


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("'list_' + (n - 1) + '.html'", "list_1.html"),
        ("-n * 3 + 1", -5),
        ("n == 2 ? 'two' : 'other'", "two"),
        ("((n))", 2),
        ("here", "/zwgk/list.jsp"),
    ],
)
def test_what_a_value_is(text: str, value: object) -> None:
    assert (
        evaluated(text, globals_of("var here = base + 'list.jsp'; var base = '/zwgk/';"), {"n": 2}) == value
    )


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("url = url + '?page=' + n", "url"),
        ("var pageIndex = pageIndex || 1", "pageIndex"),
        ("var a = b + 1, c = 1; var b = a + 1;", "a"),
        ("", "9" * 5000),
        ("", "'" + "9" * 5000 + "' * 1"),
        ("", "parseInt(" + "9" * 400 + ".5)"),
        ("", "9" * 400 + " + 0.5"),
        ("", "9" * 400 + ".5"),
        ("", "9" * 3000 + " * " + "9" * 3000 + " + 'x'"),
        ("", "(" * 400),
        ("", "(" * 100 + "1" + ")" * 100),
        ("", "1?" * 200 + "1" + ":1" * 200),
        ("", "-" * 300 + "1"),
        ("", "--n"),
        ("", "Number(" * 100 + "1" + ")" * 100),
        ("".join(f"var v{n} = v{n + 1} + 1;" for n in range(100)) + "var v100 = 1;", "v0"),
        ("", "'" + "x" * 3000 + "' + '" + "x" * 3000 + "'"),
    ],
)
def test_what_cannot_be_told_or_is_no_part_of_an_address(source: str, text: str) -> None:
    with pytest.raises(NotTold):
        evaluated(text, globals_of(source), {"n": 2})


@given(
    st.text(alphabet="abn()'\"+-*?:=. 09eE\\,", max_size=300), st.sampled_from(["9" * 5000, "'x'", "b", "a"])
)
def test_nothing_else_is_raised(text: str, other: str) -> None:
    known = {"a": text, "b": other}
    for expression in (text, "a + a", "parseInt(a * b)"):
        with suppress(NotTold):
            evaluated(expression, known, {"n": 1})
