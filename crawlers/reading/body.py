"""The text of an article: which lines of a page it is."""

from __future__ import annotations

import math
import re
from functools import lru_cache
from itertools import accumulate

from attrs import frozen
from lxml import etree

from crawlers.reading.blocks import Block, Layout, Span
from crawlers.reading.endings import ends_article
from crawlers.reading.noise import is_noise

_CONTAINERS = re.compile(
    r"(?:^|\s)(?:zoom|zoomcon|trs_editor|trs_editor_view|trs_ueditor|ucap-content|pages_content|v_news_content|vsb_content\w*"
    r"|j-fontcontent|article-?content|article_content|articlecontent|articletext|article-body|article_body|art_con|artcontent"
    r"|newscontent|news_content|news-content|newscontnet|maintext|conn|rm_txt_con|show_text|rwb_zw|p-detail|ozoom"
    r"|js_content|ivs_content|contentregion|easysite-news-text|news_cont_d_wrap|entry-content|post-content|artibody|endtext"
    r"|editor-content|detail_content|detail-content|contenttext|content-text|zwcontent|xl-xqnr|con_con|textsize|news_body_txt_a"
    r"|gsj_htmlcon_bot|mw-parser-output|wzcon|bt_content|artile_zw|main-txt|mian-cont|m-dtfonts|show-text|contents_div)(?:$|\s)"
)
"""Of names in lower case."""
_EDITORS = re.compile(r"trs_u?editor|vsb_content|v_news_content|ucap-content|j-fontcontent", re.IGNORECASE)
_TEXT_TAGS = frozenset(("ucapcontent", "founder-content", "article"))
_SENTENCE = re.compile(r"[。！？；]|，.*，|[.!?] ")

_CODE = 80
"""An ASCII line of this length without a space is encoded data."""

_CARD, _CARDS, _SHORT_LINK = 5, 4, 5
"""Lines of one entry in a list of summaries at most, entries that make one, characters of a linked title."""

_HEADER = 8
"""Lines above a text without sentences (tables, verse) that may be headline and dateline."""


@frozen
class Found:
    """The lines `start..end` of the element that holds the text."""

    start: int
    end: int
    first: int
    """The first line of running text."""
    prose: int
    """Characters of running text in it."""
    edited: bool = False
    """It is the field of a text editor: all in it was typed as text, above a repeated headline too."""


@lru_cache(maxsize=4096)
def _is_container(names: str) -> bool:
    return bool(_CONTAINERS.search(names.lower()))


def weigh(block: Block, seen: set[str], names: bool = True) -> tuple[int, int]:
    """(prose, score) of a line: running text counts for it, links and noise against, the rest hardly.

    In characters; the score in fifths of one, so that sums are exact and equals are seen as such.
    """
    text, length = block.text, len(block.text)
    plain = max(0, length - block.links)
    if block.links * 2 > length and not (length >= 60 and _SENTENCE.search(text) and plain >= 20):
        return 0, -5 * (block.links + 5)
    if is_noise(text) or ends_article(text):
        return 0, -5 * min(20, length)
    if length > _CODE and text.isascii() and " " not in text:
        return 0, 0
    if length >= 15 and (_SENTENCE.search(text) or length >= 40):
        if text in seen or (names and block.aside):
            return 0, 0
        seen.add(text)
        return plain, 5 * plain
    return 0, 0 if names and block.aside else plain


def find_body(layout: Layout, *, names: bool = True) -> Found | None:
    """The element whose lines weigh most: all the running text, the fewest links; a known container if it has
    most of the text (several of one name: the longest). None where no line carries text.

    `names` False: elements called comment, share and the like are trusted with text too."""
    seen: set[str] = set()
    weights = [weigh(block, seen, names) for block in layout.blocks]
    for index in _summaries(layout.blocks, weights):
        weights[index] = 0, 0
    prose = list(accumulate((weight[0] for weight in weights), initial=0))
    score = list(accumulate((weight[1] for weight in weights), initial=0))
    if not layout.spans:
        return None
    start, end, edited = _extent(layout.spans, prose, score)
    lines = layout.blocks[start:end]
    first = next((i for i, block in enumerate(lines) if opens(block.text)), min(_HEADER, len(lines)))
    return Found(start, end, start + first, prose[end] - prose[start], edited)


def _summaries(blocks: list[Block], weights: list[tuple[int, int]]) -> list[int]:
    """The paragraphs that stand in a list of links as summaries of what they lead to: link, text, date, link,
    text, date, ..."""
    runs: list[list[int]] = [[]]
    last = -_CARD
    for index, (prose, _) in enumerate(weights):
        if not prose:
            continue
        above = blocks[max(0, index - 1)]
        if above.links * 2 > len(above.text) > _SHORT_LINK:
            if index - last > _CARD:
                runs.append([])
            runs[-1].append(index)
            last = index
    return [index for run in runs if len(run) >= _CARDS for index in run]


def _extent(spans: list[Span], prose: list[int], score: list[int]) -> tuple[int, int, bool]:
    best = _heaviest(spans, score)
    known = [span for span in spans if _named(span)]
    held = max(known, key=lambda s: (prose[s.end] - prose[s.start], s.end - s.start), default=None)
    whole = prose[best.end] - prose[best.start]
    if held is not None and whole and prose[held.end] - prose[held.start] >= 0.6 * whole:
        return *_with_siblings(held, known), bool(_EDITORS.search(held.names))
    start, end = _densest(score)
    if prose[end] - prose[start] > 1.3 * whole:
        return start, end, False
    return best.start, best.end, False


def _with_siblings(held: Span, known: list[Span]) -> tuple[int, int]:
    """The range of a container and those of the same name beside it: some editors open one for every part."""
    name = held.element.get("class")
    if not name:
        return held.start, held.end
    like = [
        span for span in known if span.element.get("class") == name and _beside(held.element, span.element)
    ]
    return min(s.start for s in like), max(s.end for s in like)


def _beside(one: etree._Element, other: etree._Element) -> bool:
    """In the same element, or each in its own of a row of like ones (cards)."""
    first, second = one.getparent(), other.getparent()
    if first is None or second is None or first is second:
        return first is second
    alike = first.tag == second.tag and first.get("class") == second.get("class")
    return alike and bool(first.get("class")) and first.getparent() is second.getparent()


def _heaviest(spans: list[Span], score: list[int]) -> Span:
    """Of equally heavy elements the smaller one, of these the first."""
    best, most, lines = spans[0], -math.inf, 0
    for span in spans:
        weight = score[span.end] - score[span.start]
        if weight > most or (weight == most and span.end - span.start < lines):
            best, most, lines = span, weight, span.end - span.start
    return best


def _densest(score: list[int]) -> tuple[int, int]:
    """The run of lines that weighs most, whatever elements they stand in (Kadane): for tables that lay out
    a page and broken nesting, where the text has no element of its own."""
    low, low_at, best, run = score[0], 0, 0, (0, 0)
    for index, value in enumerate(score):
        if value - low > best:
            best, run = value - low, (low_at, index)
        if value < low:
            low, low_at = value, index
    return run


def opens(text: str) -> bool:
    """A first sentence; headlines hold commas and question marks, but hardly ever a full stop."""
    return (
        len(text) >= 15
        and ("。" in text or (len(text) >= 60 and bool(_SENTENCE.search(text))))
        and not is_noise(text)
    )


def _named(span: Span) -> bool:
    return (span.names != "" and _is_container(span.names)) or span.element.tag in _TEXT_TAGS
