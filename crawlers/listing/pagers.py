"""Where on a page its pager stands."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from crawlers.listing.document import Document
from crawlers.listing.links import squeeze

_WORDS = re.compile(r"\[?(?:下 ?一 ?[页頁]|下页|后一?页|尾 ?页|末 ?页|最后一?页|next)\W*", re.IGNORECASE)
_COUNT = re.compile(r"共\s*(?:有\s*)?\d+\s*[页頁]|\d+\s*/\s*\d+\s*[页頁]|第\s*\d+\s*[页頁]|共\s*\d+\s*条")
_SCRIPT = re.compile(
    r"createPage(?:HTML)?\s*\(|\bPager\s*\(|countPage|pageCount|pagecount|totalPage|\.jpage\(|\.pagination\(",
    re.IGNORECASE,
)
_CLASS = re.compile(
    r"(?:^|[-_\s])(?:page|pages|pager|paging|pagination|pagelist|pagebar|pagenav|fenye|page_?div)(?:$|[-_\s])",
    re.IGNORECASE,
)


def pager_nodes(document: Document) -> tuple[HtmlElement, ...]:
    """Elements that belong to a pager, in document order."""
    return tuple(node for node in document.nodes if _is_pager(node))


def _is_pager(node: HtmlElement) -> bool:
    if node.tag == "script":
        return bool(_SCRIPT.search(node.text or ""))
    if node.tag in ("body", "html", "head", "form", "ul", "table", "td", "tr") and not node.get("class"):
        return False
    name = f"{node.get('class') or ''} {node.get('id') or ''}"
    if name.strip() and _CLASS.search(name) and len(squeeze("".join(node.itertext()))) < 400:
        return True
    own = squeeze(f"{node.text or ''}{' '.join(child.tail or '' for child in node)}")
    return len(own) < 80 and bool(_WORDS.fullmatch(own) or _COUNT.search(own))
