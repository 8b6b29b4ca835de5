"""`python -m benchmarks [NAME ...]`: measures, prints a table for each, and keeps the numbers if asked to."""

from __future__ import annotations

import inspect
import json as jsonlib
import os
import sys
import time
from collections.abc import Callable
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from benchmarks.figures import Findings

BENCHMARKS = {
    "crawl": "benchmarks.crawl:crawl",
    "rounds": "benchmarks.rounds:rounds",
    "hundreds": "benchmarks.hundreds:hundreds",
    "read": "benchmarks.reading:reading",
    "clean": "benchmarks.cleaning:cleaning",
    "search": "benchmarks.searching:searching",
    "memory": "benchmarks.memory:memory",
    "kill9": "benchmarks.durability:kill9",
    "mutated": "benchmarks.mutated:mutated",
}
"""By name; imported when asked for, as some load much."""
ONLY_WHEN_NAMED = ("kill9", "mutated")
"""Each takes longer than all others together."""

console = Console(soft_wrap=True, width=None if sys.stdout.isatty() else 160)
"""In a file the tables have room for all their columns."""
application = typer.Typer(add_completion=False)


@application.command()
def main(
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="NAME", help=f"{', '.join(BENCHMARKS)}; none: all but {' and '.join(ONLY_WHEN_NAMED)}."
        ),
    ] = None,
    quick: Annotated[bool, typer.Option("--quick", help="Small sizes, one round: a minute.")] = False,
    json: Annotated[Path | None, typer.Option("--json", help="Append every figure, a line each.")] = None,
    pages: Annotated[
        Path | None, typer.Option("--pages", help="read, mutated: a folder of saved pages.")
    ] = None,
    gold: Annotated[
        Path | None, typer.Option("--gold", help='read: JSONL of {"file", "body"}, files below --pages.')
    ] = None,
    articles: Annotated[int, typer.Option(min=1_000, help="search: size of the archive.")] = 50_000,
    count: Annotated[int | None, typer.Option(min=1, help="mutated: so many pages, not 100,000.")] = None,
    seed: Annotated[int, typer.Option(min=0, help="mutated: the first page; with --count 1 that one.")] = 0,
) -> None:
    """Measure the headline numbers, with peers in the same run."""
    given = {"quick": quick, "pages": pages, "gold": gold, "articles": articles, "count": count, "seed": seed}
    for name in names or [name for name in BENCHMARKS if name not in ONLY_WHEN_NAMED]:
        if name not in BENCHMARKS:
            raise typer.BadParameter(f"there is no benchmark {name!r}; there are {', '.join(BENCHMARKS)}")
        started, load = time.monotonic(), os.getloadavg()[0]
        findings = _benchmark(name, given)()
        _show(findings, time.monotonic() - started, load)
        if json:
            _keep(findings, json)


def _benchmark(name: str, given: dict[str, Any]) -> Callable[[], Findings]:
    """The benchmark with those of the options that it knows."""
    module, _, function = BENCHMARKS[name].partition(":")
    measure = getattr(import_module(module), function)
    known = inspect.signature(measure).parameters
    return partial(measure, **{option: value for option, value in given.items() if option in known})


def _show(findings: Findings, seconds: float, load: float) -> None:
    console.print(findings.table())
    for note in findings.notes:
        console.print(note, highlight=False)
    busy = f"; {load:.1f} other processes wanted one of {os.cpu_count()} processors when it began"
    console.print(f"measured in {seconds:.0f} s{busy if load >= 1 else ''}\n", highlight=False)


def _keep(findings: Findings, file: Path) -> None:
    with file.open("a", encoding="utf-8") as stream:
        for line in findings.lines():
            stream.write(jsonlib.dumps(line, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    application()
