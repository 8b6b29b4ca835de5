"""Boxes of links that are set into a text: related news, menus, advertisements."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from crawlers.reading.blocks import Block
from crawlers.reading.endings import ends_article

_FILE = re.compile(r"附\s*件|\.(?:pdf|docx?|xlsx?|pptx?|zip|rar|wps|et|ofd|txt|csv)\b", re.IGNORECASE)
_RELATED = re.compile(r"(?:延伸|相关|推荐|更多)(?:阅读|新闻|报道|链接)")
_MENU = 5
_MOST_OF_BOX = 10
_APART = 3
"""Lines below a box among which there is no linked headline, unless the box goes on (with summaries)."""
_HEADLINE = 8
"""Characters of a linked headline at least; keywords are shorter."""
_LONGEST_HEADING = 8
_STOP = re.compile(r"[。！？；：:，,.、》）)\d]$")
_PROMOTION = re.compile(
    r"博彩|彩金|开户送|葡京|时时彩|六合彩|棋牌|赌场|真人娱乐|彩信|铃声|抢鲜下载|注册送|老虎机|百家乐|金麒麟|开户有礼"
)
"""Words of advertisements, by hijackers and by the site itself, that stand as links amid a text."""
_VOTED = re.compile(r"(?:目前)?(?:共有?|已有?)?\s*\d+\s*人(?:已?参与|投票).{0,6}")
_SHARE = re.compile(r"\S.{0,30}?\s*\d{1,3}(?:\.\d+)?\s*%")
_ANSWERS = 2
_OFFER = re.compile(
    r"^(?:AD|广告)\b|立即(?:测算|领取|报名|抢购|购买|下单)|均价\s*\d+\s*元|首付\s*\d|享[\d.一二三四五六七八九]{1,3}折|至高补贴|秒杀"
)
"""Of advertisements of one linked line; 首付 and 优惠券 by themselves stand in names of documents too."""
_ADVERTISED = re.compile(r"\W*(?:广告|推广|赞助商?链接)\W*")


def names_file(text: str) -> bool:
    """Whether a line names a file: 附件, or a file name's ending."""
    return bool(_FILE.search(text))


def leads_away(block: Block) -> bool:
    """更多新闻： and a link amid the text."""
    if not block.is_linked:
        return False
    leads = ends_article(block.text) or _RELATED.match(block.text)
    return bool(leads) and not names_file(block.text)


def is_box(blocks: list[Block], index: int, start: int, prose: Sequence[int]) -> bool:
    """Whether a heading such as 相关新闻 at `index` and the links below it are followed by running text at
    once: a box that is set into the text. `prose`: that of each line from `start` on, to the text's end."""
    below, end = index + 1, start + len(prose)
    last = min(end, below + _MOST_OF_BOX + 1)
    while below < last and blocks[below].is_linked:
        below += 1
    links = below - index - 1 + leads_away(blocks[index])
    if below == last or not links or not prose[below - start]:
        return False
    following = blocks[below + 1 : min(end, below + 1 + _APART)]
    return not any(block.is_linked and block.links >= _HEADLINE for block in following)


def polls(blocks: Sequence[Block], start: int, end: int) -> frozenset[int]:
    """The lines of polls in a text or right below it: a question, answers with shares, how many took part."""
    found: set[int] = set()
    for index in range(start, min(end + 1, len(blocks))):
        if not _VOTED.fullmatch(blocks[index].text):
            continue
        above = index - 1
        while above > start and _SHARE.fullmatch(blocks[above].text):
            above -= 1
        if index - above > _ANSWERS and blocks[above].text.endswith(("？", "?")):
            found.update(range(above, index + 1))
    return frozenset(found)


def is_advertised(blocks: Sequence[Block], index: int) -> bool:
    """Whether a line is the link of an advertisement: below 广告, or with an offer in it."""
    if not blocks[index].is_linked:
        return False
    below = index > 0 and bool(_ADVERTISED.fullmatch(blocks[index - 1].text))
    return below or bool(_OFFER.search(blocks[index].text))


def without_link_runs(blocks: list[Block]) -> list[Block]:
    """Five and more lines of nothing but links are a menu amid the text; files stay, promotions go."""
    kept: list[Block] = []
    runs = [
        (linked, list(group))
        for linked, group in groupby(
            blocks, key=lambda b: b.links * 5 > len(b.text) * 4 and not names_file(b.text)
        )
    ]
    for number, (linked, run) in enumerate(runs):
        below = runs[number + 1][1][0] if number + 1 < len(runs) else None
        if not linked:
            kept += [block for block in run if not leads_away(block)]
        elif any(map(leads_away, run)) or (kept and below and _is_set_in(run, kept[-1], below)):
            continue
        elif kept and len(kept[-1].text) <= _LONGEST_HEADING and ends_article(kept[-1].text):
            kept.pop()  # 延伸阅读, and one or two links amid the text
        elif len(run) < _MENU:
            kept += [block for block in run if not _PROMOTION.search(block.text)]
        elif kept and len(kept[-1].text) <= _LONGEST_HEADING and not _STOP.search(kept[-1].text):
            kept.pop()  # what the menu is called
    return kept


def _is_set_in(run: list[Block], above: Block, below: Block) -> bool:
    """Links in a table of their own amid the running text of one cell: an advertisement."""
    around = (above.row, above.cell)
    return around == (below.row, below.cell) and all(block.row > above.row for block in run)
