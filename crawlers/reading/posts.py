"""Threads of forums and blogs with comments: the reader came for the first post."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawlers.reading.blocks import Block

_FLOOR = re.compile(
    r"^(?:[\[【]\s*\d{1,4}\s*[楼樓]\s*[\]】]|第\s*\d+\s*[楼樓](?=\s|$|[:：])|\d{1,4}\s*[楼樓](?=\s|$|[:：])|\d{1,4}\s*#(?=\s|$)|#\s*\d{1,4}(?=\s|$)|楼\s?主(?=\s|$)|[沙发板凳地]{2}(?=\s|$))"
)
_FLOOR_BEHIND = re.compile(r"[|｜]\s*\[?\s*(?:\d{1,4}\s*|楼\s*)[楼主]\s*\]?$|\[楼主\]")
"""The mark of a post: 楼主, 3楼, [3楼], 第4楼, #5."""
_PROFILE = re.compile(
    r"^(?:等级|级别|积分|精华|发帖|帖子|主题|文章|威望|金钱|金币|门派|注册(?:时间|日期)?|最后登录|在线时间|MP|RP|UID|经验|魅力|体力|好友|阅读权限"
    r"|来自|头衔|状态|性别|组别|现金|人气|贡献|贴子|声望|财富|会员)(?:\s*[:：].{0,24}|\s+[\d.-]+|\s+(?:离线|在线))$"
    r"|^(?:该用户|此人|作者)?目?前?不?在线$|^(?:(?:资料|短消息|发?短信|加为好友|个人空间|引用|报告|回复|给分|TOP)\s*)+$"
)
"""What a forum tells of whoever posted."""
_FORUM = (
    r"(?:编辑|引用|使用道具|报告|回复(?:本[帖贴])?|TOP|评分|支持|反对|举报|返回|发给朋友|只看该作者|顶|踩)"
)
_FOOT = re.compile(
    r"^(?:签名\s*[:：]|本[帖贴]最近评分|\[?\s*本帖最后由.{1,40}编辑|[\[（(]?\s*[此本][帖贴]被.{1,30}编辑|顶端(?:\s|$)|-{20,}$|_{20,}$)"
    r"|^(?:本作品采用.{0,16}许可|.{0,20}转载时请以超链接)|^作\s*者\s*[:：]\s*\S{1,20}\s+回复(?:日期|时间)\s*[:：]"
    rf"|^使用道具(?:\s|$|举报)|^(?:{_FORUM}\s+){{2,}}{_FORUM}(?:\s+点击数?\s*[:：]?\s*\d+)?$"
)
_BAR = re.compile(
    r"(?:(?:阅读全文|评论|引用(?:通告)?|固定链接|添加评论|编辑|回复|浏览|Trackback)\s*(?:[(（]?\d+[)）]?)?\s*[|｜]\s*.{0,16}){3,}"
)
_BARS = 3
"""What stands below a post, and the bar of three buttons and more there."""
_REPLIES = re.compile(
    r"^(?!\W*(?:回复|留言|回答)\W*$)[\s·•■◆【\[]*(?:(?:全部|最新|网友|精彩|热门|其[他它]|更多|访客|读者|游客|用户|本文的)?(?:评论|回复|留言|跟[帖贴]|回答)|引用(?:通告)?|Comments?|Trackbacks?|本[帖贴]最近评分记录"
    r"|提问者对于答案的评价|待解决问题|评论列表)\s*(?:列表)?[\s】\]]*(?:[(（\[]?\s*共?\s*\d*\s*[条个]?\s*[)）\]]?)?[:：]?$",
    re.IGNORECASE,
)
"""A line of its own over what others said; a bare 回复 is what an office answers to a letter."""
_MARKS = 3
_ENOUGH = 30
"""Characters of text above what ends a post."""
_NAME = 16


def first_post(blocks: Sequence[Block], start: int, end: int, prose: Sequence[int]) -> int:
    """The line at which the first post of a thread, or a blog's entry, is over; `end` where none is seen.

    `prose`: characters of running text of each line from `start`.
    """
    floors = [index for index in range(start, end) if _is_mark(blocks[index].text)]
    written = 0.0
    for index in range(start, end):
        text = blocks[index].text
        if written >= _ENOUGH:
            if _is_below_post(text):
                return index
            if len(floors) >= _MARKS and index in floors[1:]:
                return _above_profile(blocks, start, index)
        written += prose[index - start]
    return end


def below_mark(blocks: Sequence[Block], start: int, first_prose: int) -> int:
    """The line below the mark of a thread's first post (楼主), if it stands above the text; else `start`."""
    first = next((index for index in range(start, first_prose) if _is_mark(blocks[index].text)), None)
    if first is None or sum(_is_mark(block.text) for block in blocks[start:]) < _MARKS:
        return start
    return first + 1


def profiles(blocks: Sequence[Block], start: int, end: int) -> frozenset[int]:
    """The lines of a thread that tell of whoever posted; none on any other page (性别：男 is data there)."""
    found = frozenset(index for index in range(start, end) if _PROFILE.match(blocks[index].text))
    marks = sum(_is_mark(block.text) for block in blocks) if found else 0
    return found if marks >= _MARKS else frozenset()


def _is_mark(text: str) -> bool:
    barred = "|" in text or "｜" in text or "[楼主" in text
    return bool(_FLOOR.match(text) or (barred and _FLOOR_BEHIND.search(text)))


def _is_below_post(text: str) -> bool:
    bars = text.count("|") + text.count("｜")
    return bool(_FOOT.match(text) or _REPLIES.match(text) or (bars >= _BARS and _BAR.search(text)))


def _above_profile(blocks: Sequence[Block], start: int, floor: int) -> int:
    """The first line of what introduces the post that `floor` marks: name, rank, points."""
    first = floor
    while first > start + 1 and _PROFILE.match(blocks[first - 1].text):
        first -= 1
    named = first - 1
    if first < floor and named > start and len(blocks[named].text) <= _NAME:
        return named
    return first
