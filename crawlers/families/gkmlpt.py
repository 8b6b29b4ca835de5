"""广东 gkmlpt (政府信息公开目录): the page is a frame, the column the part of its address behind `#`.

`window._CONFIG={SID:'…',TREE:[…]}`; `{base}/gkmlpt/api/all/{column}?page=N&sid=SID` gives up to a hundred
articles. Page 0 is page 1, the total is not always the number of articles, page 2 may be a 404.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from crawlers.catalogue.model import Recipe
from crawlers.items import NextPage
from crawlers.listing import Document, Mined
from crawlers.listing.answers import data_of, dig, rows_of, whole
from crawlers.paging.declared import live_scripts
from crawlers.paging.step import Step
from crawlers.paging.windows import ended, with_parameter

NAME = "gkmlpt"

_CONFIG = re.compile(r"\b_CONFIG\s*=\s*\{")
_SID = re.compile(r"""\bSID['"]?\s*:\s*['"]?(\w+)""")
_TREE = re.compile(r"""\bTREE['"]?\s*:\s*\[""")
_ARTICLE = re.compile(r"""\bDETAIL['"]?\s*:\s*\{""")
_BASE = re.compile(r"(.*?/gkmlpt)(?:/|$)")
_COLUMN = re.compile(r"[#/]*(?:cat(?:egory)?[=/]|col(?:umn)?[=/])?(\d+)")
_EVERYTHING = "0"
"""The column that holds all others."""
_FULL = 100
"""Articles that the interface gives at most."""


def recognise(document: Document) -> bool:
    source = live_scripts(document)
    known = "/gkmlpt" in document.url or "gkmlpt" in document.text
    framed = _CONFIG.search(source) and _SID.search(source) and _TREE.search(source)
    return bool(known and framed and not _ARTICLE.search(source))


def rows(document: Document, row_path: str | None) -> Mined:
    articles = dig(data_of(document), "articles")
    days = ("create_time", "display_publish_time", "publish_time", "first_publish_time", "created_at", "date")
    return Mined(rows_of(document, articles, ("title",), ("url", "post_url"), days), sure=True)


def total(document: Document) -> int | None:
    known = whole(dig(data_of(document), "total"))
    return -(-known // _FULL) if known else None


def current(document: Document) -> int | None:
    return None


def learn(document: Document, recipe: Recipe) -> dict[str, Any]:
    found = _SID.search(live_scripts(document))
    if found is None or data_of(document) is not None:
        return {}
    return {"home": document.url, "sid": found[1]}


def doors(document: Document, recipe: Recipe) -> tuple[NextPage, ...]:
    base = _BASE.match(document.url.partition("?")[0])
    sid = recipe.params.get("sid")
    if data_of(document) is not None or not base or not sid:
        return ()
    return tuple(
        NextPage(f"{base[1]}/api/all/{column}?page=1&sid={sid}", referrer=document.url, expects="data")
        for column in _columns(document)
    )


def steps(document: Document, recipe: Recipe, number: int) -> tuple[Step, ...]:
    data = data_of(document)
    came = len(dig(data, "articles") or ())
    told = whole(dict(parse_qsl(urlsplit(document.url).query)).get("page"))
    page = told if told else number
    known, offset = whole(dig(data, "total")), whole(dig(data, "offset"))
    last = (offset if offset is not None else (page - 1) * _FULL) + came
    if ended(known, last, came, _FULL):
        return ()
    url = with_parameter(document.url, "page", str(page + 1))
    return (Step(NextPage(url, referrer=recipe.params.get("home"), expects="data")),)


def _columns(document: Document) -> list[str]:
    """The column that the address names; else everything, else the first of the tree."""
    named = _COLUMN.fullmatch(document.fragment)
    if named:
        return [named[1]]
    first = re.search(r"""\bTREE['"]?\s*:\s*\[\s*\{[^{}\[\]]*?\bid['"]?\s*:\s*['"]?(\d+)""", document.text)
    return list(dict.fromkeys([_EVERYTHING, *([first[1]] if first else [])]))
