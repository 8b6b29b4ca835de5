"""Object literals of scripts: the settings of a pager, of a site, read without running anything."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

_KEY = re.compile(r"""\s*(?:'([^']+)'|"([^"]+)"|([\w$.-]+))\s*:\s*""")
_STRING = re.compile(r"""'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)\"""", re.DOTALL)
_BARE = re.compile(r"[^,}\]\s][^,}\]]*")
_EXPRESSION = re.compile(
    r"""(?:'(?:[^'\\]|\\.)*+'|"(?:[^"\\]|\\.)*+"|\((?:[^()]|\([^()]{0,400}\)){0,400}\)|[^,}'"()]){1,800}""",
    re.DOTALL,
)
_PIECE = re.compile(r"""'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|[{\[(}\])]""", re.DOTALL)
_MOST = 100
"""Places of a page where a literal may stand; each that never closes is read as far as `_LONGEST`."""
_LONGEST = 20_000
"""Characters of a literal beyond which it is data and no setting."""


def objects_after(source: str, marker: str) -> Iterator[str]:
    """The object literals that follow a pattern at once, braces included, in order; of the first `_MOST`."""
    for match in islice(re.finditer(rf"(?:{marker})\s*(?=\{{)", source), _MOST):
        literal = block_at(source, match.end())
        if literal:
            yield literal


def pairs(literal: str, *, quoted: bool = False) -> dict[str, str]:
    """Keys and values of an object literal: strings without quotes, nested literals and names as they
    stand. `quoted`: every value as it stands, up to its comma.
    """
    found: dict[str, str] = {}
    place = 1
    while key := _KEY.match(literal, place):
        place = key.end()
        name = key[1] or key[2] or key[3]
        if literal[place : place + 1] in ("{", "["):
            value = block_at(literal, place)
            if not value:
                break
            found[name] = value
            place += len(value)
        elif quoted and (expression := _EXPRESSION.match(literal, place)):
            found[name] = expression[0].strip()
            place = expression.end()
        elif string := _STRING.match(literal, place):
            text = string[1] if string[1] is not None else string[2]
            found[name] = re.sub(r"\\(.)", r"\1", text)
            place = string.end()
        elif bare := _BARE.match(literal, place):
            found[name] = bare[0].strip()
            place = bare.end()
        comma = literal.find(",", place)
        if comma < 0:
            break
        place = comma + 1
    return found


def assigned(source: str, name: str) -> str | None:
    """The object literal that a script gives to a variable."""
    return next(objects_after(source, rf"(?<![\w.]){re.escape(name)}\s*=(?!=)"), None)


def block_at(source: str, start: int) -> str:
    """What opens with a bracket at `start`, up to its closing one; empty where that is not within reason."""
    depth = 0
    for piece in _PIECE.finditer(source, start, start + _LONGEST):
        if piece[0] in "{[(":
            depth += 1
        elif piece[0] in "}])":
            depth -= 1
            if depth == 0:
                return source[start : piece.end()]
    return ""
