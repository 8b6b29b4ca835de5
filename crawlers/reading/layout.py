"""The tree of a page to the lines a reader sees: one pass, tight, as it takes most of the time of reading."""

from __future__ import annotations

import re
from functools import lru_cache

from lxml import etree

from crawlers.reading.blocks import Block, Layout, Placed, Span
from crawlers.reading.markup import fold_space

_BLOCK_TAGS = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "col", "colgroup", "dd",
    "details", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2",
    "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html", "li", "main", "menu", "nav", "ol", "p", "pre",
    "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ucapcontent",
    "founder-content", "ul",
})  # fmt: skip
_SKIPPED = frozenset({
    "applet", "audio", "base", "button", "canvas", "datalist", "embed", "frame", "frameset", "head",
    "iframe", "input", "link", "map", "marquee", "math", "meta", "noframes", "noscript", "object",
    "optgroup", "option", "param", "script", "select", "source", "style", "svg", "template", "textarea",
    "title", "track", "video",
})  # fmt: skip
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_CLOSING = _BLOCK_TAGS | {"a"}
_OPENING = _CLOSING | {"br", "img"}
_ENTERED = _HEADINGS | {"tr", "td", "th", "pre"}
"""Blocks that say more than where a line ends."""
_ASIDE_TAGS = frozenset(("nav", "footer", "aside"))
_ASIDE_NAMES = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|menu|foot|footer|copyright|sidebar|side-?bar|aside|breadcrumb|crumbs?|comments?"
    r"|pinglun|share|bdshare\w*|bdsharebuttonbox|related|relation|zhaiyao|daodu|recommend|tuijian|hotnews|toolbar|pager|paging"
    r"|pagination|login|search|qrcode|ewm|erweima)(?:$|[\s_-])|^(?:top|head|header)?-?(?:nav|foot)er?(?:$|[\s_-])"
)
"""Of names in lower case."""
_SOURCES = (
    "data-original", "data-src", "data-lazy-src", "data-lazyload", "data-actualsrc", "zoomfile", "oldsrc",
    "src",
)  # fmt: skip
"""Where the address of a picture may stand; `src` holds a blank one until a script shows it."""
_TARGETS = ("data-href", "data-url", "data-file", "data-link")
_OPENED = re.compile(r"""['"]((?:https?:/|\.{0,2})/[^'"\s]+\.[A-Za-z]\w{1,4}(?:\?[^'"\s]*)?)['"]""")
"""An address with the name of a file in a script's call."""
_HIDDEN = re.compile(r"display\s*:\s*none")
"""Not `visibility: hidden`, which pages (WeChat's for one) lift as soon as their script runs."""
_OFF_SCREEN = re.compile(r"text-indent\s*:\s*-\d{3,}")
_MOVED = re.compile(r"(?<![-\w])(?:left|top)\s*:\s*-\d{3,}")
"""Nothing moves where the style does not say `position`."""
_NEGATIVE = re.compile(r":\s*-\d{3}")
_HIDDEN_CLASS = re.compile(r"(?:^|\s)(?:ng-hide|hidden|hide|d-none|visually-hidden|sr-only)(?:$|\s)")


def lay_out(root: etree._Element, *, hidden: bool = False) -> Layout:
    """All lines in order of appearance; those hidden by inline style or usual class only if asked for."""
    return _Walk(hidden).over(root)


def _target(anchor: etree._Element) -> str:
    """Where a link leads; where only a script knows, what it would be told."""
    href: str = anchor.get("href") or ""
    if href and not href.startswith(("javascript", "#")):
        return href
    told = next((said for name in _TARGETS if (said := anchor.get(name))), None)
    opened = _OPENED.search(f"{href} {anchor.get('onclick') or ''}")
    return told or (opened[1] if opened else href)


@lru_cache(maxsize=4096)
def _named_aside(names: str) -> bool:
    return bool(_ASIDE_NAMES.search(names.lower()))


@lru_cache(maxsize=4096)
def _hides(style: str) -> bool:
    style = style.lower()
    if "none" in style and _HIDDEN.search(style):
        return True
    if not _NEGATIVE.search(style):
        return False
    return bool(_OFF_SCREEN.search(style) or ("position" in style and _MOVED.search(style)))


