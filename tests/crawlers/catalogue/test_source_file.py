"""Sources out of TOML and back, and every mistake named in one line."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.catalogue.model import Recipe, Source
from crawlers.catalogue.source_file import sources_from, sources_toml
from crawlers.catalogue.toml_file import FileError

FILE = Path("sources.toml")


def test_a_whole_entry() -> None:
    text = """
    [[source]]
    name = "青禾县 · 政务动态"
    url = "https://www.qinghe.example/zwdt/"
    every = "15m"
    alert_backlog = true
    verify_tls = false
    [source.recipe]
    family = "trs"
    row_path = "ul>li>a"
    offset = 1
    params = { total = 12, key = "a" }

    [[source]]
    name = "乙"
    url = "http://b.example/"
    """
    recipe = Recipe("trs", "ul>li>a", 1, {"total": 12, "key": "a"})
    whole = Source("青禾县 · 政务动态", "https://www.qinghe.example/zwdt/", recipe, 900, True, False)
    assert sources_from(text, FILE) == [whole, Source("乙", "http://b.example/")]


ENTRY = '[[source]]\nname = "甲"\nurl = "http://a.example/"\n'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "holds no entry; write [[source]] before every one"),
        ("[source]\nname = 'a'", "holds no entry; write [[source]] before every one"),
        ("source = 1", "holds no entry; write [[source]] before every one"),
        ("[[sources]]\nname = 'a'", "unknown table sources; write [[source]] before every entry"),
        ("name = ", "is not valid TOML: Invalid value"),
        ('[[source]]\nurl = "http://a.example/"', "[[source]] number 1: name: is missing"),
        ('[[source]]\nname = "甲"', "[[source]] number 1: url: is missing"),
        (ENTRY + 'evry = "1h"', "number 1: evry: unknown key; keys are name, url, every"),
        (
            ENTRY + 'every = "1 hour"',
            "number 1: every: '1 hour' is no duration; write 30s, 15m, 2h or 1d",
        ),
        (ENTRY + "every = 900", "number 1: every: should be a valid string"),
        (ENTRY + 'verify_tls = "perhaps"', "number 1: verify_tls: should be a valid boolean"),
        (ENTRY + "recipe.offset = 'x'", "number 1: recipe.offset: should be a valid integer"),
        (ENTRY + "recipe.familie = 'trs'", "number 1: recipe.familie: unknown key"),
        ('[[source]]\nname = ""\nurl = "http://a.example/"', "number 1: name: String should have at least 1"),
        (
            '[[source]]\nname = "甲"\nurl = "a.example"',
            "number 1: url: 'a.example' is no http or https address",
        ),
        ('[[source]]\nname = "甲"\nurl = "ftp://a.example/"', "is no http or https address"),
        ('[[source]]\nname = "甲"\nurl = "http://[a"', "number 1: url: 'http://[a' is no http or https"),
        (ENTRY + ENTRY, "name '甲' stands there twice; keep one of them"),
        (
            ENTRY + ENTRY.replace("甲", "乙"),
            "address 'http://a.example/' stands there twice; keep one of them",
        ),
        (ENTRY + "[[source]]\n[source.recipe]\nfamily = 1", "[[source]] number 2: name: is missing"),
    ],
)
def test_mistakes_are_named_with_their_place(text: str, said: str) -> None:
    with pytest.raises(FileError) as error:
        sources_from(text, FILE)
    assert said in str(error.value)
    assert str(error.value).startswith("sources.toml: ")
    assert "\n" not in str(error.value)


names = st.text(st.characters(exclude_categories=["C"]), min_size=1, max_size=20)
values = st.recursive(
    st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False) | names,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=3),
    max_leaves=5,
)
recipes = st.builds(
    Recipe,
    family=names,
    row_path=st.none() | names,
    offset=st.none() | st.integers(0, 9),
    params=st.dictionaries(names, values, max_size=3),
)
sources = st.builds(
    Source,
    name=names,
    url=st.integers(0, 10**9).map(lambda number: f"http://a{number}.example/"),
    recipe=recipes,
    every=st.none() | st.integers(1, 10**6),
    alert_backlog=st.booleans(),
    verify_tls=st.booleans(),
)


@given(st.lists(sources, min_size=1, max_size=4, unique_by=(lambda one: one.name, lambda one: one.url)))
def test_what_is_written_is_read_back(stored: list[Source]) -> None:
    assert sources_from(sources_toml(stored), FILE) == stored


def test_what_a_family_knows_nothing_of_is_left_out() -> None:
    """TOML has no null; whoever reads the parameters finds nothing there either way."""
    params = {"entry": {"url": "http://b.example/", "body": None}, "parts": [{"a": None}], "total": None}
    (read,) = sources_from(sources_toml([Source("甲", "http://a.example/", Recipe(params=params))]), FILE)
    assert read.recipe.params == {"entry": {"url": "http://b.example/"}, "parts": [{}]}
