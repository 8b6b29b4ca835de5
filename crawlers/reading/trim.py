"""From the lines of a container to the paragraphs of the article."""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import groupby

from attrs import evolve

from crawlers.reading.above import above_text
from crawlers.reading.blocks import Block
from crawlers.reading.body import Found, opens, weigh
from crawlers.reading.boxes import is_advertised, is_box, leads_away, names_file, polls, without_link_runs
from crawlers.reading.endings import ends_article, heads_links, is_imprint, opens_footer
from crawlers.reading.noise import DATE, is_credit, is_noise
from crawlers.reading.plain import fold
from crawlers.reading.posts import below_mark, first_post, profiles

_STAMP = re.compile(rf"{DATE}\W{{0,3}}\d{{1,2}}:\d\d")
_OPENNESS = re.compile(
    r"^(?:索\s*引\s*号|发文机关|发布机构|发文字号|成文日期|生成日期|主题分类|组配分类|信息分类|公开(?:方式|时限|范围)|有\s*效\s*性"
    r"|(?:文\s*号|标\s*题|名\s*称|发布日期|分\s*类)\s*[:：])\s*[:：]?$"
)
"""First cells of the data table above a public document."""
_SPOKEN = re.compile(r"\w")
_WORD = re.compile(r"[^\W\d_]")
_WEEK = re.compile(r"日 一 二 三 四 五 六|一 二 三 四 五 六 日")
"""The head of a calendar to choose a day from."""
_MAX_CELL = 400
_SOME = 30
"""Characters of text above a heading such as 全部评论: less may be a summary."""
_SUMMARY = 3
"""Lines at the top that may be a summary, and lines below it that may begin with it."""
_NO_LETTER = re.compile(r"[\W_]+")
_TAIL, _TAIL_BELOW_LINE = 3, 8
"""Below a box that is set into a text there is at least one part in so many of the text above it; below one
of a single line (相关链接：…) less will do, and any where the line of its editors closes it."""
_FOOTER = 12
"""Lines of a site's footer at most."""
_NUMBERED = re.compile(r"[（(]?[一二三四五六七八九十]{1,3}[)）、.．]|\d{1,2}[、.．]\D")
_CLOSING = 20
"""Lines at the end of an element in which that of the editors stands."""
_DOWNLOADS = re.compile(r"附件(?:下载|列表)\s*[:：]?")
_STREAM, _REPEATED = 4, 8
_LABEL = re.compile(r"[\u4e00-\u9fa5](?:时间|日期)\s*[:：]")
"""A letter with its answer (留言时间：… 答复时间：…) is one text, not a stream of posts."""
_CLOSING_CREDIT = re.compile(r"\s*[（(【\[]\s*(?:责任编辑|责编|编辑)\s*[:：]?[^（）()。]{1,20}[)）】\]]\s*$")


def trim(
    blocks: list[Block], found: Found, title: str | None, title_index: int | None
) -> tuple[int, int, range]:
    """The range of lines from below the headline to the first that is no longer the article, and the lines
    in it that print the headline again."""
    start, end, wanted = found.start, found.end, fold(title or "")
    if title_index is not None and start <= title_index < end and not found.edited:
        start = _past(blocks, title_index, end, wanted) or title_index + 1
    start = below_mark(blocks, start, found.first)
    again = range(0)
    for first in range(start, min(start + _REPEATED, found.first + 1, end)):
        below = _past(blocks, first, end, wanted)
        if below:
            again = range(first, below)
            break
    return start, _last(blocks, start, end), again


def _past(blocks: list[Block], first: int, end: int, wanted: str) -> int | None:
    """The line below a headline that begins at `first`, be it broken into several; None if it is none."""
    joined = ""
    for index in range(first, min(first + 5, end)):
        joined += fold(blocks[index].text)
        if not joined or not wanted.startswith(joined):
            return None
        if joined == wanted:
            return index + 1
    return None


def _last(blocks: list[Block], start: int, end: int) -> int:
    seen: set[str] = set()
    prose = [weigh(block, seen)[0] for block in blocks[start:end]]
    over = first_post(blocks, start, end, prose)
    stamps = _stamps(blocks, start, end, prose)
    after, before = sum(prose), 0
    for index, weight in enumerate(prose, start):
        if (
            index == over
            or (index in stamps and before)
            or _is_over(blocks, index, (before, after), start, prose)
            or (before > 4 * after and is_credit(blocks[index].text))
        ):
            end = index
            break
        before += weight
        after -= weight
    while end > start and _trails(blocks, end - 1):
        end -= 1
    return _above_downloads(blocks, start, end)


def _above_downloads(blocks: list[Block], start: int, end: int) -> int:
    """The end of a text without a list of files that closes it below 附件下载; one amid it stays."""
    first = end
    while first > start and blocks[first - 1].is_linked and names_file(blocks[first - 1].text):
        first -= 1
    headed = start < first < end and _DOWNLOADS.fullmatch(blocks[first - 1].text)
    return first - 1 if headed else end


