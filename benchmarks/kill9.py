"""`python -m benchmarks.kill9 [N] [SEED]`: kills a watch N times and prints what is left behind."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import typer

from benchmarks.killing.rounds import killed


def main(kills: int = typer.Argument(200), seed: int = typer.Argument(1)) -> None:
    """Kill -9 at random moments of a watch; exit code 1 where anything was lost, halved or told twice."""
    with tempfile.TemporaryDirectory(prefix="kill9-") as folder:
        result = killed(Path(folder), kills, seed, typer.echo)
    typer.echo(
        f"{result.kills.total()} kills in {result.seconds:.0f} s: "
        + ", ".join(f"{number} of {target}" for target, number in result.kills.items())
    )
    typer.echo(
        f"in the middle of a crawl: {result.in_crawl}, of a mail: {result.in_mail}, between the server's"
        f" taking a mail and our commit: {result.before_commit}"
    )
    typer.echo(f"{result.articles} articles, {result.mails} mails due, {result.repeats} of them came twice")
    for trouble in result.troubles:
        typer.echo(trouble)
    typer.echo("nothing lost, nothing halved" if not result.troubles else f"{len(result.troubles)} troubles")
    sys.exit(bool(result.troubles))


if __name__ == "__main__":
    typer.run(main)
