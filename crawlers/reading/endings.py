"""What ends an article: headings of what leads away from it, notices, and the imprint of its site."""

from __future__ import annotations

import re
from functools import lru_cache

from crawlers.reading.noise import CACHED, LONGEST, any_of
from crawlers.reading.plain import plain

_OPENING = r"^(?:[【\[（(<>«»|·•■◆●◇★☆◎※=\-—\s]|\d[.、])*"
_LINKS = any_of(
    r"(?:相关|关联|延伸|推荐|热门|热点|更多|精彩|最新|往期|近期)的?"
    r"(?:阅读|链接|新闻|报道|稿件|文章|文档|推荐|资讯|快讯|专题|视频|图片|舆情|附件|解读|政策|文件|信息|热词|搜索|标签|内容)+"
    r"(?:\s*[:：].*|[\s>»\]】）)…．.]*(?:更多|MORE|more)?[\s>»\]】）)…．.]*$)",
    r"(?:相关|关联|推荐|热门|热点|更多|精彩|最新|今日|图片|视频|本周|24小时|一周|近期|往期|其[他它]|本类|本栏|编辑)"
    r"(?:阅读|链接|新闻|报道|文章|文件|内容|信息|精选|关注|热[点榜图文]|排行榜?|回顾|专栏|评论|主题|帖子|博文"
    r"|图集|动态|要闻|公告|导读|头条|推荐|图片|视频|资讯)+[\s:：>»\]】…]*$",
    r"下载(?:地址|说明|列表)\s*[:：]?$",
)
_HEADS_LINKS = re.compile(_OPENING + _LINKS)
_TERMINAL = re.compile(
    _OPENING
    + any_of(
        _LINKS,
        r"您?可能(?:还|也)?(?:感兴趣|喜欢|关注).{0,12}$|(?:猜[你您]喜欢|大家都在看|看了又看|猜[你您]想听).{0,6}$",
        r"(?:下一?篇|上一?篇|[上下]一?条|[前后]一篇)(?:\s*[:：\]】>]|\s|$|文章)",
        r"\S{0,8}(?:版权|免责|稿件)(?:与|及|和|及其)?(?:版权|免责)?(?:声明|公告|说明)|[特郑][别重]声明",
        r"(?:当前(?:新闻|文章)|本文)?共?有\s*\d+\s*条(?:评论|回复)\s*$",
        r"您访问的链接即将离开.{2,40}|.{0,24}(?:文字|图片|视频).{0,24}版权(?:均|都|皆)?[属归].{2,40}所有",
        r"反?侵权公告|法律声明|免责条款|本[网站]声明",
        r"凡(?:本[网站]|注明|在本网|来源).{4,}|本[网站](?:所有|转载|刊登|登载|部分).{4,}",
        r"未经[^。]{0,14}(?:授权|许可|同意|允许)[^。]{0,10}(?:转载|复制|使用|镜像|引用)",
        r"(?:欢迎|如需)转载.{0,30}$|(?:[^。]{2,20}(?:出品|原创(?:文章|稿件|作品)?)[，,]\s*)?转载(?:请|须)?(?:注明|联系|附上).{0,40}$",
        r"(?:特别提示|提示|声明)?\s*[:：]?\s*(?:以上|本文|该)(?:内容|文章|信息).{0,24}仅提供信息存储",
        r"(?:商务合作|提示).{0,40}不对[^。]{0,12}准确性.{0,12}保证",
        r"声明\s*[:：].{0,60}(?:转载|版权|观点|来源|本站|本网|平台|侵权)",
        r"(?:网友|最新|热门|精彩|发表|全部|用户|文章|新闻|我要)(?:评论|点评|跟帖|留言|回复|提?意见|意见选登)(?:\W.{0,20}|\d{1,6})?$",
        r"友情链接|(?:政府)?网站标识码|网站(?:地图|声明)(?:\s|$)",
    )
)
_IMPRINT = re.compile(
    r"icp\s?[备证]|公网安备|all rights reserved|copyright|©|新闻信息服务许可证|网站标识码"
    r"|建议使用.{0,40}(?:分辨率|浏览器)|违法和?不良信息举报|有害信息举报"
)
"""Of a line in lower case."""
_OWNED = re.compile(r"\S{0,20}\s?版权所有(?:$|[\s:：,，©])")
_DISCLAIMER = re.compile(r"^.{0,40}(?:版权|转载|免责)")
_CONTACT = re.compile(
    r"(?:主办|承办|版权|技术支持|备案|地址|邮编|邮政编码|电话|传真|E-?mail|邮箱)\w{0,4}\s*[:：]",
    re.IGNORECASE,
)
_FOOTER = re.compile(
    r"^(?:主办|承办|协办|主管|技术支持|网站(?:简介|导航|管理)|关于我们|联系我们|意见建议)(?:单位)?(?:\s*[:：|｜]|\s|$)"
)
_LETTER_SPACED = re.compile(r"^(?:[\u4e00-\u9fa5]\s){2,}[\u4e00-\u9fa5]\s*[:：]?$")


@lru_cache(maxsize=CACHED)
def ends_article(line: str) -> bool:
    """Headings and notices after which nothing of the article follows (相关阅读, 版权声明, ...)."""
    line = plain(line)
    if len(line) > 3 * LONGEST and not (len(line) < 9 * LONGEST and _DISCLAIMER.search(line)):
        return False
    if " " in line and _LETTER_SPACED.match(line):
        line = line.replace(" ", "")
    return bool(_TERMINAL.match(line)) or _imprints(line)


def heads_links(line: str) -> bool:
    """Whether a line such as 相关文件 or 延伸阅读 heads links that lead away, or else a part of the text."""
    return "评论" not in line and bool(_HEADS_LINKS.match(plain(line)))


@lru_cache(maxsize=CACHED)
def is_imprint(line: str) -> bool:
    """The site's own filing, copyright and address lines."""
    return _imprints(plain(line))


def _imprints(line: str) -> bool:
    if len(line) > 3 * LONGEST or "。" in line:
        return False
    if _IMPRINT.search(line.lower()) or ("版权所有" in line and _OWNED.match(line)):
        return True
    return "主办" in line[:4] and len(_CONTACT.findall(line)) >= 3


def opens_footer(line: str) -> bool:
    """主办单位, 地址 and the like: a footer where imprint lines follow, else part of a notice."""
    line = plain(line)
    return len(line) <= 2 * LONGEST and bool(_FOOTER.match(line))
