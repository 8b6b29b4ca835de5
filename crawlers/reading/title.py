"""The headline as displayed."""

from __future__ import annotations

import re
import unicodedata

from crawlers.reading.blocks import Block
from crawlers.reading.markup import fold_space
from crawlers.reading.metadata import first_of
from crawlers.reading.noise import is_dateline, is_noise

_SEPARATOR = re.compile(r"\s*[_|—–»>«‖┊]+\s*|\s+[-－]+\s*|\s*[-－]+\s+|[-－](?=[^-－]{2,16}$)|--+")
_SITE_WORDS = re.compile(
    r"(?:网|网站|门户|频道|政府|新闻中心|在线|首页|资讯|日报|晚报|\.com|\.cn|栏目|专栏|正文|详情页?|页面|论坛|博客|中心)$"
)
_NEAR = 7
_HAN = re.compile(r"[\u4e00-\u9fff]")
_LABELLED = re.compile(r"^\S{2,6}\s*[:：]\s*\S{0,8}$|(?:19|20)\d\d-\d")
_ORGANISATION = re.compile(
    r"^[\u4e00-\u9fa5]{2,20}(?:人民政府|[厅局委署院会]|委员会|办公[室厅]|网站?|门户|中心|日报|晚报)$"
)


def fold(text: str) -> str:
    """For comparing headlines: width, spaces and punctuation set aside."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text)).lower()


def find_title(
    metas: dict[str, str], heads: list[str], blocks: list[Block], first_prose: int
) -> tuple[str | None, int | None]:
    """The headline and the number of the line that shows it (None where no line does).

    The mandated ArticleTitle wins unless it only repeats the site or column; else the displayed line that
    the <title> confirms; else the nearest heading; else the <title> without its site part.
    """
    names = {fold(metas[name]) for name in ("sitename", "columnname", "columntype") if name in metas}
    mandated = metas.get("articletitle")
    if mandated and fold(mandated) not in names:
        index = _topmost(_shown(mandated, blocks, first_prose), blocks)
        cut = mandated.endswith(("...", "…")) and index is not None
        return (blocks[index].text if cut and index is not None else mandated), index
    heads = [*heads, *(value for value in [first_of(metas, "og:title", "twitter:title")] if value)]
    index = _confirmed(heads, blocks, first_prose, names)
    if index is None or _is_site(blocks[index].text):
        heading = _heading(blocks, first_prose, names)
        index = next(
            (i for i in (heading, _above_dateline(blocks, first_prose), index) if i is not None), None
        )
    if index is not None:
        title, index = _whole(blocks, index, _from_head(heads, names))
        return title, _topmost(index, blocks)
    return _from_head(heads, names), None


def _topmost(index: int | None, blocks: list[Block]) -> int | None:
    """Of a headline printed above the dateline and again in the text, the one above."""
    if index is None:
        return None
    wanted, dated = fold(blocks[index].text), False
    for above in range(index - 1, max(-1, index - _NEAR), -1):
        dated = dated or is_dateline(blocks[above].text)
        if dated and not blocks[above].links and fold(blocks[above].text) == wanted:
            return above
    return index


def _whole(blocks: list[Block], index: int, head: str | None) -> tuple[str, int]:
    """The headline of which line `index` is a part, where neighbours complete it to that of the <title>."""
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
    return blocks[index].text, index


def _shown(title: str, blocks: list[Block], first_prose: int) -> int | None:
    """Last line before the text that is the title or, where it is set in two lines, its beginning."""
    wanted = fold(title)
    partly = None
    for index in range(min(first_prose, len(blocks)) - 1, -1, -1):
        if blocks[index].links * 2 > len(blocks[index].text):
            continue
        text = fold(blocks[index].text)
        if text == wanted:
            return index
        if (
            partly is None
            and len(text) * 5 >= len(wanted) * 2
            and (wanted.startswith(text) or text.startswith(wanted))
        ):
            partly = index
    return partly


def _confirmed(heads: list[str], blocks: list[Block], first_prose: int, names: set[str]) -> int | None:
    """The line that stands in the <title>; the longest, headings before others, the last of equals."""
    folded = [fold(head) for head in heads]
    best: tuple[int, int, int] | None = None
    for index, block in enumerate(blocks[:first_prose]):
        text = fold(block.text)
        if len(text) < 4 or text in names or len(text) > 120 or is_noise(block.text):
            continue
        if not any(text in head or (len(head) >= 8 and text.startswith(head[:-3])) for head in folded):
            continue
        if len(text) < 9 and _SITE_WORDS.search(block.text):
            continue
        rank = (
            len(text) + (4 if block.heading in ("h1", "h2", "h3") else 0) - (block.links > 0) * 4,
            index,
            index,
        )
        if best is None or rank >= best:
            best = rank
    return best[2] if best else None


def _heading(blocks: list[Block], first_prose: int, names: set[str]) -> int | None:
    """The biggest heading above the text, the last of equals; the site's own name is none."""
    found = [
        (block.heading, -index)
        for index, block in enumerate(blocks[:first_prose])
        if block.heading in ("h1", "h2", "h3") and len(block.text) >= 5 and _may_be_title(block, names)
    ]
    return -min(found)[1] if found else None


def _above_dateline(blocks: list[Block], first_prose: int) -> int | None:
    """The line over that of date and source, where a template marks the headline in no way."""
    for dated in range(min(first_prose, len(blocks)) - 1, 0, -1):
        if not is_dateline(blocks[dated].text) or blocks[dated].links * 2 > len(blocks[dated].text):
            continue
        for above in range(dated - 1, max(-1, dated - 4), -1):
            text = blocks[above].text
            if (
                len(_HAN.findall(text)) >= 5
                and _may_be_title(blocks[above], set())
                and not _LABELLED.search(text)
            ):
                return above
    return None


def _may_be_title(block: Block, names: set[str]) -> bool:
    text = block.text
    if block.aside or len(text) > 100 or block.links * 2 >= len(text) or is_noise(text):
        return False
    return fold(text) not in names and not _is_site(text)


def _is_site(text: str) -> bool:
    return bool(_ORGANISATION.match(text))


def _from_head(heads: list[str], names: set[str]) -> str | None:
    for head in heads:
        parts = [part for part in (fold_space(part) for part in _SEPARATOR.split(head)) if part]
        good = [
            part
            for part in parts
            if fold(part) not in names and not _SITE_WORDS.search(part) and _HAN.search(part)
        ]
        if good or parts:
            return max((good or parts)[:2], key=len) if len((good or parts)[0]) < 6 else (good or parts)[0]
    return None
