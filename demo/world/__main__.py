"""`python -m demo.world`: the demo's sites for trying by hand."""

from __future__ import annotations

import argparse
import sys
import threading
from datetime import UTC, datetime

import typer

from demo.world.world import World


def main() -> int:
    """Serves the demo's sites until Ctrl-C; every Enter lets the next thing happen."""
    parser = argparse.ArgumentParser(prog="python -m demo.world", description=main.__doc__)
    parser.add_argument("--port-base", type=int, default=0, metavar="N", help="ports from N on")
    parser.add_argument("--latency", type=float, default=0, metavar="SECONDS", help="wait before answering")
    options = parser.parse_args()
    world = World(datetime.now(UTC), latency=options.latency).start(options.port_base)
    try:
        for column in world.sites:
            typer.echo(f"{column.url}\t{column.name} {column.column} ({column.charset})")
        typer.echo("Enter: the next step. Ctrl-C: end.")
        for _ in sys.stdin:
            step = world.advance()
            typer.echo(f"{step.name}: {step.description}" if step else "nothing left to happen")
        threading.Event().wait()
    except KeyboardInterrupt:
        typer.echo()
    finally:
        world.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
