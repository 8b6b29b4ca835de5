"""Columns whose rows stand in a script: `var dataList=[{infolist:[{title,url,daytime}]}]`, `pagesData`.

Any list of objects with a title and an address is taken for rows, unless the page shows a list of its own
that a pager belongs to, or the same addresses as links.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from crawlers.catalogue.model import Recipe
from crawlers.families import trs
from crawlers.items import NextPage, Row
from crawlers.listing import Document, Mined, column_title, mine
from crawlers.listing.answers import whole
from crawlers.listing.belonging import own_share
from crawlers.listing.objects import ASIDE, FEWEST, LIST, TITLES, URLS, best_rows, items_of
from crawlers.listing.scriptdata import Assigned, script_data
from crawlers.paging.declared import live_scripts, page_shown, pages_shown
from crawlers.paging.hints import by_script
from crawlers.paging.numbered import by_query, by_suffix
from crawlers.paging.onward import onward
from crawlers.paging.step import Step

NAME = "inline_data"

_TOTALS = ("pagecount", "totalpage", "totalpages", "countpage", "pages", "maxpage", "pagetotal")
_HINT = re.compile(r"""['"{,\s](?:\w*title|bt|name)['"]?\s*:""", re.IGNORECASE)


def recognise(document: Document) -> bool:
    if not _HINT.search(document.text):
        return False
    name, found = _best(document)
    if len(found) < FEWEST:
        return False
    if _is_named_as_column(document):
        return True
    shown = {document.target(node) for node in document.nodes if node.tag == "a"}
    if sum(row.url in shown for row in found) > len(found) / 2:
        return False
    mined = mine(document)
    if not mined.rows or (own_share(found, document.url) >= 0.5 and not own_share(mined.rows, document.url)):
        return True
    return not mined.paged and (bool(LIST.search(name)) or len(found) > len(mined.rows))


def rows(document: Document, row_path: str | None) -> Mined:
    return Mined(_best(document)[1], sure=True)


def total(document: Document) -> int | None:
    for assigned in _assigned(document):
        for item in _objects(assigned.value):
            told = {key.lower(): value for key, value in item.items()}
            found = next((pages for key in _TOTALS if (pages := whole(told.get(key)))), None)
            if found:
                return found
    return pages_shown(document)


def current(document: Document) -> int | None:
    return page_shown(document)


def steps(document: Document, recipe: Recipe, number: int) -> tuple[Step, ...]:
    """The page behind this one among the addresses of `pagesData`; else as pages are usually numbered."""
    listed = _listed(document, number)
    if listed:
        return onward(document, number, Step(NextPage(listed)))
    if trs.recognise(document):
        return trs.steps(document, recipe, number)
    pages = total(document)
    if pages is None or pages <= number:
        return onward(document, number)
    guesses = [*by_query(document.url, number), *by_script(document, number)]
    guesses += by_suffix(document.url, number)
    proved = [step for step in guesses if recipe.offset is None or step.offset in (None, recipe.offset)]
    return onward(document, number, *proved)


def _assigned(document: Document) -> list[Assigned]:
    return [one for one in script_data(document, live_scripts(document)) if not ASIDE.search(one.name)]


def _best(document: Document) -> tuple[str, tuple[Row, ...]]:
    return best_rows(document, ((assigned.name, assigned.value) for assigned in _assigned(document)))


def _is_named_as_column(document: Document) -> bool:
    """The data say of themselves which column they are: `cateid` its folder, `catename` its title."""
    folder = urlsplit(document.url).path.rpartition("/")[0].rpartition("/")[2]
    names = {folder, column_title(document)} - {"", None}
    told = (
        str(item.get(key) or "")
        for assigned in _assigned(document)
        for item in _objects(assigned.value)
        for key in ("cateid", "catename")
    )
    return any(name in names for name in told)


def _objects(value: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(value, dict):
        yield value
    yield from (item for _, item in items_of(value, ""))


def _listed(document: Document, number: int) -> str | None:
    for assigned in _assigned(document):
        if not re.search(r"page", assigned.name, re.IGNORECASE) or not isinstance(assigned.value, list):
            continue
        told = [_address(document, item) for item in assigned.value]
        addresses = [url for url in told if url]
        if len(addresses) < 2 or len(addresses) < len(told):
            continue
        own = document.resolve(document.url)
        place = addresses.index(own) + 1 if own in addresses else number
        return addresses[place] if place < len(addresses) else None
    return None


def _address(document: Document, item: Any) -> str | None:
    """The address of a page of the list; rows, which have a title, are none."""
    if isinstance(item, str):
        return document.resolve(item) if re.search(r"[./]", item) else None
    if not isinstance(item, dict) or any(key.lower() in TITLES for key in item):
        return None
    told = {key.lower(): value for key, value in item.items()}
    return next((document.resolve(str(told[key])) for key in URLS if told.get(key)), None)
