"""Labelled data near a headline: 来源：…, 发布时间：…, 作者：…"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime

from attrs import frozen

from crawlers.reading.dates import parse_date
from crawlers.reading.noise import is_noise
from crawlers.reading.plain import plain

_COLON = r"\s*[:：]\s*"
_SOURCE = re.compile(
    r"(?:信息|文章|稿件|新闻|内容|消息|本文|图片)?(?:来\s*源(?:于|自|单位|媒体|网站)?|稿\s*源|转\s*载?\s*自|出\s*处|供稿(?:单位)?|转载于)"
    + _COLON
)
_ISSUER = re.compile(r"(?:发布|公布|公开|发文|制发|印发)(?:机构|单位|部门|机关)" + _COLON)
_AUTHOR = re.compile(r"(?:(?:文章|本文)?作\s*者|撰\s*[稿文]人?|本?报?(?:全媒体)?记者|通讯员)" + _COLON)
_WRITER = re.compile(r"(?:本报|本网|全媒体|特约)*(?:记者|通讯员)\s*[:：]?\s*")
_DATES = (
    re.compile(
        r"(?:发布|发文|发表|发稿|公开|刊发|刊登|上网|上传|添加|录入|加入|发布于|发表于|信息生成)(?:时间|日期|于)?"
        + _COLON
        + "|(?:发布于|发表于)"
    ),
    re.compile(r"(?:(?<![\u4e00-\u9fa5])|信息|稿件|文章|新闻)(?:时\s*间|日\s*期)" + _COLON),
    re.compile(r"(?:更新|修改)(?:时间|日期|于)?" + _COLON),
    re.compile(r"(?:成文|生成|制发|印发|生效)(?:时间|日期)" + _COLON),
)
_NEXT_LABEL = re.compile(
    r"\s*(?:[\u4e00-\u9fa5]{0,4}(?:来源|作者|时间|日期|编辑|责编|记者|审核|审校|校对|次数|人气|字体|字号|分享|打印"
    r"|评论|浏览|点击|阅读|访问|关键[词字]|栏目|类别|分类|发布|稿源|公开|文号|索引号|背景色|通讯员|撰稿|摄影|供稿"
    r"|浏览量|点击数|阅读量|访问量)\s*[:：]"
    r"|\s(?:我要)?(?:字体|字号|分享|打印|评论|浏览|点击|阅读|访问|收藏|关闭|大小|纠错|视力|点赞|投稿|语音|转发|扫一扫"
    r"|发表|作者|编辑|责编|记者|通讯员)"
    r"|\s[\u4e00-\u9fa5]{2,6}\s*[:：]|[【】\[\]|｜<>]|[（(](?![a-zà-ǜ])|(?<![a-zà-ǜ])[)）]"
    r"|(?:19|20)\d\d\s*[-—年./]|\d+次|T\|T|A[-+]|[,，;；](?=\s*[\u4e00-\u9fa5]{2,6}[:：]))"
)
_OURSELVES = re.compile(
    r"^(?:本站|本网|本网站|本站原创|本网原创|原创|本网讯|本站讯|本网站原创|本站发布|网站原创)$"
)
_EMPTY = {
    "",
    "未知",
    "不详",
    "无",
    "暂无",
    "互联网",
    "网络",
    "网络转载",
    "本站整理",
    "佚名",
    "admin",
    "管理员",
    "-",
    "--",
}
_LONGEST_LINE = 200
_DATELINE = 90
_NO_DATELINE = re.compile(r"今天是|现在是|农历|^[（(].*[)）]$|《.*》\s*[（(]")
_DATE_PART = re.compile(
    r"(?:发布|更新)?(?:时间|日期)?\s*[:：]?\s*(?:19|20)\d\d\s*[-—./年]+\s*\d{1,2}\s*[-—./月]+\s*\d{1,2}日?\s*(?:\d{1,2}[:：时]\d{1,2}(?:[:：分]\d{1,2})?)?"
)
_MEDIUM = re.compile(
    r"^[\u4e00-\u9fa5]{1,16}(?:网|报|社|电视台|电台|广播|客户端|日报|晚报|通讯社|政府|[局委厅部办]|周刊|杂志|融媒体中心|发布|在线)$"
)


@frozen
class Labelled:
    source: str | None = None
    issuer: str | None = None
    """发布机构 and the like: who issued a document; the weakest word on the source."""
    author: str | None = None
    beside: str | None = None
    """A medium's name that stands without label beside the date."""
    published: datetime | None = None
    rank: int = 9
    """How plainly the date is labelled: 0 发布…, 1 时间/日期, 2 none at all, 3 更新…, 4 成文…"""


