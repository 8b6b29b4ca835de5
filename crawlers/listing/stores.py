"""Data stores: rows that a page carries in a script, or an answer as XML, for a script to show."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from itertools import islice

from attrs import frozen

from crawlers.listing.answers import data_of, dig, whole
from crawlers.listing.document import Document

_STORE = re.compile(r"<datastore\b[^>]{0,200}>", re.IGNORECASE)
_STORE_END = re.compile(r"</datastore\s*>", re.IGNORECASE)
_RECORD = re.compile(r"<record\b[^>]{0,200}>", re.IGNORECASE)
_RECORD_END = re.compile(r"</record\s*>", re.IGNORECASE)
_ID = re.compile(r"""<\w+[^<>]{0,300}?\bid\s*=\s*['"]?([\w-]+)""")
_BUILT = re.compile(r"\$\{|\$\(|['\"]\s*\+\s*[\w$]")
"""What stands in code and not in rows: `${url}`, `$(this)`, `' + url`."""
_MOST = 12
"""Stores of a page that are looked at; a column has one, some pages a few more beside it."""
_HREF = re.compile(r"""href\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))""", re.IGNORECASE)
_ARRAY = re.compile(r"\bdataStore\s*:\s*([\w$]+)")
_STRING = re.compile(r"""'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)\"""", re.DOTALL)


@frozen
class Store:
    records: tuple[str, ...]
    """Markup of each row."""
    total: int | None = None
    """Records there are altogether, as the store declares."""
    pages: int | None = None
    next_group: str | None = None
    """The address of the following records, as it stands there."""
    unit: str | None = None
    """Id of the element that holds the store, by which the pager's settings call it."""


def stores(document: Document) -> tuple[Store, ...]:
    """Every data store of a page or an answer, also inside `callback({"result": "…"})` and in arrays."""
    text = document.text
    result = dig(data_of(document), "result")
    if isinstance(result, str) and result:
        text = result
    found = list(islice(_in_order(text), _MOST))
    if not found and (loose := _records(text)):
        found = [Store(loose)]
    return tuple(found or _arrays(text))


def _in_order(text: str) -> Iterator[Store]:
    place = 0
    while opening := _STORE.search(text, place):
        closing = _STORE_END.search(text, opening.end())
        place = closing.end() if closing else len(text)
        yield _read(text[opening.end() : place], _unit(text[max(0, opening.start() - 600) : opening.start()]))


def _read(body: str, unit: str | None) -> Store:
    head = _RECORD.split(body, maxsplit=1)[0]
    told = _tagged(head, "nextgroup") or _tagged(_RECORD_END.split(body)[-1], "nextgroup")
    href = _HREF.search(told or "")
    address = (href[1] or href[2] or href[3] or "").replace("&amp;", "&").strip() if href else None
    return Store(
        records=_records(body),
        total=whole(_tagged(head, "totalrecord")),
        pages=whole(_tagged(head, "totalpage")),
        next_group=address or None,
        unit=unit,
    )


def _records(text: str) -> tuple[str, ...]:
    """Markup of each record; a script that builds records, and its template for them, are none."""
    pieces = (_markup(_RECORD_END.split(piece, maxsplit=1)[0]) for piece in _RECORD.split(text)[1:])
    return tuple(piece for piece in pieces if not _BUILT.search(piece))


def _tagged(body: str, tag: str) -> str | None:
    opening = re.search(rf"<{tag}\b[^>]{{0,200}}>", body, re.IGNORECASE)
    if opening is None:
        return None
    closing = re.compile(rf"</{tag}\s*>", re.IGNORECASE).search(body, opening.end())
    return _markup(body[opening.end() : closing.start()]).strip() if closing else None


def _markup(content: str) -> str:
    """What stands in CDATA; without it markup is escaped, or stands as it is."""
    inside = [piece.partition("]]>")[0] for piece in content.split("<![CDATA[")[1:]]
    if inside:
        return "".join(inside)
    return html.unescape(content) if "&lt;" in content else content


def _unit(before: str) -> str | None:
    ids = _ID.findall(before)
    return ids[-1] if ids else None


def _arrays(text: str) -> list[Store]:
    """Older pagers: `var InitData1=['<tr>…','<tr>…']` and `dataStore:InitData1`."""
    found = []
    for name in _ARRAY.findall(text)[:_MOST]:
        array = re.search(rf"\b{re.escape(name)}\s*=\s*\[(.*?)\]\s*;", text, re.DOTALL)
        pieces = _STRING.findall(array[1]) if array else []
        records = tuple(re.sub(r"\\(.)", r"\1", one or other) for one, other in pieces)
        if any(records):
            pager = rf"#([\w-]+)['\"]\s*\)\s*\.jpage\s*\([^;]{0, 2000}?dataStore\s*:\s*{re.escape(name)}\b"
            unit = re.search(pager, text)
            found.append(Store(tuple(filter(None, records)), unit=unit[1] if unit else None))
    return found
