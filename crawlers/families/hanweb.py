"""Hanweb JCMS (大汉版通): the rows stand inside a data store in a script, later groups behind dataproxy.jsp.

`<script type="text/xml"><datastore>…<record><![CDATA[<li>…</li>]]></record>`, then `.jpage({…})`. A server
honours `startrecord` and `endrecord`, or only `page`, which counts groups or pages, from 0 or 1, by GET or
by POST; what it does shows only when it is asked, and a lower number is asked first so that nothing falls
between.
"""

from __future__ import annotations

import re
from itertools import product
from typing import Any, Literal
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from attrs import frozen

from crawlers.catalogue.model import Recipe
from crawlers.items import NextPage
from crawlers.listing import Document, Mined, mine
from crawlers.listing.answers import whole
from crawlers.listing.belonging import is_article, is_home
from crawlers.listing.document import absolute
from crawlers.listing.records import read_records
from crawlers.listing.stores import Store, stores
from crawlers.paging.declared import live_scripts
from crawlers.paging.literals import assigned, objects_after, pairs
from crawlers.paging.step import Step, unique
from crawlers.paging.windows import MOST, Window, ended, window_of

NAME = "hanweb"

_PROXY = "/module/web/jpage/dataproxy.jsp"
_MARK = re.compile(r"<datastore\b|dataproxy\.jsp|\.jpage\s*\(", re.IGNORECASE)
_RIVALS = 2
"""Other stores with rows from which the front page of a site is no column."""
_METHODS: tuple[Literal["GET", "POST"], ...] = ("GET", "POST")


@frozen
class Setup:
    """One pager of a page, and the records that stand beside it."""

    store: Store
    per_page: int
    groups: int
    total: int | None
    proxy: str | None
    """Where the following groups are asked for, with the parameters that name the column."""

    @property
    def count(self) -> int:
        return len(self.store.records)


def recognise(document: Document) -> bool:
    return bool(_MARK.search(document.text)) and _setup(document) is not None and not is_article(document)


def rows(document: Document, row_path: str | None) -> Mined:
    setup = _setup(document)
    if setup is None:
        return mine(document, row_path)
    rivals = sum(len(store.records) > 2 for store in stores(document)) - 1 if is_home(document) else 0
    found = read_records(setup.store.records, document.base)
    return Mined(found, sure=rivals < _RIVALS, rivals=max(0, rivals))


