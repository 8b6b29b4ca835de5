"""The columns of a home page, shown to choose from."""

from __future__ import annotations

from collections.abc import Sequence

from rich.table import Table

from crawlers.candidates import Candidate
from monitor.cli import common


def show_candidates(found: Sequence[Candidate]) -> None:
    """Likeliest first."""
    table = Table("column", "address", title="columns of this site")
    for one in found:
        table.add_row(one.title, one.url)
    common.out.print(table, markup=False)
