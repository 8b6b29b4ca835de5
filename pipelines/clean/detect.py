"""Is this text a polluted copy? Genuine Simplified and genuine Traditional text never are.

A polluted copy was Simplified, was converted by a machine character by character, and in some
mirrors got readings inserted. So it shows Traditional characters together with words that nobody
writing Traditional would write so (關于, 以后, 干部), and Simplified quotation marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice
from typing import Literal

from pipelines.clean.han import readings
from pipelines.clean.readings import ANNOTATED, annotated_simplified, inserted
from pipelines.clean.traditional import is_simplified, is_traditional

PollutedBy = Literal["pinyin", "traditional"]

# Some of these stand in any Traditional paragraph and none in a Simplified one: a look before
# any table is loaded.
_COMMON = re.compile(
    "[國會這個們來時說對學發經過關點與為區進務業開實現動產體機環質規鎮監農數網導結設標構見問議題門縣長書]"
)
_LEFT_OVER = re.compile(
    r"于(?![謙禁洋])|(?<![皇太王母天影歌])后(?![妃土冠羿])|(?<!吞)并(?!州)|[骨能主]干|干[部警勁]|[實苦]干"
    r"|[關聯維]系|制[造作]|復制|[這那哪心夜家]里|里面|標准|[放輕]松|注冊|[雜日]志|委托"
)
# 「」, and characters that somebody writing Traditional chose by meaning.
_CHOSEN = re.compile("[「『]|[後於裡裏並併係繫製隻鬆註誌託佈週捲迴麵籲慾]")

_FEW, _MANY = 3, 10
_TITLE = 40
"""A text of so few characters per reading is a title, where every reading counts."""


def polluted_by(text: str) -> PollutedBy | None:
    """How `text` was polluted, or None. Conservative: what may be genuine is left in peace."""
    if ANNOTATED.search(text) is not None and (_has_inserted(text) or annotated_simplified(text)):
        return "pinyin"
    if _several(_COMMON.finditer(text), _MANY) and _is_machine_made(text):
        return "traditional"
    return None


def _has_inserted(text: str) -> bool:
    places = inserted(text)
    if not places or _simplified_among(text):
        return False
    chars = {place.group(1) for place in places}
    if _is_written_by_choice(text):  # in Hong Kong and Taiwan, where a lesson gives a reading once
        return len(chars) >= _MANY and len(places) >= 0.9 * sum(map(text.count, chars))
    if len(chars) >= _FEW:
        return True
    # One or two in a short text: a mirror gives the first reading, a teacher the rare one (龜裂).
    usual = all(_is_usual(place) for place in places)
    return usual and len(text) <= _TITLE * len(places)


def _is_usual(place: re.Match[str]) -> bool:
    from pypinyin import Style, pinyin

    char, reading = place.groups()
    return len(readings(char)) == 1 or bool(pinyin(char, style=Style.TONE)[0][0] == reading)


def _is_machine_made(text: str) -> bool:
    left_over, chosen = _left_over_and_chosen(text)
    return left_over >= _FEW and left_over >= 10 * chosen and not _simplified_among(text)


def _is_written_by_choice(text: str) -> bool:
    left_over, chosen = _left_over_and_chosen(text)
    return chosen > max(1, left_over)


def _left_over_and_chosen(text: str) -> tuple[int, int]:
    return sum(1 for _ in _LEFT_OVER.finditer(text)), sum(1 for _ in _CHOSEN.finditer(text))


def _simplified_among(text: str) -> bool:
    """Whether Simplified characters mix in: then Traditional ones are quoted, not converted."""
    traditional = sum(map(is_traditional, text))
    simplified = sum(map(is_simplified, text))
    return simplified * _FEW > traditional


def _several(matches: Iterable[object], count: int) -> bool:
    return sum(1 for _ in islice(matches, count)) == count
