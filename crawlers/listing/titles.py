"""The title of a row: what its link says, whole even where the page shows it cut."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from crawlers.listing.links import LONGEST_TITLE, fold, short_text, squeeze

_BLOCKS = frozenset(
    ("p", "div", "dd", "dt", "dl", "li", "ul", "h1", "h2", "h3", "h4", "h5", "h6", "td", "tr", "section")
)
_SILENT = frozenset(("script", "style", "template", "textarea"))
_TITLE_CLASS = re.compile(
    r"(?:^|[-_\s])(?:tit|title|bt|biaoti|headline|subject|name)\w{0,3}(?:$|[-_\s])|title", re.IGNORECASE
)
_CUT = re.compile(r"(?:\.{2,}|…+|。{3,})$")
_BULLET = re.compile(r"^[\s·•▪■◆◇●○★☆►▶»>‧∙・-]+(?=\S)")
_DATE = r"(?:19|20)\d\d\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}日?(?:\s*\d{1,2}:\d\d(?::\d\d)?)?"
_DATE_BEFORE = re.compile(rf"^(?:[\[(（【]\s*{_DATE}\s*[\])）】]\s*|{_DATE}\s+)")
_DATE_AFTER = re.compile(rf"(?:\s*[\[(（【]\s*{_DATE}\s*[\])）】]|\s+{_DATE})$")
_NOISE_BITS = re.compile(r"\s*(?:new!?|NEW!?|HOT|置顶)\s*")

_LONGEST_DAY = 60
"""Characters of a day with its label (发布时间：2026-09-05 10:00:00)."""


def title_of(link: HtmlElement, row: HtmlElement) -> str:
    """Title of a row; empty where the link shows and says nothing."""
    shown = _shown(link)
    if len(shown) > LONGEST_TITLE:
        return shown
    for full in _longer_forms(link, row):
        extended = _extension(shown, full)
        if extended:
            return extended
    return shown


def _shown(link: HtmlElement) -> str:
    heading = _heading(link)
    blocks = _texts(heading if heading is not None else link)
    # "2025年" is a date beside a title and the whole title in a list of yearbooks.
    text = _longest_first([block for block in blocks if not is_date(block)] or blocks)
    if not text:
        images = (squeeze(img.get("alt") or img.get("title") or "") for img in link.iter("img"))
        text = squeeze(link.get("title") or "") or next((alt for alt in images if alt), "")
    text = _BULLET.sub("", text)
    for edge in (_DATE_BEFORE, _DATE_AFTER):
        without = edge.sub("", text).strip()
        text = without if len(without) >= 4 else text
    return text


def is_date(text: str) -> bool:
    """True for a piece of text that is nothing but a day, or part of one."""
    if len(text) > _LONGEST_DAY:
        return False
    rest = re.sub(r"(?:发布|发文|更新|成文)?(?:时间|日期|于)?[:：]?", "", text)
    if len(rest) > 24 or not re.search(r"\d", rest):
        return False
    return not re.sub(r"[\d\s\-/.:：年月日时分秒\[\]()（）【】|]", "", rest)


def _heading(link: HtmlElement) -> HtmlElement | None:
    """Inside a card that is one link: the element that calls itself title, else its heading."""
    inner = [node for node in link.iterdescendants() if isinstance(node.tag, str)]
    for wanted in (
        lambda n: n.tag in ("h1", "h2", "h3", "h4", "h5", "h6"),
        lambda n: _TITLE_CLASS.search(n.get("class") or ""),
    ):
        for node in inner:
            if wanted(node) and len(squeeze("".join(node.itertext()))) >= 4:
                return node
    return None


def _texts(node: HtmlElement) -> list[str]:
    """Texts of a node, one per block; a date in an element of its own is a block too."""
    blocks = [""]
    for boundary, text in _pieces(node):
        if boundary:
            blocks.append("")
        blocks[-1] += text
    return [block for block in map(squeeze, blocks) if block]


def _pieces(node: HtmlElement) -> Iterator[tuple[bool, str]]:
    if node.tag in _SILENT:
        return
    own = short_text(node)
    alone = node.tag in _BLOCKS or is_date(own) or bool(_NOISE_BITS.fullmatch(own))
    if _NOISE_BITS.fullmatch(own):
        return
    yield alone, node.text or ""
    for child in node:
        if isinstance(child.tag, str):
            yield from _pieces(child)
            yield child.tag in _BLOCKS or is_date(short_text(child)), child.tail or ""
        else:
            yield False, child.tail or ""


def _longest_first(blocks: list[str]) -> str:
    """The first block that can be a title; the longest where none is long."""
    return next((block for block in blocks if len(block) >= 6), max(blocks, key=len, default=""))


def _longer_forms(link: HtmlElement, row: HtmlElement) -> Iterator[str]:
    for node in (link, *link.iterdescendants(), *link.iterancestors()):
        if isinstance(node.tag, str) and 0 < len(full := node.get("title") or "") <= LONGEST_TITLE:
            yield squeeze(full)
        if node is row:
            return


def _extension(shown: str, full: str) -> str | None:
    """The full title when it begins as the shown one does.

    Some systems put more into the attribute: `标题：…` and then date and hits, line by line.
    """
    full = re.sub(r"^(?:文章)?标\s*题\s*[:：]\s*", "", full)
    full = re.split(r"\s(?:作\s*者|点击数|发布时间|发表时间|更新时间|来源)\s*[:：]", full)[0].strip()
    stem = fold(_CUT.sub("", shown))
    if stem and fold(full).startswith(stem) and fold(full) != fold(shown):
        return full
    return None
