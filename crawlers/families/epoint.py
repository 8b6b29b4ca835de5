"""新点 Epoint WebBuilder: static pages, or a frame whose list comes from `getgovinfolist` by POST of JSON.

Which interface and which site it is to be asked for stands in a script of the site (`siteInfo` in
webBuilderCommon.js). Some count `pageIndex` from 0, some from 1: 0 is asked for first, so that the newest
rows are never passed over.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urljoin, urlsplit

from crawlers.catalogue.model import Recipe
from crawlers.items import NextPage
from crawlers.listing import Document, Mined, mine
from crawlers.listing.answers import data_of, dig, rows_of, whole
from crawlers.listing.belonging import belongs
from crawlers.paging.anchors import following
from crawlers.paging.declared import live_scripts, page_shown, pages_shown
from crawlers.paging.literals import assigned, pairs
from crawlers.paging.numbered import numbered
from crawlers.paging.step import Step, unique
from crawlers.paging.windows import ended

NAME = "epoint"

_SCRIPT = re.compile(r"webBuilderCommon(?:\.min)?\.js|ajaxReq(?:\.min)?\.js", re.IGNORECASE)
_MARK = re.compile(
    r"webBuilderCommon(?:\.min)?\.js|epoint-httpserver|/rest/lightfrontaction/|\bEWB-FRONT\b|EpointWebBuilder",
    re.IGNORECASE,
)
_FRAME = re.compile(r"govInfoPub\.html|/openlist\.html", re.IGNORECASE)
_CALLS = re.compile(r"lightfrontaction/getgovinfolist", re.IGNORECASE)
_CATEGORY = re.compile(r"""\bcategorynum\b['"]?\s*[:=]\s*['"](\d{3,})['"]""", re.IGNORECASE)
_FILE = re.compile(r"/(?:\w*page|about|list|index|\d+)\.html?$", re.IGNORECASE)
_SIZE = 20
_ACTION = "/rest/lightfrontaction/getgovinfolist"


def recognise(document: Document) -> bool:
    return bool(_MARK.search(document.text)) or (
        bool(_FRAME.search(urlsplit(document.url).path)) and "ewb-" in document.text
    )


def rows(document: Document, row_path: str | None) -> Mined:
    data = data_of(document)
    if data is not None:
        items = dig(data, "custom", "data") or dig(data, "data") or dig(data, "custom", "infodata")
        urls = ("infourl", "infoUrl", "url", "linkurl", "href")
        days = ("infodate", "infoDate", "webdate", "date", "publishdate")
        return Mined(rows_of(document, items, ("realtitle", "title", "infotitle"), urls, days), sure=True)
    if _is_script(document):
        return Mined(sure=True)
    mined = mine(document, row_path)
    if _framed(document) and not belongs(mined, document.url):
        return Mined()
    return mined


def total(document: Document) -> int | None:
    known = _count(document)
    return -(-known // _SIZE) if known else pages_shown(document)


def current(document: Document) -> int | None:
    return page_shown(document) if data_of(document) is None else None


def learn(document: Document, recipe: Recipe) -> dict[str, Any]:
    if data_of(document) is not None:
        return {}
    found: dict[str, Any] = dict(_site(document))
    if not _is_script(document):
        told = {name.lower(): value for name, value in parse_qsl(urlsplit(document.url).query)}
        literal = _CATEGORY.search(live_scripts(document))
        category = told.get("categorynum") or (literal[1] if literal else "")
        found |= {"home": document.url, "category": category, "department": told.get("deptcode", "")}
    return found


def doors(document: Document, recipe: Recipe) -> tuple[NextPage, ...]:
    """First the script that names the site, then the interface."""
    params = recipe.params
    if data_of(document) is not None or not params.get("category"):
        return ()
    if params.get("site"):
        asked = [
            _asked({**params, "wrapped": wrapped}, first) for wrapped in (False, True) for first in (0, 1)
        ]
        return tuple(asked)
    scripts = [document.resolve(node.get("src")) for node in document.nodes if node.tag == "script"]
    named = [url for url in scripts if url and _SCRIPT.search(url)]
    usual = document.resolve("/js/webBuilderCommon.js")
    urls = dict.fromkeys([*named, *([usual] if usual else [])])
    return tuple(NextPage(url, referrer=document.url, expects="data") for url in urls)


def steps(document: Document, recipe: Recipe, number: int) -> tuple[Step, ...]:
    params = recipe.params
    data = data_of(document)
    if data is None:
        return _static(document, number)
    came = len(rows(document, None).rows)
    known = _count(document)
    if not params.get("site") or ended(known, (number - 1) * _SIZE + came, came, _SIZE):
        return ()
    entry = params.get("entry") or {}
    wrapped = params.get("wrapped", '"params"' in (entry.get("body") or ""))
    shapes = [wrapped] if "wrapped" in params or entry else [False, True]
    offsets = [recipe.offset] if recipe.offset is not None else [1, 2]
    return tuple(
        Step(_asked({**params, "wrapped": shape}, offset + number - 1), offset, params={"wrapped": shape})
        for shape in shapes
        for offset in offsets
    )


def _static(document: Document, number: int) -> tuple[Step, ...]:
    """`subPage.html`, then `2.html` beside it."""
    linked = following(document, number)
    found = [Step(NextPage(linked))] if linked else []
    declared = pages_shown(document)
    path = document.url.partition("?")[0]
    if (declared is None or declared > number) and _FILE.search(path) and not _framed(document):
        found.append(numbered(f"{path.rpartition('/')[0]}/{{n}}.html", 2, number))
    return unique(found if declared is not None or linked else [])


def _is_script(document: Document) -> bool:
    """The answer is the script that names the site."""
    return not document.text.lstrip().startswith("<")


def _framed(document: Document) -> bool:
    """The list of this page comes from the interface."""
    address = urlsplit(document.url)
    named = _FRAME.search(address.path) or "categorynum=" in address.query.lower()
    return bool(named or _CALLS.search(live_scripts(document)))


def _asked(params: Mapping[str, Any], index: int) -> NextPage:
    wish: dict[str, Any] = {
        "deptcode": params.get("department", ""),
        "categorynum": params["category"],
        "pageIndex": index,
        "pageSize": _SIZE,
        "siteGuid": params["site"],
    }
    body = {"token": "", "params": wish} if params.get("wrapped") else wish
    url = urljoin(params["home"], f"/{params.get('project', 'EWB-FRONT').strip('/')}{_ACTION}")
    return NextPage(
        url, "POST", json.dumps(body, ensure_ascii=False), referrer=params["home"], expects="data"
    )


def _site(document: Document) -> dict[str, str]:
    """What a script says of the site: its id, and the application that answers for it."""
    source = live_scripts(document) or document.text
    literal = assigned(source, "siteInfo")
    told = pairs(literal) if literal else {}
    site = told.get("siteGuid")
    if site is None:
        found = re.search(r"""['"]?siteGuid['"]?\s*[:=]\s*['"]([\w-]{16,})['"]""", source)
        site = found[1] if found else None
    project = told.get("projectName")
    return {
        **({"site": site} if site else {}),
        **({"project": project} if project else {}),
    }


def _count(document: Document) -> int | None:
    data = data_of(document)
    return whole(dig(data, "custom", "total")) if data is not None else None
