"""What a benchmark finds: named quantities, each measured several times."""

from __future__ import annotations

import statistics
from collections.abc import Iterable
from typing import Any

from attrs import field, frozen
from rich.table import Table


def _numbers(values: Iterable[float]) -> tuple[float, ...]:
    return tuple(values)


@frozen
class Figure:
    """One quantity of one contender; a machine is never quiet, so every round's value is kept."""

    what: str
    """Row: who or what was measured."""
    quantity: str
    """Column: what was measured, with its unit."""
    values: tuple[float, ...] = field(converter=_numbers)

    @property
    def median(self) -> float:
        return statistics.median(self.values)

    @property
    def shown(self) -> str:
        """Median, and where rounds differ the least and the greatest value below it."""
        low, high = _short(min(self.values)), _short(max(self.values))
        return _short(self.median) if low == high else f"{_short(self.median)}\n[dim]{low} – {high}[/dim]"


def _figures(figures: Iterable[Figure]) -> tuple[Figure, ...]:
    return tuple(figures)


@frozen
class Findings:
    """The answer of one benchmark."""

    name: str
    title: str
    """What was done, how often, on what."""
    figures: tuple[Figure, ...] = field(converter=_figures)
    notes: tuple[str, ...] = ()

    def one(self, what: str, quantity: str) -> Figure:
        """Raises `KeyError` where it was not measured."""
        for figure in self.figures:
            if (figure.what, figure.quantity) == (what, quantity):
                return figure
        raise KeyError((what, quantity))

    def table(self) -> Table:
        """Contenders down, quantities across."""
        columns = list(dict.fromkeys(figure.quantity for figure in self.figures))
        table = Table(self.name, title=self.title, title_justify="left")
        for column in columns:
            table.add_column(column, justify="right")
        for what in dict.fromkeys(figure.what for figure in self.figures):
            own = {figure.quantity: figure.shown for figure in self.figures if figure.what == what}
            table.add_row(what, *(own.get(column, "") for column in columns))
        return table

    def lines(self) -> Iterable[dict[str, Any]]:
        """One object a figure, for `--json`."""
        for figure in self.figures:
            yield {
                "benchmark": self.name,
                "what": figure.what,
                "quantity": figure.quantity,
                "min": min(figure.values),
                "median": figure.median,
                "max": max(figure.values),
                "values": list(figure.values),
            }


def ratio(what: str, quantity: str, above: Figure, below: Figure) -> Figure:
    """Round by round, so that what slowed the machine in one round slowed both."""
    return Figure(what, quantity, [a / b for a, b in zip(above.values, below.values, strict=True)])


def _short(value: float) -> str:
    if value >= 1000:
        return f"{value:,.0f}"
    return f"{value:.3g}"
