"""Lines that a spam mirror puts around a text: its own advertisement above, its templates below.

Seen on expired domains: a first line of words of pornography or gambling, and at the end
`主站蜘蛛池模板: 准格尔旗|哈尔滨市|...`, often in Traditional characters as everything there.
"""

from __future__ import annotations

import re

from crawlers.hijack import hijacked
from crawlers.items import Page
from crawlers.reading.decode import decode

FARM = re.compile(r"(?:主站)?蜘蛛池模[板版]\s*[:：]")
"""The label of the footer. News about such farms (`查处“蜘蛛池”`) has no label."""
_FOOTER = re.compile(f"{FARM.pattern}.*")
_LABEL_BYTES = tuple("蜘蛛池模".encode(charset) for charset in ("utf-8", "gb18030", "big5"))
_LONGEST_HEADING = 120


def is_of_a_farm(page: Page) -> bool:
    """Whether a page carries the templates of a network of mirrors, whatever its text is like."""
    if not any(start in page.body for start in _LABEL_BYTES):
        return False
    return FARM.search(decode(page.body, page.content_type).text) is not None


def without_spam(text: str) -> str:
    """`text` (of a polluted copy, in Simplified characters) without such lines, if others are left."""
    lines = text.split("\n")
    first = next((at for at, line in enumerate(lines) if line.strip()), 0)
    if _is_heading(lines[first]):
        del lines[first]
    cut = [_FOOTER.sub("", line) for line in lines]
    kept = [line for line, whole in zip(cut, lines, strict=True) if line.strip() or not whole.strip()]
    return "\n".join(kept) if any(line.strip() for line in kept) else text


def _is_heading(line: str) -> bool:
    if len(line) > _LONGEST_HEADING or "。" in line or "，" in line:
        return False
    return hijacked(f"<title>{line}</title>") is not None
