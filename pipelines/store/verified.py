"""What a look at a source that is watched already tells of it: `govwatch sources verify`."""

from __future__ import annotations

import json
from datetime import datetime

from attrs import asdict
from sqlite_utils import Database

from crawlers.catalogue.model import Recipe
from crawlers.items import LayoutChanged
from pipelines.store import layouts
from pipelines.store.database import transaction
from pipelines.store.times import stamp


def understood(
    db: Database, run_id: int, source_id: int, recipe: Recipe, confidence: float, now: datetime
) -> None:
    """The column was understood: keeps how, and hands the source back, healthy unless it is paused.

    One that was failing or had never been visited is due at once: looking at a column reads none of
    its articles. A recipe that another one replaces is kept with its end.
    """
    with transaction(db) as conn:
        row = conn.execute("SELECT recipe FROM sources WHERE id = ?", [source_id]).fetchone()
        if row is not None and Recipe(**json.loads(row["recipe"])) not in (Recipe(), recipe):
            layouts.change(db, run_id, LayoutChanged(source_id, recipe, _LOOKED_AT), now)
        conn.execute(
            "UPDATE visits SET ended = ?, outcome = 'fresh' WHERE run_id = ? AND source_id = ?",
            [stamp(now), run_id, source_id],
        )
        conn.execute(
            _UNDERSTOOD,
            {
                "recipe": json.dumps(asdict(recipe), ensure_ascii=False),
                "confidence": confidence,
                "now": stamp(now),
                "id": source_id,
            },
        )


_LOOKED_AT = "found by `sources verify`"

_UNDERSTOOD = """
    UPDATE sources SET recipe = :recipe, confidence = :confidence, etag = NULL, last_modified = NULL,
    since = CASE WHEN state IN ('healthy', 'paused') THEN since ELSE :now END,
    reason = CASE state WHEN 'paused' THEN reason END,
    next_check_at = CASE WHEN state IN ('healthy', 'paused') THEN next_check_at ELSE :now END,
    state = CASE state WHEN 'paused' THEN state ELSE 'healthy' END,
    failures_in_row = 0, claimed_by = NULL WHERE id = :id
"""
