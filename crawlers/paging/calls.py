"""What the script of a pager would do: `goPage(2)` followed into `location.href = "list_" + n + ".html"`.

Nothing is run: of a function only what it assigns to an address is looked at, and of that only what is put
together of strings, numbers and its parameter.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from itertools import islice

from attrs import frozen

from crawlers.paging.expressions import LONGEST, NotTold, Value, evaluated, globals_of
from crawlers.paging.literals import block_at

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
_MOST_FUNCTIONS = 200
"""Functions of one page that are looked at."""


@frozen
class Function:
    name: str
    parameters: tuple[str, ...]
    body: str


@lru_cache(maxsize=8)  # asked for every link of a page
def functions(source: str) -> tuple[Function, ...]:
    """The functions of a script whose bodies set an address."""
    found = []
    for match in islice(_FUNCTION.finditer(source[:LONGEST]), _MOST_FUNCTIONS):
        body = block_at(source, match.end())
        name = (match["name"] or match["assigned"]).rpartition(".")[2]
        listed = match["parameters"] if match["name"] else match["parameters2"]
        if body and _ASSIGNED.search(body):
            parameters = tuple(one.strip() for one in (listed or "").split(",") if one.strip())
            found.append(Function(name, parameters, body))
    return tuple(found)


def address_of_call(source: str, script: str) -> str | None:
    """Where the call in an `href` or `onclick` leads; relative, as the script puts it together."""
    call = _CALL.match(script.strip())
    if call is None:
        return None
    name, known = call["name"].rpartition(".")[2], globals_of(source)
    try:
        arguments = [evaluated(one, known) for one in _listed(call["arguments"])]
    except NotTold:
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


def _address(function: Function, bound: Mapping[str, Value], known: Mapping[str, str]) -> str | None:
    """The last address that a body sets and that can be told."""
    local = {**known, **globals_of(function.body)}
    set_before: dict[str, Value] = {}
    found = None
    for match in _ASSIGNED.finditer(function.body):
        try:
            value = evaluated(match["value"] or match["opened"], local, {**bound, **set_before})
        except NotTold:
            continue
        if isinstance(value, str) and value.strip():
            found = value.strip()
            set_before[match["target"] or ""] = found
    return found


def _listed(arguments: str) -> list[str]:
    return [one for one in (part.strip() for part in arguments.split(",")) if one]
