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
    r"\W*(?!发布|发表|发稿|发文|公开|公布|刊发|刊登|上网|上传|添加|录入|加入|信息|文章|稿件|新闻|内容|页面|来源|最后|更新|修改|成文|生成"
    r"|印发|签发|制发|颁布|来信|留言|提问|咨询|受理|办结|答复|回复|征集)[\u4e00-\u9fa5]{2,6}(?:时\s*间|日\s*期)\s*[:：]"
)
"""会议时间：, 停水时间：, and all others that neither date a page nor a letter."""
_OF_EVENT = re.compile(r"\W*(?:地\s*点|主\s*持|参\s*加|参\s*会|出\s*席|列\s*席|议\s*题)")
_OF_PAGE = re.compile(r"来\s*源|稿源|作者|发布|编辑|浏览|点击|阅读|访问|次数|字[体号]")
_OF_LETTER = re.compile(
    r"(?:(?:信件|来信|写信|留言|提问|咨询|办理|受理|查询|查看|征集|收到)(?:编号|类[型别]|状态|次数|人|意见)|发布(?:单位|机构))\s*[:：].{0,20}$"
)
_LISTED = 3
"""Lines with nothing but a date and what it is of that make a list."""
_TEXT = 2
"""Lines of text below which 时间： is no longer that of the page."""


def above_text(blocks: Sequence[Block], start: int, first: int, end: int) -> frozenset[int]:
    """The lines from `start` up to the first sentence, line `first`, that are none of the text.

    The time of a meeting is text, beside a place or below other text; so are the days of lists and tables.
    """
    opened = first < end and opens(blocks[first].text)
    dated = {index for index in range(start, min(first, end)) if is_dateline(blocks[index].text)}
    bare = {n for n in dated if not _OF_PAGE.search(blocks[n].text) and not blocks[n].links}
    if len(bare) >= _LISTED or len({blocks[index].row for index in bare} - {0}) > 1:
        dated -= bare  # the days of a list or a table
    found: set[int] = set()
    said = 0
    for index in range(start, min(first, end)):
        block = blocks[index]
        if in_data_row(blocks, index):
            continue
        if index in dated:
            if not is_event_time(blocks, index, said):
                found.add(index)
        elif opened and (_OF_LETTER.match(block.text) or (block.is_linked and not names_file(block.text))):
            found.add(index)
        else:
            said += not is_noise(block.text)
    return frozenset(found)


def is_event_time(blocks: Sequence[Block], index: int, said: int = 0) -> bool:
    """Whether a line is the time of an event: by its label, beside a place, or below `said` lines of text."""
    block, before = blocks[index], blocks[max(0, index - 1)]
    in_cell = block.row > 0 and before.row == block.row and before is not block
    if _EVENT_TIME.match(block.text) or (in_cell and _EVENT_TIME.match(f"{before.text}：")):
        return True
    if not _TIME.match(block.text) or _OF_PAGE.search(block.text):
        return False
    beside = blocks[max(0, index - 1) : index + 2]
    return said >= _TEXT or any(_OF_EVENT.match(block.text) for block in beside)
