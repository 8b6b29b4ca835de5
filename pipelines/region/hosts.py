"""The division that a host under gov.cn belongs to: by the addresses of portals, else by pinyin.

`pypinyin` is loaded only where a name or code tells nothing, or where namesakes are to be told apart.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from pipelines.region.divisions import current, is_within, short_name
from pipelines.region.vocabulary import BRANDS

# The letter codes of GB/T 2260, by which ministries call their offices: he 河北, ha 河南, hi 海南.
_LETTERS = (
    "bj11 tj12 he13 sx14 nm15 ln21 jl22 hl23 sh31 js32 zj33 ah34 fj35 jx36 sd37 ha41 hb42 hn43 gd44 gx45 hi46"
    " cq50 sc51 gz52 yn53 xz54 sn61 gs62 qh63 nx64 xj65"
)
_BY_LETTERS = {label[:2]: f"{label[2:]}0000" for label in _LETTERS.split()}
# Domains of governments outside the mainland's gov.cn.
_ABROAD = {"hk": "810000", "mo": "820000", "tw": "710000", "taipei": "710000"}
_CENTRAL = "000000"
_WORDLIKE = frozenset({"xian", "aba", "ali", "guide", "guan", "hebei", "henan", "hexi", "xinan", "yuan"})
# Letters of a county's pinyin, and of one below its city; shorter ones are as likely to be initials.
_SHORTEST, _SHORTEST_INSIDE = 5, 4


class Host(NamedTuple):
    """What a host tells: whether it is a central body's, and the division."""

    is_central: bool = False
    code: str | None = None


@lru_cache(maxsize=4096)
def hosted(host: str) -> Host:
    """Whose host it is: the closest division that its labels name, from right to left.

    hunan.chinatax.gov.cn is an office of a central body in 湖南, yuelu.changsha.gov.cn a district's.
    """
    labels = host.lower().partition(":")[0].split(".")
    if len(labels) > 1 and labels[-2] == "gov" and labels[-1] in _ABROAD:
        return Host(code=_ABROAD[labels[-1]])
    if labels[-1] == "taipei":
        return Host(code=_ABROAD["taipei"])
    if labels[-2:] != ["gov", "cn"]:
        return Host()
    is_central = labels[-3:-2] in ([], ["www"]) or _portals().get(labels[-3]) == _CENTRAL
    found: str | None = None
    for label in reversed(labels[: -3 if is_central else -2]):
        inner = _by_label(label, found, is_central)
        if inner is None:
            break
        found = inner
    return Host(is_central, found)


def is_initials(host: str, code: str) -> bool:
    """Whether a label of the host is made of the initials of a district and its city: bjchy, lzcgq, szns."""
    return any(map(_initials(code).fullmatch, host.lower().split(".")))


def _by_label(label: str, around: str | None, is_central: bool) -> str | None:
    """The division that a label names, within the one that the label behind it named."""
    portal = _portals().get(label)
    if around is not None:
        spelt = _pinyin().get(label, ()) if len(label) >= _SHORTEST_INSIDE else ()
        inside = {code for code in (portal, *spelt) if code and code != around}
        inside = {code for code in inside if is_within(code, around)}
        return inside.pop() if len(inside) == 1 else None
    if is_central and label in _BY_LETTERS:
        return _BY_LETTERS[label]
    if portal is not None:
        return portal if portal != _CENTRAL else None
    return _by_pinyin(label) if label.isalpha() and label not in _WORDLIKE else None


def _by_pinyin(label: str) -> str | None:
    """The prefecture with that pinyin, else the county where there is but one."""
    codes = _pinyin().get(label, ())
    prefectures = [code for code in codes if code.endswith("00")]
    if prefectures or len(label) < _SHORTEST:
        return prefectures[0] if len(prefectures) == 1 else None
    only = codes[0] if len(codes) == 1 else None
    return only if only and short_name(current()[only]) not in BRANDS else None


@lru_cache(maxsize=1)
def _portals() -> dict[str, str]:
    lines = files("pipelines.region").joinpath("hosts.tsv").read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {label: code for code, labels in rows for label in labels.split()}


@lru_cache(maxsize=1)
def _pinyin() -> dict[str, tuple[str, ...]]:
    """Pinyin of the short and of the whole name -> the codes of prefectures and counties."""
    from pypinyin import lazy_pinyin

    codes: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for code, name in current().items():
        syllables = lazy_pinyin(name)
        for length in {len(short_name(name)), len(name)} if not code.endswith("0000") else ():
            codes["".join(syllables[:length])][code] = None
    return {pinyin: tuple(found) for pinyin, found in codes.items()}


@lru_cache(maxsize=1024)
def _initials(code: str) -> re.Pattern[str]:
    """The initials of city and district, c or ch for 朝, since both are in use (bjchy, cycg)."""
    from pypinyin import lazy_pinyin

    names = current()
    city = names.get(code[:4] + "00", names[code[:2] + "0000"])
    syllables = [
        syllable for name in (city, names[code]) for syllable in lazy_pinyin(name)[: len(short_name(name))]
    ]
    letters = "".join(f"{s[0]}h?" if s[:2] in ("zh", "ch", "sh") else s[0] for s in syllables)
    return re.compile(f"{letters}[qxs]?(?:gov|zf|news)?")
