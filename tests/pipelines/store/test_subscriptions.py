"""Who is told what: versions of a question, pauses, and what a new one is told of the past."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from attrs import evolve
from sqlite_utils import Database

from pipelines.store import subscriptions
from pipelines.store.articles import save
from pipelines.store.database import transaction
from pipelines.store.subscriptions import NoSuchSubscription, look_back
from tests.support.stored import LONG, NOW, audit, reading, subscribe

DAY = timedelta(days=1)


def quiet(done: int, total: int) -> None:
    """No progress is wanted."""


def test_a_subscription_comes_back_as_it_was_stored(db: Database) -> None:
    stored = subscribe(db, "水质 OR 空气", "甲@example.org", "b@example.org", name="环保")
    assert subscriptions.find(db, "环保") == stored
    assert (stored.recipients, stored.version, stored.state) == (
        ("甲@example.org", "b@example.org"),
        1,
        "active",
    )
    assert subscriptions.all_of(db) == [stored]


def test_another_query_is_another_version_other_readers_are_not(db: Database) -> None:
    subscribe(db, "水质", "a@example.org", name="环保")
    assert subscribe(db, "水质", "b@example.org", name="环保").version == 1
    assert subscribe(db, "空气", "b@example.org", name="环保").version == 2
    assert db["subscriptions"].count == 1


def test_a_question_that_is_not_there_is_named() -> None:
    from pipelines.store.schema import migrations

    db = Database(memory=True)
    migrations.apply(db)
    with pytest.raises(NoSuchSubscription, match="环保"):
        subscriptions.remove(db, "环保")
    with pytest.raises(NoSuchSubscription):
        subscriptions.set_state(db, "环保", "paused")
    db.close()


def test_a_paused_subscription_is_told_nothing_until_it_goes_on(db: Database) -> None:
    subscribe(db, "水质", name="环保")
    subscriptions.set_state(db, "环保", "paused")
    assert save(db, reading(), NOW).alerts == 0
    subscriptions.set_state(db, "环保", "active")
    assert save(db, reading("/2.html", "水质又一篇。"), NOW).alerts == 1


def test_a_removed_subscription_sends_nothing_more_and_stays_on_record(db: Database) -> None:
    subscribe(db, "水质", name="环保")
    subscribe(db, "公报", name="留")
    save(db, reading(), NOW)
    subscriptions.remove(db, "环保")
    assert [one.name for one in subscriptions.all_of(db)] == ["留"]
    states = db.execute(
        "SELECT subscriptions.name, outbox.state, outbox.answer FROM outbox"
        " JOIN matches ON matches.id = match_id"
        " JOIN subscriptions ON subscriptions.id = subscription_id ORDER BY outbox.id"
    )
    assert [tuple(row) for row in states] == [
        ("环保", "held", "the subscription was removed"),
        ("留", "due", None),
    ]
    assert save(db, reading("/2.html", "又一篇。", title="关于水质的通知"), NOW).alerts == 0
    assert audit(db) == []


def test_who_asks_again_after_a_removal_is_told_again(db: Database) -> None:
    subscribe(db, "水质", name="环保")
    subscriptions.remove(db, "环保")
    assert subscribe(db, "水质", name="环保").version == 2
    assert save(db, reading(), NOW).alerts == 1


def test_a_query_that_is_understood_no_more_stops_nobody_else(db: Database) -> None:
    subscribe(db, "水质", name="好")
    db.execute("UPDATE subscriptions SET query = '(((', name = '坏'")
    subscribe(db, "水质", "b@example.org", name="好")
    assert save(db, reading(), NOW).alerts == 1


def test_mails_have_addresses_of_their_own_and_lasting_names(db: Database) -> None:
    subscribe(db, "水质", "a@example.org", "b@example.org")
    save(db, reading(), NOW)
    names = [row["message_id"] for row in db["outbox"].rows]
    assert len({*names}) == 2
    assert all(name.startswith("<") and name.endswith("@govwatch>") for name in names)


def test_a_subscription_looks_back_on_wish(db: Database) -> None:
    for number in range(5):
        page = reading(
            f"/{number}.html", f"水质第{number}期。", published=NOW - number * DAY, backlog=number % 2 == 0
        )
        save(db, page, NOW)
    save(db, reading("/x.html", "水质，无日期。", published=None), NOW)
    save(db, reading("/y.html", "别的。"), NOW)
    seen: list[tuple[int, int]] = []
    one = subscribe(db, "第 AND 期", name="环保")
    found = look_back(db, one, date(2026, 11, 20), NOW, lambda done, total: seen.append((done, total)))
    assert found == 3
    assert seen[-1] == (5, 5)
    assert look_back(db, one, date(2026, 11, 20), NOW, quiet) == 0
    assert look_back(db, one, date(2026, 1, 1), NOW, quiet) == 2
    assert audit(db) == []


def test_looking_back_tells_a_story_once(db: Database) -> None:
    save(db, reading(body=LONG), NOW)
    save(db, reading("/2.html", LONG, host="news.example"), NOW)
    assert look_back(db, subscribe(db, "水源地"), date(2026, 1, 1), NOW, quiet) == 1


def test_looking_back_after_a_new_query_tells_by_the_new_one(db: Database) -> None:
    save(db, reading(), NOW)
    assert look_back(db, subscribe(db, "水质", name="环保"), date(2026, 1, 1), NOW, quiet) == 1
    assert look_back(db, subscribe(db, "公报", name="环保"), date(2026, 1, 1), NOW, quiet) == 1
    assert [match["subscription_version"] for match in db["matches"].rows] == [1, 2]


@pytest.mark.parametrize("gone", ["paused", "removed"])
def test_looking_back_stops_when_the_subscription_goes(
    db: Database, gone: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subscriptions, "_BATCH", 2)
    for number in range(6):
        save(db, reading(f"/{number}.html", f"水质第{number}期。"), NOW)
    one = subscribe(db, "水质", name="环保")

    def report(done: int, total: int) -> None:
        if done == 2 and gone == "paused":
            subscriptions.set_state(db, "环保", "paused")
        elif done == 2:
            subscriptions.remove(db, "环保")

    assert look_back(db, one, date(2026, 1, 1), NOW, report) == 2


def test_what_is_told_is_told_with_the_article_or_not_at_all(db: Database) -> None:
    subscribe(db, "水质")
    news = subscriptions.News(1, 1, 1, "水质", "")
    with pytest.raises(Exception, match="FOREIGN KEY"), transaction(db) as conn:
        subscriptions.tell(conn, news, NOW)
    assert (db["matches"].count, db["outbox"].count) == (0, 0)


def test_recipients_are_readable_json(db: Database) -> None:
    subscribe(db, "水质", "甲@example.org")
    (row,) = db["subscriptions"].rows
    assert json.loads(row["recipients"]) == ["甲@example.org"]
    assert "甲" in row["recipients"]


def test_states_are_stored_with_the_subscription(db: Database) -> None:
    one = subscribe(db, "水质", name="环保")
    paused = subscriptions.put(db, evolve(one, state="paused", locale="en"), NOW)
    assert (paused.state, paused.locale, paused.version) == ("paused", "en", 1)


def test_who_asks_what_is_understood_no_more_is_named(db: Database) -> None:
    subscribe(db, "水质", name="好")
    subscribe(db, "水质", name="坏")
    db.execute("UPDATE subscriptions SET query = '水质 AND' WHERE name = '坏'")
    ((one, error),) = subscriptions.not_understood(db)
    assert (one.name, one.query) == ("坏", "水质 AND")
    assert "AND" in str(error)
