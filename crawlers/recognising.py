"""Known rows found again on a page: at their address, or under their title at another one. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import timedelta
from difflib import SequenceMatcher
from typing import Literal
from urllib.parse import urlsplit

from attrs import frozen

from crawlers.archive import KnownRow
from crawlers.items import Row
from crawlers.listing.links import fold

_TELLING = 8
"""Letters from which a title tells a row without its day; 公示 and 工作动态 stand on every site."""
_SAME_DAY = timedelta(days=2)
"""A new system shows the day of signing where the old one showed that of release."""
_ALIKE = 0.5
"""Titles at one address that have less in common: the address was given to another article."""
_CUT = re.compile(r"(?:\.{2,}|…+)$")
_SIGNS = re.compile(r"[\W_]+")


@frozen
class Match:
    """A row of a page and the known one that it is."""

    row: Row
    known: KnownRow
    by: Literal["address", "title"]


def recognised(rows: Iterable[Row], known: Sequence[KnownRow]) -> tuple[Match, ...]:
    """The rows that are known, in the order of the page; each known row counts once.

    By address where the title says much the same (numbers are given out anew by a new system); else by
    title, where the day agrees, or is not shown and the title is long. A title that names several rows,
    there or here, proves nothing.
    """
    places, titles = _places(known), _titles(known)
    shown = tuple({row.url: row for row in rows}.values())
    often = Counter((_letters(row.title), row.published) for row in shown)
    matches: dict[str, Match] = {}
    for row in shown:
        there = places.get(place(row.url))
        if there is not None and _alike(row.title, there.title):
            matches.setdefault(there.url, Match(row, there, "address"))
    used = {match.row.url for match in matches.values()}
    for row in shown:
        if row.url in used or often[_letters(row.title), row.published] > 1:
            continue
        named = _named(row, titles)
        if named is not None and named.url not in matches:
            matches[named.url] = Match(row, named, "title")
    at = {row.url: number for number, row in enumerate(shown)}
    return tuple(sorted(matches.values(), key=lambda match: at[match.row.url]))


def moved(rows: Sequence[Row], listed: Collection[str], known: Sequence[KnownRow]) -> Mapping[str, KnownRow]:
    """Rows that stand on a page at another address than before, by the new one.

    `listed`: addresses of rows that are known as they are. A site that goes over to https or to another
    system moves all its rows: so one alone is no proof (it may be put up twice), nor are fewer than stayed.
    """
    shown = {row.url for row in rows}
    gone = [row for row in known if row.url not in shown]
    new = [row for row in rows if row.url not in listed]
    found = {match.row.url: match.known for match in recognised(new, gone)}
    return found if len(found) >= max(2, len(shown.intersection(listed))) else {}


def place(url: str) -> str:
    """What of an address stays when a site goes over to https, or drops its `www.`."""
    parts = urlsplit(url)
    query = f"?{parts.query}" if parts.query else ""
    return f"{parts.netloc.removeprefix('www.')}{parts.path}{query}"


def _places(known: Sequence[KnownRow]) -> dict[str, KnownRow]:
    """By address; where http and https are both remembered, the one seen last."""
    return {place(row.url): row for row in sorted(known, key=lambda row: row.last_seen)}


def _titles(known: Sequence[KnownRow]) -> list[tuple[str, bool, KnownRow]]:
    """(letters, cut short, row) of each.

    A row that moved before is remembered at both addresses: the one seen last stands for both.
    """
    latest: dict[tuple[str, object], list[KnownRow]] = {}
    for row in known:
        same = latest.setdefault((_letters(row.title), row.published), [])
        if same and same[0].last_seen < row.last_seen:
            same.clear()
        if not same or same[0].last_seen == row.last_seen:
            same.append(row)
    return [
        (letters, bool(_CUT.search(row.title)), row) for (letters, _), same in latest.items() for row in same
    ]


def _named(row: Row, titles: Sequence[tuple[str, bool, KnownRow]]) -> KnownRow | None:
    """The one known row of that title and day."""
    letters, cut = _letters(row.title), bool(_CUT.search(row.title))
    if not letters:
        return None
    found = [
        known
        for other, other_cut, known in titles
        if letters == other
        or (other_cut and len(other) >= _TELLING and letters.startswith(other))
        or (cut and len(letters) >= _TELLING and other.startswith(letters))
    ]
    same_day = [known for known in found if row.published is not None and known.published == row.published]
    if same_day:
        return same_day[0] if len(same_day) == 1 else None
    if len(found) != 1 or len(letters) < _TELLING:
        return None
    before = found[0].published
    near = row.published is None or before is None or abs(row.published - before) <= _SAME_DAY
    return found[0] if near else None


def _alike(one: str, other: str) -> bool:
    """Much the same title, or none to compare (a sitemap tells none)."""
    first, second = _letters(one), _letters(other)
    if not first or not second or first in second or second in first:
        return True
    return SequenceMatcher(None, first, second, autojunk=False).ratio() >= _ALIKE


def _letters(title: str) -> str:
    return _SIGNS.sub("", fold(title)).lower()
