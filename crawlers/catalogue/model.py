"""A source: the address of a column, the recipe that reads it, the promise it is held to."""

from __future__ import annotations

from typing import Any

from attrs import field, frozen


@frozen
class Recipe:
    """How a column's pages are read, found once by `govwatch add`; data, never code."""

    family: str = "plain"
    """Name of a module in `crawlers.families`."""
    row_path: str | None = None
    """The shape of path that rows share (`ListPage.row_path`); None: mined anew on every page."""
    offset: int | None = None
    """The number in the address of page 2 (1: `index_1`, 2: `index_2`), as probed; None: not paged so."""
    params: dict[str, Any] = field(factory=dict)
    """What the family needs beyond that; JSON values."""


@frozen
class Source:
    """One column that is watched."""

    name: str
    url: str
    recipe: Recipe = Recipe()
    every: int | None = None
    """Seconds between two looks; None: learned from the column's own history."""
    alert_backlog: bool = False
    """True: also what the column shows at the first visit brings mails."""
    verify_tls: bool = True
    """False only where the user said so for this source, and shown wherever the source is."""
    id: int | None = None
    """Number in the database; None before it is stored."""
