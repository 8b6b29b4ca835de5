"""What of a page is seen: its lines, and those that its scripts would show."""

from __future__ import annotations

import re

from lxml import etree

from crawlers.reading.blocks import Layout
from crawlers.reading.body import Found, find_body
from crawlers.reading.data import beside, text_in_data
from crawlers.reading.layout import lay_out
from crawlers.reading.markup import flatten, parse
from crawlers.reading.scripted import unfold

_FOLDED = ("展开剩余", "展开全文", "展开阅读全文")
_WAITING = re.compile(
    r"<(?i:textarea)[^<>]*>[^<]*(?i:&lt;p)|<(?i:noscript)[^<>]*>\s*<(?i:article|div|p)\b"
    r"|\"(?i:content)\w*\"\s*:\s*\"\s*(?i:\\u003c|<|&lt;)"
)
"""Text that waits for a script to show it."""
_SHORT = 200
"""Characters of running text, with fewer of which a text is looked for that waits for a script."""
_LITTLE = 40
"""Characters: with less running text, hidden elements are looked at too."""


def find_text(root: etree._Element, text: str) -> tuple[Layout, Found, dict[str, str]]:
    """The visible lines, where the text is, and what a script says beside a text that it has yet to show.

    Where hardly any text is found, elements are looked at that their name or style keeps out."""
    layout = lay_out(root)
    if _is_lost(root, layout, text) and (flat := parse(flatten(text))) is not None:
        root, layout = flat, lay_out(flat)
    found = find_body(layout)
    prose = found.prose if found else 0
    if layout.hidden and any(block.text.startswith(_FOLDED) for block in layout.blocks):
        layout = lay_out(root, hidden=True)
        found = find_body(layout) or found
    elif prose < _SHORT and (prose < _LITTLE or _WAITING.search(text)):
        told = text_in_data(text)
        whole = lay_out(root) if unfold(root, told) else None
        unfolded = find_body(whole) if whole else None
        if whole and unfolded and unfolded.prose > max(2 * prose, _LITTLE):
            return whole, unfolded, beside(told, text)
    if found is not None and found.prose >= _LITTLE:
        return layout, found, {}
    tries = [(layout, found), (layout, find_body(layout, names=False))]
    if layout.hidden:
        whole = lay_out(root, hidden=True)
        tries.append((whole, find_body(whole, names=False)))
    best, best_found = max(tries, key=lambda pair: pair[1].prose if pair[1] else -1)
    return best, best_found or Found(0, 0, 0, 0), {}


def _is_lost(root: etree._Element, layout: Layout, text: str) -> bool:
    """Whether no sentence of a page was reached: its elements nest deeper than the parser goes, or a quote
    that was left open has swallowed them. Mostly the lines show that it is not so."""
    if "。" not in text or any("。" in block.text for block in layout.blocks):
        return False
    return not any("。" in said for said in root.itertext())
