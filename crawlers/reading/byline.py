"""Names of those who wrote, as the text itself prints them: （记者 … 通讯员 …）, □ 本报记者 …"""

from __future__ import annotations

import re
from collections.abc import Iterable

from crawlers.reading.people import ROLE, credited, may_be_name, names_in
from crawlers.reading.plain import plain

_PRINTED = re.compile(rf"[（(][^（()）]{{0,20}}?{ROLE}[^（()）]{{1,60}}[)）]")
_LINE = re.compile(rf"^[□■●◎▲\s]*[\w\s]{{0,16}}?{ROLE}\s*[:：]?[\u4e00-\u9fa5·、，\s]{{2,60}}$")
_ABROAD = re.compile(
    r"^[\u4e00-\u9fa5]{0,10}记者\s?([\u4e00-\u9fa5]{2,4})\s*[／/]\s*[\u4e00-\u9fa5]{1,10}(?:报[导導道])$"
)
"""Beyond the mainland: 記者王宜庭／花蓮報導."""
_MARKED = re.compile(r"^[□■◎●]\s*([\u4e00-\u9fa5]{2,4}(?:[\s、，]+[\u4e00-\u9fa5]{2,4}){0,2})$")
"""□ 阮听涛: the author of an essay, below its headline."""
_WROTE = re.compile(
    r"[（(【\[]?\s*文(?:字|稿)?\s*[/／:：丨｜|]\s*([\u4e00-\u9fa5·、，\s]{2,30}?)\s*(?:[）)】\]]|$|[图摄])"
)
"""文/王一山 图/李二河: who wrote, before who took the pictures."""
_AND_PICTURE = re.compile(r"\s*文\s*[/／、]?\s*图\s*$")
_PICTURE = re.compile(r"(?<!文)(?<!文[/／、])(?:摄影?|供图|图)\s*[)）]?$")
"""Those who only took the picture; 文/图 wrote too."""
_MAY_SIGN = re.compile(r"^[□■◎●]|记\s*者|通\s*讯\s*员|撰稿|评论员|实习生")
"""What there is in every line that names somebody without a colon; in most lines there is nothing of it."""
_BESIDE = re.compile(rf"(?<=[\s报网社台刊]){ROLE}(?:\s+|\s*[/／]\s*)(?=[\u4e00-\u9fa5])")
_LONGEST_DATELINE = 120
_PLAIN = re.compile(
    r"[。！？”][（(]\s*(?:[\u4e00-\u9fa5]{2,12}(?:[局委厅部办院站所队中心政府处科]|中心|政府)\s+)?"
    r"(?:(?:图\s*[/／、]?\s*文|文\s*[/／、]?\s*图|文)\s*[/／:：丨｜|])?\s*"
    r"((?:[\u4e00-\u9fa5·]{2,4}[\s、]+){0,3}[\u4e00-\u9fa5·]{2,4})\s*[)）]$"
)
"""Whole names in brackets, an office or 图/文 before them as the case may be: （大埂乡党政办 程秋生）."""

_WIRE = re.compile(
    r"^[\u4e00-\u9fa5]{2,14}\s?\d{1,2}月\d{1,2}日[电電讯]\s*"
    r"[（(]((?:[\u4e00-\u9fa5·]{2,4}[\s、，]+){1,3}[\u4e00-\u9fa5·]{2,4}|[\u4e00-\u9fa5·]{3,4})[)）]"
)
"""Names alone where an agency's report begins: 青禾社沱江11月21日电（敖玉蓉、李二河）. A single word of two
characters is as likely a place."""


def byline(lines: list[str]) -> str | None:
    """Names joined by spaces: those printed with a role at the head or the end of the text, else the
    plain names in brackets that open an agency's report or close a text. Photographers and editors are not
    meant.
    """
    edge = [*lines[:3], *lines[-4:]] if len(lines) > 7 else lines
    for line in map(plain, edge):
        if (wrote := _WROTE.match(line)) and (names := names_in(wrote[1])):
            return " ".join(names)
        for part in _credited(_AND_PICTURE.sub("", line)):
            names = names_in(part)
            if names:
                return " ".join(names)
    closing = [_PLAIN.search(f"。{line}") for line in reversed(lines[-2:])]
    for bare in filter(None, (*closing, *map(_WIRE.match, map(plain, lines[:3])))):
        names = names_in(bare[1])
        if names and all(map(may_be_name, names)):
            return " ".join(names)
    return None


def naming(lines: Iterable[str]) -> list[str]:
    """Those of the lines that may name who wrote without a colon, with plain characters."""
    return list(filter(_MAY_SIGN.search, map(plain, lines)))


def signed(lines: Iterable[str]) -> str | None:
    """The names on a line of their own around the headline: 本报记者 施立辉. Of lines that are `naming`."""
    for line in lines:
        if _LINE.match(line) and not _PICTURE.search(line) and (names := names_in(line)):
            return " ".join(names)
        marked = _MARKED.match(line)
        names = names_in(marked[1]) if marked else []
        if names and all(map(may_be_name, names)):
            return " ".join(names)
    return None


def credited_beside(lines: Iterable[str]) -> str | None:
    """The names behind a role without a colon in a dateline: 来源：芦花晚报 记者 王盛 通讯员 尚建国. Of lines
    that are `naming`."""
    for line in lines:
        if len(line) > _LONGEST_DATELINE or "。" in line or _PICTURE.search(line):
            continue
        _, *parts = _BESIDE.split(line)
        names = [name for part in parts for name in credited(part) if may_be_name(name)]
        if names:
            return " ".join(dict.fromkeys(names))
    return None


def _credited(line: str) -> list[str]:
    if abroad := _ABROAD.match(line):
        return [f"记者{abroad[1]}"]
    if _LINE.match(line) and not _PICTURE.search(line):
        return [line]
    return [part for part in _PRINTED.findall(line) if not _PICTURE.search(part)]
