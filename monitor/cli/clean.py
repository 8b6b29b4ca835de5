"""`govwatch clean`: what govwatch makes of a text; nothing is stored."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer
from attrs import asdict

from monitor.cli import common
from pipelines.clean import clean as clean_text


def clean(
    file: Annotated[Path | None, typer.Argument(metavar="FILE", help="A text; none: standard input.")] = None,
    json: common.JsonOption = False,
) -> None:
    """Repair a text: inserted readings, Traditional and odd characters of polluted copies.

    A text that is not polluted comes out as it went in, apart from odd blanks and invisible characters.

    Example: `govwatch clean copy.txt > repaired.txt`
    """
    text = common.read_text(file) if file else common.decoded(sys.stdin.buffer.read(), "standard input")
    cleaned = clean_text(text)
    if json:
        common.print_json(
            {
                "text": cleaned.text,
                "original_length": len(text),
                "pollution": asdict(cleaned.pollution),
            }
        )
    else:
        typer.echo(cleaned.text, nl=False)
