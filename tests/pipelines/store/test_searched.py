"""What stands apart from the body, around the headline and in the table, is matched and found too."""

from __future__ import annotations

from pathlib import Path

import pytest
from attrs import evolve
from sqlite_utils import Database

from crawlers.items import Reading
from monitor import query
from pipelines.store import articles, grams
from pipelines.store.database import open_store
from pipelines.store.schema import migrations
from tests.support.stored import LONG, NOW, audit, mails, reading, subscribe

APART = {
    "lead": {"lead_title": "示范化工厂私设暗管排污被查"},
    "subtitle": {"subtitle": "——示范化工厂私设暗管被罚"},
    "table": {"openness": (("文号", "青环罚〔2026〕12号"), ("内容概述", '私设暗管"一案"处罚'))},
}


def standing_apart(**apart: object) -> Reading:
    plain = reading(body=LONG)
    return evolve(plain, article=evolve(plain.article, **apart))


@pytest.mark.parametrize("apart", APART.values(), ids=APART.keys())
def test_matched_found_and_shown(apart: dict[str, object], tmp_path: Path) -> None:
    with open_store(tmp_path / "govwatch.db") as db:
        subscribe(db, "私设暗管")
        assert articles.save(db, standing_apart(**apart), NOW).alerts == 1
        (hit,) = query.search(db, "私设暗管", limit=9)
        assert "[[私设暗管]]" in hit.snippet
        assert hit.title == "关于水质的公报"
        assert audit(db) == []
        articles.save(db, reading(body=LONG), NOW)
        assert query.search(db, "私设暗管", limit=9) == []
        assert audit(db) == []


def test_a_document_that_loses_its_validity_has_changed(tmp_path: Path) -> None:
    with open_store(tmp_path / "govwatch.db") as db:
        subscribe(db, "废止")
        assert articles.save(db, standing_apart(openness=(("有效性", "有效"),)), NOW).outcome == "new"
        assert articles.save(db, standing_apart(openness=(("有效性", "废止"),)), NOW).outcome == "changed"
        assert [mail[2] for mail in mails(db)] == [2]


def test_an_older_database_is_indexed_anew_where_something_stood_apart(tmp_path: Path) -> None:
    path = tmp_path / "govwatch.db"
    with open_store(path) as db:
        articles.save(db, standing_apart(subtitle="——示范化工厂私设暗管被罚"), NOW)
        articles.save(db, reading("/2.html", body=LONG), NOW)
        _as_before(db)
    with open_store(path) as db:
        assert len(query.search(db, "私设暗管", limit=9)) == 1
        assert audit(db) == []


def _as_before(db: Database) -> None:
    title, body, searched = db.execute("SELECT title, body, searched FROM articles WHERE id = 1").fetchone()
    grams.unindex(db.conn, 1, title, searched)
    grams.index(db.conn, 1, title, body)
    db.execute("ALTER TABLE articles DROP COLUMN searched")
    db.execute("DELETE FROM _sqlite_migrations WHERE name = 'm0007_searched'")
    assert [one.name for one in migrations.pending(db)] == ["m0007_searched"]
