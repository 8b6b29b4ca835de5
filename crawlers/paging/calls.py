"""What the script of a pager would do: `goPage(2)` followed into `location.href = "list_" + n + ".html"`.

Nothing is run: of a function only what it assigns to an address is looked at, and of that only what is put
together of strings, numbers and its parameter.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from attrs import define, field, frozen

from crawlers.paging.literals import block_at

Value = str | int | float | bool

_FUNCTION = re.compile(
    r"\bfunction\s{1,9}(?P<name>[\w$]{1,60})\s{0,9}\((?P<parameters>[^()]{0,200})\)\s{0,9}(?=\{)"
    r"|(?<![\w$.])(?P<assigned>[\w$.]{1,60})\s{0,9}[=:]\s{0,9}function\s{0,9}\((?P<parameters2>[^()]{0,200})\)\s{0,9}(?=\{)"
)
_CALL = re.compile(
    r"(?:javascript:)?\s*(?:return\s+)?(?P<name>[\w$.]{1,60})\s*\(\s*(?P<arguments>[^()]{0,200})\)"
)
_ASSIGNED = re.compile(
    r"(?P<target>(?:\b[\w$]{1,30}\.)?(?:\blocation(?:\.href)?|\b(?:action|src)))\s{0,9}=(?!=)\s{0,9}(?P<value>[^;\n}]{1,400})"
    r"|(?:\blocation\.(?:replace|assign)|window\.open)\s{0,9}\((?P<opened>[^;\n}]{1,400})\)"
)
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
_LONGEST = 60_000
"""Characters of scripts that are looked at; pagers are small."""


class _NotTold(Exception):
    """The expression depends on what only a browser knows."""


@frozen
class Function:
    name: str
    parameters: tuple[str, ...]
    body: str


def functions(source: str) -> Iterator[Function]:
    """The functions of a script whose bodies set an address."""
    for match in _FUNCTION.finditer(source[:_LONGEST]):
        body = block_at(source, match.end())
        name = (match["name"] or match["assigned"]).rpartition(".")[2]
        listed = match["parameters"] if match["name"] else match["parameters2"]
        if body and _ASSIGNED.search(body):
            yield Function(name, tuple(one.strip() for one in (listed or "").split(",") if one.strip()), body)


def address_of_call(source: str, script: str) -> str | None:
    """Where the call in an `href` or `onclick` leads; relative, as the script puts it together."""
    call = _CALL.match(script.strip())
    if call is None:
        return None
    name, known = call["name"].rpartition(".")[2], globals_of(source)
    try:
        arguments = [_evaluated(one, known) for one in _listed(call["arguments"])]
    except _NotTold:
        return None
    for function in functions(source):
        if function.name == name:
            return _address(function, dict(zip(function.parameters, arguments, strict=False)), known)
    return None


def addresses_of_pages(source: str, number: int) -> list[tuple[str, str]]:
    """Where functions of one parameter lead for this page and for the following one, if not to the same."""
    known = globals_of(source)
    found = []
    for function in functions(source):
        if len(function.parameters) == 1:
            (name,) = function.parameters
            here, there = (_address(function, {name: page}, known) for page in (number, number + 1))
            if there and here and there != here:
                found.append((here, there))
    return list(dict.fromkeys(found))


def globals_of(source: str) -> dict[str, str]:
    """Names and the expressions that a script gives them first, unevaluated."""
    found: dict[str, str] = {}
    for match in _LOCAL.finditer(source[:_LONGEST]):
        found.setdefault(match["name"], match["value"])
    return found


def _address(function: Function, bound: Mapping[str, Value], known: Mapping[str, str]) -> str | None:
    """The last address that a body sets and that can be told."""
    local = {**known, **globals_of(function.body)}
    set_before: dict[str, Value] = {}
    found = None
    for match in _ASSIGNED.finditer(function.body):
        try:
            value = _evaluated(match["value"] or match["opened"], local, {**bound, **set_before})
        except _NotTold:
            continue
        if isinstance(value, str) and value.strip():
            found = value.strip()
            set_before[match["target"] or ""] = found
    return found


def _listed(arguments: str) -> list[str]:
    return [one for one in (part.strip() for part in arguments.split(",")) if one]


def _evaluated(text: str, known: Mapping[str, str], bound: Mapping[str, Value] | None = None) -> Value:
    """The value of an expression; raises `_NotTold`."""
    return _Reader(text, known, bound or {}).value()


@define
class _Reader:
    """An expression of JavaScript, as far as pagers need it: strings, numbers, `+ - *`, `==`, `? :`."""

    text: str
    known: Mapping[str, str]
    bound: Mapping[str, Value]
    steps: Counter[str] = field(factory=Counter)
    """Shared with the readers of what the expression names."""
    place: int = 0

    def value(self) -> Value:
        value = self._compared()
        if not self._takes("?"):
            return value
        chosen = self.value()
        if not self._takes(":"):
            raise _NotTold
        other = self.value()
        return chosen if value else other

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
        raise _NotTold

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
            raise _NotTold
        if name in self.bound:
            return self.bound[name]
        expression = self.known.get(name)
        if expression is None:
            raise _NotTold
        return _Reader(expression, self.known, self.bound, self.steps).value()

    def _closes(self) -> None:
        if not self._takes(")"):
            raise _NotTold

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
            raise _NotTold
        self.place = token.end()
        return token


def _number(value: Value) -> int | float:
    if isinstance(value, str):
        told = re.match(r"\s*-?\d+", value)
        if told is None:
            raise _NotTold
        return int(told[0])
    return value


def _text(value: Value) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
