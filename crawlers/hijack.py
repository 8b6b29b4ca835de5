"""Pages that speculators put in the place of an authority's: gambling, pornography, farms of links. Pure.

Expired names are bought, and weak servers broken into, for the trust that search engines put in them. What
gives such a page away is advertising in its head; news about gambling tells of police and courts.
"""

from __future__ import annotations

import html
import re

_GAMBLING = re.compile(
    r"百家乐|老虎机|时时彩|六合彩|快三|北京赛车|幸运飞艇|棋牌(?:游戏|平台|官网)|真人(?:娱乐|荷官|视讯)|娱乐城|"
    r"博彩|体育投注|外围投注|投注(?:平台|官网|网站)|开户送|注册送|彩票(?:平台|官网|网站|app)|"
    r"(?:开云|亚博|乐鱼|米兰|爱游戏|华体会|皇冠|九游|必威|博鱼|星空|万博|天博|金沙|葡京|威尼斯人|太阳城)"
    r"(?:体育|娱乐|国际|平台|集团|官网|网址|登录|app)",
    re.IGNORECASE,
)
_PORNOGRAPHY = re.compile(
    r"国产精品|(?:一区|二区|三区)[一二三]?区|无码|久久(?:精品|综合|热|爱)|成人(?:视频|电影|网站|影院)|"
    r"\bav(?:在线|网站|片|无)|免费(?:黄|看黄|毛片)|黄色(?:网站|视频|电影)|情色|激情(?:视频|小说|电影)|"
    r"(?:自拍|偷拍)(?:视频|偷拍|在线)|三级片|做爱",
    re.IGNORECASE,
)
_REPORTED = re.compile(
    r"打击|查处|抓获|侦破|破获|警方|公安|民警|检察|法院|判处|审判|涉案|犯罪|专项|整治|举报|通报|防范|反诈|扫黄"
)
"""What stands beside such words where they are news."""
_FARM = re.compile(r"蜘蛛池|站群系统")
_HEAD = re.compile(
    r"(?is)<title[^<>]*>(?P<title>[^<]*)"
    r"|<meta\b(?=[^<>]*\bname\s*=\s*['\"]?(?:keywords|description)\b)[^<>]*\bcontent\s*=\s*"
    r"(?:'(?P<single>[^']*)'|\"(?P<double>[^\"]*)\")"
)
_ENOUGH = 2
"""Different words of advertising; one may be a place, a company or a title of a book."""


def hijacked(markup: str) -> str | None:
    """What of a page's head shows that strangers made it; None where nothing does.

    `markup`: of the whole page, decoded; entities (`&#21338;`), in which such heads are often written, are
    understood.
    """
    head = html.unescape(
        " ".join(
            match["title"] or match["single"] or match["double"] or "" for match in _HEAD.finditer(markup)
        )
    )
    if _REPORTED.search(head):
        return None
    for what, words in (("gambling", _GAMBLING), ("pornography", _PORNOGRAPHY)):
        found = list(dict.fromkeys(match[0] for match in words.finditer(head)))
        if len(found) >= _ENOUGH:
            return f"its head advertises {what}: {'、'.join(found[:3])}"
    farm = _FARM.search(markup)
    if farm and (_GAMBLING.search(head) or _PORNOGRAPHY.search(head)):
        return f"a farm of links ({farm[0]}) with an advertisement in its head"
    return None
