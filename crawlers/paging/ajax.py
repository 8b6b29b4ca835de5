"""The request that a page's script makes for its rows: `$.ajax({url, type, data: {pageIndex, channel_id}})`.

Read as it stands in the script, with the values that can be told; nothing is run.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from attrs import frozen

from crawlers.items import NextPage
from crawlers.listing.document import Document
from crawlers.paging.declared import live_scripts
from crawlers.paging.expressions import LONGEST, NotTold, Value, evaluated, globals_of
from crawlers.paging.literals import assigned, block_at, pairs
from crawlers.paging.numbered import PARAMETERS
from crawlers.paging.windows import with_parameter

_CALL = re.compile(
    r"(?:\$|jQuery)\.(?P<how>ajax|post|get|getJSON)\s{0,9}(?=\()|\baxios(?:\.(?P<axios>get|post))?\s{0,9}(?=\()"
    r"|(?<![\w.])(?P<fetch>fetch)\s{0,9}(?=\()"
)
_ENCLOSING = re.compile(
    r"function\s{1,9}(?P<name>[\w$]{1,60})\s{0,9}\((?P<parameters>[^()]{0,200})\)\s{0,9}\{"
)
_NAME = re.compile(r"[A-Za-z_$][\w$]*")
_FROM_ADDRESS = re.compile(r"""(?:query|param|request|url)\w*\s*\(\s*['"](\w+)['"]\s*\)""", re.IGNORECASE)
_WRAPPED = re.compile(
    r"(?P<json>JSON\.stringify)\s*\(|new\s+URLSearchParams\s*\(|\$\.param\s*\(|Qs\.stringify\s*\("
)
_MOST_CALLS = 60
"""Calls of one page that are looked at."""
_WRAPS = 2
"""Functions around what is sent that are taken off."""


@frozen
class Request:
    """How the script asks for a page of rows."""

    url: str
    """Absolute, with what stands in its query."""
    method: str
    fields: Mapping[str, Value]
    """The body of a POST, the rest of the query of a GET; without the number of the page."""
    page: str
    """The name of the field, or parameter of the address, that carries the number of the page."""
    first: int
    """The number of the first page."""
    is_json: bool = False

    def asked(self, number: int, home: str) -> NextPage:
        """For the `number`-th page, from 1."""
        value = self.first + number - 1
        in_address = any(name == self.page for name, _ in parse_qsl(urlsplit(self.url).query, True))
        url = with_parameter(self.url, self.page, str(value)) if in_address else self.url
        fields = dict(self.fields) if in_address else {**self.fields, self.page: value}
        if self.method == "POST":
            body = json.dumps(fields, ensure_ascii=False) if self.is_json else urlencode(fields)
            return NextPage(url, "POST", body, referrer=home, expects="data")
        for name, told in fields.items():
            url = with_parameter(url, name, str(told))
        return NextPage(url, referrer=home, expects="data")


def request_of(document: Document) -> Request | None:
    """The first request of the page's scripts that names a page of something."""
    source = live_scripts(document)[:LONGEST]
    calls = islice(_CALL.finditer(source), _MOST_CALLS)
    return next((found for call in calls if (found := _read(document, source, call))), None)


def _read(document: Document, source: str, call: re.Match[str]) -> Request | None:
    arguments = list(_arguments(block_at(source, call.end())))
    settings = _settings(call, arguments, source)
    if settings is None:
        return None
    scope = _Scope.at(document, source, call.start())
    try:
        url = document.resolve(str(evaluated(settings["url"], scope.known, scope.bound)))
    except (NotTold, KeyError):
        return None
    if url is None or urlsplit(url).netloc.removeprefix("www.") != urlsplit(document.url).netloc.removeprefix(
        "www."
    ):
        return None
    fields, is_json = _fields(settings.get("data", ""), source, scope)
    told = {**dict(parse_qsl(urlsplit(url).query, True)), **fields}
    page = next((name for name in told if name.lower() in PARAMETERS), None)
    if page is None:
        return None
    first = str(told[page])
    rest = {name: value for name, value in fields.items() if name != page}
    number = 0 if first == "0" else 1
    return Request(url, settings["method"], rest, page, number, is_json)


def _settings(call: re.Match[str], arguments: list[str], source: str) -> dict[str, str] | None:
    """`url`, `data` as expressions, and `method`."""
    if not arguments:
        return None
    first, rest = arguments[0], arguments[1:]
    if first.startswith("{"):
        told = {name.lower(): value for name, value in _raw_pairs(first).items()}
        method = _bare(told.get("type") or told.get("method") or "GET").upper()
        return {
            "url": told.get("url", ""),
            "data": told.get("data") or told.get("params") or "",
            "method": method,
        }
    options = _raw_pairs(rest[0]) if rest and rest[0].startswith("{") else {}
    if call["fetch"] or call["axios"] == "get":
        data = options.get("body") or options.get("params") or ""
        method = _bare(options.get("method", "GET")).upper()
        return {"url": first, "data": data, "method": method}
    method = "POST" if call["how"] == "post" or call["axios"] == "post" else "GET"
    return {"url": first, "data": rest[0] if rest else "", "method": method}


def _bare(expression: str) -> str:
    return expression.strip().strip("'\"")


@frozen
class _Scope:
    """What names mean where a call stands."""

    document: Document
    known: Mapping[str, str]
    bound: Mapping[str, Value]
    """Parameters of the function around: the number of the first page, as the script calls it."""

    @classmethod
    def at(cls, document: Document, source: str, place: int) -> _Scope:
        known = globals_of(source)
        around = None
        for match in _ENCLOSING.finditer(source, 0, place):
            around = match
        if around is None:
            return cls(document, known, {})
        begun = re.search(
            rf"(?<!function )\b{re.escape(around['name'])}\s{{0,9}}\(\s{{0,9}}(\d{{1,2}})\b", source
        )
        number = int(begun[1]) if begun else 1
        return cls(document, known, dict.fromkeys(_NAME.findall(around["parameters"]), number))


def _fields(expression: str, source: str, scope: _Scope) -> tuple[dict[str, Value], bool]:
    """Names and values of what is sent, and whether it goes as JSON; what cannot be told is left out."""
    expression, is_json = expression.strip(), False
    for _ in range(_WRAPS):
        wrapped = _WRAPPED.match(expression)
        if wrapped:
            expression = next(_arguments(block_at(expression, wrapped.end() - 1)), "")
            is_json = is_json or bool(wrapped["json"])
    if _NAME.fullmatch(expression):
        expression = assigned(source, expression) or ""
    found: dict[str, Value] = {}
    for name, value in _raw_pairs(expression).items() if expression.startswith("{") else ():
        try:
            found[name] = evaluated(value, scope.known, scope.bound)
        except NotTold:
            if (told := _in_address(value, scope)) is not None:
                found[name] = told
            elif name.lower() in PARAMETERS:
                found[name] = 1
    return found, is_json


def _in_address(expression: str, scope: _Scope) -> str | None:
    """`getQueryString("id")`: what the address of the page says."""
    named = _FROM_ADDRESS.search(scope.known.get(expression.strip(), expression))
    query = dict(parse_qsl(urlsplit(scope.document.url).query))
    return query.get(named[1]) if named else None


def _raw_pairs(literal: str) -> dict[str, Any]:
    """Keys and the expressions behind them, strings with their quotes."""
    return pairs(literal, quoted=True)


def _arguments(call: str) -> Iterator[str]:
    """The arguments between the brackets of a call, commas inside them left alone."""
    depth, start, quote, place = 0, 1, "", 0
    while place < len(call):
        char = call[place]
        if quote:
            place += char == "\\"
            quote = "" if char == quote else quote
        elif char in "'\"`":
            quote = char
        elif char in "([{":
            depth += 1
        elif char in ")]}":
            depth -= 1
        if not quote and ((char == "," and depth == 1) or (depth == 0 and place)):
            if piece := call[start:place].strip():
                yield piece
            start = place + 1
        place += 1
