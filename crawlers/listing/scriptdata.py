"""Data that a page carries in its scripts (`var dataList=[{…}]`), read without running anything."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from attrs import define, frozen

from crawlers.listing.document import Document

_ASSIGNED = re.compile(r"""(?<![\w$])(?P<name>[\w$]++)['"]?\]?\s*=\s*(?:JSON\.parse\(\s*)?(?=[\[{'"])""")
_TOKEN = re.compile(
    r"""\s*(?:(?P<mark>[{}\[\]:,])|(?P<string>"(?:[^"\\\n]|\\.)*+"|'(?:[^'\\\n]|\\.)*+'|`(?:[^`\\]|\\.)*+`)"""
    r"""|(?P<bare>[^\s{}\[\]:,'"`]+))""",
    re.DOTALL,
)
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|.)", re.DOTALL)
_PLAIN = {"n": "\n", "t": "\t", "r": "\r", "b": "", "f": ""}
_WORDS = {"true": True, "false": False, "null": None}
_DEEPEST = 30
_SHORTEST = 20
"""Characters below which a literal holds no list."""


@frozen
class Assigned:
    name: str
    """The variable's name; empty for a script of type JSON."""
    value: Any


def script_data(document: Document, source: str) -> Iterator[Assigned]:
    """Lists and objects that scripts assign, and scripts that are JSON as a whole; `source`: live scripts."""
    for node in document.nodes:
        kind = (node.get("type") or "").lower()
        if node.tag == "script" and "json" in kind and "ld+json" not in kind:
            value = _json(node.text or "")
            if value is not None:
                yield Assigned("", value)
    place = 0
    while match := _ASSIGNED.search(source, place):
        reader = _Reader(source, match.end())
        value = reader.value(0)
        if isinstance(value, str):
            value = _json(value) if value.lstrip()[:1] in ("[", "{") else None
        place = max(reader.place, match.end())
        whole = isinstance(value, (list, dict)) and not reader.broken
        if whole and reader.place - match.end() >= _SHORTEST:
            yield Assigned(match["name"], value)


def _json(text: str) -> Any:
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


@define
class _Reader:
    """One literal of JavaScript: quotes of any kind, bare keys, trailing commas; what is computed is None."""

    source: str
    place: int
    broken: bool = False

    def value(self, depth: int) -> Any:
        token = self._next()
        if token is None or depth > _DEEPEST:
            self.broken = True
            return None
        if token["mark"] == "{":
            return self._object(depth)
        if token["mark"] == "[":
            return self._array(depth)
        if token["mark"]:
            self.broken = True
            return None
        return _scalar(token)

    def _object(self, depth: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        while not self.broken:
            token = self._next()
            if token is None or (token["mark"] and token["mark"] not in "},"):
                self.broken = True
            elif token["mark"] == "}":
                break
            elif not token["mark"]:
                key = str(_scalar(token) if token["string"] else token["bare"])
                colon = self._next()
                self.broken = colon is None or colon["mark"] != ":"
                found[key] = None if self.broken else self._told(depth)
        return found

    def _array(self, depth: int) -> list[Any]:
        found: list[Any] = []
        while not self.broken:
            start = self.place
            token = self._next()
            if token is None or token["mark"] in ("}", ":"):
                self.broken = True
            elif token["mark"] == "]":
                break
            elif token["mark"] != ",":
                self.place = start
                found.append(self._told(depth))
        return found

    def _told(self, depth: int) -> Any:
        """A value up to the comma or bracket behind it; of `new Date(2026, 1)` or `a + b` nothing is told."""
        start = self.place
        value = self.value(depth + 1)
        calls = _calls(self.source[start : self.place]) if value is None else 0
        while not self.broken:
            start = self.place
            token = self._next()
            if token is None:
                self.broken = True
            elif token["mark"] in (",", "}", "]") and calls <= 0:
                self.place = start
                break
            else:
                value = None
                calls += _calls(token["bare"] or "")
        return value

    def _next(self) -> re.Match[str] | None:
        token = _TOKEN.match(self.source, self.place)
        if token:
            self.place = token.end()
        return token


def _calls(code: str) -> int:
    """Brackets of calls left open."""
    return code.count("(") - code.count(")")


def _scalar(token: re.Match[str]) -> Any:
    if token["string"]:
        return _ESCAPE.sub(_unescaped, token["string"][1:-1])
    bare = token["bare"]
    if re.fullmatch(r"-?\d+(?:\.\d+)?", bare):
        return float(bare) if "." in bare else int(bare)
    return _WORDS.get(bare)


def _unescaped(match: re.Match[str]) -> str:
    said = match[1]
    if len(said) > 1:
        return chr(int(said[1:], 16))
    return _PLAIN.get(said, said)
