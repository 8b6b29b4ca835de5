"""What exists is documented, and what is documented exists: commands, settings, tables, failures."""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import get_args

import annotated_types
import pytest
from sqlite_utils import Database

from crawlers.catalogue.shipped import packs
from crawlers.config import PREFIX, TABLES, Config
from crawlers.failures import KINDS
from crawlers.families import FAMILIES
from monitor.cli.common import DONE_WITH_FAILURES, WRONG_USAGE
from pipelines.health import State, state_after
from pipelines.store.database import open_store
from tests.support.documentation import CODE, LEAVES, rows, sections, spelled, text_of, under


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
    # Computed columns are hidden from PRAGMA table_info; FTS5's own (`article_grams`, `rank`) are of kind 1.
    shown = {
        name: db.execute(f"SELECT name FROM pragma_table_xinfo('{name}') WHERE hidden <> 1") for name in own
    }
    return {name: {column for (column,) in found} for name, found in shown.items()}


def test_every_table_and_column_is_documented_and_no_other(tmp_path: Path) -> None:
    with open_store(tmp_path / "govwatch.db") as db:
        existing = columns(db)
    documented = {
        heading: {name for cells in rows(body) if cells[0] != "column" for name in CODE.findall(cells[0])}
        for heading, body in sections(text_of("tables.md")).items()
        if any(cells[0] == "column" for cells in rows(body))
    }
    assert documented == existing


LEAVES_THE_STATE = {"unreadable", "unfinished", "no_file"}
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
    assert set(under(text_of("failures.md"), "States")) == set(get_args(State))


def test_every_pack_is_documented_with_its_number_of_columns() -> None:
    documented = {cells[0]: cells[1] for cells in rows(text_of("packs.md")) if cells[0] != "pack"}
    assert documented == {f"`{pack.name}`": str(len(pack.sources)) for pack in packs()}


def test_every_family_is_documented_in_the_order_in_which_it_is_asked() -> None:
    names = [family.NAME for family in FAMILIES]
    page = text_of("families.md")
    assert [cells[0] for cells in rows(page)] == ["family", *(f"`{name}`" for name in names)]
    documented = under(page, "One by one")
    assert list(documented) == names
    for name, body in documented.items():
        text = " ".join(body.split())
        assert all(f"**{part}.**" in text for part in ("Recognised", "Rows", "Page n", "Traps", "Kept")), name


def test_what_a_family_keeps_is_documented() -> None:
    """By the names that its own module gives to `Recipe.params`."""
    documented = under(text_of("families.md"), "One by one")
    for family in FAMILIES:
        source = inspect.getsource(sys.modules[f"crawlers.families.{family.NAME}"])
        asked = set(re.findall(r"params(?:\.get\(|\[)\"(\w+)\"", source)) - {"entry"}
        kept = documented[family.NAME].partition("**Kept.**")[2]
        assert asked <= set(CODE.findall(kept)), family.NAME
