"""The documentation cannot lie: what exists is documented, what is documented exists."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import annotated_types
import pytest
from sqlite_utils import Database
from typer.main import get_command

from crawlers.config import PREFIX, TABLES, Config
from crawlers.failures import KINDS
from monitor.cli.app import COMMANDS, application
from monitor.cli.common import DONE_WITH_FAILURES, WRONG_USAGE
from pipelines.health import State, state_after
from pipelines.query import Folded, QuerySyntaxError, parse
from pipelines.store.database import open_store

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.glob("**/*.md")])
NAMES = [str(page.relative_to(ROOT)) for page in PAGES]

FENCE = re.compile(r"^```[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^(#{1,6}) +(.+?) *$", re.MULTILINE)
CODE = re.compile(r"`([^`]+)`")
LINK = re.compile(r"\]\(([^()\s]+)\)")


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


@pytest.mark.parametrize("leaf", LEAVES, ids=" ".join)
def test_a_command_is_documented_with_precisely_its_arguments_and_options(leaf: tuple[str, ...]) -> None:
    section = sections(text_of("commands.md"))[f"govwatch {' '.join(leaf)}"]
    heads = [cells for cells in rows(section) if cells[0] in ("argument, option", "option")]
    documented = {
        words.split()[0]
        for cells in rows(section)
        if len(cells) == 2 and cells not in heads
        for words in CODE.findall(cells[0])
        if heads and (words.startswith("-") or words.isupper())
    }
    assert documented == spelled(LEAVES[leaf].params)


def test_no_command_is_documented_that_does_not_exist() -> None:
    groups = {leaf[0] for leaf in LEAVES}
    named = {heading for heading in sections(text_of("commands.md")) if heading.startswith("govwatch ")}
    assert named == {f"govwatch {' '.join(leaf)}" for leaf in LEAVES} | {
        f"govwatch {name}" for name in groups
    }


def test_exit_codes_are_as_documented() -> None:
    codes = [cells[0] for cells in rows(sections(text_of("commands.md"))["What they have in common"])]
    assert {"0", str(DONE_WITH_FAILURES), str(WRONG_USAGE)} <= set(codes)


def allowed(name: str) -> str | None:
    """The numbers that a setting may have, in the words of the page; None: no number."""
    bounds = {type(limit): limit for limit in Config.model_fields[name].metadata}
    if annotated_types.Le not in bounds:
        return None
    top = bounds[annotated_types.Le].le
    if annotated_types.Gt in bounds:
        return f"above {bounds[annotated_types.Gt].gt}, to {top}"
    return f"{bounds[annotated_types.Ge].ge} to {top}"


def default(name: str, config: Config) -> str:
    value = getattr(config, name)
    shown = str(value).lower() if isinstance(value, bool) else str(value)
    return "none" if value is None else f"`{shown}`"


def test_every_setting_is_documented_with_its_place_variable_default_and_range(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in Config.model_fields:
        monkeypatch.delenv(PREFIX + name.upper(), raising=False)
    config = Config()
    documented = {cells[0]: cells[1:5] for cells in rows(text_of("settings.md")) if len(cells) == 6}
    homes = {name: table for table, names in TABLES.items() for name in names}
    assert set(documented) == {"setting"} | {f"`{name}`" for name in Config.model_fields}
    for name in Config.model_fields:
        place, variable, value, range_ = documented[f"`{name}`"]
        assert (place, variable) == (f"`[{homes[name]}]`", f"`{PREFIX}{name.upper()}`")
        assert value == default(name, config), name
        assert range_ == (allowed(name) or range_), name


def columns(db: Database) -> Mapping[str, set[str]]:
    """Table -> columns; not SQLite's own tables, nor those in which FTS5 keeps its index."""
    own = [name for name in db.table_names() if not re.match(r"_sqlite|sqlite_|article_grams_", name)]
    return {name: {column.name for column in db[name].columns} for name in own}


def test_every_table_and_column_is_documented_and_no_other(tmp_path: Path) -> None:
    with open_store(tmp_path / "govwatch.db") as db:
        existing = columns(db)
    documented = {
        heading: {name for cells in rows(body) if cells[0] != "column" for name in CODE.findall(cells[0])}
        for heading, body in sections(text_of("tables.md")).items()
        if any(cells[0] == "column" for cells in rows(body))
    }
    assert documented == existing