def _is_over(blocks: list[Block], index: int, around: tuple[int, int], start: int, prose: list[int]) -> bool:
    """Whether line `index` ends the text: with links that lead away, notices, comments, the footer. `around`:
    how much prose stands above and below, `prose`: that of each line from `start` on."""
    before, after = around
    text = blocks[index].text
    headed = bool(blocks[index].heading) and before >= _SOME
    if not headed and before <= after:
        return False
    if not ends_article(text) and not (opens_footer(text) and _imprint_near(blocks, index)):
        return False
    related = heads_links(text)
    if related and any(prose[index - start + 1 : index - start + 2]):
        return False  # 相关文件, and what they are
    if headed and not related:
        return True
    return not _is_amid(blocks, index, around, start, prose)


def _stamps(blocks: list[Block], start: int, end: int, prose: list[int]) -> set[int]:
    """The date-and-clock lines of a stream of posts or comments: four or more with text between, or none.
    The reader came for the first."""
    found: list[int] = []
    for index in range(start, end):
        text = blocks[index].text
        if len(text) <= 80 and _STAMP.search(text) and not _LABEL.search(text):
            if found and not sum(prose[found[-1] - start : index - start]):
                continue
            found.append(index)
    return set(found) if len(found) >= _STREAM else set()


def _is_amid(blocks: list[Block], index: int, around: tuple[int, int], start: int, prose: list[int]) -> bool:
    """Whether what leads away from a text at line `index` is set into it; the rest as for `_is_over`."""
    before, after = around
    line = leads_away(blocks[index])
    if line and before <= 4 * after:
        return True
    if not is_box(blocks, index, start, prose):
        return False
    closing = blocks[max(index + 1, start + len(prose) - _CLOSING) : start + len(prose)]
    enough = before <= (_TAIL_BELOW_LINE if line else _TAIL) * after
    return enough or any(is_credit(block.text) for block in closing)


def _imprint_near(blocks: list[Block], index: int) -> bool:
    """Whether the imprint of the site follows on 主办单位：… in line `index`, and no text before it: the plan
    of an event names its hosts too, and then its next heading or the footer's own 主办 stands between."""
    for block in blocks[index + 1 : index + _FOOTER]:
        if is_imprint(block.text):
            return True
        if block.text.startswith("主办") or _NUMBERED.match(block.text):
            return False
    return is_imprint(blocks[index].text)


def _trails(blocks: list[Block], last: int) -> bool:
    """Whether the last line is no text: noise, links, page numbers (but the figures of a table stay)."""
    block = blocks[last]
    if names_file(block.text):
        return False
    if is_noise(block.text) or ends_article(block.text) or block.links * 3 > len(block.text) * 2:
        return True
    in_table = block.row > 0 and last > 0 and blocks[last - 1].row == block.row
    return not in_table and not _WORD.search(block.text)


def paragraphs(
    blocks: list[Block], start: int, end: int, again: range, first: int, apart: Collection[int] = ()
) -> list[str]:
    """The lines worth keeping; the cells of a table row on one line, separated by tabs.

    `again`: lines that repeat the headline; `first`: the first sentence, above which datelines go; `apart`:
    lines of the openness table."""
    asides = sum(len(b.text) for b in blocks[start:end] if b.aside) * 2 > sum(
        len(b.text) for b in blocks[start:end]
    )
    posters = profiles(blocks, start, end)
    aside = above_text(blocks, start, first, end) | polls(blocks, start, end)
    kept = [
        block
        for index, block in enumerate(blocks[start:end], start)
        if index not in again
        and index not in apart
        and (asides or not block.aside)
        and not is_noise(block.text)
        and not is_advertised(blocks, index)
        and index not in posters
        and index not in aside
    ]
    lines: list[str] = []
    calendar = False
    kept = _without_summary(kept)
    if kept:
        kept[-1] = evolve(kept[-1], text=_CLOSING_CREDIT.sub("", kept[-1].text))
    for row, group in groupby(without_link_runs(kept), key=lambda block: block.row):
        members = list(group)
        if not row:
            lines += [member.text for member in members if _SPOKEN.search(member.text)]
            continue
        row_text = " ".join(member.text for member in members)
        calendar = bool(_WEEK.fullmatch(row_text)) or (calendar and not _WORD.search(row_text))
        if not calendar and not _leads_away(members) and not _OPENNESS.match(members[0].text):
            lines += _row(members)
    return lines


def _leads_away(row: list[Block]) -> bool:
    """Whether a row is 上一篇, 相关阅读 or the like, and not one that lays out a page and begins so."""
    said = row[0].text
    if not ends_article(said) or (heads_links(said) and len(row) > 1):
        return False
    return not any(opens(block.text) for block in row)


def _without_summary(kept: list[Block]) -> list[Block]:
    """Without a line at the top that the text begins with again: what some templates show as its summary."""
    letters = [_letters(block.text) for block in kept[: 2 * _SUMMARY]]
    for index, said in enumerate(letters[:_SUMMARY]):
        later = letters[index + 1 : index + 1 + _SUMMARY]
        if len(said) >= _SOME and any(text.startswith(said) for text in later):
            return kept[:index] + kept[index + 1 :]
    return kept


def _letters(text: str) -> str:
    return _NO_LETTER.sub("", text)


def _row(blocks: list[Block]) -> list[str]:
    """A row of data as one line; a row that only lays out the page keeps its lines."""
    cells = [[block.text for block in group] for _, group in groupby(blocks, key=lambda block: block.cell)]
    if len(cells) < 2 or any(len(cell) > 3 and sum(map(len, cell)) > _MAX_CELL for cell in cells):
        return [block.text for block in blocks]
    return ["\t".join(" ".join(cell) for cell in cells)]
