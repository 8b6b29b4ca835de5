"""Sources as TOML: `sources export` writes it, `sources import` and the packs are read from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from attrs import asdict
from pydantic import BaseModel, ConfigDict, Field, field_validator

from crawlers.catalogue.durations import duration_text, seconds_of
from crawlers.catalogue.model import Recipe, Source
from crawlers.catalogue.toml_file import dump_entries, parse_entries, refuse_twins

TABLE = "source"
PACK = "pack"
"""The head of a file that is passed on: see `crawlers.catalogue.shipped`."""


class RecipeEntry(BaseModel):
    model_config = ConfigDict(extra="forbid")

    family: str = "plain"
    row_path: str | None = None
    offset: int | None = None
    params: dict[str, Any] = Field(default_factory=dict)


class SourceEntry(BaseModel):
    """One `[[source]]`."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(min_length=1)
    url: str
    every: str | None = None
    alert_backlog: bool = False
    verify_tls: bool = True
    browser: bool = False
    recipe: RecipeEntry | None = None
    """Left out: learned when the source is imported or first visited."""

    @field_validator("url")
    @classmethod
    def _is_address(cls, value: str) -> str:
        if not is_address(value):
            raise ValueError(f"'{value}' is no http or https address")
        return value

    @field_validator("every")
    @classmethod
    def _is_duration(cls, value: str | None) -> str | None:
        if value is not None:
            seconds_of(value)
        return value


def is_address(url: str) -> bool:
    """Whether that is an address of the web."""
    try:
        parts = urlsplit(url)
    except ValueError:  # http://[::1
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def sources_from(text: str, path: Path) -> list[Source]:
    """The sources of a TOML text, which may say what it is under `[pack]`; raises `toml_file.FileError`."""
    entries = parse_entries(text, path, TABLE, SourceEntry, beside=PACK)
    refuse_twins([entry.name for entry in entries], path, "name")
    refuse_twins([entry.url for entry in entries], path, "address")
    return [
        Source(
            name=entry.name,
            url=entry.url,
            recipe=Recipe(**entry.recipe.model_dump()) if entry.recipe else Recipe(),
            every=seconds_of(entry.every) if entry.every else None,
            alert_backlog=entry.alert_backlog,
            verify_tls=entry.verify_tls,
            browser=entry.browser,
        )
        for entry in entries
    ]


def sources_toml(sources: Iterable[Source]) -> str:
    """TOML that `sources_from` reads back."""
    return dump_entries(TABLE, (_entry(source) for source in sources), "govwatch sources")


def _entry(source: Source) -> dict[str, Any]:
    recipe = {name: value for name, value in _without_nulls(asdict(source.recipe)).items() if value != {}}
    return {
        "name": source.name,
        "url": source.url,
        "every": duration_text(source.every) if source.every else None,
        "alert_backlog": source.alert_backlog or None,
        "verify_tls": None if source.verify_tls else False,
        "browser": source.browser or None,
        "recipe": recipe,
    }


def _without_nulls(value: Any) -> Any:
    """TOML has none: what is None is left out."""
    if isinstance(value, Mapping):
        return {name: _without_nulls(inner) for name, inner in value.items() if inner is not None}
    if isinstance(value, list | tuple):
        return [_without_nulls(inner) for inner in value]
    return value
