"""Names that stand bare beside a date: 保山日报 杨艾东 2022-08-11."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from crawlers.reading.noise import is_noise
from crawlers.reading.people import may_be_name

_DATE_PART = re.compile(
    r"(?:(?:发布|更新)?(?:时间|日期)|(?<![\u4e00-\u9fa5])(?:发布|更新))?\s*[:：]?\s*(?:19|20)\d\d\s*[-—./年]+\s*\d{1,2}"
    r"\s*[-—./月]+\s*\d{1,2}日?\s*(?:\d{1,2}[:：时]\d{1,2}(?:[:：分]\d{1,2})?)?"
)
_ADDRESS = re.compile(r"(?:https?://)?(?:www|news)\.[\w.-]+", re.IGNORECASE)
_COUNTER = re.compile(
    r"(?:点击|浏览|阅读|访问|人气)(?:次数|数|量|率)?\s*[:：]?\s*[\[(（【]?\s*\d*\s*[\])）】]?\s*次?"
)
_WECHAT = re.compile(r"^原创\s+(?=\S)|\s发表于\s.*$")
"""What WeChat sets around the name of an account and the date."""
_BY = re.compile(r"(?:^|\s)(?:由|[Bb][Yy])\s+([\u4e00-\u9fa5]{2,3})(?=\s|$)")
"""2021年4月2日 由 谷雨: blogs."""
_LABELLED = re.compile(r"[\u4e00-\u9fa5]*\s*[:：]")
_LONGEST_MEDIUM = 20
_ROLE_BEHIND = re.compile(r"(?<=[报网社台刊])(?:全媒体|融媒体|首席|特约|见习)?记者$")
_EDITING = re.compile(r"(?:责编|编辑|编审|校对|审核)$")
_FULL_NAME = 3
"""Characters of a name that stands bare beside a date; one of two may be a column's (党建, 时政)."""
_MEDIUM = re.compile(
    r"^[\u4e00-\u9fa5]{1,16}(?:网|报|社|电视台|电台|广播|新闻联播|频道|频率|客户端|日报|晚报|通讯社|政府|[局委厅部办]|周刊|杂志|中心|支队|大队|总队|办公室|党政办"
    r"|发布|在线|融媒)$|^[\u4e00-\u9fa5]{2,6}[科处股室]$"
)


def names_beside(datelines: Iterable[str]) -> tuple[str | None, str | None]:
    """The medium or office, and the person, of the first of these lines that names any."""
    for line in datelines:
        rest = _COUNTER.sub(" ", _ADDRESS.sub(" ", _DATE_PART.sub(" ", _WECHAT.sub("", line))))
        if (by := _BY.search(rest)) and may_be_name(by[1]):
            return None, by[1]
        rest = _LABELLED.split(rest, maxsplit=1)[0]
        words = [word for word in re.split(r"[\s|｜/·()（）\[\]]+", rest) if word]
        if not words:
            continue
        first = _ROLE_BEHIND.sub("", words[0])
        person = next((name for role, name in pairwise(words[:3]) if _is_author(role, name)), None)
        if len(first) == _FULL_NAME and may_be_name(first) and not person:
            return None, first
        if is_noise(first) or len(first) > _LONGEST_MEDIUM or (may_be_name(first) and not person):
            continue
        if _MEDIUM.search(first) or (person and re.fullmatch(r"[\u4e00-\u9fa5]{2,12}", first)):
            return first, person
    return None, None


def _is_author(role: str, name: str) -> bool:
    """Whether a word is a person's name, and the one before it does not make an editor of him."""
    return may_be_name(name) and not _EDITING.search(role)
