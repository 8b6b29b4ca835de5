"""Expressions of scripts, as pagers write them: strings and numbers put together, and nothing run."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

from attrs import define, field

Value = str | int | float | bool

LONGEST = 60_000
"""Characters of scripts that are looked at; pagers are small."""

_LOCAL = re.compile(
    r"(?:\b(?:var|let|const)[ \t]{1,9}|[;{\n,][ \t]{0,40})(?P<name>[A-Za-z_$][\w$]{0,60})"
    r"[ \t]{0,9}=(?!=)[ \t]{0,9}(?P<value>[^;\n}]{1,400})"
)
_TOKEN = re.compile(
    r"""\s*(?:(?P<number>\d+(?:\.\d+)?)|(?P<string>'(?:[^'\\\n]|\\.)*+'|"(?:[^"\\\n]|\\.)*+")"""
    r"""|(?P<name>[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*)|(?P<mark>===|!==|==|!=|<=|>=|&&|\|\||[-+*/%<>?:(),]))"""
)
_ROUNDING = frozenset(("parseInt", "Number", "Math.floor", "Math.ceil", "Math.round", "parseFloat"))
_WORDS = frozenset(("String", "encodeURI", "encodeURIComponent"))
_MOST = 500
"""Steps of one evaluation; an address takes a dozen."""
_DEEPEST = 30
"""Brackets, choices and names inside each other; a pager has three. Python has frames for five times that."""
_LONGEST_TEXT = 4_000
"""Characters put together; an address has a hundred, and what doubles itself has soon filled the memory."""
_LARGEST = 10**15
"""Numbers beyond it are no pages, and Python does not even write those of 4,300 digits."""


class NotTold(Exception):
    """The expression depends on what only a browser knows."""


def globals_of(source: str) -> dict[str, str]:
    """Names and the expressions that a script gives them first, unevaluated."""
    found: dict[str, str] = {}
    for match in _LOCAL.finditer(source[:LONGEST]):
        found.setdefault(match["name"], match["value"])
    return found


def evaluated(text: str, known: Mapping[str, str], bound: Mapping[str, Value] | None = None) -> Value:
    """The value of an expression; raises `NotTold`, and nothing else."""
    try:
        value = _Reader(text, known, bound or {}).value()
        told = isinstance(value, str) or -_LARGEST <= value <= _LARGEST
    # A number that Python refuses to read, to round or to multiply; more frames than the caller has left.
    except (ValueError, OverflowError, RecursionError) as error:
        raise NotTold from error
    if not told:
        raise NotTold
    return value


@define
class _Reader:
    """An expression of JavaScript, as far as pagers need it: strings, numbers, `+ - *`, `==`, `? :`."""

    text: str
    known: Mapping[str, str]
    bound: Mapping[str, Value]
    steps: Counter[str] = field(factory=Counter)
    """Shared with the readers of what the expression names."""
    within: frozenset[str] = frozenset()
    """Names whose expressions are being read: `url = url + n` has no end."""
    depth: int = 0
    place: int = 0

    def value(self) -> Value:
        if self.depth >= _DEEPEST:
            raise NotTold
        self.depth += 1
        value = self._compared()
        if self._takes("?"):
            chosen = self.value()
            if not self._takes(":"):
                raise NotTold
            other = self.value()
            value = chosen if value else other
        self.depth -= 1
        return value

    def _compared(self) -> Value:
        value = self._sum()
        mark = self._mark()
        if mark not in ("==", "===", "!=", "!==", "<", "<=", ">", ">="):
            return value
        self._takes(mark)
        other = self._sum()
        if mark in ("==", "==="):
            return str(value) == str(other)
        if mark in ("!=", "!=="):
            return str(value) != str(other)
        one, two = _number(value), _number(other)
        return {"<": one < two, "<=": one <= two, ">": one > two, ">=": one >= two}[mark]

    def _sum(self) -> Value:
        value = self._product()
        while (mark := self._mark()) in ("+", "-"):
            self._takes(mark)
            other = self._product()
            if mark == "+" and (isinstance(value, str) or isinstance(other, str)):
                value = _text(value) + _text(other)
                if len(value) > _LONGEST_TEXT:
                    raise NotTold
            else:
                value = _number(value) + (_number(other) if mark == "+" else -_number(other))
        return value

    def _product(self) -> Value:
        value = self._single()
        while self._mark() == "*":
            self._takes("*")
            value = _number(value) * _number(self._single())
        return value

    def _single(self) -> Value:
        token = self._next()
        if token["mark"] == "-":
            if self._mark() == "-":  # `--n` changes what it names
                raise NotTold
            return -_number(self._single())
        if token["mark"] == "(":
            value = self.value()
            self._closes()
            return value
        if token["number"]:
            return float(token["number"]) if "." in token["number"] else int(token["number"])
        if token["string"]:
            return re.sub(r"\\(.)", r"\1", token["string"][1:-1])
        if token["name"]:
            return self._named(token["name"])
        raise NotTold

    def _named(self, name: str) -> Value:
        if self._takes("("):
            value = self.value()
            while self._takes(","):
                self.value()
            self._closes()
            if name in _ROUNDING:
                return int(_number(value))
            if name in _WORDS:
                return _text(value)
            raise NotTold
        if name in self.bound:
            return self.bound[name]
        expression = self.known.get(name)
        if expression is None or name in self.within:
            raise NotTold
        within = self.within | {name}
        return _Reader(expression, self.known, self.bound, self.steps, within, self.depth).value()

    def _closes(self) -> None:
        if not self._takes(")"):
            raise NotTold

    def _mark(self) -> str | None:
        token = _TOKEN.match(self.text, self.place)
        return token["mark"] if token else None

    def _takes(self, mark: str) -> bool:
        token = _TOKEN.match(self.text, self.place)
        if token is None or token["mark"] != mark:
            return False
        self.place = token.end()
        return True

    def _next(self) -> re.Match[str]:
        token = _TOKEN.match(self.text, self.place)
        self.steps["read"] += 1
        if token is None or self.steps["read"] > _MOST:
            raise NotTold
        self.place = token.end()
        return token


def _number(value: Value) -> int | float:
    if isinstance(value, str):
        told = re.match(r"\s*-?\d+", value)
        if told is None:
            raise NotTold
        return int(told[0])
    return value


def _text(value: Value) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
