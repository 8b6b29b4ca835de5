"""What an interface answers: JSON, bare or wrapped in a call, and the rows in it."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from crawlers.china import CHINA
from crawlers.items import Row
from crawlers.listing.document import Document
from crawlers.listing.links import squeeze
from crawlers.reading.dates import parse_date

_CALL = re.compile(r"(?>/\*.*?\*/|[;\s]++)*+[\w$.]++\s*\((.*)\)\s*;?\s*", re.DOTALL)
_TAG = re.compile(r"<[^<>]*>")
_MILLISECONDS = 10**11
"""Greater numbers are milliseconds since 1970; seconds reach that in the year 5138."""


def data_of(document: Document) -> Any:
    """The JSON that an answer is, `callback({...})` included; None for a page."""
    text = document.text.strip().lstrip("\ufeff")
    if text[:1] not in ("{", "["):
        call = None if text.startswith("<") else _CALL.fullmatch(text)
        if call is None:
            return None
        text = call[1].strip()
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


def dig(data: Any, *keys: str) -> Any:
    """What lies under a row of keys; None where one of them is missing. JSON inside a string is entered."""
    for key in keys:
        if isinstance(data, str) and data.lstrip()[:1] in ("{", "["):
            try:
                data = json.loads(data, strict=False)
            except (ValueError, RecursionError):
                return None
        if not isinstance(data, Mapping):
            return None
        data = data.get(key)
    return data


def whole(value: Any) -> int | None:
    """A number that may be told as text."""
    try:
        return int(str(value).strip())
    except ValueError:
        return None


def rows_of(
    document: Document, items: Any, titles: Sequence[str], urls: Sequence[str], days: Sequence[str]
) -> tuple[Row, ...]:
    """Rows of a list of JSON objects, by the first of the named keys that is filled; each address once."""
    found: dict[str, Row] = {}
    for item in items if isinstance(items, list) else ():
        if not isinstance(item, Mapping):
            continue
        title = _plain(_first(item, titles))
        url = document.resolve(str(_first(item, urls) or "").replace("&amp;", "&"))
        if url and title:
            found.setdefault(url, Row(url, title, _day(item, days)))
    return tuple(found.values())


def _first(item: Mapping[str, Any], keys: Iterable[str]) -> Any:
    return next((item[key] for key in keys if item.get(key) not in (None, "", "null")), None)


def _plain(value: Any) -> str:
    return squeeze(html.unescape(_TAG.sub("", str(value)))) if isinstance(value, (str, int)) else ""


def _day(item: Mapping[str, Any], keys: Iterable[str]) -> date | None:
    days = (day_told(item.get(key)) for key in keys)
    return next((day for day in days if day is not None), None)


def day_told(value: Any) -> date | None:
    """The day, in China, of seconds or milliseconds since 1970, or of a date in words."""
    number = whole(value)
    if number is not None and abs(number) >= 10**8 and len(str(number)) != 8:
        seconds = number / 1000 if abs(number) >= _MILLISECONDS else number
        try:
            return datetime.fromtimestamp(seconds, CHINA).date()
        except (OverflowError, OSError, ValueError):
            return None
    if isinstance(value, str):
        when = parse_date(value)
        return when.date() if when else None
    return None
