"""Readings that a mirror put behind characters: `環(huán)境` was `環境`.

Two kinds of brackets look alike and must stay: a genuine annotation of a rare name
(`邗(hán)江`, `李赟(yūn)`) and Latin text (`质量体系(ISO)`). Mirrors annotate only characters that
conversion to Traditional made, and these lie outside GB 2312.
"""

from __future__ import annotations

import re

from pipelines.clean.han import gb2312, readings, simplified_forms, toneless

LETTERS = "a-zāáǎàēéěèīíǐìńňōóǒòūúǔùüǖǘǚǜḿǹ"
ANNOTATED = re.compile(rf"([\u3400-\u9fff\uf900-\ufaff])\(([{LETTERS}]{{1,6}})\)")


def inserted(text: str) -> list[re.Match[str]]:
    """The places of `text` where a mirror's reading stands behind its character, in order."""
    return [match for match in ANNOTATED.finditer(text) if is_inserted(match)]


def is_inserted(match: re.Match[str]) -> bool:
    char, reading = match.groups()
    return char not in gb2312() and char in simplified_forms() and toneless(reading) in readings(char)


def strip_readings(text: str) -> tuple[str, int]:
    """`text` without inserted readings, and how many there were."""
    places = inserted(text)
    if not places:
        return text, 0
    kept, at = [], 0
    for place in places:
        kept.append(text[at : place.end(1)])
        at = place.end()
    return "".join(kept) + text[at:], len(places)
