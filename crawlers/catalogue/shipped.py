"""The packs that come with govwatch: TOML files of columns, each with a head that says what it is."""

from __future__ import annotations

from datetime import date
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from attrs import frozen
from pydantic import BaseModel, ConfigDict, Field

from crawlers.catalogue.model import Source
from crawlers.catalogue.source_file import PACK, sources_from
from crawlers.catalogue.toml_file import parse_head


class NoSuchPack(Exception):
    """There is no pack of that name; the text names those that there are."""


class Head(BaseModel):
    """The table `[pack]`."""

    model_config = ConfigDict(extra="forbid")

    title: str = Field(min_length=1)
    description: str = Field(min_length=1)
    checked: date
    """When its addresses were looked up."""
    note: str = Field(min_length=1)
    """How far they are to be trusted."""


@frozen
class Pack:
    name: str
    """The file's name without `.toml`."""
    head: Head
    sources: tuple[Source, ...]


def packs() -> tuple[Pack, ...]:
    """All packs, by name."""
    found = (_read(entry) for entry in _folder().iterdir() if entry.name.endswith(".toml"))
    return tuple(sorted(found, key=lambda pack: pack.name))


def pack_named(name: str) -> Pack:
    """Raises `NoSuchPack`."""
    every = packs()
    for pack in every:
        if pack.name == name:
            return pack
    raise NoSuchPack(f"no pack is named '{name}'; there are {', '.join(pack.name for pack in every)}")


def _folder() -> Traversable:
    return files("crawlers.catalogue") / "packs"


def _read(entry: Traversable) -> Pack:
    text, path = entry.read_text("utf-8"), Path(entry.name)
    return Pack(path.stem, parse_head(text, path, PACK, Head), tuple(sources_from(text, path)))
