"""What `sources verify` found, kept with the source."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

import pytest
from sqlite_utils import Database

from crawlers.catalogue.model import Recipe
from crawlers.china import CHINA
from pipelines.store import layouts, runs, sources, verified
from tests.support.stored import watch

NOW = datetime(2026, 11, 28, 9, tzinfo=CHINA)
FOUND = Recipe("trs", "html>body>ul li>a", 1)


def verify(db: Database, source: int, recipe: Recipe) -> None:
    run = runs.start(db, "manual", NOW, [source])
    verified.understood(db, run, source, recipe, 0.9, NOW + timedelta(minutes=1))


@pytest.mark.parametrize(
    ("before", "kept"),
    [
        (Recipe("plain", "html>body>table tr>td>a"), 1),
        (FOUND, 0),
        (Recipe(), 0),  # nothing had been learned
    ],
)
def test_a_recipe_that_another_replaces_is_kept_with_its_end(db: Database, before: Recipe, kept: int) -> None:
    source = watch(db, recipe=before)
    verify(db, source, FOUND)
    assert sources.find(db, str(source)).recipe == FOUND
    history = layouts.history(db, source)
    assert [Recipe(**one["recipe"]) for one in history] == [before] * kept
    assert json.dumps(history).count("sources verify") == kept
