"""The links of a page that could be rows of a list, and where in the tree they stand."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from itertools import islice

from attrs import evolve, field, frozen
from lxml.html import HtmlElement

from crawlers.listing.document import Document

WRAPPERS = frozenset(
    ("b", "strong", "font", "em", "i", "u", "span", "nobr", "center", "big", "small", "ins", "s",
     "h1", "h2", "h3", "h4", "h5", "h6")
)  # fmt: skip
"""Tags that come and go between rows of one list (a red row, a bold one); they are no structure."""

_DEEPEST = 200
"""Levels of markup beyond which a link is not looked at: only broken or hostile pages go there."""

_MOST = 5_000
"""Links of a page that are looked at; each takes about 0.4 ms, and no column shows nearly as many rows."""

_OF_ROW = 20
"""Elements in a link that need no counting."""
_MOST_INNER = 5_000
"""Further elements in all links of a page together: with more, links were never closed and stand in each
other, and each element would be looked into many times.
"""

LONGEST_TITLE = 1_000
"""Characters of a title at most; a broken page makes a link of a megabyte."""

_LONGEST_BIT = 200
"""Characters of a date, a label or a button, blanks included; what is longer is none."""

_CARD = 4
"""Levels around a link in which the heading of its card stands."""

_NOISE = re.compile(
    r"(?:首 ?页|上 ?一 ?[页頁]|下 ?一 ?[页頁]|[上下前后]页|尾 ?页|末 ?页|最后一?页|第一页|go|跳转|确定"
    r"|更多|更多内容|查看更多|more|详细|详情|查看|查看详情|查看全文|阅读全文|全文|点击查看|点击进入|进入|下载|附件下载"
    r"|解读|政策解读|图解|原文|附件|评论|图文|打印|关闭|返回|顶部|返回顶部|收藏|分享|隐藏置顶帖|\d+|第?\d+页|new)?[\s>»›<«‹.…+\]\[|/]*",
    re.IGNORECASE,
)
_READ_ON = re.compile(
    r"(?:继续阅读|阅读更多|阅读全文|查看全文|read more|continue reading)\W.*", re.IGNORECASE
)
"""继续阅读“标题”: what leads on from a summary repeats the title, and is none."""
_OF_CARD = re.compile(
    r"(?:阅读全文|查看(?:全文|详情|更多)?|详[细情]|全文|点击(?:查看|进入)|继续阅读|阅读更多|read more)\W*",
    re.IGNORECASE,
)
"""What the only link of a card may say, whose title stands above it without a link."""
_DAY = re.compile(
    r"(?:19|20)\d\d\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?(?:\s*\d{1,2}:\d\d(?::\d\d)?)?"
)
_LABEL = re.compile(r"[\[【（(《<「][^\]】）)》>」]{1,10}[\]】）)》>」][:：]?")
_MADE_KNOWN = re.compile(r"\((?:19|20)\d\d年\d{1,2}月\d{1,2}日[^()]{0,80}(?:公布|发布|印发|通过)[^()]*\)")
"""What collections of rules say under the name of each; folded."""
_ADDRESS_IN_CLICK = re.compile(r"(?:location|open|href|url|goto|jump|link)", re.IGNORECASE)


@frozen(eq=False)
class Link:
    element: HtmlElement = field(repr=False)
    url: str
    text: str
    """What it shows: text, else its `title` or the `alt` of its picture."""
    path: tuple[HtmlElement, ...] = field(repr=False)
    """From the root down to the element itself, wrappers left out."""
    heading: HtmlElement | None = field(default=None, repr=False)
    """What it is called by, where its own words are only 阅读全文."""

    @property
    def titled(self) -> HtmlElement:
        """The element whose words are its title."""
        return self.element if self.heading is None else self.heading

    @property
    def to_column(self) -> bool:
        """True when the address is that of a folder or its index, where articles do not live."""
        return bool(re.search(r"/(?:index\.\w+)?$", self.url))

    @property
    def tags(self) -> tuple[str, ...]:
        return tuple(str(node.tag) for node in self.path)


def short_text(node: HtmlElement) -> str:
    """The text of an element as far as it may be a date or a button; elements nest, so not all of it."""
    text = ""
    for piece in node.itertext():
        text += str(piece)[:_LONGEST_BIT]
        if len(text) >= _LONGEST_BIT:
            break
    return squeeze(text)


def squeeze(text: str) -> str:
    """Runs of white space, no-break, ideographic and unseen ones included, as one blank."""
    return " ".join(text.replace("\u200b", " ").replace("\ufeff", " ").split())


def fold(text: str) -> str:
    """Width and white space taken out, for comparing."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def candidate_links(document: Document) -> tuple[Link, ...]:
    """Links in document order that have an address and words of their own, without pagers and labels.

    Of a page with more than `_MOST` links the first so many.
    """
    own = document.resolve(document.url)
    found: list[Link] = []
    silent: list[Link] = []
    leading = (node for node in document.nodes if node.tag == "a" or _clickable(node))
    inner = _MOST_INNER
    for node in islice(leading, _MOST):
        further = _further_elements(node, inner)
        if further > inner:
            continue
        inner -= further
        link = _link(document, node)
        if link is None or link.url == own or _bracketed(node):
            continue
        if not is_noise(link.text):
            found.append(link)
        elif _OF_CARD.fullmatch(link.text):
            silent.append(link)
    spoken = {link.url for link in found}
    named = [card for link in silent if link.url not in spoken and (card := _of_card(link))]
    if named:
        places = {id(node): place for place, node in enumerate(document.nodes)}
        found = sorted((*found, *named), key=lambda link: places[id(link.element)])
    return _without_categories(found)


