"""Runs: begun by one, counted, ended once, whatever way they end."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from crawlers.items import Failure, ListSeen, Row, VisitEnded
from pipelines.store import articles, runs, sources, visits
from pipelines.store.database import open_store
from pipelines.store.times import stamp
from tests.support.stored import HOST, HOUR, NOW, audit, reading, watch


def states(db: Database) -> dict[str, tuple[str, str | None, bool]]:
    """Source -> state, reason and whether it is due now."""
    due = {source.name for source in sources.due(db, NOW)}
    return {row["name"]: (row["state"], row["reason"], row["name"] in due) for row in sources.all_of(db)}


def start(db: Database, ids: Sequence[int]) -> int:
    return runs.start(db, "scheduled", NOW, ids)


def test_a_run_counts_what_happens(db: Database) -> None:
    column = watch(db)
    run = start(db, [column])
    runs.count_page(db, run, ListSeen(column, "", (Row("a", "a"), Row("b", "b")), False))
    runs.count_page(db, run, ListSeen(column, "", (Row("c", "c"),), False))
    for body in ("甲。", "甲。", "乙。"):
        articles.save(db, reading(body=body), NOW, run)
    visits.end(db, run, VisitEnded(column, "not_modified"), NOW)
    visits.end_run(db, run, "done", None, NOW + HOUR)
    report = runs.report(db, run)
    counts = {"pages": 2, "new": 1, "same": 1, "changed": 1, "reprints": 0, "not_modified": 1, "sources": 1}
    assert {name: report[name] for name in counts} == counts
    assert (report["state"], report["started"], report["ended"]) == ("done", stamp(NOW), stamp(NOW + HOUR))
    (visit,) = db["visits"].rows
    assert (visit["rows"], visit["outcome"]) == (3, "not_modified")


def test_failures_are_reported_with_the_name_of_their_source(db: Database) -> None:
    column = watch(db)
    run = start(db, [column])
    failures = [
        Failure("timeout", "no answer", "http://x.example/1", column),
        Failure("dns", "?", "http://y/"),
    ]
    for failure in failures:
        runs.record_failure(db, run, failure, NOW)
    reported = runs.report(db, run)["failures"]
    assert reported == [
        {"source": "政务动态", "url": "http://x.example/1", "kind": "timeout", "detail": "no answer"},
        {"source": None, "url": "http://y/", "kind": "dns", "detail": "?"},
    ]


def test_the_latest_runs_come_first(db: Database) -> None:
    for _ in range(3):
        start(db, [])
    assert [report["run"] for report in runs.latest(db, 2)] == [3, 2]


def test_no_source_is_taken_by_two_runs(db: Database, tmp_path: Path) -> None:
    one = watch(db, "一", url="http://a.example/1/")
    sibling = watch(db, "二", url="http://a.example/2/")
    other = watch(db, "三", url="http://b.example/")
    with open_store(tmp_path / "govwatch.db") as second:
        first_run = start(db, [one, other])
        late = start(second, [one, sibling, other])  # chosen before the first run began
        assert [row["name"] for row in sources.of_run(db.conn, first_run)] == ["一", "三"]
        assert sources.of_run(db.conn, late) == []
        assert runs.report(db, late)["sources"] == 0
        visits.end(db, first_run, VisitEnded(one, "fresh"), NOW)
        third = start(second, [one, sibling, other])
    assert sorted(row["name"] for row in sources.of_run(db.conn, third)) == ["一", "二"]
    assert sources.claimed(db, [one, sibling, other]) == ["一", "二", "三"]


@pytest.mark.parametrize("how", ["stopped", "lost"])
def test_what_we_ended_ourselves_is_due_again_at_once(db: Database, how: Any) -> None:
    done, cut = watch(db, "完", url="http://a.example/"), watch(db, "断", url="http://b.example/")
    run = start(db, [done, cut])
    visits.end(db, run, VisitEnded(done, "fresh"), NOW)
    visits.end_run(db, run, how, "stopped before its end", NOW)
    assert states(db)["断"] == ("healthy", None, True)
    assert states(db)["完"][2] is False
    report = runs.report(db, run)
    assert (report["state"], report["failures"]) == ("done" if how == "stopped" else "failed", [])


@pytest.mark.parametrize(
    ("how", "kind"), [("hung", "hung"), ("crashed", "interrupted"), ("done", "interrupted")]
)
def test_what_a_process_left_unfinished_waits_and_says_why(db: Database, how: Any, kind: str) -> None:
    done, cut = watch(db, "完", url="http://a.example/"), watch(db, "断", url="http://b.example/")
    run = start(db, [done, cut])
    visits.end(db, run, VisitEnded(done, "fresh"), NOW)
    visits.end_run(db, run, how, "killed by SIGKILL", NOW)
    state, reason, is_due = states(db)["断"]
    assert (state, reason, is_due) == ("broken", f"{kind}: killed by SIGKILL", False)
    assert states(db)["完"][0] == "healthy"
    assert [failure["source"] for failure in runs.report(db, run)["failures"]] == ["断"]
    assert audit(db) == []


def test_a_run_ends_once(db: Database) -> None:
    column = watch(db)
    run = start(db, [column])
    visits.end_run(db, run, "crashed", "first", NOW)
    visits.end_run(db, run, "done", None, NOW + HOUR)
    report = runs.report(db, run)
    assert (report["state"], report["reason"], report["ended"]) == ("failed", "first", stamp(NOW))
    assert len(report["failures"]) == 1


def test_only_runs_of_child_processes_are_under_way(db: Database) -> None:
    kinds: tuple[runs.RunKind, ...] = ("scheduled", "manual", "scrapy")
    numbers = [runs.start(db, kind, NOW) for kind in kinds]
    assert runs.under_way(db) == numbers[:2]
    visits.end_run(db, numbers[0], "done", None, NOW)
    assert runs.under_way(db) == [numbers[1]]


def test_when_nothing_is_left_of_a_run_that_could_not_begin(db: Database) -> None:
    column = watch(db)

    def refuses(run: int) -> None:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        runs.start(db, "manual", NOW, [column], refuses)
    assert (db["runs"].count, sources.claimed(db, [column])) == (0, [])


def test_a_host_is_the_same_however_it_is_written(db: Database) -> None:
    watch(db, "一", url=f"http://{HOST}/1/")
    watch(db, "二", url=f"https://{HOST.upper()}./2/")
    assert {row["site"] for row in db["sources"].rows} == {HOST}
