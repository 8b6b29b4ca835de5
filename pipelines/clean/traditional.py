"""Traditional to Simplified, character by character, for text that a machine made Traditional.

Such a machine maps each Simplified character to one Traditional one, so going back is nearly
without loss. The odd ones are characters of GB 2312 itself: they may have been in the original.
"""

from __future__ import annotations

import re
from functools import lru_cache

from pipelines.clean.han import gb2312, simplified_forms, traditional_forms

# 著 is what 着 was made into, and a word of its own.
_ZHU_WORDS = (
    "显著|顯著|著名|著作|著称(?![赞呼])|著稱(?![贊讚呼])|著述|著书|著書|著者"
    r"|著有(?=[《\d多大诗詩文论論])|著录|著錄|编著|編著|名著|专著|專著|原著|论著|論著|巨著"
    "|译著|譯著|合著|遗著|遺著|新著|旧著|舊著|拙著|卓著|昭著|土著|主著|所著|见微知著|見微知著"
)
# Characters of GB 2312 that are Traditional only in these words; elsewhere they are names or
# terms of Simplified text (乾隆, 瞭望, 宫商角徵羽, 文徵明).
_WORDS = {
    "瞭": r"瞭(?=解|如指掌|然)|(?<=明)瞭",
    "乾": r"乾(?=[燥净淨旱杯脆枯涸洗粮糧果货貨酪冰瘪癟扁])|(?<=[烘晒曬晾烤饼餅])乾",
    "徵": r"(?<![角魏文])徵(?![羽明])",
    "著": rf"(?:{_ZHU_WORDS})|著",
}
_SIMPLE = {"瞭": "了", "乾": "干", "徵": "征", "著": "着"}
_NAMES = re.compile("畢昇|毕昇|於潛|於潜|於陵|於菟")
_WORD = re.compile("|".join(_WORDS.values()))


def simplify(text: str) -> str:
    """`text` in Simplified characters; length and everything else stay."""
    names = {place.start(): place.group() for place in _NAMES.finditer(text)}
    simple = _WORD.sub(_in_word, text).translate(_table())
    for at, name in names.items():
        kept = name.replace("畢", "毕").replace("潛", "潜")
        simple = simple[:at] + kept + simple[at + len(name) :]
    return simple


def is_traditional(char: str) -> bool:
    """Whether `char` is written in Traditional text only (乾 and 著 are not: both scripts have them)."""
    return ord(char) in _table() and char not in gb2312()


def is_simplified(char: str) -> bool:
    """Whether `char` is a Simplified form that conversion to Traditional never leaves standing."""
    return char in _ONLY_SIMPLIFIED


def _in_word(match: re.Match[str]) -> str:
    word = match.group()
    return _SIMPLE.get(word, word)


@lru_cache(maxsize=1)
def _table() -> dict[int, str]:
    """For `str.translate`: without those GB 2312 characters that no conversion makes (哪吒, 蒜薹).

    And without such as have a Simplified form that hardly any font shows and nobody writes (鮸).
    """
    made = set(traditional_forms().values()) | {"夥", "麽"}
    return {
        ord(char): form
        for char, form in simplified_forms().items()
        if char not in _SIMPLE and form < "\U00010000" and (char not in gb2312() or char in made)
    }


# The commonest characters of Simplified text that have exactly one Traditional form each.
_ONLY_SIMPLIFIED = frozenset(
    "国会这个们来时说对学经过关点与为区进务业开实现动产体机环质规镇监农数网导结设标构见问"
    "议题门县气话讲编审报记者长东车书专队员级组织评护领导办层单场团张强决议党员务质认识证试"
)
