"""The headline as displayed."""

from __future__ import annotations

import re

from crawlers.reading.blocks import Block, Layout
from crawlers.reading.broken_headline import in_pieces, topmost, whole
from crawlers.reading.endings import is_imprint
from crawlers.reading.markup import fold_space
from crawlers.reading.metadata import first_of
from crawlers.reading.naming import is_column, is_document_number, is_site, is_subtitle
from crawlers.reading.noise import DATE, is_dateline, is_noise
from crawlers.reading.plain import fold

_SEPARATOR = re.compile(r"\s*[_|—–»>«‖┊]+\s*|\s+[-－]+\s*|\s*[-－]+\s+|[-－](?=[^-－]{2,16}$)|--+")
_AROUND_HYPHENS = re.compile(r"\s*[_|—–\-－]+\s*")
_SITE_WORDS = re.compile(
    r"(?:网|网站|门户|频道|政府|新闻中心|在线|首页|资讯|日报|晚报|\.com|\.cn|栏目|专栏|正文|详情页?|页面|论坛|博客|中心)$"
)
_NEAR = 5
"""Lines above a headline that the text repeats, in which the whole of it may stand."""
_FULLER = 1.6
"""So much longer a displayed headline must be to be taken for the mandated one that stands in it."""
_LONG_TITLE = 8
"""Characters of a line that can hardly be anything else than a headline."""
_LONGEST_TITLE = 100
_HAN = re.compile(r"[\u4e00-\u9fff]")
_LABELLED = re.compile(
    r"^\S{2,6}\s*[:：]\s*\S{0,8}$|(?:19|20)\d\d-\d"
    r"|^(?:信件|来信|办理|受理|回复|答复|处理|公开|诉求|提交|咨询)(?:编号|类[型别]|状态|单位|部门|对象|结果|时间|日期|人|情况)"
)
_KIND = re.compile(
    r"(?:公\s*告|通\s*告|公\s*示|讣\s*告|启\s*事|声\s*明|唁\s*电|贺\s*信|(?:寻物|招领|招聘)启事)"
)
"""Documents that are called nothing but what they are."""
_LABEL = re.compile(r"^\s*(?:标\s*题|名\s*称|(?:信件|来信)(?:标题|主题))\s*[:：]\s*(?=\S)")
"""标题：关于恢复班线的建议."""
_DAY = re.compile(rf"\W*{DATE}\W*")
_BARE_LABEL = re.compile(r"(?:信息|文章)?(?:来源|作者|阅读量|浏览量|(?:发布|更新)(?:时间|日期))\s")


def find_title(
    metas: dict[str, str], heads: list[str], layout: Layout, first_prose: int
) -> tuple[str | None, int | None]:
    """The headline and the number of the line that shows it (None where no line does).

    The mandated ArticleTitle wins unless it only repeats the site or column; else the displayed line that
    the <title> confirms; else the nearest heading; else the <title> without its site part.
    """
    blocks = layout.blocks
    names = {fold(metas[name]) for name in ("sitename", "columnname", "columntype") if name in metas}
    heads = [
        *heads,
        *(value for value in [first_of(metas, "og:title", "twitter:title", "ld:title")] if value),
    ]
    confirmed = _confirmed(heads, blocks, first_prose, names)
    mandated = metas.get("articletitle")
    if mandated and (is_document_number(mandated) or (is_site(mandated) and " " in mandated)):
        mandated = None
    if mandated and fold(mandated) not in names:
        if displayed := _displayed(mandated, blocks, first_prose):
            return displayed
        # What no line shows is that of another page, or of the column.
        shown = confirmed if confirmed is not None else _heading(blocks, first_prose, names, dated=True)
        stands = shown is not None and len(fold(blocks[shown].text)) >= _LONG_TITLE
        if not stands and not is_column(mandated):
            return mandated, None
    index = confirmed
    if index is None or is_site(blocks[index].text):
        heading = _heading(blocks, first_prose, names)
        index = next(
            (i for i in (heading, _above_dateline(blocks, first_prose), index) if i is not None), None
        )
    head = _from_head(heads, names)
    if index is None and (head is None or is_site(head) or is_column(head)):
        index = _above_text(blocks, first_prose)
    if index is None:
        return (mandated if mandated and (head is None or is_site(head)) else head), None
    title, index = whole(layout, index, head)
    return _LABEL.sub("", title).rstrip(" -—_|"), topmost(index, blocks)


def _displayed(mandated: str, blocks: list[Block], first_prose: int) -> tuple[str, int] | None:
    """The mandated headline where a line shows it, or several together; the line, where that says more."""
    index = topmost(_shown(mandated, blocks, first_prose), blocks)
    if index is None:
        first = in_pieces(mandated, blocks, first_prose)
        return None if first is None else (mandated, first)
    if (joined := _two_lines(blocks, index)) and fold(joined).startswith(fold(mandated)):
        return joined, index  # cut in the metadata
    said = blocks[index].text
    fuller = mandated.endswith(("...", "…")) or len(fold(said)) > _FULLER * len(fold(mandated))
    return (said if fuller else mandated), index


