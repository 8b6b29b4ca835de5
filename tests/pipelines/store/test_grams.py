from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlite_utils import Database

from pipelines.query import parse
from pipelines.store import grams
from pipelines.store.database import open_store
from tests.support.queries import Asked, articles, mixtures


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with open_store(tmp_path / "govwatch.db") as db:
        yield db


def candidates(db: Database, query: str) -> list[int]:
    expression = grams.candidates(parse(query))
    assert expression is not None
    rows = db.execute("SELECT rowid FROM article_grams WHERE article_grams MATCH ?", [expression])
    return [number for (number,) in rows]


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("潭", [1]),
        ("湘潭", [1]),
        ("案例", []),  # the end of the title and the beginning of the body are no neighbours
        ('"。 "', [1]),
        ('"\n"', [1]),
        ("ＡＢ", [1, 2]),
        ("𠮷", [2]),
        ("湘潭 OR 𠮷", [1, 2]),
        ("ab -湘潭", [2]),
        ("ab -(湘潭 OR 没有这个)", [2]),
        ("ab -(湘潭 没有这个)", [1, 2]),
        ("ab -没有这个", [1, 2]),
        ("ab -title:例如", [1, 2]),
    ],
)
def test_any_character_leads_to_its_articles(db: Database, query: str, ids: list[int]) -> None:
    grams.index(db.conn, 1, "湘潭AB案", "例如。 \n")
    grams.index(db.conn, 2, None, "𠮷ab")
    assert candidates(db, query) == ids


@pytest.mark.parametrize("query", ["NOT 湘潭", "湘潭 OR NOT ab", "-ab -湘潭"])
def test_what_is_only_excluded_leads_anywhere(query: str) -> None:
    assert grams.candidates(parse(query)) is None


def test_an_article_that_was_taken_out_is_forgotten(db: Database) -> None:
    grams.index(db.conn, 1, "湘潭", "环保")
    grams.index(db.conn, 2, "湘潭", "环保")
    grams.unindex(db.conn, 1, "湘潭", "环保")
    grams.index(db.conn, 1, "长沙", "环保")
    assert candidates(db, "湘潭") == [2]
    assert candidates(db, "环保") == [1, 2]
    db.execute("INSERT INTO article_grams (article_grams) VALUES ('integrity-check')")


@pytest.mark.parametrize(
    "query",
    [
        " OR ".join(f"第{number}号" for number in range(1500)),
        " ".join(f"第{number}号" for number in range(1500)),
        "(" * 13 + "甲" + " OR 乙) 丙" * 13,
        "丙 (乙 OR " * 12 + "(甲 甲) -丁" + ") -丁" * 12,
        "甲" * 5000,
    ],
    ids=["many alternatives", "many words", "deep to the left", "deep to the right", "one long word"],
)
def test_sqlite_understands_the_largest_queries(db: Database, query: str) -> None:
    assert candidates(db, query) == []


@given(st.data())
def test_candidates_hold_the_whole_answer(data: st.DataObject) -> None:
    archive = data.draw(st.lists(articles, min_size=1, max_size=4))
    asked: list[Asked] = data.draw(st.lists(mixtures(archive), min_size=1, max_size=5))
    with open_store(Path(":memory:")) as db:
        for number, (title, body) in enumerate(archive):
            grams.index(db.conn, number, title, body)
        for query, holds in asked:
            found = {number for number, article in enumerate(archive) if holds(*article)}
            if grams.candidates(parse(query)) is not None:
                assert found <= set(candidates(db, query))
