"""TrueCMS (南通 and its kin): the pager of Hanweb over getMessage.do, which answers JSONP with a data store.

Every site has a largest `perpage` of its own (50 here, 20 or 10 there); beyond it the answer is empty or
404. What the page itself asks for is tried first.
"""

from __future__ import annotations

import re
from typing import Any

from attrs import frozen
from lxml.html import HtmlElement

from crawlers.catalogue.model import Recipe
from crawlers.items import NextPage
from crawlers.listing import Document, Mined
from crawlers.listing.answers import data_of, dig, whole
from crawlers.listing.belonging import is_article
from crawlers.listing.document import absolute
from crawlers.listing.records import fragment, part, read_records, row_markup
from crawlers.listing.stores import stores
from crawlers.paging.declared import live_scripts
from crawlers.paging.literals import assigned, objects_after, pairs
from crawlers.paging.step import Step, unique
from crawlers.paging.windows import Window, ended, window_of, with_parameter

NAME = "truecms"

_PROXY = re.compile(r"""['"]([^'"\s]*messageController/getMessage\.do[^'"\s]*)['"]""")
_COLUMN = re.compile(r"""\bcolumnId\b['"]?\s*[:=]\s*['"]([\w-]+)['"]""", re.IGNORECASE)
_SIZES = (20, 10, 50)


@frozen
class Setup:
    proxy: str
    """The interface with the parameters that name the column."""
    per_page: int
    total: int | None


def recognise(document: Document) -> bool:
    return _setup(document) is not None and not is_article(document)


def rows(document: Document, row_path: str | None) -> Mined:
    return Mined(read_records(_records(document), document.base), sure=True)


def total(document: Document) -> int | None:
    setup = _setup(document)
    known = setup.total if setup else None
    return -(-known // setup.per_page) if setup and known and setup.per_page else None


def current(document: Document) -> int | None:
    return None


def learn(document: Document, recipe: Recipe) -> dict[str, Any]:
    setup = None if window_of(document.url) else _setup(document)
    if setup is None:
        return {}
    known = {} if setup.total is None else {"total": setup.total}
    return {"home": document.url, "proxy": setup.proxy, **known}


def doors(document: Document, recipe: Recipe) -> tuple[NextPage, ...]:
    setup = None if window_of(document.url) else _setup(document)
    if setup is None:
        return ()
    return tuple(_asked(setup.proxy, Window(1, 1, size, size), document.url) for size in _sizes(setup))


def steps(document: Document, recipe: Recipe, number: int) -> tuple[Step, ...]:
    proxy = recipe.params.get("proxy")
    came = len(_records(document))
    if not proxy or not came:
        return ()
    home = recipe.params.get("home", document.url)
    asked = window_of(document.url)
    known = recipe.params.get("total")
    if asked is not None:
        if ended(known, asked.start + came - 1, came, asked.size):
            return ()
        return (Step(_asked(proxy, asked.following(came), home), recipe.offset, params={"size": asked.size}),)
    setup = _setup(document)
    if setup is None or known == came:
        return ()
    wished = recipe.params.get("size")
    sizes = [wished] if wished else _sizes(setup)
    return unique(
        [
            Step(
                _asked(proxy, Window(1 + -(-came // size), came + 1, size, size), home), params={"size": size}
            )
            for size in sizes
        ]
    )


def _sizes(setup: Setup) -> list[int]:
    return list(dict.fromkeys([*([setup.per_page] if 0 < setup.per_page <= 50 else []), *_SIZES]))


def _asked(proxy: str, window: Window, home: str) -> NextPage:
    url = with_parameter(window.into(proxy), "callback", "callback")
    return NextPage(url, referrer=home, expects="data")


def _setup(document: Document) -> Setup | None:
    source = live_scripts(document)
    found = _PROXY.search(source)
    proxy = absolute(document.url, found[1]) if found else None
    if proxy is None:
        return None
    settings = next((pairs(literal) for literal in objects_after(source, r"\.jpage\s*\(")), {})
    ajax = settings.get("ajaxParam", "")
    ajax = ajax if ajax.startswith("{") else (assigned(source, ajax) or "" if ajax else "")
    told = pairs(ajax) if ajax else {}
    if not any(name.lower() == "columnid" for name in told):
        column = _COLUMN.search(source)
        told |= {"columnId": column[1]} if column else {}
    for name, value in told.items():
        proxy = with_parameter(proxy, name, value)
    known = whole(settings.get("totalRecord"))
    return Setup(proxy, whole(settings.get("perPage")) or 0, known) if told else None


def _records(document: Document) -> list[str]:
    """Markup of each row: in a data store, in markup inside an answer, in the element `initData`."""
    result = dig(data_of(document), "result")
    found = [record for store in stores(document) for record in store.records]
    if found:
        return found
    if isinstance(result, str):
        inner = fragment(result, document.base)
        return list(row_markup(inner)) if inner else []
    holder = next((node for node in document.nodes if (node.get("id") or "").lower() == "initdata"), None)
    return _inside(document, holder) if holder is not None else []


def _inside(document: Document, holder: HtmlElement) -> list[str]:
    """Rows in `#initData`: as elements, or as text that the page's script takes for markup."""
    inner = fragment(holder.text, document.base) if "<" in (holder.text or "") else part(document, holder)
    return list(row_markup(inner)) if inner else []
