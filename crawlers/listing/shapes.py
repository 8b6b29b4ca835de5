"""Shapes of paths: how the place of a row is written down and found again on another page."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from crawlers.listing.links import Link

_ABOVE = 5
"""Ancestors that a shape names: enough to tell columns of a page apart, few enough to outlive a new
banner.
"""

_STATE = re.compile(
    r"(?:active|act|on|cur|curr|current|hover|odd|even|first|last|show|hide|in|selected|new|top|clearfix|cf)|.*\d{3}.*",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_SIZES = ("width", "height", "bgcolor", "align", "valign", "background")
_ROW_TAGS = frozenset(("li", "tr", "dd", "dt", "p", "tbody", "article"))


def step(node: HtmlElement) -> str:
    """`tag#id.class`, without what changes from row to row or from visit to visit."""
    classes = sorted({name for name in (node.get("class") or "").split() if not _STATE.fullmatch(name)})
    identity = node.get("id") or ""
    mark = f"#{identity}" if identity and not re.search(r"\d{2}|\s", identity) else ""
    return "".join((str(node.tag), mark, *(f".{name}" for name in classes)))


def looks(node: HtmlElement) -> str:
    """A node's likeness among its siblings; rows are alike whatever their class, cells of old tables by
    size. What is hidden (the lists behind the other tabs) is like nothing that is shown.
    """
    if node.tag in _ROW_TAGS:
        return str(node.tag)
    sizes = (
        ",".join(f"{name}={node.get(name)}" for name in _SIZES if node.get(name)) if node.tag == "td" else ""
    )
    classes = sorted({name for name in (node.get("class") or "").split() if not _STATE.fullmatch(name)})
    identity = re.sub(r"\d+", "", node.get("id") or "")
    hidden = "hidden" if _HIDDEN.search(node.get("style") or "") else ""
    return "|".join((str(node.tag), identity, ".".join(classes), sizes, hidden))


def row_path(link: Link, depth: int) -> str:
    """Shape of a row: steps down to the list's node (`link.path[depth]`), then tags down to the link."""
    above = [step(node) for node in link.path[max(0, depth + 1 - _ABOVE) : depth + 1]]
    return f"{'>'.join(above)} {'>'.join(link.tags[depth + 1 :])}"


def depth_of(link: Link, path: str) -> int | None:
    """Index of the list's node in the link's path when the link has that shape, else None."""
    inner = path.rpartition(" ")[2].count(">") + 1
    depth = len(link.path) - inner - 1
    return depth if depth >= 0 and row_path(link, depth) == path else None
