"""Headlines that are set in several lines, or printed twice."""

from __future__ import annotations

import re

from lxml import etree

from crawlers.reading.blocks import Block, Layout, Span
from crawlers.reading.naming import is_column, is_site, is_subtitle
from crawlers.reading.noise import is_dateline, is_noise
from crawlers.reading.plain import fold

_NEAR = 7
_MOST_LINES, _LONGEST_LINE, _LEAST_LINE = 3, 40, 4
_ABOUT = re.compile(r".{0,24}关于")
_DOCUMENT = re.compile(
    r"(?:通知|通告|公告|意见|方案|办法|批复|决定|报告|函|公示|规定|细则|请示|答复)(?:（.{1,12}）)?$"
)
_APART = re.compile(r"^\s*[（(【\[]|[:：。]$")
"""A label or a sentence: no part of the headline beside it."""

_WITH = re.compile(r"[（(][^（()）]{2,40}[）)]")
"""Whom a document concerns, below its kind: （东岭区鑫达电镀厂）."""


def whole(layout: Layout, index: int, head: str | None) -> tuple[str, int]:
    """The headline of which line `index` is a part, and its first line, where neighbours complete it: to that
    of the <title>, to 关于…的通知, or to all that one element says in one style.
    """
    blocks = layout.blocks
    above, line = blocks[index - 1].text if index else "", blocks[index].text
    if _ABOUT.match(above) and _DOCUMENT.search(line) and not (_ABOUT.match(line) or _DOCUMENT.search(above)):
        return above + line, index - 1
    wanted = fold(head or "")
    for first in range(index, max(-1, index - 4), -1):
        joined = ""
        for last, block in enumerate(blocks[first : first + 5], first):
            joined += fold(block.text)
            if joined == wanted and last >= index:
                return (
                    (blocks[index].text, index)
                    if block is blocks[index] and first == index
                    else (head or "", first)
                )
    return _of_one_element(layout, index)


def _of_one_element(layout: Layout, index: int) -> tuple[str, int]:
    """冬闲人不闲<br>茶农管园忙."""
    held = next((span for span in layout.spans if span.start <= index < span.end), None)
    if held is None or not 1 < held.end - held.start <= _MOST_LINES or not _in_one_style(held):
        return layout.blocks[index].text, index
    lines = layout.blocks[held.start : held.end]
    heading = lines[0].heading in ("h1", "h2", "h3")
    if not all(_may_be_part(line) or (heading and _WITH.fullmatch(line.text)) for line in lines):
        return layout.blocks[index].text, index
    return " ".join(block.text for block in lines), held.start


def _in_one_style(span: Span) -> bool:
    holders: set[etree._Element | None] = set()
    for node in span.element.iter():
        if node.text and node.text.strip():
            holders.add(node)
        if node is not span.element and node.tail and node.tail.strip():
            holders.add(node.getparent())
    return len(holders) == 1


def _may_be_part(block: Block) -> bool:
    text = block.text
    if block.links or not _LEAST_LINE <= len(text) <= _LONGEST_LINE or _APART.search(text):
        return False
    return not (is_noise(text) or is_dateline(text) or is_subtitle(text) or is_site(text) or is_column(text))


def topmost(index: int | None, blocks: list[Block]) -> int | None:
    """Of a headline printed above the dateline and again in the text, the one above."""
    if index is None:
        return None
    wanted, dated = fold(blocks[index].text), False
    for above in range(index - 1, max(-1, index - _NEAR), -1):
        dated = dated or is_dateline(blocks[above].text)
        if dated and not blocks[above].links and fold(blocks[above].text) == wanted:
            return above
    return index


def in_pieces(title: str, blocks: list[Block], first_prose: int) -> int | None:
    """The first of several lines that are the title together, however unequal."""
    wanted = fold(title)
    for first in range(min(first_prose, len(blocks)) - 1, -1, -1):
        joined = fold(blocks[first].text)
        if not joined or not wanted.startswith(joined):
            continue
        for block in blocks[first + 1 : first + 4]:
            joined += fold(block.text)
            if joined == wanted:
                return first
    return None