LEAVES_THE_STATE = {"unreadable", "unfinished"}
"""Kinds that never end a visit to a list: what a source is like does not follow from them."""


def test_every_kind_of_failure_is_documented_with_the_state_it_leads_to() -> None:
    documented = under(text_of("failures.md"), "Kinds")
    assert set(documented) == set(KINDS)
    for kind, body in documented.items():
        text = " ".join(body.split())
        state = "unchanged" if kind in LEAVES_THE_STATE else f"`{state_after(kind)}`"
        assert f"State: {state}" in text, kind
        assert all(f"**{part}.**" in text for part in ("Meaning", "Evidence", "What to do")), kind


def test_every_state_is_documented() -> None:
    assert set(under(text_of("failures.md"), "States")) == set(State.__args__)


def anchors(text: str) -> set[str]:
    """As GitHub makes them of headings."""
    headings = (heading[2] for heading in HEADING.finditer(without_fences(text)))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("name", NAMES)
def test_links_lead_somewhere(name: str) -> None:
    page = ROOT / name
    broken = []
    for link in LINK.findall(without_fences(page.read_text("utf-8"))):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = unquote(link).partition("#")
        target = (page.parent / path) if path else page
        if not target.exists() or (anchor and anchor not in anchors(target.read_text("utf-8"))):
            broken.append(link)
    assert broken == []


def examples(text: str) -> Iterator[list[str]]:
    """The words of every `govwatch ...` line in fenced code, as a shell would cut them."""
    for fence in FENCE.findall(text):
        for line in fence.replace("\\\n", " ").splitlines():
            found = re.match(r"\s*(?:\$ )?(?:[A-Z_]+=\S+ )*(govwatch +[a-z-].*)", line)
            if found:
                words = shlex.split(found[1], comments=True)
                ends = [place for place, word in enumerate(words) if word in ("|", ">", "&&", "&", ";")]
                yield words[1 : ends[0] if ends else None]


@pytest.mark.parametrize("name", NAMES)
def test_examples_are_understood_by_the_real_commands(name: str) -> None:
    for words in examples((ROOT / name).read_text("utf-8")):
        if words[0].startswith("--"):
            assert words in (["--version"], ["--help"])
            continue
        leaf = tuple(words[:1]) if tuple(words[:1]) in LEAVES else tuple(words[:2])
        LEAVES[leaf].make_context(" ".join(leaf), words[len(leaf) :])


@pytest.mark.parametrize("name", NAMES)
def test_options_that_the_prose_names_exist(name: str) -> None:
    text = without_fences((ROOT / name).read_text("utf-8"))
    for code in CODE.findall(text):
        if not re.match(r"govwatch [a-z]", code):
            continue
        words = code.split()[1:]
        leaf = tuple(words[:1]) if tuple(words[:1]) in LEAVES else tuple(words[:2])
        if leaf in LEAVES:
            given = {word.partition("=")[0] for word in words if re.match(r"--?[a-z]", word)}
            assert given <= spelled(LEAVES[leaf].params) | {"--help"}, code
        else:
            assert any(words[0] == known[0] for known in LEAVES), code


def queries(heading: str) -> list[list[str]]:
    """Rows of the query tables of alerts.md, code marks taken off."""
    body = sections(text_of("alerts.md"))[heading]
    return [[CODE.sub(r"\1", cell) for cell in cells] for cells in list(rows(body))[1:]]


def test_queries_find_what_the_table_says() -> None:
    table = queries("The query language")
    assert len(table) >= 12
    for query, _, found, missed in table:
        for text, wanted in ((found, True), (missed, False)):
            title, _, body = text.partition(" / ")
            assert parse(query).holds(Folded.of(title, body)) is wanted, (query, text)


def test_queries_are_refused_as_the_table_says() -> None:
    table = queries("Queries that are refused")
    assert len(table) >= 8
    for query, message in table:
        with pytest.raises(QuerySyntaxError) as refusal:
            parse(query)
        assert str(refusal.value).startswith(message), query
