"""What a page says about itself in its head: the mandated metas first, and distrusted."""

from __future__ import annotations

import re

from lxml import etree

from crawlers.reading.markup import fold_space

_UNFILLED = {
    "", "null", "undefined", "none", "nan", "无", "暂无", "-", "--", "政府网站标识码", "网站标识码",
    "网站名称", "网站域名", "栏目名称", "栏目类型", "文章标题", "信息来源", "来源", "作者", "发布日期",
    "标题", "默认标题",
}  # fmt: skip
_TEMPLATE = re.compile(r"[{}$]|<%|CMSPRO_|\[!--|#\w+#")
_LONGEST_TITLE = 300
_DEFAULT_TITLE = re.compile(
    r"(?:新建网页|新网页|无标题(?:文档|页面?)?|untitled(?: document| page)?|new page|document)\s*\d*",
    re.IGNORECASE,
)
"""What editors call a page that nobody named."""
_FRAMES = ("iframe", "embed", "object")
_TAG = re.compile(r"<[^<>]{0,200}>")
_FOUNDER = re.compile(r"enpproperty\s*-*>?\s*(<.{0,6000}?)/enpproperty", re.DOTALL)
_FOUNDER_FIELD = re.compile(
    r"<(articleid|date|author|title|introtitle|subtitle|keyword|nodename|sourcename)>([^<]*)<"
)
_FOUNDER_NAMES = {
    "title": "articletitle",
    "date": "pubdate",
    "author": "author",
    "sourcename": "contentsource",
}


def head_elements(root: etree._Element) -> dict[str, list[etree._Element]]:
    """By tag the elements in which a page speaks of itself; broken ones have them anywhere. `frame`: those
    that show something else than the page."""
    kinds = ("meta", "title", "link", "base", "script")
    found: dict[str, list[etree._Element]] = {kind: [] for kind in (*kinds, "frame")}
    for element in root.iter(*kinds, *_FRAMES):
        found["frame" if element.tag in _FRAMES else element.tag].append(element)
    return found


def page_metadata(metas: list[etree._Element], text: str) -> dict[str, str]:
    """All metas of a page, names in lower case, the first filled value of each; unfilled ones left out.

    The property comment of Founder's publishing system is read like metas, which win over it.
    """
    found: dict[str, str] = {}
    for meta in metas:
        name = (meta.get("name") or meta.get("property") or meta.get("itemprop") or "").strip().lower()
        value = clean_value(meta.get("content") or "")
        if name and value and name not in found:
            found[name] = value
    if "enpproperty" in text:
        for name, value in _founder(text):
            found.setdefault(name, value)
    return found


def _founder(text: str) -> list[tuple[str, str]]:
    comment = _FOUNDER.search(text)
    fields = _FOUNDER_FIELD.findall(comment.group(1)) if comment else []
    cleaned = ((_FOUNDER_NAMES.get(name, name), clean_value(value)) for name, value in fields)
    return [(name, value) for name, value in cleaned if value]


def clean_value(value: str) -> str:
    """A meta's content as text: markup and blanks taken off; "" for unfilled and template values."""
    if _TEMPLATE.search(value):
        return ""
    value = fold_space(_TAG.sub("", value))
    return "" if value.lower() in _UNFILLED else value


def first_of(metas: dict[str, str], *names: str) -> str | None:
    return next((metas[name] for name in names if name in metas), None)


def head_titles(titles: list[etree._Element]) -> list[str]:
    """The texts of <title>, as some templates print two or three of them."""
    texts = (fold_space(title.text or "")[:_LONGEST_TITLE] for title in titles)
    return [text for text in texts if text and not _DEFAULT_TITLE.fullmatch(text)][:3]
