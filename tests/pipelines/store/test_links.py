"""Rows of lists: taken down before they are fetched, tried again until had, looked at again while fresh."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from sqlite_utils import Database

from crawlers.items import Failure, ListSeen, Row
from pipelines.store import articles, links, runs, sources
from pipelines.store.times import stamp
from tests.support.stored import HOST, HOUR, NOW, audit, mails, reading, subscribe, watch

URL = f"http://{HOST}/1.html"


def seen(
    source: int, *urls: str, title: str = "关于水质的公报", backlog: bool = False, **rest: Any
) -> ListSeen:
    rows = tuple(Row(url, title, date(2026, 11, 22)) for url in urls)
    return ListSeen(source, f"http://{HOST}/", rows, backlog, **rest)


def link(db: Database, url: str = URL, source: int = 1) -> dict[str, Any]:
    return dict(db.execute("SELECT * FROM links WHERE source_id = ? AND url = ?", [source, url]).fetchone())


def due(db: Database, source: int = 1, now: datetime = NOW, limit: int = 50) -> list[str]:
    return [known.url for known in links.due(db.conn, source, limit, now)]


def fail(db: Database, now: datetime, source: int = 1) -> None:
    run = runs.start(db, "manual", now)
    runs.record_failure(db, run, Failure("timeout", "no answer", URL, source), now)


def test_rows_are_due_from_the_moment_they_are_taken_down(db: Database) -> None:
    column = watch(db)
    links.record_rows(db, seen(column, URL, URL + "?2"), NOW)
    assert due(db) == [URL, URL + "?2"]
    assert due(db, limit=1) == [URL]
    assert (link(db)["published"], link(db)["backlog"]) == ("2026-11-22", 0)


def test_history_is_marked_row_by_row(db: Database) -> None:
    column = watch(db)
    links.record_rows(db, seen(column, URL, URL + "?2", history=frozenset({URL})), NOW)
    links.record_rows(db, seen(column, URL + "?3", backlog=True), NOW)
    assert [link(db, url)["backlog"] for url in (URL, URL + "?2", URL + "?3")] == [1, 0, 1]


def test_what_was_news_stays_news_and_what_was_history_stays_history(db: Database) -> None:
    column = watch(db)
    links.record_rows(db, seen(column, URL), NOW)
    links.record_rows(db, seen(column, URL + "?2", backlog=True), NOW)
    links.record_rows(db, seen(column, URL, backlog=True), NOW)
    links.record_rows(db, seen(column, URL + "?2"), NOW)
    assert (link(db)["backlog"], link(db, URL + "?2")["backlog"]) == (0, 1)


def test_the_first_list_is_what_the_watch_begins_with(db: Database) -> None:
    column = watch(db)
    links.record_rows(db, seen(column, URL), NOW)
    links.record_rows(db, seen(column, URL), NOW + HOUR)
    (row,) = db.execute("SELECT first_visit_at FROM sources")
    assert row["first_visit_at"] == stamp(NOW)
    assert (link(db)["first_seen"], link(db)["last_seen"]) == (stamp(NOW), stamp(NOW + HOUR))


def test_a_row_that_was_had_is_asked_for_again_at_doubling_ages(db: Database) -> None:
    column = watch(db)
    links.record_rows(db, seen(column, URL), NOW)
    articles.save(db, reading(source=column), NOW)
    assert due(db, now=NOW + HOUR / 2) == []
    assert due(db, now=NOW + HOUR) == [URL]
    articles.save(db, reading(source=column), NOW + 3 * HOUR)
    assert link(db)["next_attempt_at"] == stamp(NOW + 6 * HOUR)


def test_a_new_headline_in_the_list_asks_for_the_page_at_once(db: Database) -> None:
    column = watch(db)
    links.record_rows(db, seen(column, URL), NOW)
    articles.save(db, reading(source=column), NOW)
    links.record_rows(db, seen(column, URL, title="关于水质的公报（更正）"), NOW + HOUR / 4)
    assert due(db, now=NOW + HOUR / 4) == [URL]


def test_a_failed_page_is_tried_at_growing_distance_and_given_up_visibly(db: Database) -> None:
    column = watch(db)
    links.record_rows(db, seen(column, URL), NOW)
    at = NOW
    for number in range(1, 10):
        fail(db, at)
        assert link(db)["attempts"] == number
        assert due(db, now=at) == []
        at = datetime.fromisoformat(link(db)["next_attempt_at"])
    assert at - NOW > timedelta(days=3)
    fail(db, at)
    assert (link(db)["next_attempt_at"], link(db)["last_error"]) == (None, "timeout: no answer")
    assert sources.all_of(db)[0]["given_up"] == 1
    assert audit(db) == []


def test_a_page_that_comes_at_last_is_as_if_it_had_never_failed(db: Database) -> None:
    column = watch(db)
    links.record_rows(db, seen(column, URL), NOW)
    fail(db, NOW)
    articles.save(db, reading(source=column), NOW + HOUR)
    assert (link(db)["attempts"], link(db)["last_error"]) == (0, None)
    assert sources.all_of(db)[0]["given_up"] == 0


def test_never_had_comes_before_looked_at_again(db: Database) -> None:
    column = watch(db)
    links.record_rows(db, seen(column, URL), NOW)
    articles.save(db, reading(source=column), NOW)
    links.record_rows(db, seen(column, URL + "?new"), NOW + 2 * HOUR)
    assert due(db, now=NOW + 3 * HOUR) == [URL + "?new", URL]


def test_a_row_that_another_column_led_to_is_not_fetched_again(db: Database) -> None:
    one, other = watch(db, "部门动态"), watch(db, "要闻")
    articles.save(db, reading(source=one), NOW)
    known = links.listed(db.conn, other, [URL, URL + "?2"], NOW + HOUR)
    assert {url: (row.due, row.first_seen) for url, row in known.items()} == {URL: (False, NOW + HOUR)}
    links.record_rows(db, seen(other, URL), NOW + HOUR)
    assert link(db, source=other)["article_id"] == 1
    assert due(db, other, NOW + 9 * HOUR) == []  # one column is enough to look at it again
    assert due(db, one, NOW + 9 * HOUR) == [URL]


def test_a_row_that_is_history_in_another_column_is_fetched_and_told(db: Database) -> None:
    subscribe(db, "水质")
    added, watched = watch(db, "要闻"), watch(db, "部门动态")
    articles.save(db, reading(source=added, backlog=True), NOW)
    assert links.listed(db.conn, watched, [URL], NOW) == {}
    links.record_rows(db, seen(watched, URL), NOW)
    known = links.listed(db.conn, watched, [URL], NOW)[URL]
    assert known.due
    assert known.etag is None  # a 304 would tell nobody anything
    articles.save(db, reading(source=watched), NOW)
    assert len(mails(db)) == 1


def test_the_looks_of_a_removed_column_are_taken_over_by_the_others(db: Database) -> None:
    one, other = watch(db, "部门动态"), watch(db, "要闻")
    links.record_rows(db, seen(one, URL), NOW)
    articles.save(db, reading(source=one), NOW)
    links.record_rows(db, seen(other, URL), NOW)
    assert due(db, other, NOW + HOUR) == []
    sources.remove(db, "部门动态")
    assert due(db, other, NOW + HOUR) == [URL]


def test_what_was_read_by_hand_is_looked_at_by_the_column_that_lists_it(db: Database) -> None:
    articles.save(db, reading(), NOW)
    column = watch(db)
    links.record_rows(db, seen(column, URL), NOW)
    assert due(db) == [URL]


def test_rows_of_a_source_that_was_removed_meanwhile_are_left(db: Database) -> None:
    column = watch(db, "政务动态")
    sources.remove(db, "政务动态")
    links.record_rows(db, seen(column, URL), NOW)
    fail(db, NOW, column)
    assert (db["links"].count, [row["source_id"] for row in db["failures"].rows]) == (0, [None])


def test_more_rows_than_fit_into_a_statement(db: Database) -> None:
    column = watch(db)
    urls = [f"{URL}?{number}" for number in range(1200)]
    links.record_rows(db, seen(column, *urls), NOW)
    assert len(links.listed(db.conn, column, urls, NOW)) == 1200
