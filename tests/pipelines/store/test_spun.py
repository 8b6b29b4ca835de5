"""Copies whose words a mirror replaced: known for what they are, never told as news."""

from __future__ import annotations

import json
from typing import Any

import pytest
from attrs import evolve
from sqlite_utils import Database

from crawlers.items import Pollution
from pipelines.store import rereading
from pipelines.store.articles import save
from tests.support.spun import TEXT, with_homophones, with_synonyms
from tests.support.stored import HOUR, NOW, audit, mails, reading, subscribe

OWN, MIRROR = "www.linchuan.gov.cn", "www.gtzmy.example"
SPINS = [(with_homophones, "homophones"), (with_synonyms, "synonyms")]


def row_of(db: Database, article_id: int) -> dict[str, Any]:
    return dict(db.execute("SELECT * FROM articles WHERE id = ?", [article_id]).fetchone())


def kind_of(db: Database, article_id: int) -> str | None:
    pollution = row_of(db, article_id)["pollution"]
    return json.loads(pollution)["kind"] if pollution else None


@pytest.mark.parametrize(("spin", "kind"), SPINS)
def test_a_spun_copy_is_a_copy_and_no_news(db: Database, spin: Any, kind: str) -> None:
    first = save(db, reading(body=TEXT, host=OWN), NOW)
    subscribe(db, "生态")
    copy = save(db, reading("/a/9.html", spin(TEXT), host=MIRROR), NOW + HOUR)
    assert (copy.outcome, copy.alerts) == ("reprint", 0)
    assert row_of(db, copy.article_id)["copy_of"] == first.article_id
    assert row_of(db, copy.article_id)["body"] == spin(TEXT)
    assert (kind_of(db, first.article_id), kind_of(db, copy.article_id)) == (None, kind)
    assert audit(db) == []


@pytest.mark.parametrize(("spin", "kind"), SPINS)
def test_an_original_that_comes_later_is_told_and_unmasks_the_copy(
    db: Database, spin: Any, kind: str
) -> None:
    subscribe(db, "赵明远")
    copy = save(db, reading("/a/9.html", spin(TEXT), host=MIRROR), NOW)
    first = save(db, reading(body=TEXT, host=OWN), NOW + HOUR)
    assert (copy.alerts, first.outcome, first.alerts) == (1, "new", 1)
    assert row_of(db, copy.article_id)["copy_of"] is None  # who was told of it keeps the story
    assert (kind_of(db, first.article_id), kind_of(db, copy.article_id)) == (None, kind)
    assert audit(db) == []


def test_a_copy_that_nobody_was_told_of_joins_the_story_of_its_original(db: Database) -> None:
    copy = save(db, reading("/a/9.html", with_synonyms(TEXT), host=MIRROR), NOW)
    again = save(db, reading("/b/8.html", with_synonyms(TEXT), host="m.gtzmy.example"), NOW)
    first = save(db, reading(body=TEXT, host=OWN), NOW + HOUR)
    for one in (copy, again):
        assert row_of(db, one.article_id)["copy_of"] == first.article_id
        assert row_of(db, one.article_id)["story_id"] == row_of(db, first.article_id)["story_id"]
    assert len(mails(db)) == 0
    assert audit(db) == []


def test_an_authority_falsifies_nothing(db: Database) -> None:
    save(db, reading(body=TEXT, host=MIRROR), NOW)
    subscribe(db, "赵明远")
    other = save(db, reading("/a/9.html", with_synonyms(TEXT), host="www.other.gov.cn"), NOW)
    assert (other.outcome, other.alerts, kind_of(db, other.article_id)) == ("new", 1, None)


def test_a_changed_name_makes_another_text(db: Database) -> None:
    subscribe(db, "会议")
    save(db, reading(body=TEXT, host=OWN), NOW)
    other = save(db, reading("/2.html", TEXT.replace("赵明远", "周子衡"), host=MIRROR), NOW)
    assert (other.outcome, other.alerts) == ("new", 1)


def test_a_polluted_copy_with_places_beyond_repair_is_a_copy(db: Database) -> None:
    subscribe(db, "生态")
    first = save(db, reading(body=TEXT, host=OWN), NOW)
    damaged = reading("/a/9.html", TEXT.replace("。\n", "?", 2), host=MIRROR)
    pollution = Pollution("pinyin", pinyin=40, unresolved=2)
    copy = save(db, evolve(damaged, pollution=pollution), NOW)
    assert (copy.outcome, copy.alerts) == ("reprint", 0)
    assert row_of(db, copy.article_id)["copy_of"] == first.article_id
    assert kind_of(db, copy.article_id) == "pinyin"
    clean = evolve(damaged, article=evolve(damaged.article, url="http://third.example/1.html"))
    assert save(db, clean, NOW).outcome == "reprint"  # the same letters


def test_what_was_found_by_comparing_is_kept_when_the_page_changes_or_is_read_again(db: Database) -> None:
    save(db, reading(body=TEXT, host=OWN), NOW)
    spun = with_synonyms(TEXT)
    copy = save(db, reading("/a/9.html", spun, host=MIRROR), NOW)
    known = rereading.stored(db.conn, copy.article_id)
    assert known is not None
    found = rereading.compare(known, reading("/a/9.html", spun, host=MIRROR))
    assert found is None or "pollution" not in found.fields
    changed = save(db, reading("/a/9.html", spun + "阅读：21", host=MIRROR), NOW + HOUR)
    assert changed.outcome == "changed"
    assert kind_of(db, copy.article_id) == "synonyms"
    assert audit(db) == []
