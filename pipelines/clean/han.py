"""What a single Chinese character is: standard set, bytes, readings, Simplified form.

Tables are built at first use; a clean page never asks for them.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_DIAERESIS = "\u0308"


@lru_cache(maxsize=1)
def gb2312() -> frozenset[str]:
    """The 6,763 characters of GB 2312, which is what Simplified text is written with."""
    rows = (bytes([lead, trail]) for lead in range(0xB0, 0xF8) for trail in range(0xA1, 0xFF))
    return frozenset("".join(row.decode("gb2312", "ignore") for row in rows))


@lru_cache(maxsize=1)
def simplified_forms() -> dict[str, str]:
    """OpenCC's character table, Traditional to Simplified; characters that stay are not in it.

    Every character is converted on a line of its own, so that phrase tables never apply.
    """
    return _converted("t2s")


@lru_cache(maxsize=1)
def traditional_forms() -> dict[str, str]:
    """OpenCC's character table, Simplified to Traditional, first choice each."""
    return _converted("s2t")


def _converted(config: str) -> dict[str, str]:
    import opencc

    blocks = (range(0x3400, 0x4DC0), range(0x4E00, 0xA000), range(0xF900, 0xFB00))
    chars = [chr(code) for block in blocks for code in block]
    forms = opencc.OpenCC(config, False).convert("\n".join(chars)).split("\n")
    return {char: form for char, form in zip(chars, forms, strict=True) if char != form}


@lru_cache(maxsize=16_384)
def readings(char: str) -> frozenset[str]:
    """The readings of one character without tone marks (`lü`, `zhang`); empty where none is known."""
    from pypinyin import Style, pinyin

    known = pinyin(char, style=Style.NORMAL, heteronym=True, v_to_u=True, errors="ignore")
    return frozenset(toneless(reading) for reading in (known[0] if known else ()))


def toneless(reading: str) -> str:
    """A reading without its tone mark: `zhǎng` -> `zhang`, `lǜ` and `lv` -> `lü`."""
    parts = unicodedata.normalize("NFD", reading.lower().replace("v", "ü"))
    kept = "".join(c for c in parts if c == _DIAERESIS or not unicodedata.combining(c))
    return unicodedata.normalize("NFC", kept)


def pair(char: str) -> bytes | None:
    """The two GBK bytes of a character (private use included); None where it has not two."""
    try:
        code = char.encode("gb18030")
    except UnicodeEncodeError:  # a lone surrogate
        return None
    return code if len(code) == 2 else None
