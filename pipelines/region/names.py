"""The division that a site's name speaks of: 岳塘区人民政府 -> 430304."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache

from pipelines.region.divisions import current, is_within, short_name

_LEAD = re.compile(r"^(?:中国|中共|今日|云上|智慧|掌上|平安|文明|国家税务总局|[·—\-\s|])*")
_MEDIA = re.compile(
    r"新闻|融媒|日报|晚报|时报|发布|门户|政府|政务|在线|网|电视|广播|传媒|之窗|信息|党建|文明|人大|政协"
)
_LONGEST = 20
# Short names of counties that are everyday words first: 资源网 is not about 资源县.
_WORDS = frozenset(
    re.findall(
        r"\S+",
        """
        东方 公安 资源 合作 新华 和平 解放 平安 兴业 中方 大方 商城 红旗 长安 友谊 光明 向阳 前进 朝阳 海港
        港口 城关 友好 工农 前锋 兴安 民乐 民权 共和 永和 文成 安宁 安定 和顺 太平 兴国 惠民 安居 远安 东安
        西安 新城 新市 交口 江南 江北 青山 南山 河东 河西
        """,
    )
)


def named(name: str) -> frozenset[str]:
    """Codes of the divisions that `name` may mean: one where it is plain, several where it is ambiguous.

    Full names count anywhere, short names of provinces too; other short names only at the beginning
    or behind the division they lie in. A second, unrelated division (对口支援…) is not the owner.
    """
    start = _LEAD.match(name)
    first = at = start.end() if start else 0
    found: frozenset[str] = frozenset()
    touching = False
    while at < len(name):
        length, codes = _mention(name, at, found if touching else frozenset(), at == first)
        touching = bool(codes)
        at += max(1, length)
        joined = _joined(found, codes)
        if codes and not joined:
            break
        found = joined
    return found


def _mention(name: str, at: int, before: frozenset[str], is_first: bool) -> tuple[int, frozenset[str]]:
    """The longest division named at one place: its length and codes; `before` are those right before it."""
    for length in range(min(_LONGEST, len(name) - at), 1, -1):
        said = name[at : at + length]
        full, short = _full_names().get(said), _short_names().get(said)
        if full and (length > 2 or is_first or before):
            return length, full
        if short and (is_first or _are_provinces(short) or (before and _joined(before, short))):
            return length, short
        if is_first and said in _county_names() and _MEDIA.match(name, at + length):
            return length, _county_names()[said]
    return 0, frozenset()


def _are_provinces(codes: frozenset[str]) -> bool:
    return all(code.endswith("0000") for code in codes)


def _joined(found: frozenset[str], codes: frozenset[str]) -> frozenset[str]:
    """`found` made closer by a further mention; empty where the two have nothing to do with each other."""
    if not found or not codes:
        return found or codes
    within = frozenset(code for code in codes if any(is_within(code, other) for other in found))
    return within or frozenset(other for other in found if any(is_within(other, code) for code in codes))


@lru_cache(maxsize=1)
def _full_names() -> dict[str, frozenset[str]]:
    """Official names, and the usual shorter ones of autonomous divisions (恩施州, 乳源县)."""
    codes: defaultdict[str, set[str]] = defaultdict(set)
    for code, name in current().items():
        codes[name].add(code)
        autonomous = re.search("自治([州县旗])$", name)
        if autonomous and len(short_name(name)) > 1:
            codes[short_name(name) + autonomous[1]].add(code)
    return {name: frozenset(found) for name, found in codes.items()}


@lru_cache(maxsize=1)
def _short_names() -> dict[str, frozenset[str]]:
    """Of provinces and prefectures; a name of both (吉林, 海南) is the province's."""
    codes: dict[str, set[str]] = {}
    for code, name in sorted(current().items(), key=lambda entry: not entry[0].endswith("0000")):
        short = short_name(name)
        if not code.endswith("00") or short == name:
            continue
        if short not in codes or not any(other.endswith("0000") for other in codes[short]):
            codes.setdefault(short, set()).add(code)
    return {name: frozenset(found) for name, found in codes.items()}


@lru_cache(maxsize=1)
def _county_names() -> dict[str, frozenset[str]]:
    codes: defaultdict[str, set[str]] = defaultdict(set)
    for code, name in current().items():
        short = short_name(name)
        if not code.endswith("00") and len(short) > 1 and short != name and short not in _WORDS:
            codes[short].add(code)
    return {name: frozenset(found) for name, found in codes.items() if name not in _short_names()}
