"""The following page as the page links to it: 下一页, a page number, a drop-down, a hidden pager."""

from __future__ import annotations

import base64
import binascii
import re
import unicodedata
from collections.abc import Iterator
from itertools import islice
from urllib.parse import unquote, urlsplit

from lxml.html import HtmlElement

from crawlers.listing.document import Document, parse
from crawlers.listing.links import squeeze
from crawlers.paging.calls import address_of_call
from crawlers.paging.declared import live_scripts

_NEXT = re.compile(
    r"[\[<«←\s]*(?:下一?[页頁]|下翻|后一?[页頁]|向后|向后翻页|next(?:page)?|older(?:posts|entries)"
    r"|(?:较早|更早|早期|旧)的?文章|[后下]\d{0,3}[条篇])[\]>»›→\s]*",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"(?:查看|加载|浏览)?更多(?:新闻|内容|信息|文章|资讯)?[>»›+.…\s]*|load more|more", re.IGNORECASE
)
_SYMBOL = re.compile(r"[>›→]")
_BASE64 = re.compile(r"[A-Za-z0-9+/=\s]{80,}")
_NEXT_CLASS = re.compile(r"(?:^|[\s_-])next(?:$|[\s_-]page|\s)", re.IGNORECASE)
_PAGER_CLASS = re.compile(r"pag|fenye|next", re.IGNORECASE)

_SAYING = ("title", "aria-label", "value")
"""Attributes that may say it in place of the text."""
_LONGEST_WORD = 40
"""Characters of what a pager says for the following page."""


def following(document: Document, number: int) -> str | None:
    """Address of page `number + 1` as linked from page `number` (1-based); None where no link tells it."""
    for view in (document, *_hidden(document)):
        address = _named(view, number) or _numbered(view, number) or _more(view, number)
        if address:
            return address
    return None


def _named(document: Document, number: int) -> str | None:
    """The link that says 下一页; with several (one per tab), the one whose address has the wanted number."""
    nodes = [node for node in _clickables(document) if says_next(node)]
    nodes += [node for node in document.nodes if node.tag in ("a", "link") and node.get("rel") == "next"]
    found = [url for node in nodes if (url := _leads(document, node, number))]
    return next((url for url in found if carries(url, number + 1)), found[0] if found else None)


def _more(document: Document, number: int) -> str | None:
    """A 更多 that leads on: to an address with the number of the following page."""
    for node in document.nodes:
        if node.tag == "a" and _MORE.fullmatch(squeeze("".join(node.itertext()))):
            url = _leads(document, node, number)
            if url and carries(url, number + 1) and urlsplit(url).netloc == urlsplit(document.url).netloc:
                return url
    return None


def says_next(node: HtmlElement) -> bool:
    """Whether an element is a pager's 下一页, in whatever words, sign or class."""
    text = _folded(squeeze("".join(node.itertext())))
    words = [text, *(_folded(said) for name in _SAYING if (said := node.get(name)))]
    words += [_folded(img.get("alt") or img.get("title") or "") for img in node.iter("img")]
    if any(word and _NEXT.fullmatch(word) for word in words):
        return True
    if not text and _NEXT_CLASS.search(node.get("class") or ""):
        return True
    if not _SYMBOL.fullmatch(text):
        return False
    parent = node.getparent()
    names = f"{node.get('class') or ''} {parent.get('class') or '' if parent is not None else ''}"
    return bool(_PAGER_CLASS.search(names))


def _folded(word: str) -> str:
    if len(word) > _LONGEST_WORD:
        return word
    return re.sub(r"\s+", "", word if word.isascii() else unicodedata.normalize("NFKC", word))


def _numbered(document: Document, number: int) -> str | None:
    """The link that reads as the following number, among links that read as numbers; or that choice of a
    drop-down.
    """
    wanted = str(number + 1)
    for node in _clickables(document):
        if _number(node) != wanted or not _in_pager(node):
            continue
        url = _leads(document, node, number)
        if url and urlsplit(url).hostname == urlsplit(document.url).hostname:
            return url
    for node in document.nodes:
        if node.tag == "option" and re.fullmatch(rf"第?\s*{wanted}\s*页?", squeeze(node.text or "")):
            value = node.get("value") or ""
            return document.resolve(value) if re.search(r"[./?]", value) else None
    return None


def _number(node: HtmlElement) -> str:
    match = re.fullmatch(r"[\[【第]?\s*(\d{1,4})\s*[\]】页]?", squeeze("".join(node.itertext())))
    return match[1] if match else ""


def _in_pager(node: HtmlElement) -> bool:
    """Neighbours are numbers or pager words; a lone "2" beside a title is a page of that article, 31 are a
    calendar.
    """
    for parent in islice(node.iterancestors(), 3):
        text = squeeze(" ".join(parent.itertext()))
        if len(text) > 200 or re.search(r"[\u4e00-\u9fff]{9,}", text):
            return False
        if re.search(r"(?<!\d)1(?!\d)", text):
            return not _is_calendar(node)
    return False


def _is_calendar(node: HtmlElement) -> bool:
    """A table of the days of a month counts to 28 and further."""
    around = next(node.iterancestors("table", "ul", "div"), node)
    text = squeeze(" ".join(around.itertext()))
    return len(text) < 400 and bool(re.search(r"\b27\D+28\b", text))


def _clickables(document: Document) -> Iterator[HtmlElement]:
    return (
        node for node in document.nodes if node.tag in ("a", "area", "button", "input") or node.get("onclick")
    )


def _leads(document: Document, node: HtmlElement, number: int) -> str | None:
    """Where the link leads, unless that is this very page; out of a script only what carries the page's
    number.
    """
    if "disabled" in (node.get("class") or "").lower():
        return None
    url = document.target(node) or _called(document, node)
    if not url or url == document.resolve(document.url):
        return None
    plain = document.resolve(node.get("href")) == url
    return url if plain or carries(url, number + 1) else None


def _called(document: Document, node: HtmlElement) -> str | None:
    """Where the call leads that stands in place of an address: `javascript:goPage(2)`."""
    for script in (node.get("href") or "", node.get("onclick") or ""):
        if "(" in script:
            return document.resolve(address_of_call(live_scripts(document), script))
    return None


def carries(url: str, number: int) -> bool:
    """True when the last part of an address has the number standing by itself (`index_2.html`, `?page=2`)."""
    return bool(re.search(rf"(?<!\d){number}(?!\d)", url.rpartition("/")[2]))


def _hidden(document: Document) -> Iterator[Document]:
    """Pagers that a script would unfold: base64 of (percent-encoded) markup as the text of an element."""
    for node in document.nodes:
        text = (node.text or "").strip() if node.tag in ("div", "span", "p", "td", "textarea") else ""
        if not _BASE64.fullmatch(text):
            continue
        try:
            markup = base64.b64decode(re.sub(r"\s", "", text), validate=True).decode("utf-8")
        except (binascii.Error, UnicodeDecodeError):
            continue
        if "%3C" in markup or "%3c" in markup:
            markup = unquote(markup).replace("+", " ")
        inner = parse(markup, document.base) if "<a" in markup else None
        if inner is not None:
            yield inner
