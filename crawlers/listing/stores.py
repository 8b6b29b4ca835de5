"""Data stores: rows that a page carries in a script, or an answer as XML, for a script to show."""

from __future__ import annotations

import html
import re

from attrs import frozen

from crawlers.listing.answers import data_of, dig, whole
from crawlers.listing.document import Document

_STORE = re.compile(r"<datastore\b[^>]*>(.*?)(?:</datastore>|\Z)", re.DOTALL | re.IGNORECASE)
_RECORD = re.compile(r"<record\b[^>]*>(.*?)</record>", re.DOTALL | re.IGNORECASE)
_CDATA = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
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
    found = [_read(match[1], _unit(text[: match.start()])) for match in _STORE.finditer(text)]
    if not found and (loose := _RECORD.findall(text)):
        found = [Store(tuple(map(_markup, loose)))]
    return tuple(found or _arrays(text))


def _read(body: str, unit: str | None) -> Store:
    following = _tagged(body, "nextgroup")
    href = _HREF.search(following or "")
    address = (href[1] or href[2] or href[3] or "").replace("&amp;", "&").strip() if href else None
    return Store(
        records=tuple(map(_markup, _RECORD.findall(body))),
        total=whole(_tagged(body, "totalrecord")),
        pages=whole(_tagged(body, "totalpage")),
        next_group=address or None,
        unit=unit,
    )


def _tagged(body: str, tag: str) -> str | None:
    found = re.search(rf"<{tag}\b[^>]*>(.*?)</{tag}>", body, re.DOTALL | re.IGNORECASE)
    return _markup(found[1]).strip() if found else None


def _markup(content: str) -> str:
    """What stands in CDATA; without it markup is escaped, or stands as it is."""
    inside = _CDATA.findall(content)
    if inside:
        return "".join(inside)
    return html.unescape(content) if "&lt;" in content else content


def _unit(before: str) -> str | None:
    ids = re.findall(r"""<\w+[^<>]*\bid\s*=\s*['"]?([\w-]+)[^<>]*>""", before[-600:])
    return ids[-1] if ids else None


def _arrays(text: str) -> list[Store]:
    """Older pagers: `var InitData1=['<tr>…','<tr>…']` and `dataStore:InitData1`."""
    found = []
    for name in _ARRAY.findall(text):
        array = re.search(rf"\b{re.escape(name)}\s*=\s*\[(.*?)\]\s*;", text, re.DOTALL)
        pieces = _STRING.findall(array[1]) if array else []
        records = tuple(re.sub(r"\\(.)", r"\1", one or other) for one, other in pieces)
        if any(records):
            pager = rf"#([\w-]+)['\"]\s*\)\s*\.jpage\s*\([^;]*?dataStore\s*:\s*{re.escape(name)}\b"
            unit = re.search(pager, text)
            found.append(Store(tuple(filter(None, records)), unit=unit[1] if unit else None))
    return found
