"""What a spam mirror does to a text: Traditional characters, readings inserted after some of them.

The producers convert character by character, write punctuation half-width, and put a reading with
tone marks behind characters that GB2312 lacks. Which characters get one follows a fixed ranking;
a site uses more or less of it (`level`).
"""

from __future__ import annotations

from functools import cache

from opencc import OpenCC
from pypinyin import Style, pinyin

RANKS = (
    "環質發規業鎮監農",
    "區數網",
    "關導內結經設務標準構",
    "國開動會見問對機臺",
)
"""Characters that get a reading: level 1 those of the first string, each level adds the next."""
NEVER = frozenset("為議題門縣們這體氣話講編審")
"""Characters that were not seen with a reading on any mirror."""
EVERYTHING = len(RANKS) + 1
"""The level that annotates every character outside GB2312 except `NEVER`."""

_STAY = frozenset("后里干并于系岳群恒范愿游颍采余斗征占面云周制志松向升只谷卷致回合修托困")
_VARIANTS = {"着": "著", "为": "為", "净": "凈", "众": "眾", "启": "啟", "闲": "閑"}
_NARROW = str.maketrans("，；：（）！？", ",;:()!?")


def pollute(text: str, level: int = EVERYTHING, *, narrow: bool = True) -> str:
    """The text as a mirror shows it.

    `level` 0 inserts no reading at all; `narrow` writes the commonest punctuation half-width.
    """
    spoiled = "".join(annotated(char, level) for char in text)
    return spoiled.translate(_NARROW) if narrow else spoiled


def narrowed(text: str) -> str:
    """The text with the punctuation of a mirror and nothing else changed."""
    return text.translate(_NARROW)


@cache
def traditional(char: str) -> str:
    """One character in the mirrors' Traditional form; some stay as they are (后, 里, 干, 并, 于, 系)."""
    if char in _STAY:
        return char
    return _VARIANTS.get(char) or str(_to_traditional().convert(char))


@cache
def annotated(char: str, level: int) -> str:
    """One character in Traditional form with its reading behind it, `環(huán)`, if this level does so.

    Only what the conversion changed gets a reading: a rare character of the original (㴔) never does.
    """
    spoiled = traditional(char)
    if spoiled == char or in_gb2312(spoiled) or spoiled in NEVER:
        return spoiled
    if level < EVERYTHING and not any(spoiled in rank for rank in RANKS[:level]):
        return spoiled
    return f"{spoiled}({pinyin(spoiled, style=Style.TONE)[0][0]})"


def in_gb2312(char: str) -> bool:
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


@cache
def _to_traditional() -> OpenCC:
    return OpenCC("s2t")
