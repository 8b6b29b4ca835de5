"""The name of a column, from its metadata, its breadcrumb or its title."""

from __future__ import annotations

import re

from crawlers.listing.document import Document
from crawlers.listing.links import squeeze

_EMPTY = re.compile(r"(?:null|undefined|none|栏目名称|网站名称)?|.*[{}<>$].*", re.IGNORECASE)
_CRUMB = re.compile(r"(?:当前|现在|您的|你的|所在)的?(?:所在)?(?:位置|栏目)|您现在在|位置\s*[:：]")
_GENERAL = re.compile(r"首页|网站首页|主页|正文|列表|更多|当前位置|信息列表|列表页|.*当前.*位置.*")


def metas(document: Document) -> dict[str, str]:
    """`<meta name content>` with names in lower case; templates left unfilled and empty values out, first
    one wins.
    """
    found: dict[str, str] = {}
    for node in document.nodes:
        if node.tag == "meta" and node.get("name") and node.get("content") is not None:
            value = squeeze(node.get("content") or "")
            if not _EMPTY.fullmatch(value):
                found.setdefault(str(node.get("name")).strip().lower(), value)
    return found


def column_title(document: Document) -> str | None:
    """Name of the column: ColumnName, the last step of the breadcrumb, the first part of `<title>`."""
    named = metas(document).get("columnname")
    if named:
        return named
    return _crumb(document) or _page_title(document)


def _crumb(document: Document) -> str | None:
    for node in document.nodes:
        own = squeeze(f"{node.text or ''}")
        if not _CRUMB.search(own) or node.tag in ("script", "title", "style"):
            continue
        holder = node
        for _ in range(3):
            text = squeeze("".join(holder.itertext()))
            steps = [squeeze(part) for part in re.split(r"\s*(?:>+|»|›|→|\\|/|＞|::)\s*|-{2,}", text)]
            steps = [part for part in steps if part and not _GENERAL.fullmatch(part)]
            if len(re.split(r">|»|›|→|/|＞", text)) > 1 and steps and len(text) < 200:
                return steps[-1] if len(steps[-1]) <= 30 else None
            parent = holder.getparent()
            if parent is None:
                break
            holder = parent
    return None


def _page_title(document: Document) -> str | None:
    title = next((squeeze("".join(node.itertext())) for node in document.nodes if node.tag == "title"), "")
    parts = [
        part
        for part in map(squeeze, re.split(r"\s*[-_|—–·>»]+\s*", title))
        if part and not _GENERAL.fullmatch(part)
    ]
    return parts[0] if parts else None
