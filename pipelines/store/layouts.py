"""The table `recipes`: how a source's list was read before its layout changed; pages of broken ones."""

from __future__ import annotations

import json
import sqlite3
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from attrs import asdict
from sqlite_utils import Database

from crawlers.items import LayoutChanged, Page
from pipelines.store.database import transaction
from pipelines.store.times import stamp

FOLDER = "broken"

TOLD_FOR = timedelta(days=7)
"""How long a source's `reason` tells that its list was learned anew."""


def change(db: Database, run_id: int, changed: LayoutChanged, now: datetime) -> None:
    """Another recipe reads a source from now on; the one before is kept with its end."""
    with transaction(db) as conn:
        row = conn.execute("SELECT recipe FROM sources WHERE id = ?", [changed.source_id]).fetchone()
        if row is None:
            return  # the source was removed meanwhile
        conn.execute(
            "INSERT INTO recipes (source_id, run_id, recipe, ended, evidence) VALUES (?, ?, ?, ?, ?)",
            [changed.source_id, run_id, row["recipe"], stamp(now), changed.evidence],
        )
        conn.execute(
            "UPDATE sources SET recipe = ? WHERE id = ?",
            [json.dumps(asdict(changed.recipe), ensure_ascii=False), changed.source_id],
        )


def history(db: Database, source_id: int) -> list[dict[str, Any]]:
    """The recipes that a source had before, latest first: `{recipe, ended, evidence}`."""
    rows = db.execute(
        "SELECT recipe, ended, evidence FROM recipes WHERE source_id = ? ORDER BY id DESC", [source_id]
    )
    return [
        {"recipe": json.loads(row["recipe"]), "ended": row["ended"], "evidence": row["evidence"]}
        for row in rows
    ]


def of_run(db: Database, run_id: int) -> list[dict[str, Any]]:
    """Lists that were learned anew in a run: `{source, evidence}`."""
    rows = db.execute(
        "SELECT sources.name AS source, recipes.evidence FROM recipes"
        " JOIN sources ON sources.id = recipes.source_id WHERE recipes.run_id = ? ORDER BY recipes.id",
        [run_id],
    )
    return [dict(row) for row in rows]


def lately(conn: sqlite3.Connection, source_id: int | None, now: datetime) -> str | None:
    """What the operator of a healthy source should know of: its list was learned anew not long ago."""
    row = conn.execute(
        "SELECT ended, evidence FROM recipes WHERE source_id = ? AND ended > ? ORDER BY id DESC LIMIT 1",
        [source_id, stamp(now - TOLD_FOR)],
    ).fetchone()
    return f"new layout, learned anew on {row['ended'][:10]}: {row['evidence']}" if row else None


def save_page(data: Path, source_id: int, page: Page) -> str:
    """Keeps what came in place of a source's list, one page per source; its path within the data folder."""
    name = f"{FOLDER}/source-{source_id}.html"
    path = data / name
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".part")
    unfinished.write_bytes(page.body)
    unfinished.replace(path)
    return name
