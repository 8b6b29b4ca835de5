"""Days that stand above rows: `2026年` over "03-05", `2011年3月5日 星期六` over all the rows of that day."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml import etree
from lxml.html import HtmlElement

from crawlers.listing.links import squeeze

_HEADING = re.compile(
    r"(?P<y>(?:19|20)\d\d)\s*(?:年度?|[-/.])?\s*"
    r"(?:(?P<m>\d{1,2})\s*(?:月份?|[-/.])?\s*(?:(?P<d>\d{1,2})\s*日?\s*)?)?(?:[(（]?(?:星期|周).[)）]?)?"
)
_CENTURIES = ("19", "20")
"""How `_HEADING` begins: asked of every element above the rows, most are done with after a word."""
_LONGEST = 24
"""Characters of a heading."""
_ABOVE = 2
"""Levels above the rows' common element in which their first heading may stand."""


def headings_above(rows: Sequence[HtmlElement]) -> list[str]:
    """For each row the last heading above it that is a year, a month or a day; "" where there is none."""
    if not rows:
        return []
    wanted = {id(row) for row in rows}
    found: dict[int, str] = {}
    current, skipped = "", None
    walk = etree.iterwalk(_top(rows), events=("start", "end"))
    for event, node in walk:
        if event == "end" or skipped is not None:
            skipped = None if event == "end" and node is skipped else skipped
            continue
        if id(node) in wanted:
            found[id(node)] = current
            skipped = node
            walk.skip_subtree()
        elif told := _told(node):
            current, skipped = told, node
            walk.skip_subtree()
    return [found.get(id(row), "") for row in rows]


def _top(rows: Sequence[HtmlElement]) -> HtmlElement:
    """The element that holds all rows and the heading above the first."""
    above = [rows[0], *rows[0].iterancestors()]
    last = {id(node) for node in (rows[-1], *rows[-1].iterancestors())}
    place = next((place for place, node in enumerate(above) if id(node) in last), 0)
    for level in range(place + 1, min(place + 1 + _ABOVE, len(above))):
        if above[level].tag == "body":
            break
        place = level
    return above[place]


def _told(node: HtmlElement) -> str:
    """The day that an element says and nothing else; an element around rows says more."""
    if not isinstance(node.tag, str) or node.tag in ("script", "style", "select"):
        return ""
    text = ""
    for piece in node.itertext():
        text += str(piece)
        if len(text) > 4 * _LONGEST:
            return ""
        shown = squeeze(text)
        if len(shown) > 1 and not shown.startswith(_CENTURIES):
            return ""
    shown = squeeze(text)
    return shown if len(shown) <= _LONGEST and _HEADING.fullmatch(shown) else ""


def complete(heading: str, month_day: tuple[int, int] | None, alone: bool) -> tuple[int, int, int] | None:
    """Year, month and day of a row by its heading; `alone`: the row shows no day of its own at all."""
    told = _HEADING.fullmatch(heading)
    if told is None:
        return None
    if month_day is not None:
        return int(told["y"]), *month_day
    if alone and told["d"]:
        return int(told["y"]), int(told["m"]), int(told["d"])
    return None
