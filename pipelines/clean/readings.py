"""Readings that a mirror put behind characters: `環(huán)境` was `環境`.

Two kinds of brackets look alike and must stay: a genuine annotation of a rare name
(`邗(hán)江`, `李赟(yūn)`) and Latin text (`质量体系(ISO)`). Mirrors annotate only characters that
conversion to Traditional made, and these lie outside GB 2312; a few leave out tones and conversion, and
annotate the Simplified forms of the same characters: `办(ban)公室关(guan)于`.
"""

from __future__ import annotations

import re

from pipelines.clean.han import gb2312, readings, simplified_forms, toneless, traditional_forms

LETTERS = "a-zāáǎàēéěèīíǐìńňōóǒòūúǔùüǖǘǚǜḿǹ"
ANNOTATED = re.compile(rf"([\u3400-\u9fff\uf900-\ufaff])\(([{LETTERS}]{{1,6}})\)")

_SEVERAL = 8
"""Different Simplified characters that must bear readings: a lesson's words are not all of this kind."""


def inserted(text: str) -> list[re.Match[str]]:
    """The places of `text` where a mirror's reading stands behind its character, in order."""
    return [match for match in ANNOTATED.finditer(text) if is_inserted(match)]


def sounds(char: str, reading: str) -> bool:
    """Whether `reading`, with or without its tone, is one of `char`."""
    return len(char) == 1 and toneless(reading) in readings(char)


def is_inserted(match: re.Match[str]) -> bool:
    char, reading = match.groups()
    return char not in gb2312() and char in simplified_forms() and sounds(char, reading)


def annotated_simplified(text: str) -> frozenset[str]:
    """The Simplified characters behind which a mirror put readings without tones, wherever they stand.

    Only such as conversion to Traditional would change, and each always: no teacher annotates so.
    """
    places = [place for place in ANNOTATED.finditer(text) if _is_toneless(place)]
    chars = frozenset(place[1] for place in places)
    if len(chars) < _SEVERAL or not chars <= traditional_forms().keys():
        return frozenset()
    return chars if len(places) >= 0.9 * sum(map(text.count, chars)) else frozenset()


def _is_toneless(place: re.Match[str]) -> bool:
    char, reading = place.groups()
    return char in gb2312() and toneless(reading) == reading.replace("v", "ü") and sounds(char, reading)


def strip_readings(text: str, simplified: frozenset[str] = frozenset()) -> tuple[str, int]:
    """`text` without inserted readings, and how many there were; `simplified`: as `annotated_simplified`."""
    places = [
        place
        for place in ANNOTATED.finditer(text)
        if is_inserted(place) or (place[1] in simplified and _is_toneless(place))
    ]
    if not places:
        return text, 0
    kept, at = [], 0
    for place in places:
        kept.append(text[at : place.end(1)])
        at = place.end()
    return "".join(kept) + text[at:], len(places)
