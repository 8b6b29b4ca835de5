"""The table above a public document: 索引号, 文号, 发文机关, 成文日期, 有效性, ... as pairs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from attrs import frozen

from crawlers.reading.blocks import Block
from crawlers.reading.plain import plain

_PROVING = (
    "信息时效期", "内容分类", "信件编号", "来信人", "来信时间", "信件类型", "办理单位",
    "办理状态", "回复时间", "回复单位", "答复单位", "答复时间", "公开状态", "信件标题",
    "索引号", "信息索引号", "主题分类", "组配分类", "体裁分类", "服务对象分类", "信息分类",
    "信息类别", "发布机构", "发布机关", "发布单位", "发文机关", "发文单位", "公开机构",
    "制发机关", "发文字号", "文件编号", "文件字号", "文号", "公文种类", "成文日期", "成文时间",
    "生成日期", "生成时间", "发文日期", "发文时间", "印发日期", "签发日期", "公开方式",
    "公开形式", "公开时限", "公开范围", "公开类型", "公开程序", "公开属性", "公开责任部门",
    "是否有效", "有效性", "效力状态", "效力", "时效", "时效性", "信息名称", "内容概述",
    "内容概要", "登记号", "规范性文件编号", "规范性文件统一编号", "统一编号", "公文时效", "记录形式",
    "著录日期", "载体类型",
    "公告类型", "刊登版面", "刊登日期", "公告期限", "公告编号", "公告人"
)  # fmt: skip
_ACCOMPANYING = (
    "名称", "标题", "文件名称", "发布日期", "发布时间", "公开日期", "公开时间", "公布日期",
    "分类", "主题词", "关键词", "责任部门", "信息来源", "来源", "体裁", "语种", "信息格式",
    "实施日期", "施行日期", "生效日期", "生效时间", "废止日期", "废止时间", "失效日期",
    "失效时间", "终止日期", "有效期", "事项类型", "所属机构", "所属主题", "发布文号", "联系人"
)  # fmt: skip
"""Labels that prove nothing: other tables have them too."""
_ANY = "|".join(r"\s*".join(label) for label in sorted((*_PROVING, *_ACCOMPANYING), key=len, reverse=True))
"""索 引 号 is set with blanks as often as not."""
_BEGINS = re.compile(rf"\s*[【\[]?\s*(?:{_ANY})")
"""What all of these have; most lines are not looked at further."""
_LABEL = re.compile(rf"\s*[【\[]?\s*({_ANY})\s*[】\]]?\s*[:：]?\s*")
_INLINE = re.compile(rf"(?<![\u4e00-\u9fff])[【\[]?({_ANY})[】\]]?\s*[:：]")
_GLUED = re.compile(rf"\s*({_ANY})\s*(?=\S)")
"""The label is an element of its own, and the value stands right behind it: 生成日期2023-11-24."""
_BLANKS = re.compile(r"\s+")
_LEAST = 3
"""Different labels that make a table, unless two of them prove it."""
_GAP = 1
"""Lines without a label between two of them."""
_LONGEST_VALUE = 300
_LONGEST_GLUED = 100


@frozen
class Openness:
    pairs: tuple[tuple[str, str], ...] = ()
    """In order, each label once; without empty ones."""
    lines: frozenset[int] = frozenset()
    """Numbers of the lines that make it up."""
    values: frozenset[int] = frozenset()
    """Those among them that do not say themselves what they are: a day here is not that of publication."""


@frozen
class _Entry:
    label: str
    value: str
    lines: range
    bare: bool = True
    """The value stands in a line of its own, or glued to its label."""


def find_openness(blocks: Sequence[Block], end: int, title: int | None) -> Openness:
    """The tables among the lines up to `end`; several copies (for desks, for phones) are one.

    No table goes across the headline, which line `title` shows: what stands below it is the dateline.
    """
    pairs: dict[str, str] = {}
    lines: set[int] = set()
    values: set[int] = set()
    for group in _groups(_entries(blocks[:end]), title):
        labels = {entry.label for entry in group}
        proofs = len(labels.intersection(_PROVING))
        if (proofs >= 2 or (proofs and len(labels) >= _LEAST)) and not _is_list(group):
            lines.update(number for entry in group for number in entry.lines)
            for entry in group:
                if entry.value:
                    pairs.setdefault(entry.label, entry.value)
                if entry.bare:
                    values.update(entry.lines)
    return Openness(tuple(pairs.items()), frozenset(lines), frozenset(values))


def _is_list(group: list[_Entry]) -> bool:
    """Records one below the other (five penalties, numbered) are what a text says, no table above it."""
    said: dict[str, str] = {}
    return any(entry.value and said.setdefault(entry.label, entry.value) != entry.value for entry in group)


def _groups(entries: Iterator[_Entry], title: int | None) -> Iterator[list[_Entry]]:
    group: list[_Entry] = []
    for entry in entries:
        between = range(group[-1].lines.stop, entry.lines.start) if group else range(0)
        if group and (len(between) > _GAP or title in between):
            yield group
            group = []
        group.append(entry)
    if group:
        yield group


def _entries(blocks: Sequence[Block]) -> Iterator[_Entry]:
    number = 0
    while number < len(blocks):
        text = plain(blocks[number].text)
        if not _BEGINS.match(text):
            number += 1
            continue
        alone = _LABEL.fullmatch(text)
        if alone:
            following = _value_below(blocks, number)
            value = blocks[following].text.strip() if following is not None else ""
            stop = number + 1 if following is None else following + 1
            yield _Entry(_joined(alone[1]), value, range(number, stop))
            number = stop
            continue
        signed = len(text) <= _LONGEST_VALUE and ("：" in text or ":" in text)
        inline = list(_INLINE.finditer(text)) if signed else []
        if inline and not text[: inline[0].start()].strip():
            stop = number + 1
            values = _values(text, inline)
            if not values[-1][1] and (following := _value_below(blocks, number)) is not None:
                values[-1] = values[-1][0], blocks[following].text.strip()
                stop = following + 1
            for label, value in values:
                yield _Entry(label, value, range(number, stop), bare=stop > number + 1)
            number = stop
            continue
        glued = _GLUED.match(text) if len(text) <= _LONGEST_GLUED and "。" not in text else None
        if glued:
            yield _Entry(_joined(glued[1]), text[glued.end() :].strip(), range(number, number + 1))
        number += 1


def _values(text: str, labels: list[re.Match[str]]) -> list[tuple[str, str]]:
    ends = [*(label.start() for label in labels[1:]), len(text)]
    return [
        (_joined(label[1]), text[label.end() : end].strip()) for label, end in zip(labels, ends, strict=True)
    ]


def _value_below(blocks: Sequence[Block], number: int) -> int | None:
    """The line with the value of a label that stands alone: the next cell of its row, or the next line."""
    if number + 1 >= len(blocks):
        return None
    label, following = blocks[number], blocks[number + 1]
    text = plain(following.text)
    if len(text) > _LONGEST_VALUE or _LABEL.fullmatch(text) or _INLINE.match(text):
        return None
    if label.row and (following.row != label.row or following.cell > label.cell + 1):
        return None
    return number + 1


def _joined(label: str) -> str:
    """索 引 号 -> 索引号."""
    return _BLANKS.sub("", label)