def total(document: Document) -> int | None:
    setup = _setup(document)
    if setup is None:
        return None
    if setup.store.pages:
        return setup.store.pages
    return -(-setup.total // setup.per_page) if setup.total and setup.per_page else None


def current(document: Document) -> int | None:
    return None


def learn(document: Document, recipe: Recipe) -> dict[str, Any]:
    """The column's own address, for the links in later answers and as their referrer."""
    setup = _setup(document)
    if setup is None or window_of(document.url):
        return {}
    return {"home": document.url, **({"proxy": setup.proxy} if setup.proxy else {})}


def doors(document: Document, recipe: Recipe) -> tuple[NextPage, ...]:
    """A page whose store is left for its script to fill: the first group."""
    setup = _setup(document)
    if setup is None or setup.proxy is None or setup.count:
        return ()
    size = setup.per_page * setup.groups or 20
    first = Window(1, 1, size, min(setup.per_page or size, MOST))
    return tuple(_asked(setup.proxy, first, method, document.url) for method in _METHODS)


def steps(document: Document, recipe: Recipe, number: int) -> tuple[Step, ...]:
    setup = _setup(document)
    proxy = (setup.proxy if setup else None) or recipe.params.get("proxy")
    if setup is None or proxy is None or not setup.count:
        return ()
    home = recipe.params.get("home", document.url)
    asked = window_of(document.url)
    if asked is not None:
        if ended(setup.total, asked.start + setup.count - 1, setup.count, asked.size):
            return ()
        method = recipe.params.get("method", "GET")
        following = _asked(proxy, asked.following(setup.count), method, home)
        return (Step(following, recipe.offset, params={"method": method}),)
    if ended(setup.total, setup.count, setup.count, setup.per_page):
        return ()
    return _second(setup, proxy, recipe, home)


def _second(setup: Setup, proxy: str, recipe: Recipe, home: str) -> tuple[Step, ...]:
    """Page 2 in every way of counting and asking that is not ruled out yet."""
    numbers = [recipe.offset] if recipe.offset is not None else _numbers(setup)
    wished = recipe.params.get("method")
    found = []
    for method, page in product((wished,) if wished else _METHODS, numbers):
        per_page = min(setup.per_page or setup.count, MOST)
        single = page > 2 and setup.count == (page - 1) * per_page
        window = Window(page, setup.count + 1, per_page if single else setup.count, per_page)
        found.append(Step(_asked(proxy, window, method, home), page, params={"method": method}))
    return unique(found)


def _numbers(setup: Setup) -> list[int]:
    """What `page` may be for the records below the first ones, a gap never asked before its filling."""
    per_page = min(setup.per_page or setup.count, MOST)
    told = _number_of(setup.store.next_group)
    found = [told] if told in (0, 1) else [1] if told is None else []
    if setup.count < per_page * setup.groups and 1 not in found:
        found.append(1)
    found.append(2)
    if setup.count % per_page == 0:
        found.append(setup.count // per_page + 1)
    return list(dict.fromkeys([*found, *([told] if told is not None else [])]))


def _number_of(address: str | None) -> int | None:
    told = dict(parse_qsl(urlsplit(address or "").query)).get("page")
    return whole(told) if told else None


def _asked(proxy: str, window: Window, method: Literal["GET", "POST"], home: str) -> NextPage:
    url = window.into(proxy)
    if method == "GET":
        return NextPage(url, referrer=home, expects="data")
    parts = urlsplit(url)
    body = parts.query  # some servers read the parameters of a POST in its body, others in its address
    return NextPage(url, "POST", body, referrer=home, expects="data")


def _setup(document: Document) -> Setup | None:
    """The column's own pager where a page has several: of the column in the address, else the largest."""
    found = stores(document)
    if not found:
        return None
    source = live_scripts(document)
    column = re.search(r"/col/?(?:col)?(\d+)", document.url)
    wanted = f"columnid={column[1]}&" if column else None
    return max(
        (_joined(document, store, source) for store in found),
        key=lambda setup: (
            bool(wanted and wanted in f"{setup.proxy}&".lower()),
            setup.proxy is not None,
            setup.count,
        ),
    )


def _joined(document: Document, store: Store, source: str) -> Setup:
    """A data store with the settings of its pager, which call it by the id of the element around it."""
    settings = _settings(source, store.unit)
    ajax = settings.get("ajaxParam", "")
    ajax = ajax if ajax.startswith("{") else (assigned(source, ajax) or "" if ajax else "")
    proxy = _proxy(document, store, settings.get("proxyUrl"), pairs(ajax) if ajax else {})
    per_page = whole(settings.get("perPage")) or 0
    groups = whole(settings.get("groupSize")) or 1
    declared = store.total if store.total is not None else whole(settings.get("totalRecord"))
    return Setup(store, per_page, groups, declared, proxy)


def _settings(source: str, unit: str | None) -> dict[str, str]:
    every = [pairs(literal) for literal in objects_after(source, r"\.jpage\s*\(")]
    if unit:
        marker = rf"""\(\s*['"]#{re.escape(unit)}['"]\s*\)\s*\.jpage\s*\("""
        every = [pairs(literal) for literal in objects_after(source, marker)] + every
    return every[0] if every else {}


def _proxy(document: Document, store: Store, declared: str | None, ajax: dict[str, str]) -> str | None:
    """The address of the next group as the store has it, verbatim; else the pager's with its parameters."""
    script = absolute(document.url, declared or _PROXY) or ""
    if store.next_group:
        path, _, query = store.next_group.partition("?")
        bare = "/" not in path.removeprefix("./")
        if bare and not window_of(document.url):  # relative to the interface, not to the column
            return f"{script.partition('?')[0]}?{query}"
        return absolute(document.url, store.next_group)
    if not ajax:
        return script if urlsplit(script).query else None
    return f"{script}{'&' if '?' in script else '?'}{urlencode(ajax, quote_via=quote)}"
