"""Which divisions a name may mean: official names of today and of the past, short ones, aliases."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from pipelines.region.divisions import current, short_name
from pipelines.region.succession import past

_SINCE = "1993"  # names given up before the first site was made are on none


class Bearers(NamedTuple):
    """The codes of those that have a name today, and of those that once had it."""

    now: frozenset[str] = frozenset()
    once: frozenset[str] = frozenset()

    @property
    def all(self) -> frozenset[str]:
        return self.now | self.once


class Gazetteer(NamedTuple):
    full: dict[str, Bearers]
    """Official names, the usual shorter ones of autonomous divisions (恩施州, 乳源县), aliases."""
    short: dict[str, Bearers]
    """Of provinces and prefectures; a name of both (吉林, 海南) is the province's."""
    county: dict[str, Bearers]
    """Short names of counties that no prefecture has."""
    heads: dict[str, int]
    """The first two characters of every name -> the length of the longest that begins with them."""


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    full, short, county = _full(), _short(), _county()
    county = {name: bearers for name, bearers in county.items() if name not in short}
    heads: dict[str, int] = {}
    for name in (*full, *short, *county):
        heads[name[:2]] = max(heads.get(name[:2], 0), len(name))
    return Gazetteer(full, short, county, heads)


def _full() -> dict[str, Bearers]:
    now: defaultdict[str, set[str]] = defaultdict(set)
    once: defaultdict[str, set[str]] = defaultdict(set)
    for code, name in current().items():
        for said in (name, *_said(name)):
            now[said].add(code)
    for line in files("pipelines.region").joinpath("aliases.tsv").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            name, code = line.split("\t")
            now[name].add(code)
    for name, codes in _former().items():
        # 新区, 郊区 and the like are words unless a division is called so today.
        if name in now or not re.fullmatch(".区", name):
            for said in (name, *_said(name)):
                once[said] |= codes
    return {name: Bearers(frozenset(now[name]), frozenset(once[name])) for name in {*now, *once}}


def _short() -> dict[str, Bearers]:
    codes: dict[str, set[str]] = {}
    for code, name in sorted(current().items(), key=lambda entry: not entry[0].endswith("0000")):
        short = short_name(name)
        if not code.endswith("00") or short == name:
            continue
        if short not in codes or not any(other.endswith("0000") for other in codes[short]):
            codes.setdefault(short, set()).add(code)
    once = _formerly_short(frozenset(map(short_name, current().values())), are_counties=False)
    return {name: Bearers(frozenset(now)) for name, now in codes.items()} | once


def _county() -> dict[str, Bearers]:
    codes: defaultdict[str, set[str]] = defaultdict(set)
    for code, name in current().items():
        short = short_name(name)
        if not code.endswith("00") and len(short) > 1 and short != name:
            codes[short].add(code)
    once = _formerly_short(frozenset(codes), are_counties=True)
    return {name: Bearers(frozenset(now)) for name, now in codes.items()} | once


def _formerly_short(taken: frozenset[str], are_counties: bool) -> dict[str, Bearers]:
    """Short names given up, where they are not those of others today."""
    once: defaultdict[str, set[str]] = defaultdict(set)
    for name, former in _former().items():
        short = short_name(name)
        if short != name and short not in taken:
            once[short] |= {code for code in former if code.endswith("00") != are_counties}
    return {name: Bearers(once=frozenset(codes)) for name, codes in once.items() if codes}


def _said(name: str) -> list[str]:
    autonomous = re.search("自治([州县旗])$", name)
    return [short_name(name) + autonomous[1]] if autonomous and len(short_name(name)) > 1 else []


@lru_cache(maxsize=1)
def _former() -> dict[str, frozenset[str]]:
    """Name -> codes that had it since sites are made and have it no longer."""
    table = current()
    former = {
        name: frozenset(code for code, year in years.items() if year >= _SINCE and table.get(code) != name)
        for name, years in past().items()
    }
    return {name: codes for name, codes in former.items() if codes}
