"""What stands between headline and text and belongs to the page: datelines, links."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawlers.reading.blocks import Block, in_data_row
from crawlers.reading.body import opens
from crawlers.reading.boxes import names_file
from crawlers.reading.noise import is_dateline, is_noise

_TIME = re.compile(r"\W*(?:时\s*间|日\s*期)\s*[:：]")
_EVENT_TIME = re.compile(
    r"\W*(?:会议|活动|开会|报名|公示|公告|开标|投标|考试|面试|开庭|停[水电气])(?:时\s*间|日\s*期)\s*[:：]"
)
_OF_EVENT = re.compile(r"\W*(?:地\s*点|主\s*持|参\s*加|参\s*会|出\s*席|列\s*席|议\s*题)")
_OF_PAGE = re.compile(r"来\s*源|稿源|作者|发布|编辑|浏览|点击|阅读|访问|次数|字[体号]")
_OF_LETTER = re.compile(
    r"(?:信件|来信|写信|留言|提问|咨询|办理|受理|查询|查看|征集|收到|发布)(?:单位|机构|编号|类[型别]|状态|次数|人|意见)\s*[:：].{0,20}$"
)
_TEXT = 2
"""Lines of text below which 时间： is no longer that of the page."""


def above_text(blocks: Sequence[Block], start: int, first: int, end: int) -> frozenset[int]:
    """The lines from `start` up to the first sentence, line `first`, that are none of the text.

    The time of a meeting is text, beside a place or below other text, and so are those of a table's rows.
    """
    opened = first < end and opens(blocks[first].text)
    dated = {index for index in range(start, min(first, end)) if is_dateline(blocks[index].text)}
    rows = {blocks[index].row for index in dated} - {0}
    found: set[int] = set()
    said = 0
    for index in range(start, min(first, end)):
        block = blocks[index]
        if in_data_row(blocks, index):
            continue
        if index in dated:
            if not (
                is_event_time(blocks, index, said) or (block.row and len(rows) > 1 and _is_bare(block.text))
            ):
                found.add(index)
        elif _OF_LETTER.match(block.text) or (opened and block.is_linked and not names_file(block.text)):
            found.add(index)
        else:
            said += not is_noise(block.text)
    return frozenset(found)


def is_event_time(blocks: Sequence[Block], index: int, said: int = 0) -> bool:
    """Whether a line is the time of an event: by its label, beside a place, or below `said` lines of text."""
    text = blocks[index].text
    if _EVENT_TIME.match(text):
        return True
    if not _TIME.match(text) or not _is_bare(text):
        return False
    beside = blocks[max(0, index - 1) : index + 2]
    return said >= _TEXT or any(_OF_EVENT.match(block.text) for block in beside)


def _is_bare(text: str) -> bool:
    """Whether a line does not say that something was published."""
    return not _OF_PAGE.search(text)
