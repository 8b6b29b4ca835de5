"""The normal form of any text: one way to write letters, digits, spaces and line ends.

Punctuation keeps its width, because Chinese text uses both on purpose; U+3000 and TAB stay,
because they indent.
"""

from __future__ import annotations

import re

_WIDE = {
    first + offset: ord(narrow) + offset
    for first, narrow, count in ((0xFF10, "0", 10), (0xFF21, "A", 26), (0xFF41, "a", 26))
    for offset in range(count)
}
_SPACES = dict.fromkeys([0x00A0, *range(0x2000, 0x200B), 0x202F, 0x205F], " ")
# C0 and C1 controls, soft hyphen, zero widths, bidi controls, word joiners, the Mongolian vowel
# separator, interlinear annotation marks and the byte order mark: nothing a reader sees.
_INVISIBLE = dict.fromkeys(
    [
        *(code for code in range(0x20) if code not in (0x09, 0x0A)),
        *range(0x7F, 0xA0),
        0x00AD,
        0x180E,
        *range(0x200B, 0x2010),
        *range(0x202A, 0x202F),
        *range(0x2060, 0x2070),
        *range(0xFFF9, 0xFFFC),
        0xFEFF,
    ]
)
_LINE_ENDS = re.compile("\r\n?|[\u2028\u2029]")
_TABLE: dict[int, int | str | None] = {**_WIDE, **_SPACES, **_INVISIBLE}
_ODD = re.compile("[" + "".join(map(re.escape, map(chr, _TABLE))) + "\u2028\u2029]")


def normal_form(text: str) -> str:
    """`text` with half-width letters and digits, plain spaces, `\\n` line ends and nothing invisible.

    Each exotic space becomes one plain space, so that columns keep their distance.
    """
    if _ODD.search(text) is None:
        return text
    return _LINE_ENDS.sub("\n", text).translate(_TABLE)
