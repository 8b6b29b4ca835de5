"""What is watched, when it is due, and what a visit's end means for it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlite_utils import Database

from crawlers.catalogue.model import Recipe, Source
from crawlers.failures import KINDS
from crawlers.items import Failure, ListSeen, Row, VisitEnded
from pipelines.health import state_after
from pipelines.store import articles, links, runs, sources, visits
from pipelines.store.times import stamp
from tests.support.stored import HOST, HOUR, NOW, audit, reading, watch

TIMEOUT = Failure("timeout", "no answer", f"http://{HOST}/", 1)


def row(db: Database, name: str = "政务动态") -> dict[str, Any]:
    return dict(db.execute("SELECT * FROM sources WHERE name = ?", [name]).fetchone())


def due(db: Database, now: datetime = NOW) -> list[str]:
    return [source.name for source in sources.due(db, now)]


def visit(db: Database, ended: VisitEnded, now: datetime = NOW) -> int:
    assert ended.source_id is not None
    run = runs.start(db, "manual", now, [ended.source_id])
    visits.end(db, run, ended, now)
    return run


def test_a_source_comes_back_as_it_was_stored(db: Database) -> None:
    recipe = Recipe("trs", "ul>li>a", 1, {"pages": 3})
    stored = sources.add(
        db, Source("政务动态", f"http://{HOST}/zwdt/", recipe, 900, True, False), NOW, confidence=0.9
    )
    assert sources.find(db, "政务动态") == stored
    assert (stored.recipe, stored.every, stored.alert_backlog, stored.verify_tls) == (
        recipe,
        900,
        True,
        False,
    )
    assert (row(db)["confidence"], row(db)["interval"], due(db)) == (0.9, 900, ["政务动态"])


@pytest.mark.parametrize("name", ["政务动态", "1", f"http://{HOST}/政务动态/"])
def test_a_source_is_found_by_name_number_and_address(db: Database, name: str) -> None:
    watch(db)
    assert sources.find(db, name).name == "政务动态"


def test_a_name_that_looks_like_a_number_wins(db: Database) -> None:
    watch(db, "2")
    watch(db, "other")
    assert sources.find(db, "2").name == "2"


@pytest.mark.parametrize("name", ["", "3", "９", "9" * 40, "%", "政务"])
def test_what_is_not_there_is_not_found(db: Database, name: str) -> None:
    watch(db)
    with pytest.raises(sources.NoSuchSource):
        sources.find(db, name)


@pytest.mark.parametrize(
    ("name", "url", "what"), [("甲", "http://b.example/", "name"), ("乙", "http://a.example/", "address")]
)
def test_a_second_source_of_that_name_or_address_is_refused(
    db: Database, name: str, url: str, what: str
) -> None:
    watch(db, "甲", url="http://a.example/")
    with pytest.raises(sources.SourceExists, match=f"has that {what} already"):
        watch(db, name, url=url)


def test_a_success_sets_the_next_visit(db: Database) -> None:
    column = watch(db, every=900)
    visit(db, VisitEnded(column, "fresh", None, '"e"', "Sun"))
    assert (row(db)["state"], row(db)["last_success"], row(db)["etag"]) == ("healthy", stamp(NOW), '"e"')
    assert due(db, NOW + timedelta(seconds=899)) == []
    assert due(db, NOW + timedelta(seconds=900)) == ["政务动态"]


def test_an_unchanged_list_keeps_its_validators(db: Database) -> None:
    column = watch(db)
    visit(db, VisitEnded(column, "fresh", None, '"e"', "Sun"))
    visit(db, VisitEnded(column, "not_modified"), NOW + HOUR)
    assert (row(db)["etag"], row(db)["last_modified"]) == ('"e"', "Sun")
    assert row(db)["last_success"] == stamp(NOW + HOUR)


def test_the_interval_is_learned_from_what_the_column_published(db: Database) -> None:
    column = watch(db)
    for number in range(84):
        page = reading(f"/{number}.html", f"第{number}号。", source=column, published=NOW - number * HOUR)
        articles.save(db, page, NOW)
    visit(db, VisitEnded(column, "fresh"))
    assert row(db)["interval"] == 3600
    visit(db, VisitEnded(column, "fresh"), NOW + timedelta(days=30))
    assert row(db)["interval"] == 7200


def test_failures_are_told_with_their_reason_and_keep_the_validators(db: Database) -> None:
    column = watch(db)
    visit(db, VisitEnded(column, "fresh", None, '"e"'))
    run = visit(db, VisitEnded(column, "failed", TIMEOUT), NOW + HOUR)
    assert (row(db)["state"], row(db)["reason"]) == ("unreachable", "timeout: no answer")
    assert (row(db)["since"], row(db)["etag"], row(db)["last_success"]) == (
        stamp(NOW + HOUR),
        '"e"',
        stamp(NOW),
    )
    assert [one["kind"] for one in runs.report(db, run)["failures"]] == ["timeout"]


def test_failing_on_a_source_is_visited_less_often_until_it_comes_back(db: Database) -> None:
    column = watch(db, every=3600)
    at, waits = NOW, []
    for _ in range(5):
        visit(db, VisitEnded(column, "failed", TIMEOUT), at)
        then = datetime.fromisoformat(row(db)["next_check_at"])
        waits.append((then - at) / HOUR)
        at = then
    assert waits == [2, 4, 6, 6, 6]
    assert row(db)["since"] == stamp(NOW)
    visit(db, VisitEnded(column, "fresh"), at)
    assert (row(db)["failures_in_row"], row(db)["state"], row(db)["reason"]) == (0, "healthy", None)


@pytest.mark.parametrize("kind", KINDS)
def test_every_failure_means_a_state(kind: str) -> None:
    named = {"blocked", "unreachable", "changed_layout", "hijacked", "silent", "broken"}
    assert state_after(kind) in named


@pytest.mark.parametrize(
    ("kind", "state"),
    [
        ("http_429", "blocked"),
        ("truncated", "unreachable"),
        ("js_challenge", "blocked"),
        ("dns", "unreachable"),
        ("no_rows", "changed_layout"),
        ("hung", "broken"),
    ],
)
def test_what_failures_mean(kind: str, state: str) -> None:
    assert state_after(kind) == state


def test_a_source_paused_during_its_visit_stays_paused(db: Database) -> None:
    column = watch(db)
    for ended in (VisitEnded(column, "fresh"), VisitEnded(column, "failed", TIMEOUT)):
        run = runs.start(db, "manual", NOW, [column])
        sources.pause(db, "政务动态", NOW)
        visits.end(db, run, ended, NOW + HOUR)
        assert (row(db)["state"], row(db)["reason"]) == ("paused", "paused by the user")
        assert (row(db)["since"], row(db)["claimed_by"]) == (stamp(NOW), None)
        assert due(db, NOW + 99 * HOUR) == []


def test_a_resumed_source_is_due_at_once_and_begins_anew(db: Database) -> None:
    column = watch(db)
    for _ in range(4):
        visit(db, VisitEnded(column, "failed", TIMEOUT))
    sources.pause(db, "政务动态", NOW)
    sources.resume(db, "政务动态", NOW + HOUR)
    assert (row(db)["state"], row(db)["failures_in_row"], due(db, NOW + HOUR)) == (
        "unverified",
        0,
        ["政务动态"],
    )


def test_a_source_cannot_be_removed_from_under_its_visit(db: Database) -> None:
    column = watch(db)
    run = runs.start(db, "manual", NOW, [column])
    with pytest.raises(sources.SourceBusy, match=f"run {run}"):
        sources.remove(db, "政务动态")
    visits.end_run(db, run, "stopped", None, NOW)
    sources.remove(db, "政务动态")
    assert db["sources"].count == 0


def test_articles_outlive_their_source_which_begins_anew_when_added_again(db: Database) -> None:
    column = watch(db)
    links.record_rows(db, ListSeen(column, "", (Row(f"http://{HOST}/1.html", "题"),), False), NOW)
    articles.save(db, reading(source=column), NOW)
    visit(db, VisitEnded(column, "failed", TIMEOUT))
    sources.remove(db, "政务动态")
    assert (db["articles"].count, db["links"].count, db["failures"].count) == (1, 0, 0)
    assert audit(db) == []
    watch(db)
    assert row(db)["first_visit_at"] is None


def test_a_visit_whose_source_was_removed_ends_quietly(db: Database) -> None:
    column = watch(db)
    run = runs.start(db, "manual", NOW, [column])
    db.execute("DELETE FROM sources")
    visits.end(db, run, VisitEnded(column, "fresh"), NOW)
    visits.end(db, run, VisitEnded(column, "failed", TIMEOUT), NOW)
    assert audit(db) == []


def test_sites_that_a_run_visits_are_left_out_whole(db: Database) -> None:
    one = watch(db, "一", url="http://a.example/1/")
    watch(db, "二", url="https://A.example:443/2/")
    watch(db, "三", url="http://a.example:8080/3/")
    runs.start(db, "manual", NOW, [one])
    assert due(db) == ["三"]


def test_a_site_of_many_columns_is_visited_in_parts(db: Database) -> None:
    for number in range(5):
        watch(db, f"a{number}", url=f"http://a.example/{number}/")
    watch(db, "b", url="http://b.example/")
    names = [source.name for source in sources.due(db, NOW, of_a_site=2)]
    assert names == ["a0", "a1", "b"]
    assert len(sources.due(db, NOW)) == 6


def test_the_longest_overdue_comes_first(db: Database) -> None:
    for hours, name in enumerate("甲乙丙"):
        visit(db, VisitEnded(watch(db, name, every=3600), "fresh"), NOW - hours * HOUR)
    assert due(db, NOW + HOUR) == ["丙", "乙", "甲"]


def test_a_visit_set_by_a_clock_that_was_wrong_is_not_waited_for(db: Database) -> None:
    column = watch(db, every=3600)
    rare = watch(db, "少见", every=30 * 86400)
    visit(db, VisitEnded(column, "fresh"), NOW + timedelta(days=900))
    visit(db, VisitEnded(rare, "fresh"), NOW)
    assert due(db, NOW) == ["政务动态"]
    visit(db, VisitEnded(column, "fresh"), NOW)
    assert due(db, NOW) == []