class _Walk:
    """One pass over the tree; iterative, so depth costs no stack."""

    def __init__(self, hidden: bool) -> None:
        self._show_hidden = hidden
        self._layout = Layout()
        self._buffer: list[str] = []
        self._linked = 0
        self._anchor: tuple[str, int] | None = None
        self._heading = ""
        self._asides = 0
        self._pre = 0
        self._rows: list[list[int]] = []
        self._row_count = 0
        self._opened: list[tuple[int, bool, str]] = []

    def over(self, root: etree._Element) -> Layout:
        skipped = None
        walk = etree.iterwalk(root, events=("start", "end"))
        start, end, is_hidden, buffer = self._start, self._end, self._is_hidden, self._buffer
        for event, element in walk:
            tag = element.tag
            if event == "start":
                names, style = element.get("class"), element.get("style")
                skips = tag in _SKIPPED
                marked = names or style or element.get("hidden") is not None
                if skips or (marked and is_hidden(element, names, style)):
                    self._layout.videos += tag in ("video", "embed")
                    self._layout.hidden |= not skips
                    skipped = element
                    walk.skip_subtree()
                    continue
                if tag in _OPENING:
                    start(element, tag, names)
                text = element.text
            else:
                if element is skipped:
                    skipped = None
                elif tag in _CLOSING:
                    end(element, tag)
                text = element.tail
            if not text:
                continue
            if self._pre:
                self._add(text)
            elif buffer or not text.isspace():
                buffer.append(text)
        self._flush()
        return self._layout

    def _is_hidden(self, element: etree._Element, names: str | None, style: str | None) -> bool:
        hidden = (
            bool(style and _hides(style))
            or bool(
                names
                and ("hid" in names or "none" in names or "sr-" in names)
                and _HIDDEN_CLASS.search(names)
            )
            or element.get("hidden") is not None
        )
        return hidden and not self._show_hidden and element.tag != "body"

    def _start(self, element: etree._Element, tag: str, names: str | None) -> None:
        if tag in _BLOCK_TAGS:
            if self._buffer:
                self._flush()
            own = element.get("id")
            named = f"{own or ''} {names or ''}" if own or names else ""
            aside = tag in _ASIDE_TAGS or (named != "" and tag != "body" and _named_aside(named))
            self._opened.append((len(self._layout.blocks), aside, named))
            self._asides += aside
            if tag in _ENTERED:
                self._enter(tag)
        elif tag == "br":
            self._flush()
        elif tag == "a":
            self._anchor = (_target(element), len(self._buffer))
        elif tag == "img":
            self._see(element)

    def _see(self, image: etree._Element) -> None:
        given = dict(image.items())
        source = next((str(said) for name in _SOURCES if (said := given.get(name))), "")
        if source:
            self._layout.images.append(Placed(len(self._layout.blocks), source, image.get("alt") or ""))
        if self._buffer and self._buffer[-1].rstrip().endswith(("：", ":")):
            self._buffer.append(image.get("alt") or "")  # 来源：, and the name as a picture

    def _enter(self, tag: str) -> None:
        if tag in _HEADINGS:
            self._heading = tag
        elif tag == "tr":
            self._row_count += 1
            self._rows.append([self._row_count, 0])
        elif tag in ("td", "th") and self._rows:
            self._rows[-1][1] += 1
        elif tag == "pre":
            self._pre += 1

    def _end(self, element: etree._Element, tag: str) -> None:
        if tag != "a":
            if self._buffer:
                self._flush()
            start, aside, names = self._opened.pop()
            self._asides -= aside
            if tag in _ENTERED:
                self._leave(tag)
            end = len(self._layout.blocks)
            if end > start:
                self._layout.spans.append(Span(element, start, end, names))
        elif self._anchor:
            href, start = self._anchor
            text = fold_space("".join(self._buffer[start:]))
            self._layout.links.append(Placed(len(self._layout.blocks), href, text))
            self._linked += len(text)
            self._anchor = None

    def _leave(self, tag: str) -> None:
        if tag in _HEADINGS:
            self._heading = ""
        elif tag == "tr":
            self._rows.pop()
        elif tag == "pre":
            self._pre -= 1

    def _add(self, text: str) -> None:
        """Preformatted text, each of whose lines is one."""
        first, *others = text.split("\n")
        self._buffer.append(first)
        for line in others:
            self._flush()
            self._buffer.append(line)

    def _flush(self) -> None:
        """Close the line; a link that spans lines (a block inside <a>) counts in each of them."""
        buffer = self._buffer
        text = fold_space("".join(buffer)) if buffer else ""
        if self._anchor:
            href, start = self._anchor
            linked = fold_space("".join(buffer[start:]))
            if linked:
                self._layout.links.append(Placed(len(self._layout.blocks), href, linked))
                self._linked += len(linked)
            self._anchor = (href, 0)
        if text:
            row, cell = self._rows[-1] if self._rows else (0, 0)
            self._layout.blocks.append(
                Block(text, self._linked, self._heading, self._asides > 0, tuple(buffer), row, cell)
            )
        buffer.clear()
        self._linked = 0
