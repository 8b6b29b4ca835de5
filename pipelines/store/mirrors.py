"""Sources whose pages are polluted copies: sites that show what others published, in disguise."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter

_LATEST, _FEW = 20, 3
"""Articles that a source is judged by at most, and polluted ones that are a habit."""


def noted(conn: sqlite3.Connection, source_id: int | None) -> str | None:
    """What the operator of a healthy source should know of: what it shows are polluted copies."""
    kinds = [
        json.loads(row["pollution"] or "{}").get("kind", "none")
        for row in conn.execute(
            "SELECT pollution FROM articles WHERE source_id = ? ORDER BY published DESC LIMIT ?",
            [source_id, _LATEST],
        )
    ]
    polluted = [kind for kind in kinds if kind not in ("none", "bytes")]
    if len(polluted) < _FEW or 2 * len(polluted) < len(kinds):
        return None
    (kind, _), *_ = Counter(polluted).most_common(1)
    return (
        f"mirror: {len(polluted)} of its {len(kinds)} latest articles are polluted copies ({kind});"
        " watch the site that they come from"
    )
