"""Rows that lead to no page of ours: a file, a WeChat post. Pure.

Neither is visited as an article. The file is an attachment of what the row tells, and is read as all of
them are; a WeChat post is not fetched at all.
"""

from __future__ import annotations

import re
from datetime import datetime, time
from urllib.parse import unquote, urlsplit

from crawlers.china import CHINA
from crawlers.items import Article, Attachment, Row, Site

_FILE = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|wps|et|ofd|rtf|txt|csv|zip|rar|7z|jpe?g|png|mp4|mp3)$", re.I)
_WECHAT = "mp.weixin.qq.com"


def is_page(url: str) -> bool:
    """Whether an HTML page of a site is to be expected at the address."""
    parts = urlsplit(url)
    return parts.hostname != _WECHAT and not _FILE.search(parts.path)


def article_of_row(row: Row) -> Article:
    """What a list itself tells of a row that leads to a file or to WeChat."""
    parts = urlsplit(row.url)
    name = unquote(parts.path.rsplit("/", 1)[-1])
    attachments = (Attachment(row.url, row.title or name),) if _FILE.search(parts.path) else ()
    return Article(
        url=row.url,
        encoding="utf-8",
        kind="other",
        title=row.title or name,
        published=datetime.combine(row.published, time(), CHINA) if row.published else None,
        attachments=attachments,
        site=Site(None, parts.netloc, None),
    )
