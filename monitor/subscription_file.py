"""Subscriptions as people write them: on the command line and in TOML files; checked alike."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from crawlers.catalogue.toml_file import dump_entries, parse_entries, refuse_twins
from pipelines.query import QuerySyntaxError, parse
from pipelines.store.subscriptions import Subscription

TABLE = "subscription"

_ADDRESS = re.compile(r"[^@\s,;<>\x00-\x1f]+@[^@\s,;<>\x00-\x1f]+")


def _is_query(text: str) -> str:
    try:
        parse(text)
    except QuerySyntaxError as error:
        raise ValueError(str(error).removeprefix("query, ")) from None  # the key is named already
    return text


def _is_address(text: str) -> str:
    if not _ADDRESS.fullmatch(text):
        raise ValueError(f"'{text}' is no mail address")
    return text


class SubscriptionEntry(BaseModel):
    """One `[[subscription]]`."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(min_length=1, max_length=200)
    query: Annotated[str, AfterValidator(_is_query)]
    recipients: list[Annotated[str, AfterValidator(_is_address)]] = Field(min_length=1)
    mode: Literal["instant"] = "instant"
    locale: Literal["zh", "en"] = "zh"
    state: Literal["active", "paused"] = "active"

    def subscription(self) -> Subscription:
        values = self.model_dump()
        # A reader who is named twice is told once.
        return Subscription(**values | {"recipients": tuple(dict.fromkeys(self.recipients))})


def subscriptions_from(text: str, path: Path) -> list[Subscription]:
    """The subscriptions of a TOML text; raises `toml_file.FileError`."""
    entries = parse_entries(text, path, TABLE, SubscriptionEntry)
    refuse_twins([entry.name for entry in entries], path, "name")
    return [entry.subscription() for entry in entries]


def subscriptions_toml(stored: Iterable[Subscription]) -> str:
    """TOML that `subscriptions_from` reads back."""
    names = SubscriptionEntry.model_fields
    entries = ({name: _plain(getattr(one, name)) for name in names} for one in stored)
    return dump_entries(TABLE, entries, "govwatch subscriptions")


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value