def read_labels(lines: Iterable[str]) -> Labelled:
    """What the lines around a text are labelled with; first of each kind, the plainest date."""
    text = plain("\n".join(line for line in lines if len(line) <= _LONGEST_LINE))
    published, rank = _date(text)
    return Labelled(
        source=_first(_SOURCE, text),
        issuer=_first(_ISSUER, text),
        author=_first(_AUTHOR, re.sub(" +", " ", _WRITER.sub(_bare, text))),
        beside=_unlabelled_source(text),
        published=published,
        rank=rank,
    )


def clean_source(value: str | None, site_name: str | None) -> str | None:
    """A source without its label; 本站 and 本网 stand for the site itself."""
    value = _SOURCE.sub("", value or "", count=1).strip(" 　:：|-—《》[]【】")
    if _OURSELVES.match(value):
        return site_name
    return None if value.lower() in _EMPTY else value


def _bare(role: re.Match[str]) -> str:
    """A role in front of a name is no label of its own: 作者：记者 李大为 通讯员 王晓."""
    return role.group() if re.search("[:：]", role.group()) else " "


def _first(label: re.Pattern[str], text: str) -> str | None:
    for match in label.finditer(text):
        value = _value(text[match.end() : match.end() + _LONGEST_LINE])
        # An empty label must not swallow the line below it when that has its own meaning.
        below = "\n" in match.group() and (is_noise(value) or len(value) > 30)
        if value and not below and value.lower() not in _EMPTY:
            return value
    return None


def _value(rest: str) -> str:
    """Up to the next label, date, bracket or end of the line."""
    line = rest.split("\n", 1)[0][:80].lstrip()
    if is_noise(line):
        return ""
    following = _NEXT_LABEL.search(line)
    value = (line[: following.start()] if following else line).strip(" 　:：|-—,，;；")
    return value if len(value) <= 40 else value.split(" ")[0][:40]


def _date(text: str) -> tuple[datetime | None, int]:
    for place, label in enumerate(_DATES):
        rank = place if place < 2 else place + 1
        if rank == 3:
            loose = _unlabelled(text)
            if loose:
                return loose, 2
        for match in label.finditer(text):
            when = parse_date(text[match.end() : match.end() + 45])
            if when:
                return when, rank
    return None, 9


def _datelines(text: str) -> list[str]:
    """Lines with a date that are neither sentences nor today's date in a page head, the lowest first."""
    lines = [line for line in text.split("\n") if len(line) <= _DATELINE and "。" not in line]
    return [line for line in reversed(lines) if not _NO_DATELINE.search(line) and parse_date(line)]


def _unlabelled(text: str) -> datetime | None:
    """The date nearest to the text that follows, if it is not labelled as something else."""
    plain = (line for line in _datelines(text) if not any(label.search(line) for label in _DATES[2:]))
    return next((parse_date(line) for line in plain), None)


def _unlabelled_source(text: str) -> str | None:
    """The medium's name that stands bare beside a date: "2022-02-13 09:57 光明网"."""
    for line in _datelines(text):
        rest = _DATE_PART.sub(" ", line)
        names = [word for word in re.split(r"[\s|｜/()（）\[\]]+", rest) if word]
        if names and len(names[0]) <= 20 and _MEDIUM.search(names[0]) and not is_noise(names[0]):
            return names[0]
    return None
