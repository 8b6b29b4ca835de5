from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from monitor import query as archive
from monitor.query import Suggestion, search, suggestion
from pipelines.query import QuerySyntaxError
from pipelines.store.database import open_store
from tests.support.archive import put


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with open_store(tmp_path / "govwatch.db") as db:
        yield db


def ids(db: Database, query: str, limit: int = 20, **wishes: Any) -> list[int]:
    return [hit.id for hit in search(db, query, limit=limit, **wishes)]


def test_a_hit_as_json(db: Database) -> None:
    put(db, 7, "湘潭通报", "日前，\n湘潭市ＡＢ公司被处罚。", source="市环保局", region="湖南省湘潭市")
    put(db, 8, "转载", "无", story=7)
    (hit,) = search(db, "ab公司 湘潭", limit=5)
    shown = hit.as_json()
    assert shown.pop("score") > 0
    assert shown == {
        "id": 7,
        "url": "http://www.example.gov.cn/7.html",
        "title": "湘潭通报",
        "published": "2026-11-01T00:00:07+08:00",
        "source": "市环保局",
        "site": "清溪县人民政府",
        "region": "湖南省湘潭市",
        "story": 7,
        "reprints": 1,
        "snippet": "日前， [[湘潭]]市[[ＡＢ公司]]被处罚。",
    }
    assert json.loads(json.dumps(shown)) == shown


@pytest.mark.parametrize(
    ("query", "snippet"),
    [
        ("通报", "湘潭[[通报]]"),
        ("NOT 长沙", "甲" + "，" * 159),
        ("乙", "…" + "，" * 26 + "[[乙]]" + "，" * 53 + "…"),
    ],
    ids=["only in the title", "nothing to mark", "in the middle"],
)
def test_snippets(db: Database, query: str, snippet: str) -> None:
    put(db, 1, "湘潭通报", "甲" + "，" * 200 + "乙" + "，" * 200)
    (hit,) = search(db, query, limit=5)
    assert hit.snippet == snippet


def test_newest_comes_first_unless_the_best_is_wanted(db: Database) -> None:
    put(db, 1, "环境执法检查", "环境执法")
    put(db, 2, "通报", "环境执法，" + "另" * 300)
    put(db, 3, "通报", "另" * 300 + "环境执法，")
    put(db, 4, "通报", "执法与环境")
    assert ids(db, "环境执法") == [3, 2, 1]
    assert ids(db, "环境执法", order="best") == [1, 3, 2]
    assert ids(db, "环境执法", order="best", limit=1) == [1]
    points = [hit.score for hit in search(db, "环境执法", limit=9, order="best")]
    assert points == sorted(points, reverse=True)


def test_the_best_are_sought_among_the_newest_found(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "BEST_OF", 2)
    put(db, 1, "环境", "环境")
    put(db, 2, "", "环境")
    put(db, 3, "", "环境，另")
    assert ids(db, "环境", order="best") == [2, 3]


def test_every_article_is_found_and_stories_are_collapsed_on_demand(db: Database) -> None:
    put(db, 1, "环境", "环境")
    put(db, 2, "环境", "环境环境")
    put(db, 3, "转载", "环境", story=1)
    assert ids(db, "环境") == [3, 2, 1]
    assert ids(db, "环境", collapse=True) == [3, 2]
    assert ids(db, "环境", collapse=True, order="best") == [2, 1]


def test_days_limit_and_wrong_queries(db: Database) -> None:
    for number in (1, 2, 3):
        put(db, number, "环境", "", published=f"2026-03-0{number}T08:00:00+08:00")
    assert ids(db, "环境", since=date(2026, 3, 2)) == [3, 2]
    assert ids(db, "环境", until=date(2026, 3, 2), limit=1) == [2]
    with pytest.raises(QuerySyntaxError):
        search(db, "环境*", limit=1)


@pytest.mark.parametrize(
    ("query", "suggested"),
    [
        ("湘潭市的环境执法", Suggestion("湘潭市 AND 环境 AND 执法", 2)),
        ("湘潭市环境 执法(2026)", Suggestion("湘潭市 AND 环境 AND 执法 AND 2026", 1)),
        ("湘潭市环境处罚", None),
        ("执法", None),
        ("执法 湘潭市", None),
        ('"湘潭市的环境执法"', None),
        ("湘潭市执法 OR 长沙", None),
        ("title:湘潭市的环境执法", None),
    ],
)
def test_a_sentence_that_stands_nowhere_is_searched_by_its_words(
    db: Database, query: str, suggested: Suggestion | None
) -> None:
    put(db, 1, "湘潭市", "执法部门关注环境")
    put(db, 2, "湘潭市", "执法2026，环境")
    assert suggestion(db, query) == suggested
