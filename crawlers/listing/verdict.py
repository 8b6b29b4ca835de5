"""Whether a page is a column, and if not, what it is instead."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from crawlers.items import PageKind
from crawlers.listing.document import Document
from crawlers.listing.links import squeeze
from crawlers.listing.mine import Mined
from crawlers.listing.naming import metas

_PROSE = 200
"""Characters of sentences outside the rows from which a page is read, not scanned."""

_ROOT = re.compile(r"/(?:(?:index|default|home|main)(?:\.\w+)?)?", re.IGNORECASE)
_ARTICLE_ADDRESS = re.compile(
    r"/t\d{8}_\d+|/art_\d|/art/\d{4}/|/info/\d+/\d+|/content_\d|/post_\d|/[0-9a-f]{32}\.s?html|/c_\d{6,}",
    re.IGNORECASE,
)
_DATELINE = re.compile(
    r"(?:来源|发布时间|发布日期|信息来源|稿源|作者|责任编辑|浏览次数|字号|字体)\s*[:：【\[(（]"
)
_NOT_FOUND = re.compile(
    r"\b404\b|页面不存在|页面没有找到|找不到(?:该|您|页面)|您访问的页面|not found", re.IGNORECASE
)


def verdict(document: Document, mined: Mined) -> tuple[PageKind, str | None]:
    """Kind of the page, with the reason in words where it is no column."""
    strong = mined.paged and len(mined.rows) >= 3
    if _is_article(document, mined, strong):
        return "article", "no column: this is an article; give the address of the list it stands in"
    if not mined.rows:
        return _nothing(document)
    if is_home(document.url) and not strong and mined.rivals >= 2:
        lists = mined.rivals + 1
        return "other", f"no column: a home page with {lists} lists; give the address of one of its columns"
    return "list", None


def is_home(url: str) -> bool:
    """True for the address of a site's home page."""
    return bool(_ROOT.fullmatch(urlsplit(url).path or "/"))


def _is_article(document: Document, mined: Mined, strong: bool) -> bool:
    """By metadata, else by sentences outside the rows: columns have under 100 characters of them, articles
    hundreds.
    """
    dated = sum(row.published is not None for row in mined.rows)
    prose = _prose(document, mined)
    if prose >= 3 * _PROSE and dated < (5 if strong else 15):
        return True
    if strong:
        return False
    said = metas(document)
    title = said.get("articletitle")
    if title and said.get("pubdate") and title not in (said.get("columnname"), said.get("sitename")):
        return True
    address = bool(_ARTICLE_ADDRESS.search(document.url))
    return prose >= _PROSE and (address or (dated < 5 and _has_dateline(document, mined)))


def _nothing(document: Document) -> tuple[PageKind, str]:
    title = next((squeeze("".join(node.itertext())) for node in document.nodes if node.tag == "title"), "")
    visible = squeeze("".join(_visible(document.tree)))
    if _NOT_FOUND.search(title) or (len(visible) < 300 and _NOT_FOUND.search(visible)):
        return "error", "no column: the site says that the page does not exist"
    if len(squeeze("".join(document.tree.itertext()))) < 60:
        return "error", "no column: the page shows no text; it may be filled by script"
    return "other", "no column: no list of titles on the page"


def _prose(document: Document, mined: Mined) -> int:
    """Characters of whole sentences that belong neither to a link nor to a row."""
    skipped = {id(element) for element in mined.elements}
    total = 0
    for text in _visible(document.tree, skipped):
        text = squeeze(text)
        if len(text) >= 24 and len(re.findall(r"[，。；！？]", text)) >= 1:
            total += len(text)
    return total


def _has_dateline(document: Document, mined: Mined) -> bool:
    skipped = {id(element) for element in mined.elements}
    return any(_DATELINE.search(text) for text in _visible(document.tree, skipped) if len(text) < 200)


def _visible(node: HtmlElement, skipped: set[int] | None = None) -> list[str]:
    """Texts outside links, scripts and skipped elements, without recursion (broken pages nest thousands
    deep).
    """
    found: list[str] = []
    stack: list[HtmlElement | str] = [node]
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            found.append(item)
            continue
        if not isinstance(item.tag, str) or item.tag in (
            "a",
            "script",
            "style",
            "head",
            "select",
            "noscript",
            "template",
        ):
            continue
        if skipped and id(item) in skipped:
            continue
        found.append(item.text or "")
        for child in reversed(item):
            stack.append(child.tail or "")
            stack.append(child)
    return found
