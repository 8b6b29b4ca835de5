"""What counts as the same character: letter case and the full-width forms of ASCII, nothing more.

① is not 1 and 為 is not 为: whoever searches for one finds precisely that one. Every character
becomes exactly one, so that a position in the folded text is a position in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from attrs import frozen

_WIDE = re.compile("[\uff01-\uff5e\u3000]")
_WIDE_TO_ASCII = 0xFEE0
_NARROW = {chr(code): chr(code - _WIDE_TO_ASCII) for code in range(0xFF01, 0xFF5F)} | {"\u3000": " "}

# str.lower() makes two characters of İ and looks at the neighbours of Σ (ς at the end of a word).
_LOWERED_ODDLY = re.compile("[İΣ]")


def fold(text: str) -> str:
    """The text as it is compared: `ＰＭ２.5，A` and `pm2.5,a` are one. Same length as `text`."""
    narrow = _WIDE.sub(lambda wide: _NARROW[wide[0]], text)
    if _LOWERED_ODDLY.search(narrow):
        return "".join(character if character == "İ" else character.lower() for character in narrow)
    return narrow.lower()


@frozen
class FileText:
    """What was read of a file that an article offers."""

    name: str
    text: str


@frozen
class Folded:
    """An article's clean text, folded once for all the queries that are asked of it."""

    title: str
    body: str
    files: str = ""
    """Names and texts of its files, line under line."""

    @classmethod
    def of(cls, title: str | None, body: str, files: Iterable[FileText] = ()) -> Folded:
        """An absent title holds nothing."""
        read = "\n".join(f"{file.name}\n{file.text}" for file in files)
        return cls(fold(title or ""), fold(body), fold(read))