def _shown(title: str, blocks: list[Block], first_prose: int) -> int | None:
    """Last line before the text that is the title or, where it is set in two lines, its beginning."""
    wanted = fold(title)
    partly = None
    for index in range(min(first_prose, len(blocks)) - 1, -1, -1):
        if blocks[index].is_linked:
            continue
        text = fold(blocks[index].text)
        if text == wanted:
            above = range(index - 1, max(-1, index - _NEAR), -1)
            return next(
                (n for n in above if wanted in fold(blocks[n].text) and _dated_below(blocks, n)), index
            )
        within = text.startswith(wanted) or (wanted.startswith(text) and not is_column(title))
        # 行政处罚信息公示 of a headline that also names the office and the issue.
        within = within or (wanted in text and len(text) <= _LONGEST_TITLE and _dated_below(blocks, index))
        if partly is None and len(text) * 5 >= len(wanted) * 2 and within:
            partly = index
    return partly


def _two_lines(blocks: list[Block], index: int) -> str | None:
    """A heading of two lines that begins at `index`, on one."""
    pair = blocks[index : index + 2]
    if (
        len(pair) < 2
        or not pair[0].heading
        or pair[0].heading != pair[1].heading
        or is_subtitle(pair[1].text)
        or _DAY.fullmatch(pair[1].text)
    ):
        return None
    return pair[0].text + pair[1].text


def _dated_below(blocks: list[Block], index: int) -> bool:
    below = blocks[index + 1 : index + 3]
    return any(is_dateline(block.text) and not block.is_linked for block in below)


def _is_above_dateline(blocks: list[Block], index: int) -> bool:
    """Whether a line too short to be sure of is the headline right above a dateline, and no column's name."""
    below = index + (index + 1 < len(blocks) and is_subtitle(blocks[index + 1].text))
    return _dated_below(blocks[: below + 2], below) and not is_column(blocks[index].text)


def _confirmed(heads: list[str], blocks: list[Block], first_prose: int, names: set[str]) -> int | None:
    """The line that stands in the <title>; the longest, headings before others, the last of equals."""
    folded = [fold(head) for head in heads]
    said = "\n".join(folded)
    cut = tuple(head[:-3] for head in folded if len(head) >= 8)
    sections = {fold(part) for head in heads for part in _SEPARATOR.split(head)[1:]}
    best: tuple[int, int, int] | None = None
    for index, block in enumerate(blocks[:first_prose]):
        text = fold(block.text)
        if text in names or len(text) > 120:
            continue
        if block.is_linked and not block.heading and (text in sections or _is_part(text, heads)):
            continue
        if text not in said and not text.startswith(cut):
            continue
        if is_noise(block.text) or is_subtitle(block.text):
            continue
        doubtful = len(text) < 4 or (len(text) < 9 and _SITE_WORDS.search(block.text))
        if doubtful and not (_opens(block.text, heads) and _is_above_dateline(blocks, index)):
            continue
        rank = (
            len(text) + (4 if block.heading in ("h1", "h2", "h3") else 0) - (block.links > 0) * 4,
            index,
            index,
        )
        if best is None or rank >= best:
            best = rank
    return best[2] if best else None


def _is_part(text: str, heads: list[str]) -> bool:
    """Whether a short linked line is only a word of what the <title> says, as entries of a menu may be."""
    return len(text) <= _LONG_TITLE and not any(fold(head).startswith(text) for head in heads)


def _opens(text: str, heads: list[str]) -> bool:
    """Whether one begins with just these words: 睡河记-副刊-河湟新闻网."""
    return len(text) > 1 and any(_AROUND_HYPHENS.split(head, maxsplit=1)[0] == text for head in heads)


def _heading(blocks: list[Block], first_prose: int, names: set[str], *, dated: bool = False) -> int | None:
    """The biggest heading above the text, the last of equals; the site's own name is none. `dated`: only one
    right above a dateline."""
    found = [
        (block.heading, -index)
        for index, block in enumerate(blocks[:first_prose])
        if block.heading in ("h1", "h2", "h3")
        and (len(block.text) >= 5 or _is_above_dateline(blocks, index))
        and _may_be_title(block, names)
        and not (dated and not _dated_below(blocks, index))
    ]
    return -min(found)[1] if found else None


def _above_dateline(blocks: list[Block], first_prose: int) -> int | None:
    """The line over that of date and source, where a template marks the headline in no way."""
    for dated in range(min(first_prose, len(blocks)) - 1, 0, -1):
        if not is_dateline(blocks[dated].text) or blocks[dated].is_linked:
            continue
        if _KIND.fullmatch(blocks[dated - 1].text) and not blocks[dated - 1].links:
            return dated - 1
        for above in range(dated - 1, max(-1, dated - 4), -1):
            text = blocks[above].text
            if (
                len(_HAN.findall(text)) >= 5
                and _may_be_title(blocks[above], set())
                and not _LABELLED.search(text)
            ):
                return above
    return None


def _above_text(blocks: list[Block], first_prose: int) -> int | None:
    """The line right above the text, on pages that tell their headline in no other way."""
    for index in range(min(first_prose, len(blocks)) - 1, max(-1, first_prose - 5), -1):
        text = blocks[index].text
        if text.endswith(("：", ":")) or is_imprint(text):
            continue  # 各村民委员会：
        if len(_HAN.findall(text)) >= _LONG_TITLE and _may_be_title(blocks[index], set()):
            return index
    return None


def _may_be_title(block: Block, names: set[str]) -> bool:
    text = block.text
    if block.aside or len(text) > _LONGEST_TITLE or block.links * 2 >= len(text) or is_subtitle(text):
        return False
    if _BARE_LABEL.match(block.spaced):
        return False
    if is_noise(text) or is_dateline(text):
        return False
    return fold(text) not in names and not is_site(text)


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
