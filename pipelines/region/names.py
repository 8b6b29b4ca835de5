"""The division that a site's name speaks of: 岳塘区人民政府 -> 430304."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from pipelines.region import vocabulary as words
from pipelines.region.divisions import is_within
from pipelines.region.gazetteer import Bearers, gazetteer
from pipelines.region.succession import successor

_MUNICIPALITIES = frozenset({"110000", "120000", "310000", "500000"})


class Mention(NamedTuple):
    """What a name may mean; `doubtful` where it may be a word as well as a place."""

    bearers: Bearers = Bearers()
    doubtful: bool = False


class _Place(NamedTuple):
    """Where in a name a division may be named."""

    name: str
    at: int
    starts: bool
    """Nothing stands before it, or nothing that matters."""
    led: bool
    """It starts behind what leads to a place (今日…)."""
    touches: bool
    """The one around it stands right before it."""
    found: Bearers
    """What was named before."""


@lru_cache(maxsize=4096)
def named(name: str, begin: int = 0) -> Mention:
    """What `name` speaks of from `begin` on: one division where it is plain, several where it is ambiguous.

    Full names count anywhere, short names of provinces too; other short names only at the beginning of
    a part or behind the division they lie in. A second, unrelated division (对口支援…) is not the owner.
    """
    starts = _starts(name, begin)
    found, touches, at = Mention(), False, begin
    while at < len(name) - 1:
        place = _Place(name, at, at in starts, at in starts and at > 0, touches, found.bearers)
        length, mention = _mention(place)
        touches = bool(mention.bearers.all)
        at += max(1, length)
        if not touches:
            continue
        joined = _joined(found.bearers, mention.bearers)
        if not found.bearers.all or (found.doubtful and not joined.all):
            found = mention
        elif joined.all:
            found = Mention(joined)
        else:
            break
    return found


def _starts(name: str, begin: int) -> frozenset[int]:
    """Where a part of the name begins: at the beginning, behind a break, and behind what leads to a place."""
    starts = {begin}
    starts.update(part.end() for part in words.BREAK.finditer(name, begin))
    leads = list(starts)
    while leads:
        lead = words.LEAD.match(name, leads.pop())
        if lead and lead.end() not in starts:
            starts.add(lead.end())
            leads.append(lead.end())
    return frozenset(starts)


def _mention(place: _Place) -> tuple[int, Mention]:
    """The longest division named at one place, and its length."""
    name, at, table = place.name, place.at, gazetteer()
    longest = table.heads.get(name[at : at + 2], 0)
    if not longest:
        return 0, Mention()
    word = words.NOT_A_PLACE.match(name, at) or (not place.starts and words.ACROSS.match(name, at))
    if word:
        return len(word[0]), Mention()
    for length in range(min(longest, len(name) - at), 1, -1):
        said = name[at : at + length]
        full, short, county = table.full.get(said), table.short.get(said), table.county.get(said)
        if full and _is_whole(said, full, place):
            # 城区, 郊区, 矿区 are words until something tells whose.
            return length, Mention(full, doubtful=length == 2 and said[1] == "区" and not place.touches)
        if short and _is_named(short, place, length):
            return length, Mention(short)
        mention = _county(said, county, place) if county else None
        if mention:
            return length, mention
    return 0, Mention()


def _is_whole(said: str, full: Bearers, place: _Place) -> bool:
    """Whether a whole name is one where it stands: no 吉林市 in 吉林市场监督管理厅, no 江源县 in 松江源县."""
    if said.endswith("市") and place.name.startswith("场", place.at + len(said)):
        return False
    return place.starts or place.touches or (len(said) > 2 and bool(full.now))


def _is_named(short: Bearers, place: _Place, length: int) -> bool:
    """Whether the short name of a province or prefecture stands where it names one."""
    return (
        place.starts
        or all(code.endswith("0000") for code in short.all)
        or (place.touches and bool(_joined(place.found, short).all))
        or words.STATION.match(place.name, place.at + length) is not None
    )


def _county(said: str, bearers: Bearers, place: _Place) -> Mention | None:
    """The county that a short name means: inside what was named before, or with what only a place has."""
    name, end = place.name, place.at + len(said)
    inside = _within(bearers, place.found.all)
    if len(set(map(successor, inside.all))) == 1 and (
        words.BRANCH.match(name, end)
        or (
            place.touches
            and not words.NOT_A_DISTRICT.match(name, end)
            and (said not in words.WORDS or not _is_province(place.found))
        )
    ):
        return Mention(inside)
    if not place.starts:
        return Mention(bearers, said in words.WORDS) if words.STATION.match(name, end) else None
    if words.LOCAL.match(name, end):
        return Mention(bearers, said in words.BRANDS and not words.GOVERNMENT.match(name, end))
    is_alone = place.led and (end == len(name) or words.BREAK.match(name, end) is not None)
    if words.ZONE.match(name, end) or words.STATION.match(name, end):
        return Mention(bearers, said in words.WORDS)
    if is_alone or words.MEDIA.match(name, end):
        return Mention(bearers, said in words.WORDS or not bearers.now)
    return None


def _is_province(bearers: Bearers) -> bool:
    return any(code.endswith("0000") and code not in _MUNICIPALITIES for code in bearers.all)


def _joined(found: Bearers, other: Bearers) -> Bearers:
    """`found` made closer by a further mention; empty where the two have nothing to do with each other."""
    if not found.all:
        return other
    inside = _within(other, found.all)
    if inside.all:
        return inside
    return Bearers(_around(found.now, other.all), _around(found.once, other.all))


def _within(bearers: Bearers, others: Iterable[str]) -> Bearers:
    """Those of `bearers` that lie in one of `others`."""
    return Bearers(_around(bearers.now, others), _around(bearers.once, others))


def _around(codes: Iterable[str], others: Iterable[str]) -> frozenset[str]:
    return frozenset(code for code in codes if any(is_within(code, other) for other in others))
