"""Question marks that ask nothing: a character stood there that the mirror's charset has not.

`“學(xué)雷鋒?文明”`, `“3?5”`: some dot, as • or ・, and nothing tells which. They stay and are counted.
"""

from __future__ import annotations

import re

_ASKS = re.compile(
    "[吗呢吧么嘛啊呀谁何哪几怎岂咋]|什么|多[少大久远高长]|[是能可会要对好行]不[是能可会要对好行]"
    "|[是能可与]否|有没有|难道|不是|还是"
)
_MARK = re.compile(r"\?+")
_SENTENCE = re.compile(r"[^。！!？?；;\n]*$")
_ASKED_ABOVE = re.compile(r"[\u3400-\u9fff”’）)》】]$")
_LONGEST = 80


def lost_characters(text: str) -> int:
    """How many `?` of a polluted copy, in Simplified characters and without readings, ask nothing."""
    return sum(_is_lost(text, mark.start(), mark.end()) for mark in _MARK.finditer(text))


def _is_lost(text: str, start: int, end: int) -> bool:
    before, after = text[max(0, start - _LONGEST) : start], text[end : end + 1]
    sentence = _SENTENCE.search(before)
    asked = sentence.group() if sentence else ""
    if before[-1:].isdigit() and after.isdigit():
        return True
    if not before.rpartition("\n")[2].strip():
        return True
    return bool(_ASKED_ABOVE.search(asked)) and not _ASKS.search(asked)
