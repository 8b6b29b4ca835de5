"""Pages that stand in place of an article: what was asked for is not there, or is to be had elsewhere."""

from __future__ import annotations

import re
from collections.abc import Sequence

_LONGEST = 200
"""Characters of a notice at most; an article may quote one, and has a date or a source as well."""
_NOTICE = re.compile(
    r"(?:页面|网页|网址)(?:不存在|没有找到|已(?:经?被)?(?:删除|移除)|丢失|走丢)|(?:找不到|无法找到)(?:该|您|页面|网页)"
    r"|(?:抱歉|对不起|您(?:访问|查看|请求|浏览))[^。]{0,12}(?:内容|文章|信息)[^。]{0,6}(?:不存在|已(?:经?被)?删除)"
    r"|检查您输入的(?:网址|地址)|\b404\b|正在跳转|如未自动跳转|page\s*not\s*found",
    re.IGNORECASE,
)


def is_notice(title: str | None, lines: Sequence[str]) -> bool:
    """Whether little more is said than that there is nothing here."""
    if sum(map(len, lines)) > _LONGEST:
        return False
    return any(_NOTICE.search(line) for line in (title or "", *lines))
