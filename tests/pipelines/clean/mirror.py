"""A spam mirror built after what is seen on real copies: it damages our own texts, cleaning must undo it.

The steps and their order are those of the producers: Simplified to Traditional, character by character;
readings behind characters of a fixed ranking, of which each mirror takes more or less; and, in the worse
moods, both on GBK bytes as if they were characters, so that readings fall inside characters and the text
is cut at bytes that look like full-width punctuation. Last come half-width marks, the title line of the
spammer and the footer of the mirror's templates.
"""

from __future__ import annotations

from functools import cache
from random import Random
from typing import Literal

from attrs import frozen
from pypinyin import Style, pinyin

from pipelines.clean.han import gb2312, simplified_forms, traditional_forms
from pipelines.clean.readings import strip_readings
from pipelines.clean.traditional import simplify

Damage = Literal["none", "inside", "cut", "both"]

# 后, 里, 干, 并, 于 and 系 stay as they are; 台 and 着 are made into what also means something else.
UNTOUCHED = frozenset("后里干并于系云")
FIRST = "環質發規業鎮監農區數網關導內結經設務標準構國開動會見問對機臺"
"""The head of the ranking, in the order in which mirrors that annotate more take them in."""
NEVER = frozenset("為議題門縣們這體氣話講編審")
"""Characters that were not seen with a reading on any mirror."""
CUT_AT = "，；？！：（）"
_HEADING = "国产精品久久久一区二区三区-免费毛片在线观看"
_FOOTER = "主站蜘蛛池模板: 准格尔旗|哈尔滨市|闻喜县|开远市|东乡族自治县"
_NARROW = str.maketrans(CUT_AT, ",;?!:()")


@frozen
class Mirror:
    """What one site does to every text."""

    level: float = 1.0
    """How much of the ranking gets readings, 0 to 1."""
    tones: bool = True
    traditional: bool = True
    """False: the readings stand behind Simplified characters, `办(ban)`."""
    damage: Damage = "none"
    narrow: bool = False
    dressed: bool = False
    """With an advertisement above and the farm's templates below."""

    def copy(self, text: str) -> str:
        """The text as this mirror shows it."""
        converted = mirrored(self.whole(text)) if self.traditional else self.whole(text)
        if self.damage in ("inside", "both"):
            data = converted.encode("gbk")
            for char in sorted(self.annotated):
                data = data.replace(char.encode("gbk"), self._with_reading(char).encode("gbk"))
        else:
            data = "".join(
                self._with_reading(char) if char in self.annotated else char for char in converted
            ).encode("gbk")
        shown = cut(data) if self.damage in ("cut", "both") else decoded(data)
        return shown.translate(_NARROW) if self.narrow else shown

    def whole(self, text: str) -> str:
        """With what the mirror puts around it."""
        return f"{_HEADING}\n{text}\n{_FOOTER}" if self.dressed else text

    def plain(self, text: str) -> str:
        """What can be had of `text` at the very best: marks that were made half-width stay so."""
        return text.translate(_NARROW) if self.narrow else text

    @property
    def annotated(self) -> frozenset[str]:
        return highest(self.level) if self.traditional else highest_simplified(self.level)

    def _with_reading(self, char: str) -> str:
        return f"{char}({reading(char, self.tones)})"


@cache
def mirror_table() -> dict[str, str]:
    made = {
        char: form
        for char, form in traditional_forms().items()
        if char in gb2312() and form not in gb2312() and simplified_forms().get(form) == char
    }
    return {char: made[char] for char in made.keys() - UNTOUCHED} | {"着": "著"}


@cache
def ranking() -> str:
    """Every character that conversion makes, in the order in which mirrors annotate them."""
    rest = sorted(set(mirror_table().values()) - {"著"} - set(FIRST) - NEVER)
    Random(0).shuffle(rest)
    return FIRST + "".join(rest)


@cache
def highest(share: float) -> frozenset[str]:
    return frozenset(ranking()[: int(share * len(ranking()))])


@cache
def highest_simplified(share: float) -> frozenset[str]:
    return frozenset(map(simplify, highest(share)))


@cache
def reading(char: str, tones: bool) -> str:
    return pinyin(char, style=Style.TONE if tones else Style.NORMAL)[0][0]


def mirrored(text: str) -> str:
    return "".join(mirror_table().get(char, char) for char in text)


def decoded(data: bytes) -> str:
    """As a careless decoder shows it: half a character is `?`, an undefined pair is nothing."""
    shown, at = [], 0
    while at < len(data):
        two = data[at : at + 2]
        if two[0] < 0x80:
            shown.append(chr(two[0]))
            at += 1
            continue
        if len(two) < 2 or two[1] < 0x40:
            shown.append("?")
        else:
            shown.append(two.decode("gbk", "ignore"))
        at += 2
    return "".join(shown)


def cut(data: bytes) -> str:
    """Split at each full-width mark, wherever its bytes turn up, and joined by it again."""
    pieces: list[bytes | str] = [data]
    for mark in CUT_AT:
        split: list[bytes | str] = []
        for piece in pieces:
            if isinstance(piece, str):
                split.append(piece)
                continue
            for number, part in enumerate(piece.split(mark.encode("gbk"))):
                split += [mark, part] if number else [part]
        pieces = split
    return "".join(piece if isinstance(piece, str) else decoded(piece) for piece in pieces)


def left_alone(copy: str) -> str:
    """A copy with its readings out and in Simplified characters, every lost byte as it stands."""
    return simplify(strip_readings(copy)[0])


def distance(one: str, other: str) -> int:
    """Levenshtein's, by Myers' bit vectors (Journal of the ACM 46, 1999)."""
    if not one:
        return len(other)
    places: dict[str, int] = {}
    for at, char in enumerate(one):
        places[char] = places.get(char, 0) | 1 << at
    full, last = (1 << len(one)) - 1, 1 << len(one) - 1
    more, less, edits = full, 0, len(one)
    for char in other:
        equal = places.get(char, 0)
        down = equal | less
        across = (((equal & more) + more) ^ more) | equal
        rise, fall = less | ~(across | more) & full, more & across
        edits += bool(rise & last) - bool(fall & last)
        rise, fall = (rise << 1 | 1) & full, fall << 1 & full
        more, less = fall | ~(down | rise) & full, rise & down
    return edits
