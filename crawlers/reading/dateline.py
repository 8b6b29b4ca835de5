"""What the lines around a text say of it: when, from where, by whom."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, time
from functools import lru_cache

from attrs import evolve, frozen

from crawlers.items import Editor
from crawlers.reading.beside import names_beside
from crawlers.reading.byline import credited_beside, naming, signed
from crawlers.reading.dates import parse_date
from crawlers.reading.labels import Label, read_labels
from crawlers.reading.noise import is_noise
from crawlers.reading.people import credited, may_be_name, without_roles
from crawlers.reading.plain import plain

RANKS = {"published": 0, "answered": 0, "time": 1, "updated": 3, "issued": 4, "asked": 5, "dated": 5}
"""How plainly a date is labelled; 2: not at all."""
UNLABELLED = 2
NO_DATE = 9

_LONGEST_LINE = 200
_SIGNATURE = 3
"""Lines below a text that may sign it."""
_LONGEST_DATELINE = 90
_LONGEST_NAME = 40
_EMPTY = frozenset(
    ("", "未知", "不详", "无", "暂无", "互联网", "网络", "网络转载", "本站整理", "佚名", "匿名", "admin",
     "管理员", "网站管理员", "系统管理员", "超级管理员", "系统发布管理员", "编辑", "编辑部", "网络编辑",
     "-", "--", "null", "undefined")
)  # fmt: skip
_GATHERED = re.compile(r"(?:[^\s、，,/]*据)?(?:网络|本站|互联网)(?:整理|转载|收集|综合)$")
"""作者：某某网据网络整理: no name."""
_NO_DATELINE = re.compile(r"今天是|现在是|农历|^[（(](?!.*(?:阅读|点击|浏览|\d:\d\d)).*[)）]$|《.*》\s*[（(]")
_YEAR_ABOVE = re.compile(r"(?m)^\s*((?:19|20)\d\d)\s*年?\s*\n\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?\s*$")
_YEAR_BELOW = re.compile(r"(?m)^\s*(\d{1,2})\s*日?\s*\n\s*((?:19|20)\d\d)\s*[-/.年]\s*(\d{1,2})\s*月?\s*$")
_PAPER = re.compile(r"第\s*[A-Z]?\d+\s*版|版面(?:导航|目录|概览)|数字报|电子(?:版|报)")
_ISSUE = re.compile(r"星期|第\s*\d+\s*[版期]")
_BARE_LABEL = re.compile(
    r"^((?:信息|文章|稿件)?来源|作者|(?:发布|更新)(?:时间|日期)|发布(?:机构|单位)|责任编辑)\s+(?=[^\s:：])"
)
"""A label whose colon its style draws: <span>来源</span><span>示范日报</span>."""
_OF_OTHERS = frozenset(("updated", "issued", "asked", "dated", "glued"))
"""Labels of dates that are not of publication; glued: any other 开标时间, 监测日期, 停水时间."""
_SPLIT = re.compile(r"\n(?<=[间期年日\d\s]\n)\s*\d")
"""Where one of these days is cut in two; mostly nowhere."""
_IN_CELLS = re.compile(r"(?m)^(\s*[\u4e00-\u9fa5]{2,8}(?:时间|日期))\s*\n(?=\s*[12]\d{3})")
"""A label in one cell of a table, its date in the next."""
_CLOCK = re.compile(r"\s*([01]?\d|2[0-3])[:：]([0-5]\d)(?:[:：][0-5]\d)?(?!\d)(?=\s|$)")
_YEAR_CUT = re.compile(r"^\s*(\d\d-[01]?\d-[0-3]?\d)(?!\d)")
"""发布时间：22-02-13."""


@frozen
class Dateline:
    source: str | None = None
    issuer: str | None = None
    """发布机构 and the like: who issued a document; the weakest word on the source."""
    author: str | None = None
    editors: tuple[Editor, ...] = ()
    beside: str | None = None
    """A medium's name that stands without label beside the date."""
    published: datetime | None = None
    rank: int = NO_DATE
    """See `RANKS`."""


def read_dateline(lines: Iterable[str], *, below: bool = False) -> Dateline:
    """What the lines above a text, or `below` it, are labelled with; first of each, the plainest date."""
    lines = [_with_colon(line) for line in lines if len(line) <= _LONGEST_LINE]
    text = _whole_days(plain("\n".join(lines)))
    labels = list(read_labels(text))
    # What stands unlabelled is believed where it is near to the text.
    near = "\n".join(text.split("\n")[_SIGNATURE::-1]) if below else text
    published, rank = _date(labels, text, near)
    source, by = _source(labels)
    beside, bare = names_beside(_datelines(text))
    writers = naming(lines)
    return Dateline(
        source=source,
        issuer=next((value for one in labels if one.sort == "issuer" and (value := _word(one))), None),
        author=_author(labels) or by or signed(writers) or credited_beside(writers) or bare,
        editors=_editors(labels),
        beside=beside,
        published=published,
        rank=rank,
    )


def _with_colon(line: str) -> str:
    bare = _BARE_LABEL.match(line)
    return f"{bare[1]}：{line[bare.end() :]}" if bare else line


def joined(above: Dateline, below: Dateline) -> Dateline:
    """The lines above a text, completed by those below it; a plain date above wins."""
    dated = above
    if above.published is None and below.published is not None:
        # A day below a text without any label is that of its signature.
        dated = below if below.rank < UNLABELLED else evolve(below, rank=RANKS["dated"])
    return evolve(
        above,
        source=above.source or below.source,
        author=above.author or below.author,
        editors=tuple(dict.fromkeys((*above.editors, *below.editors))),
        published=dated.published,
        rank=dated.rank,
    )


