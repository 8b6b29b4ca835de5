"""Every check lets faultless facts pass, and every fault is reported by name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from attrs import evolve

from demo.commands import Ending
from demo.facts import Failed, Stored
from demo.verify import (
    check_added,
    check_archive,
    check_end,
    check_failures,
    check_outbox,
    check_search,
    check_watched,
)
from demo.world import Expected, World

AsStored = Callable[[list[Expected]], list[Stored]]
Facts = dict[str, Stored]


@pytest.fixture
def truth(finished: World) -> list[Expected]:
    return [article for article in finished.expected.values() if not article.forbidden]


@pytest.fixture
def facts(truth: list[Expected], as_stored: AsStored) -> Facts:
    """By key of the world."""
    return dict(zip((article.key for article in truth), as_stored(truth), strict=True))


def found(truth: list[Expected], facts: Facts) -> list[str]:
    return [finding.what for finding in check_archive(truth, list(facts.values()))]


def test_faultless_facts_bring_no_finding(truth: list[Expected], facts: Facts) -> None:
    assert len(facts) > 100
    assert found(truth, facts) == []


FAULTS: dict[str, tuple[str, dict[str, Any]]] = {
    "title": ("qingchuan/plenary", {"title": "清川区召开会议"}),
    "no title": ("qingchuan/plenary", {"title": None}),
    "published": ("yunze/campaign", {"published": None}),
    "source": ("yunze/river", {"source": "云泽新闻网"}),
    "author": ("yunze/river", {"author": None}),
    "body": ("lanping/coal", {"body": "。"}),
    "original_body": ("mirror/plenary", {"original_body": None}),
    "site_code": ("citygov/air", {"site_code": None}),
    "region_code": ("lanping/coal", {"region_code": "430000"}),
    "images": ("luzhou/wetland", {"images": ()}),
    "attachments": ("citygov/list", {"attachments": ()}),
    "backlog": ("qingchuan/plenary", {"backlog": True}),
    "news": ("qingchuan/chimney", {"backlog": False}),
    "polluted": ("mirror/plenary", {"pollution": None}),
    "clean": ("qingchuan/plenary", {"pollution": "{}"}),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_wrong_field_is_named(fault: str, truth: list[Expected], facts: Facts) -> None:
    key, values = FAULTS[fault]
    facts[key] = evolve(facts[key], **values)
    names = {"no title": "title", "news": "backlog", "clean": "polluted"}
    assert found(truth, facts) == [f"{key}: {names.get(fault, fault)}"]


def test_a_time_that_is_off_by_hours_is_named(truth: list[Expected], facts: Facts) -> None:
    row = facts["yunze/campaign"]
    assert row.published is not None
    facts["yunze/campaign"] = evolve(row, published=row.published - timedelta(hours=8))
    assert found(truth, facts) == ["yunze/campaign: published"]


@pytest.mark.parametrize("kept", [slice(0, 1), slice(1, 2)])
def test_a_text_of_the_edited_article_that_was_not_kept_is_named(
    kept: slice, truth: list[Expected], facts: Facts
) -> None:
    row = facts["yunze/river"]
    assert len(row.versions) == 2
    facts["yunze/river"] = evolve(row, versions=row.versions[kept])
    assert found(truth, facts) == ["yunze/river: versions"]


def test_a_version_too_much_is_named(truth: list[Expected], facts: Facts) -> None:
    row = facts["qingchuan/plenary"]
    facts["qingchuan/plenary"] = evolve(row, versions=row.versions * 2)
    assert found(truth, facts) == ["qingchuan/plenary: versions"]


def test_articles_missing_and_too_much_are_named(truth: list[Expected], facts: Facts) -> None:
    facts["forbidden"] = evolve(facts.pop("lanping/coal"), url="http://127.0.0.1:1/internal.html", story=999)
    assert found(truth, facts) == ["articles: missing", "articles: too much"]


def test_an_article_stored_twice_is_named(truth: list[Expected], facts: Facts) -> None:
    facts["again"] = facts["lanping/coal"]
    assert found(truth, facts) == ["articles: too much"]


def test_a_copy_that_was_taken_for_an_article_of_its_own_is_named(
    truth: list[Expected], facts: Facts
) -> None:
    facts["mirror/plenary"] = evolve(facts["mirror/plenary"], copy_of=None, story=999)
    assert found(truth, facts) == [
        "qingchuan/plenary: first of its copies: too much",
        "qingchuan/plenary: stories",
        "archive: stories",
    ]


def test_a_copy_that_came_later_and_counts_as_the_first_is_named(truth: list[Expected], facts: Facts) -> None:
    first, copy = facts["luzhou/wetland"], facts["industry/reprint-wetland"]
    facts["luzhou/wetland"] = evolve(first, copy_of=copy.url)
    facts["industry/reprint-wetland"] = evolve(copy, copy_of=None)
    assert found(truth, facts) == [
        "luzhou/wetland: first of its copies: missing",
        "luzhou/wetland: first of its copies: too much",
    ]


def test_of_texts_that_were_there_from_the_start_either_may_be_the_first(
    truth: list[Expected], facts: Facts
) -> None:
    first, copy = facts["yunze/campaign"], facts["mirror/campaign"]
    facts["yunze/campaign"] = evolve(first, copy_of=copy.url)
    facts["mirror/campaign"] = evolve(copy, copy_of=None)
    assert found(truth, facts) == []
    facts["yunze/campaign"] = first
    assert found(truth, facts) == ["yunze/campaign: first of its copies: too much"]


def test_a_copy_of_something_else_is_named(truth: list[Expected], facts: Facts) -> None:
    facts["mirror/plenary"] = evolve(facts["mirror/plenary"], copy_of=facts["yunze/bus"].url)
    assert found(truth, facts) == ["qingchuan/plenary: copied from: too much"]


def test_two_texts_in_one_story_are_named(truth: list[Expected], facts: Facts) -> None:
    facts["yunze/bus"] = evolve(facts["yunze/bus"], story=facts["lanping/coal"].story)
    assert found(truth, facts) == ["archive: stories"]


ADDED = {
    "stored": {"stored": False},
    "rows": {"rows": []},
    "articles that agree with their rows": {"articles": [{"agrees": True}, {"agrees": False}]},
    "articles looked at": {"articles": []},
    "page 2 found": {"page_two": 0},
}


@pytest.mark.parametrize("fault", [None, *ADDED])
def test_a_column_that_was_misunderstood_is_named(
    fault: str | None, finished: World, truth: list[Expected]
) -> None:
    column = finished.sites[-1]
    listed = [article for article in truth if article.site == column.key]
    rows = [{"url": article.url, "title": article.displayed.title} for article in listed]
    answer = {"stored": True, "rows": rows, "articles": [{"agrees": True}] * 3, "page_two": 4}
    findings = check_added(column, answer | (ADDED[fault] if fault else {}), listed)
    assert [one.what.rpartition(": ")[2] for one in findings] == ([fault] if fault else [])


def test_rows_in_another_order_or_with_cut_titles_are_named(finished: World, truth: list[Expected]) -> None:
    rows = [{"url": one.url, "title": one.displayed.title} for one in truth[:3]]
    answer = {"stored": True, "articles": [{"agrees": True}], "page_two": 1}
    for wrong in (rows[::-1], [rows[0] | {"title": "清川区…"}, *rows[1:]]):
        assert len(check_added(finished.sites[0], answer | {"rows": wrong}, truth[:3])) == 1


def source(url: str, **values: Any) -> dict[str, Any]:
    return {"url": url, "name": url, "state": "healthy", "articles": 3, "reason": None} | values


DOWN = {"state": "unreachable", "reason": "http_5xx: HTTP status 503"}


@pytest.mark.parametrize(
    ("sources", "names"),
    [
        ([source("a"), source("b", **DOWN)], []),
        ([source("a")], ["sources: missing"]),
        ([source("a"), source("b", **DOWN), source("c")], ["sources: too much"]),
        ([source("a", articles=2), source("b", **DOWN)], ["source a: articles"]),
        ([source("a", state="silent"), source("b", **DOWN)], ["source a: state"]),
        ([source("a", **DOWN), source("b", **DOWN)], ["source a: reason", "source a: state"]),
        ([source("a"), source("b")], ["source b: reason", "source b: state"]),
        ([source("a"), source("b", **DOWN | {"reason": "gone"})], ["source b: reason"]),
        ([source("a"), source("b", **DOWN | {"articles": 0})], ["source b: articles"]),
    ],
)
def test_sources_are_healthy_but_for_the_one_that_is_down(
    sources: list[dict[str, Any]], names: list[str]
) -> None:
    findings = check_watched({"sources": sources}, {"a": 3, "b": 3}, ["b"])
    assert sorted(one.what for one in findings) == names


@pytest.mark.parametrize("fault", [{}, {"due": 1}, {"held": 1}, {"sent": 5}, {"failed": 2}])
def test_mails_that_wait_or_failed_are_named(fault: dict[str, int]) -> None:
    counts = {"due": 0, "held": 0, "sent": 4, "failed": 0, "answers": []}
    findings = check_outbox({"outbox": counts | fault}, 4)
    assert [one.what for one in findings] == [f"outbox: {name}" for name in fault]


def test_hits_missing_and_too_much_are_named(finished: World) -> None:
    truth = [finished.expected[key] for key in ("qingchuan/plenary", "mirror/plenary", "yunze/bus")]
    hits = [
        {"url": one.url, "title": one.title, "reprints": 0 if one.site == "yunze" else 1} for one in truth
    ]
    assert check_search(hits, truth) == []
    assert [one.what for one in check_search(hits[1:], truth)] == ["hits: missing"]
    assert [one.what for one in check_search([*hits, hits[0]], truth)] == ["hits: too much"]
    for wrong in ({"title": "别的"}, {"url": "http://127.0.0.1:1/"}, {"reprints": 0}):
        findings = check_search([hits[0] | wrong, *hits[1:]], truth)
        assert [one.what for one in findings] == ["hits: missing", "hits: too much"]


def test_failures_are_those_that_the_world_caused() -> None:
    refused = Failed("s", "http://a/internal", "robots", "forbidden by the site's robots.txt")
    down = Failed("s", "http://a/", "http_5xx", "HTTP status 503")

    def names(*failures: Failed) -> list[str]:
        return [one.what for one in check_failures(failures, ["http://a/internal"], ["s"])]

    assert names(refused, down, refused, down) == []
    assert names(down) == ["pages refused for robots.txt: missing"]
    assert names(refused) == ["sources that answered 503: missing"]
    assert names(refused, down, evolve(down, source="t")) == ["sources that answered 503: too much"]
    assert names(refused, down, evolve(refused, url="x")) == ["pages refused for robots.txt: too much"]
    unreadable = Failed("s", "http://a/1", "unreadable", "no article")
    assert names(refused, down, unreadable) == ["failures: too much"]


@pytest.mark.parametrize(
    ("ending", "words", "names"),
    [
        (Ending(0, 0.4), "govwatch: stopped; nothing is lost", []),
        (Ending(1, 0.4), "govwatch: stopped", ["exit code"]),
        (Ending(-9, 0.4), "Traceback", ["exit code", "says that it stopped"]),
        (Ending(0, 15.5), "govwatch: stopped", ["within 15 s"]),
    ],
)
def test_an_end_in_disorder_is_named(ending: Ending, words: str, names: list[str]) -> None:
    assert [one.what.rpartition(": ")[2] for one in check_end(ending, words, 15)] == names
