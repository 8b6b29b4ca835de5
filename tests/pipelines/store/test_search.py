from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from pipelines.query import parse
from pipelines.store import grams, search
from pipelines.store.database import open_store
from pipelines.store.search import Period
from tests.support.archive import put, undone
from tests.support.queries import Asked, articles, mixtures


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("search") / "govwatch.db"


@pytest.fixture(scope="module")
def shared(file: Path) -> Iterator[Database]:
    with open_store(file) as db:
        yield db


@pytest.fixture
def db(shared: Database) -> Iterator[Database]:
    with undone(shared):
        yield shared


def ids(db: Database, query: str, period: Period = search.ALWAYS) -> list[int]:
    return [article.id for article in search.found(db, parse(query), period)]


@settings(max_examples=200)
@given(data=st.data())
def test_search_equals_a_brute_force_scan(shared: Database, data: st.DataObject) -> None:
    archive = data.draw(st.lists(articles, min_size=1, max_size=6))
    asked: list[Asked] = data.draw(st.lists(mixtures(archive), min_size=1, max_size=6))
    with undone(shared):
        for number, (title, body) in enumerate(archive, 1):
            put(shared, number, title or None, body)
        for query, holds in asked:
            scan = [number for number, article in enumerate(archive, 1) if holds(*article)]
            assert ids(shared, query) == scan[::-1]  # newest first
            assert search.candidates(shared, parse(query)) >= len(scan)


@pytest.mark.parametrize(
    ("period", "found"),
    [
        (Period(), [3, 2, 4, 1]),
        (Period(since=date(2026, 3, 1)), [3, 2, 4]),
        (Period(until=date(2026, 3, 1)), [4, 1]),
        (Period(date(2026, 3, 1), date(2026, 3, 2)), [2, 4]),
        (Period(date(2026, 3, 2), date(2026, 3, 1)), []),
        (Period(until=date.max), [3, 2, 4, 1]),
    ],
)
def test_days_are_whole_and_undated_articles_count_by_when_they_were_seen(
    db: Database, period: Period, found: list[int]
) -> None:
    put(db, 1, "通报", "", published="2026-02-28T23:59:59+08:00")
    put(db, 2, "通报", "", published=None, first_seen="2026-03-02T00:00:00.000+08:00")
    put(db, 3, "通报", "", published="2026-03-03T00:00:00+08:00")
    put(db, 4, "通报", "", published="2026-03-01T23:59:59+08:00")
    assert ids(db, "通报", period) == found
    assert ids(db, "NOT 没有", period) == found


def test_of_one_moment_the_later_found_comes_first(db: Database) -> None:
    for number in (1, 2, 3):
        put(db, number, "通报", "", published="2026-03-01T00:00:00+08:00")
    assert ids(db, "通报") == [3, 2, 1]


def test_an_answer_is_read_as_it_is_asked_for(db: Database) -> None:
    for number in range(1, 2001):
        put(db, number, "通报", "")
    looked_at: list[int] = []
    answer = search.found(db, parse("通报"), inspected=looked_at.append)
    first = [next(answer).id for _ in range(300)]
    assert first == list(range(2000, 1700, -1))
    assert looked_at == [256]
    assert len(list(answer)) == 1700
    assert sum(looked_at) == search.candidates(db, parse("通报")) == 2000


def test_an_answer_is_one_state_of_the_archive(file: Path, shared: Database) -> None:
    with open_store(file) as other:
        for number in range(1, 101):
            put(other, number, "通报", "")
        answer = search.found(shared, parse("通报"))
        next(answer)
        other.execute("UPDATE articles SET title = '撤回'")
        assert len(list(answer)) == 99
        assert ids(shared, "通报") == []
        for number in range(1, 101):
            grams.unindex(other.conn, number, "通报", "")
        other.execute("DELETE FROM articles")


def test_reprints_count_the_other_copies_of_the_story(db: Database) -> None:
    put(db, 1, "通报", "湘潭")
    put(db, 2, "通报", "湘潭", story=1)
    put(db, 3, "转载", "湘潭", story=1)
    assert [article.reprints for article in search.found(db, parse("通报"))] == [2, 2]


def test_how_many_hold_a_text(db: Database) -> None:
    put(db, 1, "通报", "湘潭")
    put(db, 2, "湘潭", "")
    assert (search.holding(db, "湘潭"), search.holding(db, "长沙"), search.size(db)) == (2, 0, 2)


def test_no_group_is_asked_of_where_none_is_made(db: Database) -> None:
    """SQLite before 3.39 refuses HAVING without GROUP BY."""
    said: list[str] = []
    db.conn.set_trace_callback(said.append)
    try:
        ids(db, "水质 OR file:暗管")
    finally:
        db.conn.set_trace_callback(None)
    assert any("json_group_array" in statement for statement in said)
    assert [statement for statement in said if "HAVING" in statement and "GROUP BY" not in statement] == []