def issue_day(lines: Iterable[str]) -> datetime | None:
    """The day in the head of a digital paper (2021年10月22日 星期五), for pages that nothing else dates."""
    short = [line for line in lines if len(line) <= _LONGEST_NAME]
    if not any(map(_PAPER.search, short)):
        return None  # a site's head says today's day
    told = (line for line in short if _ISSUE.search(line))
    return next((when for line in told if not _NO_DATELINE.search(line) and (when := parse_date(line))), None)


def is_empty(value: str) -> bool:
    """Whether a value says that there is none (未知, admin, 本站整理)."""
    return value.strip().lower() in _EMPTY


def _word(label: Label) -> str:
    """The value, unless it belongs to the line below an empty label."""
    value = label.value
    if is_noise(value) or is_empty(value):
        return ""
    return "" if label.below and len(value) > 30 else value


def _source(labels: Iterable[Label]) -> tuple[str | None, str | None]:
    """The first source that is told, and who stands behind it without a label: 芦花晨报 蒋少平."""
    for label in labels:
        if label.sort != "source" or not (value := _word(label)):
            continue
        first, *others = value.split()
        names: list[str] = []
        while others and (may_be_name(others[-1]) or is_noise(others[-1]) or others[-1].isdecimal()):
            names.insert(0, others.pop())
        words = " ".join((first, *others))
        source = words if len(words) <= _LONGEST_NAME else first[:_LONGEST_NAME]
        return source, " ".join(name for name in names if may_be_name(name)) or None
    return None, None


def _author(labels: Iterable[Label]) -> str | None:
    """作者 and whoever else is said to have written: 作者：记者 李大为 通讯员 王晓 names two."""
    found: list[str] = []
    for label in labels:
        if label.sort != "author":
            continue
        value = _GATHERED.sub("", evolve(label, rest=without_roles(label.rest)).value)
        if is_noise(value) or is_empty(value) or (label.below and len(value) > 30):
            continue
        names = credited(value)
        if not names and not found and value and not re.search(r"\d", value):
            return value[:_LONGEST_NAME]
        found += names
    return " ".join(dict.fromkeys(found)) or None


def _editors(labels: Iterable[Label]) -> tuple[Editor, ...]:
    found = [
        Editor(re.sub(r"\s", "", label.said), name)
        for label in labels
        if label.sort == "editor"
        for name in credited(label.value)
        if not is_empty(name)
    ]
    return tuple(dict.fromkeys(found))


def _date(labels: list[Label], text: str, near: str) -> tuple[datetime | None, int]:
    ranks = [_rank(label, before) for label, before in zip(labels, [None, *labels], strict=False)]
    dated = [
        (rank, when)
        for label, rank in zip(labels, ranks, strict=True)
        if rank != NO_DATE and (when := parse_date(_YEAR_CUT.sub(r"20\1", label.rest[:45], count=1)))
    ]
    best = min(dated, key=lambda pair: pair[0], default=None)
    if best is None or best[0] > UNLABELLED:
        loose = _unlabelled(near)
        best = (UNLABELLED, loose) if loose else best
    if best is None:
        return None, NO_DATE
    rank, day = best
    if day.time() == time():
        day = next((when for _, when in dated if when.date() == day.date() and when.time() != time()), day)
    if day.time() == time() and (clock := _clock(labels)):
        day = datetime.combine(day.date(), clock, day.tzinfo)
    return day, rank


def _clock(labels: Iterable[Label]) -> time | None:
    """The time of day that stands apart from its day: 日期：2023-05-30 时间：08:15."""
    told = (_CLOCK.match(label.rest) for label in labels if label.sort == "time")
    return next((time(int(found[1]), int(found[2])) for found in told if found), None)


def _rank(label: Label, before: Label | None) -> int:
    """A 时间 that another label's value runs into is the page's own (来源：市水务局时间：…), no 活动时间."""
    if label.sort == "glued":
        follows = (
            before is not None and "\n" not in before.rest and before.sort in ("source", "author", "issuer")
        )
        return RANKS["time"] if follows else NO_DATE
    return RANKS.get(label.sort, NO_DATE)


@lru_cache(maxsize=4)
def _datelines(text: str) -> list[str]:
    """Lines with a date that are neither sentences nor today's date in a page head, the lowest first."""
    lines = [line for line in text.split("\n") if len(line) <= _LONGEST_DATELINE and "。" not in line]
    return [line for line in reversed(lines) if parse_date(line) and not _NO_DATELINE.search(line)]


def _unlabelled(text: str) -> datetime | None:
    """The date nearest to the text that follows, if it is not labelled as something else."""
    bare = (
        line for line in _datelines(text) if not any(label.sort in _OF_OTHERS for label in read_labels(line))
    )
    return next((parse_date(line) for line in bare), None)


def _whole_days(text: str) -> str:
    """A day that is set over two lines, year above month and day or below them, on one, behind its label."""
    if not _SPLIT.search(text):
        return text
    text = _IN_CELLS.sub(r"\1：", text)
    text = _YEAR_ABOVE.sub(r"\1-\2-\3", text)
    return _YEAR_BELOW.sub(r"\2-\3-\1", text)