def _further_elements(node: HtmlElement, most: int) -> int:
    """Elements in a link beyond those of a usual row; counted up to `most` and one more."""
    return sum(1 for _ in islice(node.iterdescendants(), _OF_ROW, _OF_ROW + most + 1))


def is_noise(text: str) -> bool:
    """Words that belong to a pager, a "more" link or a category in brackets, or a day: never to a row."""
    if len(text) > _LONGEST_BIT:
        return False
    plain = unicodedata.normalize("NFKC", text).strip(" ·•")
    return any(shape.fullmatch(plain) for shape in (_NOISE, _LABEL, _READ_ON, _DAY, _MADE_KNOWN))


def _bracketed(node: HtmlElement) -> bool:
    """True for `[<a>反馈</a>]`: a category before or behind the title."""
    previous, parent = node.getprevious(), node.getparent()
    before = previous.tail if previous is not None else parent.text if parent is not None else ""
    return bool(
        len(squeeze("".join(node.itertext()))) <= 16
        and re.search(r"[\[【［][^\]】］]*$", before or "")
        and re.match(r"[^\[【［]*[\]】］]", node.tail or "")
    )


def _clickable(node: HtmlElement) -> bool:
    click = node.get("onclick")
    return bool(
        click and node.tag in ("li", "tr", "td", "div", "span", "p") and _ADDRESS_IN_CLICK.search(click)
    )


def _link(document: Document, node: HtmlElement) -> Link | None:
    url = document.target(node)
    if url is None:
        return None
    text = squeeze("".join(node.itertext())) or squeeze(node.get("title") or "")
    if not text:
        text = next((squeeze(img.get("alt") or img.get("title") or "") for img in node.iter("img")), "")
    path = (node, *node.iterancestors())
    if len(path) > _DEEPEST:
        return None
    structure = [step for step in path[1:] if step.tag not in WRAPPERS]
    return Link(element=node, url=url, text=text, path=(*reversed(structure), node))


def _of_card(link: Link) -> Link | None:
    """A link that says only 阅读全文, called by the heading of the card that it stands in."""
    for around in islice(link.element.iterancestors(), _CARD):
        headings = list(around.iter("h1", "h2", "h3", "h4", "h5", "h6"))
        if headings:
            words = squeeze("".join(headings[0].itertext()))
            alone = len(headings) == 1 and headings[0].find(".//a") is None
            return evolve(link, text=words, heading=headings[0]) if alone and len(words) >= 4 else None
    return None


def _without_categories(links: list[Link]) -> tuple[Link, ...]:
    """Without short links that stand on the page again and again: the column's name before each row."""
    often = Counter((link.url, link.text) for link in links if len(link.text) <= 8)
    return tuple(link for link in links if often[link.url, link.text] < 4)
