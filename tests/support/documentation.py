"""The documentation as text, and the real commands to hold beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from typer.main import get_command

from monitor.cli.app import COMMANDS, application

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.glob("**/*.md")])
NAMES = [str(page.relative_to(ROOT)) for page in PAGES]

FENCE = re.compile(r"^```[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^(#{1,6}) +(.+?) *$", re.MULTILINE)
CODE = re.compile(r"`([^`]+)`")


def text_of(name: str) -> str:
    return (DOCS / name).read_text("utf-8")


def without_fences(text: str) -> str:
    """Same length: code is blanked out, so that a comment in it is no heading."""
    return FENCE.sub(lambda fence: re.sub(r"[^\n]", " ", fence[0]), text)


def sections(text: str) -> dict[str, str]:
    """Heading -> what stands under it, up to the next heading of any level."""
    bare = without_fences(text)
    found = list(HEADING.finditer(bare))
    ends = [heading.start() for heading in found[1:]] + [len(text)]
    return {
        heading[2].replace("`", ""): text[heading.end() : end]
        for heading, end in zip(found, ends, strict=True)
    }


def under(text: str, heading: str) -> dict[str, str]:
    """The sections one level below a heading."""
    bare = without_fences(text)
    place = next(found for found in HEADING.finditer(bare) if found[2] == heading)
    rest = text[place.end() :]
    following = re.search(rf"^#{{1,{len(place[1])}}} ", without_fences(rest), re.MULTILINE)
    return sections(rest[: following.start()] if following else rest)


def rows(text: str) -> Iterator[list[str]]:
    """The cells of every table's rows, without heads and rules."""
    for line in without_fences(text).splitlines():
        if line.startswith("|") and not set(line) <= set("|-: "):
            yield [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line)[1:-1]]


def leaves() -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every command that does something, with what Typer made of it."""
    for command in COMMANDS:
        loaded: Any = get_command(application((command.name,)))
        loaded = loaded.commands[command.name]
        if hasattr(loaded, "commands"):
            yield from (((command.name, name), leaf) for name, leaf in loaded.commands.items())
        else:
            yield (command.name,), loaded


LEAVES = dict(leaves())


def spelled(parameters: Iterable[Any]) -> set[str]:
    """`--limit`, `-o`, and arguments by the name that their help shows."""
    found: set[str] = set()
    for parameter in parameters:
        if parameter.param_type_name == "argument":
            found.add(parameter.metavar or parameter.name.upper())
        else:
            found.update([*parameter.opts, *parameter.secondary_opts])
    return found
