"""Tables of entries in a TOML file, checked one by one: what people write by hand and pass on."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import tomlkit
from pydantic import BaseModel, ValidationError

Entry = TypeVar("Entry", bound=BaseModel)


class FileError(Exception):
    """The file cannot be taken; the text is one line that names the file, the place and the remedy."""


def parse_entries(
    text: str, path: Path, table: str, model: type[Entry], beside: str | None = None
) -> list[Entry]:
    """The entries `[[table]]` of a TOML text, each checked by `model`. Raises `FileError`.

    `beside`: a table that may stand there as well, and is left to others.
    """
    content = _loaded(text, path)
    if unknown := sorted(set(content) - {table, beside}):
        raise FileError(f"{path}: unknown table {unknown[0]}; write [[{table}]] before every entry")
    entries = content.get(table, [])
    if not isinstance(entries, list) or not entries:
        raise FileError(f"{path}: holds no entry; write [[{table}]] before every one")
    return [
        _checked(entry, f"[[{table}]] number {number}", path, model)
        for number, entry in enumerate(entries, 1)
    ]


def parse_head(text: str, path: Path, table: str, model: type[Entry]) -> Entry:
    """The single `[table]` of a TOML text, checked by `model`. Raises `FileError`."""
    content = _loaded(text, path)
    if table not in content:
        raise FileError(f"{path}: [{table}] is missing")
    return _checked(content[table], f"[{table}]", path, model)


def _loaded(text: str, path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise FileError(f"{path}: is not valid TOML: {' '.join(str(error).split())}") from None


def dump_entries(table: str, entries: Iterable[Mapping[str, Any]], heading: str) -> str:
    """A TOML text with one `[[table]]` per entry; values that are None are left out."""
    document = tomlkit.document()
    document.add(tomlkit.comment(heading))
    array = tomlkit.aot()
    for entry in entries:
        item = tomlkit.table()
        for name, value in entry.items():
            if value is not None:
                item.add(name, value)
        array.append(item)
    document.add(table, array)
    return tomlkit.dumps(document)


def refuse_twins(names: Sequence[str], path: Path, what: str) -> None:
    """Raises `FileError` where two entries bear one name or address."""
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise FileError(f"{path}: {what} '{name}' stands there twice; keep one of them")
        seen.add(name)


def _checked(entry: Any, where: str, path: Path, model: type[Entry]) -> Entry:
    try:
        return model.model_validate(entry)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        raise FileError(f"{path}: {where}: {place}: {_said(first, model)}") from None


def _said(error: Any, model: type[BaseModel]) -> str:
    if error["type"] == "extra_forbidden":
        return f"unknown key; keys are {', '.join(model.model_fields)}"
    if error["type"] == "missing":
        return "is missing"
    return str(error["msg"]).removeprefix("Value error, ").replace("Input should", "should")
