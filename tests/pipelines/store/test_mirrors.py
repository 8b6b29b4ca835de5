"""A source that shows polluted copies is named as a mirror, and goes on."""

from __future__ import annotations

import pytest
from attrs import evolve
from sqlite_utils import Database

from crawlers.items import Pollution, PollutionKind, VisitEnded
from pipelines.store import runs, sources, visits
from pipelines.store.articles import save
from tests.support.stored import NOW, reading, watch


def visit(db: Database, source: int) -> tuple[str, str | None]:
    run = runs.start(db, "manual", NOW)
    visits.end(db, run, VisitEnded(source, "fresh"), NOW)
    row = db.execute("SELECT state, reason FROM sources WHERE id = ?", [source]).fetchone()
    return row["state"], row["reason"]


def put(db: Database, source: int, kinds: list[PollutionKind]) -> None:
    for number, kind in enumerate(kinds):
        one = reading(f"/{number}.html", f"第{number}篇。", source=source, published=NOW)
        save(db, evolve(one, pollution=Pollution(kind)), NOW)


@pytest.mark.parametrize(
    ("kinds", "reason"),
    [
        (
            ["pinyin", "pinyin", "traditional", "none"],
            "mirror: 3 of its 4 latest articles are polluted copies (pinyin)",
        ),
        (["mirror", "mirror", "mirror"], "mirror: 3 of its 3 latest articles are polluted copies (mirror)"),
        (["pinyin", "pinyin"], None),
        (["pinyin"] * 3 + ["none"] * 4, None),
        (["bytes"] * 5, None),
        ([], None),
    ],
)
def test_a_mirror_is_named_in_the_reason_of_its_source(
    db: Database, kinds: list[PollutionKind], reason: str | None
) -> None:
    source = watch(db)
    put(db, source, kinds)
    state, said = visit(db, source)
    assert state == "healthy"
    assert said is None if reason is None else (said or "").startswith(reason)
    assert sources.find(db, str(source)).id == source
