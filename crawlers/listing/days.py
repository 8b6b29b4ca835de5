"""The day that a row shows, in whichever way the page splits it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from lxml.html import HtmlElement

from crawlers.listing.links import LONGEST_TITLE, short_text, squeeze
from crawlers.reading.dates import date_in_url, parse_date

_SHORT = 40
"""Longer texts are summaries; a date in them is part of the story."""

_MOMENTS = ("title", "datetime", "data-time", "data-date")
_STAMP = 32
"""Characters of a moment in an attribute, `2026-03-05T13:28:13.125+08:00` at the longest."""

_HALF_A_YEAR = timedelta(days=183)

_RELEASE = re.compile(r"发布|发文日|上传|公开日|更新|时间|发表")
_OTHER_DAY = re.compile(r"截止|成文|施行|有效|实施|失效|生效")
_DAY = r"(?:19|20)\d\d\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}日?"
_EDGE = re.compile(rf"[\s\[(（【]({_DAY})\s*[\])）】]?$|^[\[(（【]?({_DAY})(?:[\])）】]|\s)")
_PROMULGATED = re.compile(rf"[（(]{_DAY}[^（）()]{{0,80}}?(?:公布|发布|印发|通过)")
"""How collections of rules tell of each when it was made known: 2023年5月8日生态环境部令第30号公布."""
_WORDS = re.compile(r"[\u4e00-\u9fff]")
_FEW = 8
"""Chinese characters beside a day in a text that is no sentence (发布时间：2026年3月5日)."""
_SPLIT = (
    re.compile(r"(?P<y>(?:19|20)\d\d)\s*[-/.年]\s*(?P<m>\d{1,2})\s*[-/.月]?\s+(?P<d>\d{1,2})\s*日?"),
    re.compile(r"(?P<d>\d{1,2})\s*日?\s+(?P<y>(?:19|20)\d\d)\s*[-/.年]\s*(?P<m>\d{1,2})\s*月?"),
    re.compile(r"(?P<m>\d{1,2})\s*[-/.月]\s*(?P<d>\d{1,2})\s*日?\s+(?P<y>(?:19|20)\d\d)\s*年?"),
    re.compile(r"(?P<y>(?:19|20)\d\d)\s*年?\s+(?P<m>\d{1,2})\s*[-/.月]\s*(?P<d>\d{1,2})\s*日?"),
    re.compile(r"(?P<d>\d{1,2})\s*日?\s+(?P<m>\d{1,2})\s*月?\s+(?P<y>(?:19|20)\d\d)\s*年?"),
    re.compile(r"(?P<y>(?:19|20)\d\d)\s*年?\s+(?P<m>\d{1,2})\s*月?\s+(?P<d>\d{1,2})\s*日?"),
)
_TWO_DIGIT_YEAR = re.compile(
    r"[\[(（]?(?P<y>[0-4]\d)(?:[-/.]|年)(?P<m>\d{1,2})(?:[-/.]|月)(?P<d>\d{1,2})日?[\])）]?"
)
_MONTH_DAY = re.compile(r"[\[(（]?(?P<m>\d{1,2})[-/.月](?P<d>\d{1,2})日?[\])）]?(?:\s*\d{1,2}:\d\d)?")
_URL_MONTH = re.compile(r"(?<!\d)(?P<y>20\d\d)[-/]?(?P<m>0[1-9]|1[0-2])(?=\D|\d\d(?!\d))")


def day_of(chunks: list[str], scripts: Iterable[str], url: str) -> date | None:
    """The day among a row's texts (its title left out), the scripts in it, or a "06-02" that its address
    completes.
    """
    short = [chunk for chunk in chunks if len(chunk) <= _SHORT or _PROMULGATED.match(chunk)]
    return _whole(short) or _split(short) or _in_script(scripts) or _month_day(short, url)


def day_of_title(title: str) -> date | None:
    """The day in brackets or set off by a blank at either end of a link's text; where the row shows another,
    this is the one of which the title speaks.
    """
    match = _EDGE.search(title) if len(title) <= LONGEST_TITLE else None
    when = parse_date(match[1] or match[2]) if match else None
    return when.date() if when else None


def texts(nodes: Iterable[HtmlElement], without: HtmlElement | None) -> Iterator[str]:
    """Texts of nodes in order, those inside `without` left out; an exact day in a `title` stands for its
    text.
    """
    for node in nodes:
        yield from _texts(node, without)


def _texts(node: HtmlElement, without: HtmlElement | None) -> Iterator[str]:
    if not isinstance(node.tag, str) or node.tag in ("script", "style"):
        return
    if without is not None and node is without:
        # The link: only a date in an element of its own, never a day that the title names.
        inner = [short_text(child) for child in without.iterdescendants()]
        inner += [told for child in without.iterdescendants() if (told := _moment_told(child))]
        yield from (text for text in inner if len(text) <= 24)
        return
    if told := _moment_told(node):
        yield told
        return
    if node.text and node.text.strip():
        yield squeeze(node.text)
    for child in node:
        yield from _texts(child, without)
        if child.tail and child.tail.strip():
            yield squeeze(child.tail)


def _moment_told(node: HtmlElement) -> str:
    """An exact moment in an attribute, for a text that shows less (05-17)."""
    told = (squeeze(said) for name in _MOMENTS if (said := node.get(name)) and len(said) <= _STAMP)
    return next((said for said in told if parse_date(said)), "")


def scripts(nodes: Iterable[HtmlElement]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node.tag, str):
            yield from (script.text or "" for script in node.iter("script"))


def _whole(chunks: list[str]) -> date | None:
    """A complete day in one text: the one called release, else the first not called something else."""
    best: tuple[int, int, date] | None = None
    label = ""
    for chunk in chunks:
        when = parse_date(chunk)
        if when is None:
            label = chunk
            continue
        said = chunk if re.search(r"[\u4e00-\u9fff]{2}", chunk) else label
        rank = 0 if _OTHER_DAY.search(said) else 2 if _RELEASE.search(said) else 1
        rank = 2 if _PROMULGATED.match(chunk) else rank
        # A day in a sentence is one that the sentence speaks of.
        alone = -len(_WORDS.findall(chunk)) // _FEW
        if best is None or (rank, alone) > best[:2]:
            best = rank, alone, when.date()
        label = ""
    return best[2] if best else None


def _split(chunks: list[str]) -> date | None:
    """A day over two or three neighbouring elements: `2026-09` and `15`, `15` and `2026/09`, `09-15` and
    `2026`.
    """
    for size in (2, 3):
        for start in range(len(chunks) - size + 1):
            joined = " ".join(chunks[start : start + size])
            for shape in _SPLIT:
                found = _date(shape.fullmatch(joined.replace("/ ", " ")))
                if found:
                    return found
    return next(
        filter(
            None, (_date(shape.fullmatch(chunk)) for chunk in chunks for shape in (*_SPLIT, _TWO_DIGIT_YEAR))
        ),
        None,
    )


def _in_script(sources: Iterable[str]) -> date | None:
    for source in sources:
        when = parse_date(source)
        if when:
            return when.date()
    return None


def month_day(chunks: Iterable[str]) -> tuple[int, int] | None:
    """Month and day of a `06-02` without a year."""
    match = next(filter(None, (_MONTH_DAY.fullmatch(chunk) for chunk in chunks)), None)
    return (int(match["m"]), int(match["d"])) if match else None


def nearest_year(known: tuple[int, int], near: date) -> date | None:
    """The day of that month and day within half a year of another."""
    days = [found for year in (near.year - 1, near.year, near.year + 1) if (found := day((year, *known)))]
    return next((found for found in days if abs(found - near) <= _HALF_A_YEAR), None)


def day(told: tuple[int, int, int] | None) -> date | None:
    """Year, month and day as a date, where there is one."""
    try:
        return date(*told) if told else None
    except ValueError:
        return None


def _month_day(chunks: list[str], url: str) -> date | None:
    """`06-02` without a year: believed where the row's address has that month, and then its year."""
    known = month_day(chunks)
    if not known:
        return None
    whole = date_in_url(url)
    if whole and (whole.month, whole.day) == known:
        return whole
    for folder in _URL_MONTH.finditer(url):
        if int(folder["m"]) == known[0]:
            return day((int(folder["y"]), *known))
    return None


def _date(match: re.Match[str] | None) -> date | None:
    if not match:
        return None
    year = int(match["y"])
    return day((year if year > 99 else 2000 + year, int(match["m"]), int(match["d"])))
