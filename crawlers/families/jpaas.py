"""Hanweb JPaaS: a column is a "unit" of its page, which the gateway builds anew for every page of it.

`queryData` and `unitUrl` stand as attributes on the pager (or on the script that fills the unit); the
number of the page counts only inside `paramJson`, and the answer is markup within JSON.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from attrs import evolve, field, frozen
from lxml.html import HtmlElement

from crawlers.catalogue.model import Recipe
from crawlers.items import NextPage, Row
from crawlers.listing import Document, Mined, mine
from crawlers.listing.answers import data_of, dig, whole
from crawlers.listing.belonging import belongs, is_article, is_home
from crawlers.listing.records import fragment, part, read_records, row_markup
from crawlers.paging.literals import pairs
from crawlers.paging.step import Step
from crawlers.paging.windows import ended, with_parameter

NAME = "jpaas"

_GATEWAY = "/api-gateway/jpaas-publish-server/front/page/build/unit"
_BUILDER = re.compile(r"/front/page/build/unit\b")
_NAMES = ("webId", "pageId", "parseType", "pageType", "tagId", "tplSetId")
_LOOSE = re.compile(r"""\b(webId|pageId|parseType|pageType|tagId|tplSetId)['"]?\s*[:=]\s*['"]([^'"]+)['"]""")
_LIST = re.compile(r"当前栏目|列表|分页|信息|内容|list|page", re.IGNORECASE)
_RIVALS = 2
"""Units beside another from which the front page of a site is no column."""
_DEFAULTS = {"parseType": "bulidstatic", "pageType": "column"}


@frozen
class Unit:
    """One list of a page."""

    url: str
    query: Mapping[str, str]
    rows: int | None = None
    """Rows on a page."""
    count: int | None = None
    """Rows altogether, as declared."""
    page: int | None = None
    pager: bool = False
    """It was found on a pager: the unit is the list of a column and no box beside it."""
    element: HtmlElement | None = field(default=None, eq=False, repr=False)

    @property
    def rank(self) -> tuple[bool, bool]:
        return self.pager, bool(_LIST.search(self.query.get("tagId", "")))


def recognise(document: Document) -> bool:
    return bool(_units(document)) and not is_article(document)


def rows(document: Document, row_path: str | None) -> Mined:
    shown = _shown(document)
    if shown is None:
        return Mined(sure=True)
    unit = next(iter(_units(shown)), None)
    holder = _holder(shown, unit)
    found = _read(part(shown, holder)) if holder is not None else ()
    if shown is document and is_home(document) and len(_units(document)) > _RIVALS:
        return evolve(mine(document, row_path), paged=False, rivals=len(_units(document)) - 1)
    if found or shown is not document:
        return Mined(found or _read(shown), sure=True)
    if unit is None or _named(
        shown, unit
    ):  # the place is there and empty: what else looks like a list is none
        return Mined()
    mined = mine(document, row_path)
    return mined if belongs(mined, document.url) else Mined()


def total(document: Document) -> int | None:
    unit = _main(document)
    return -(-unit.count // unit.rows) if unit and unit.count and unit.rows else None


def current(document: Document) -> int | None:
    unit = _main(document)
    return unit.page if unit else None


def learn(document: Document, recipe: Recipe) -> dict[str, Any]:
    unit = _main(document)
    if unit is None:
        return {}
    told = {"unit": unit.url, "query": dict(unit.query), "rows": unit.rows, "count": unit.count}
    home = {} if data_of(document) is not None else {"home": document.url}
    return {**home, **{name: value for name, value in told.items() if value is not None}}


def doors(document: Document, recipe: Recipe) -> tuple[NextPage, ...]:
    if data_of(document) is not None:
        return ()
    return tuple(NextPage(_asked(unit), referrer=document.url, expects="data") for unit in _units(document))


def steps(document: Document, recipe: Recipe, number: int) -> tuple[Step, ...]:
    params = recipe.params
    if "unit" not in params:
        return ()
    came = len(rows(document, recipe.row_path).rows)
    size, known = params.get("rows") or came, params.get("count")
    if ended(known, (number - 1) * size + came, came, size):
        return ()
    unit = Unit(params["unit"], params["query"])
    url = _asked(unit, number + 1, size)
    return (Step(NextPage(url, referrer=params.get("home", document.url), expects="data")),)


def _asked(unit: Unit, number: int | None = None, size: int | None = None) -> str:
    url = unit.url
    for name, value in unit.query.items():
        url = with_parameter(url, name, value)
    if number is None:
        return url
    wish = json.dumps({"pageNo": number, "pageSize": size}, separators=(",", ":"))
    return with_parameter(url, "paramJson", wish)


def _main(document: Document) -> Unit | None:
    shown = _shown(document)
    return next(iter(_units(shown)), None) if shown is not None else None


def _shown(document: Document) -> Document | None:
    """The page, or the page inside an answer; None where an answer holds none."""
    data = data_of(document)
    if data is None:
        return document
    markup = dig(data, "data", "html") or dig(data, "data") or dig(data, "html")
    return fragment(markup, document.base) if isinstance(markup, str) else None


def _units(document: Document) -> list[Unit]:
    """The units of a page, the likeliest to be its list first."""
    found: list[Unit] = []
    for node in document.nodes:
        if node.get("querydata"):
            unit = _unit(document, node)
            if unit and not any(known.query == unit.query and known.rank >= unit.rank for known in found):
                found = [known for known in found if known.query != unit.query] + [unit]
    if not found and _BUILDER.search(document.text):
        loose = {**_DEFAULTS, **dict(_LOOSE.findall(document.text))}
        url = document.resolve(_GATEWAY)
        found = [Unit(url, loose)] if url and {"webId", "pageId", "tplSetId"} <= loose.keys() else []
    return sorted(found, key=lambda unit: unit.rank, reverse=True)


def _unit(document: Document, node: HtmlElement) -> Unit | None:
    query = _query(node.get("querydata") or "")
    address = node.get("uniturl") or node.get("url") or ""
    url = document.resolve(address if _BUILDER.search(address) else _GATEWAY)
    if url is None or not {"webId", "pageId"} <= query.keys():
        return None
    return Unit(
        url=url,
        query=query,
        rows=whole(node.get("rows")) or None,
        count=whole(node.get("count")),
        page=whole(node.get("pageno")) or None,
        pager="pagination" in (node.get("class") or "") or node.get("count") is not None,
        element=node,
    )


def _query(text: str) -> dict[str, str]:
    """`{'webId':'1',…}` or `{"webId":"1",…}`."""
    told = pairs(text.strip())
    return {name: told[name] for name in _NAMES if told.get(name)} | {
        name: value for name, value in told.items() if name not in _NAMES and value not in ("", "null")
    }


def _named(document: Document, unit: Unit) -> list[HtmlElement]:
    tag = unit.query.get("tagId")
    return [node for node in document.nodes if tag and node.get("id") == tag]


def _holder(document: Document, unit: Unit | None) -> HtmlElement | None:
    """The element that the unit fills: it is called by the unit's tag, or holds its pager."""
    named = _named(document, unit) if unit else []
    pager = unit.element if unit else None
    around = pager.iterancestors("div", "section", "td") if pager is not None else ()
    for holder in (*named, *around):
        if holder.tag != "script" and any(node.get("href") for node in holder.iter("a")):
            content = holder.find_class("page-content")
            return content[0] if content else holder
    return None


def _read(document: Document) -> tuple[Row, ...]:
    """The rows of a unit: by their looks, or everything that usually is a row where that is more."""
    return max(mine(document).rows, read_records(row_markup(document), document.base), key=len)
