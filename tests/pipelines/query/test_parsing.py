from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.query import And, Node, Not, Or, QuerySyntaxError, Term, parse
from tests.support.queries import ALPHABET

A, B, C = Term("a"), Term("b"), Term("c")


@pytest.mark.parametrize(
    ("text", "root"),
    [
        ("湘潭", Term("湘潭")),
        ("a b", And((A, B))),
        ("a　b", And((A, B))),
        ("a AND b AND c", And((A, B, C))),
        ("a OR b AND c", Or((A, And((B, C))))),
        ("a b OR c", And((A, Or((B, C))))),
        ("a OR b c", And((Or((A, B)), C))),
        ("(a b) OR c", Or((And((A, B)), C))),
        ("NOT a b", And((Not(A), B))),
        ("a -b +c", And((A, Not(B), C))),
        ("a AND NOT (b OR c)", And((A, Not(Or((B, C)))))),
        ("and or not to", And((Term("and"), Term("or"), Term("not"), Term("to")))),
        ("TO", Term("to")),
        ('"a b"', Term("a b")),
        ('" a"', Term(" a")),
        ('"AND"', Term("and")),
        ("title:a", Term("a", "title")),
        ('body:(a OR "b")', Or((Term("a", "body"), Term("b", "body")))),
        ("PM2.5 3·15 COVID-19 1/2 100%", And(tuple(map(Term, ("pm2.5", "3·15", "covid-19", "1/2", "100%"))))),
        ("时间：“湘潭”（试行），", Term("时间:“湘潭”(试行),")),
        (r"a\:b \-c \*", And((Term("a:b"), Term("-c"), Term("*")))),
        (r'"说\"好\"\\"', Term('说"好"\\')),
        ('"a*b?~^[c] (d"', Term("a*b?~^[c] (d")),
        ("it's", Term("it's")),
    ],
)
def test_what_is_understood(text: str, root: Node) -> None:
    assert parse(text).root == root


@pytest.mark.parametrize(
    ("text", "position", "message", "remedy"),
    [
        ("", 1, "empty", "one word"),
        (" 　", 1, "empty", "one word"),
        ("湘潭 环*", 5, "wildcards", '"环*"'),
        ("PM2?", 4, "wildcards", '"PM2?"'),
        ("*", 1, "wildcards", '"*"'),
        ("湘潭 roam~2", 8, "fuzzy", "remove"),
        ('"a b"~2', 6, "proximity", "remove"),
        ("湘潭 a^2", 5, "weights", "remove"),
        ("[2020 TO 2021]", 1, "ranges", '"[2020 TO 2021]"'),
        ("湘潭 >5", 4, "'>'", '">5"'),
        ("<5", 1, "'<'", '"<5"'),
        ("湘潭 /环.*/", 4, "regular", '"/环.*/"'),
        ("湘潭 a:b", 4, "field 'a'", '"a:b"'),
        ("19:37", 1, "field '19'", '"19:37"'),
        ("http://x.gov.cn", 1, "field 'http'", "quotes"),
        ('湘潭 "环境', 4, "not closed", 'closing "'),
        ('湘潭"环境"', 3, "quotation mark", r'"湘潭\"环境\""'),
        ("a AND (b OR (c)", 7, "not closed", "closing"),
        ("a) AND b", 2, "closes nothing", "remove"),
        ("()", 2, "closes nothing", "remove"),
        ('a ""', 3, "empty phrase", "between"),
        ("a AND", 5, "after 'AND'", "complete"),
        ("a OR OR b", 6, "OR must stand", '"OR"'),
        ("AND", 1, "AND must stand", '"AND"'),
        ("2020 - 2021", 6, "touch", '"-"'),
        ("a && b", 3, "write AND", '"&&"'),
        ("a||b", 2, "write AND", '"a||b"'),
        ("!a", 1, "write NOT", '"!a"'),
        ("环境AND处罚", 3, "blanks", '"环境AND处罚"'),
        ("a 'b", 3, "no meaning", '"\'b"'),
        ("a\\", 2, "backslash", "\\\\"),
        ("湘潭 \udcff", 4, "UTF-8", "anew"),
        ("(" * 60 + "a" + ")" * 60, None, "nested", "fewer"),
        ("-" * 9000 + "a", None, "nested", "fewer"),
        ("a " * 20_000, 20_000, "longer", "split"),
    ],
)
def test_what_is_refused_with_place_and_remedy(
    text: str, position: int | None, message: str, remedy: str
) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        parse(text)
    error = caught.value
    assert position in (None, error.position)
    assert message in error.message
    assert remedy in error.remedy
    assert f"character {error.position}: {error.message}; {error.remedy}" in str(error)
    assert "\n" not in str(error)


@given(st.text(ALPHABET + "ANDORT", max_size=30) | st.text(max_size=30))
def test_any_text_is_understood_or_refused_at_one_of_its_characters(text: str) -> None:
    refusal = refused(text)
    if refusal is not None:
        assert 1 <= refusal.position <= max(1, len(text))
        assert len(str(refusal).splitlines()) == 1


def refused(text: str) -> QuerySyntaxError | None:
    try:
        parse(text)
    except QuerySyntaxError as error:
        return error
    return None


@given(st.text(ALPHABET.replace("\n", ""), min_size=1, max_size=40))
def test_any_text_can_be_searched_for_in_quotes(text: str) -> None:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    assert parse(f'"{escaped}"').matches(None, f"x{text}x")


def test_the_remedy_in_quotes_is_understood() -> None:
    for text in ("a:b", "环境AND处罚", "PM2?", '湘潭"环境"', "[2020 TO 2021]", "/环.*/", "!a"):
        with pytest.raises(QuerySyntaxError) as caught:
            parse(text)
        quoted = caught.value.remedy.partition("quotes: ")[2]
        assert parse(quoted).matches(None, text)
