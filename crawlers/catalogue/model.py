"""A source: the address of a column, the recipe that reads it, the promise it is held to."""

from __future__ import annotations

from typing import Any

from attrs import evolve, field, frozen

from crawlers.items import NextPage


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
    """What the family needs beyond that; JSON values. `entry`: see `Source.entry`."""


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
    browser: bool = False
    """True: its pages show their content only in a browser; chosen by the user for this source."""
    id: int | None = None
    """Number in the database; None before it is stored."""

    @property
    def learned(self) -> Recipe | None:
        """The recipe; None where nothing was learned yet and the family shows on the page itself."""
        return self.recipe if self.recipe != Recipe() else None

    @property
    def entry(self) -> NextPage:
        """What is asked for first: the column's address, or where its list was found to be (a frame)."""
        told = self.recipe.params.get("entry")
        entry = NextPage(**told) if told else NextPage(self.url)
        return evolve(entry, rendered=self.browser and entry.expects == "page")
