"""Kill -9, a dozen times; `python -m benchmarks.kill9` does it two hundred times."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.killing import judge
from benchmarks.killing.rounds import killed
from pipelines.store import grams
from pipelines.store.database import open_store
from tests.support.rows import add_mail

KILLS = 12


@pytest.mark.timeout(400)
def test_whatever_is_killed_nothing_is_lost_or_halved(tmp_path: Path) -> None:
    result = killed(tmp_path, KILLS, seed=9, report=lambda line: None)
    assert result.troubles == []
    assert result.kills.total() == KILLS
    assert result.in_crawl >= KILLS // 3, "most kills are to fall into a crawl"
    assert result.mails > 30
    assert result.repeats <= result.before_commit <= KILLS


@pytest.mark.parametrize(
    ("cut", "complaint"),
    [
        ("DELETE FROM versions WHERE number = 1", "versions are not 1 to n"),
        ("DELETE FROM outbox", "matches without a mail"),
        ("INSERT INTO article_grams (rowid, grams) VALUES (77, '00004e2d')", "the index of characters"),
        ("UPDATE articles SET body = body || '。'", "versions are not 1 to n"),
        ("INSERT INTO stories (created_at) VALUES ('')", "stories without an article"),
    ],
)
def test_the_judge_sees_what_a_kill_could_do(tmp_path: Path, cut: str, complaint: str) -> None:
    database = tmp_path / "govwatch.db"
    with open_store(database) as db:
        add_mail(db)
        db.execute("INSERT INTO versions (article_id, number, seen_at, body, content_hash, text_hash)"
                   " SELECT id, 1, '', body, content_hash, text_hash FROM articles")  # fmt: skip
        for number, title, body in db.execute("SELECT id, title, searched FROM articles").fetchall():
            grams.index(db.conn, number, title, body)
        before = judge.consistency(database)
        db.execute(cut)
    assert not any(complaint in text for text in before), before
    assert any(complaint in text for text in judge.consistency(database))
