"""UCAP 开普云: static files counted from 1 (`list_2.shtml`), and a search interface with the same as JSON.

`/common/search/{channel}`, `/search/{channel}` or `/searchList/{channel}` with `_isJson=true`; the channel
stands in a meta tag or a script, or is asked for by the code in the address. Some provinces keep the
interface on a host of its own, which wants a POST.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from crawlers.catalogue.model import Recipe
from crawlers.families import trs
from crawlers.items import NextPage
from crawlers.listing import Document, Mined, mine
from crawlers.listing.answers import data_of, rows_of, whole
from crawlers.listing.belonging import belongs
from crawlers.listing.document import absolute
from crawlers.listing.naming import metas
from crawlers.paging.anchors import following
from crawlers.paging.declared import live_scripts, pages_shown
from crawlers.paging.searching import bases, channel_of, question, results, told
from crawlers.paging.step import Step, unique
from crawlers.paging.windows import ended, with_parameter

NAME = "ucap"

_SEARCH = re.compile(
    r"""['"](?P<base>(?:(?:https?:)?//[\w.:-]+)?(?:/[\w-]+){0,2}/(?:search|searchList))/(?P<channel>[0-9a-f]{4,40})?(?P<query>\?[^'"\s]*)?['"]"""
)
_JSON = re.compile(r"_isJson|_isAgg|datas\b|getChannelList|/channel/treeNew/")
_CHANNEL = re.compile(r"""\bchannel_?id['"]?\s*[:=]\s*['"]([0-9a-f]{4,40})['"]""", re.IGNORECASE)
_SIZE = re.compile(r"""\b_?page_?size['"]?\s*[:=]\s*['"]?(\d{1,3})\b""", re.IGNORECASE)
_CODED = re.compile(r"^/(?P<site>[\w-]+)/(?:[\w-]+/)*(?P<code>c\d{5,})/")
_FILE = re.compile(r"/(?:x?list|zfxxgk_list|common_list|secondLevelChannel|xxgk_list)(?:_\d+)?\.shtml$")
_ARTICLES = re.compile(r"/c\d{3,}/(?:\d{6}/(?:[0-9a-f]{32}|c\d+_\w+)\.shtml|c\d+/content\.shtml)")
_MARK = re.compile(r"UCAP-CONTENT|<ucap\w+|/ucap/|kpy", re.IGNORECASE)
_LEAST = 10


def recognise(document: Document) -> bool:
    source = live_scripts(document)
    if _JSON.search(source) and (_SEARCH.search(source) or "getChannelList" in source):
        return True
    path = urlsplit(document.url).path
    coded = bool(_CODED.match(path) or _FILE.search(path) or _MARK.search(document.text))
    articles = sum(
        bool(_ARTICLES.search(node.get("href") or "")) for node in document.nodes if node.tag == "a"
    )
    named = "channelid" in metas(document)
    return (named and (coded or articles > 2)) or (articles > 2 and coded and trs.recognise(document))


def rows(document: Document, row_path: str | None) -> Mined:
    data = data_of(document)
    if data is None:
        mined = mine(document, row_path)
        static = trs.recognise(document) or not _searches(document)
        return mined if static or belongs(mined, document.url) else Mined()
    found = rows_of(
        document,
        results(data),
        ("title", "subTitle", "name"),
        ("url", "link", "linkUrl"),
        ("publishedTimeStr", "publishedTime", "publishTime", "pubDate", "displayTime"),
    )
    return Mined(found, sure=True)


def total(document: Document) -> int | None:
    data = data_of(document)
    if data is None:
        return trs.total(document) if trs.recognise(document) else pages_shown(document)
    known, size = whole(told(data, "total")), whole(told(data, "rows"))
    return -(-known // size) if known and size else None


def current(document: Document) -> int | None:
    data = data_of(document)
    return whole(told(data, "page")) if data is not None else trs.current(document)


def learn(document: Document, recipe: Recipe) -> dict[str, Any]:
    data = data_of(document)
    if data is not None:
        channel = None if results(data) is not None else channel_of(data, recipe.params.get("code"))
        return {"channel": channel} if channel else {}
    source = live_scripts(document)
    literal = _SEARCH.search(source)
    channel = metas(document).get("channelid") or (literal["channel"] if literal else None)
    named = _CHANNEL.search(source)
    channel = channel or (named[1] if named else None)
    coded = _CODED.match(urlsplit(document.url).path)
    known = {
        "home": document.url,
        "channel": channel,
        "base": absolute(document.url, literal["base"]) if literal else None,
        "posted": bool(literal and re.search(r"\bdatas\b", source)),
        "size": _size(source, literal["query"] if literal else None),
        "code": coded["code"] if coded else None,
        "site": coded["site"] if coded else None,
    }
    return {name: value for name, value in known.items() if value}


def doors(document: Document, recipe: Recipe) -> tuple[NextPage, ...]:
    params = recipe.params
    data = data_of(document)
    if data is not None and results(data) is not None:
        return ()
    if params.get("channel"):
        return tuple(question(params, base, posted, 1) for base, posted in bases(params))
    if data is None and params.get("code"):
        query = urlencode({"channelCode": params["code"], "websiteCodeName": params["site"]})
        url = absolute(document.url, f"/common/getChannelList?{query}") or ""
        return (NextPage(url, referrer=document.url, expects="data"),)
    return ()


def steps(document: Document, recipe: Recipe, number: int) -> tuple[Step, ...]:
    data = data_of(document)
    if data is not None:
        return _onward(document, data, recipe, number)
    params = recipe.params
    if params.get("api"):
        return _interface(params, number)
    static = trs.steps(document, recipe, number) if trs.recognise(document) else ()
    if recipe.offset is None:  # UCAP counts from 1 everywhere
        static = tuple(sorted(static, key=lambda step: step.offset == 1))
    linked = following(document, number)
    found = [*([Step(NextPage(linked))] if linked else []), *static]
    if number > 1 or total(document) == 1 or (recipe.offset is not None and found):
        return unique(found)
    size = params.get("size") or len(mine(document, recipe.row_path).rows)
    searched = params.get("channel") and (static or params.get("base")) and size >= _LEAST
    return unique([*found, *(_interface({**params, "size": size}, number) if searched else ())])


def _interface(params: dict[str, Any], number: int) -> tuple[Step, ...]:
    wished = params.get("api")
    places = [(wished["base"], wished["posted"])] if wished else bases(params)
    return tuple(
        Step(
            question(params, base, posted, number + 1),
            params={"api": {"base": base, "posted": posted}, "size": params["size"]},
        )
        for base, posted in places
    )


def _onward(document: Document, data: Any, recipe: Recipe, number: int) -> tuple[Step, ...]:
    """After an answer: the same with one page more, until it is short of rows."""
    came = len(results(data) or ())
    size = whole(told(data, "rows")) or recipe.params.get("size") or came
    known = whole(told(data, "total"))
    if ended(known, (number - 1) * size + came, came, size):
        return ()
    page = whole(dict(parse_qsl(urlsplit(document.url).query)).get("page")) or number
    entry = (recipe.params.get("api") or {}) or _before(document, recipe)
    if entry.get("posted"):
        following_page = question(recipe.params, entry["base"], True, number + 1)
        return (Step(following_page, params={"api": entry}),)
    url = with_parameter(document.url, "page", str(page + 1))
    return (Step(NextPage(url, referrer=recipe.params.get("home"), expects="data")),)


def _before(document: Document, recipe: Recipe) -> dict[str, Any]:
    """How an answer was come by: one without a query was posted for."""
    address = urlsplit(document.url)
    channel = recipe.params.get("channel", "")
    posted = not address.query and address.path.endswith(f"/{channel}")
    return {"base": document.url.removesuffix(f"/{channel}"), "posted": posted}


def _searches(document: Document) -> bool:
    source = live_scripts(document)
    return bool(_JSON.search(source) and (_SEARCH.search(source) or "getChannelList" in source))


def _size(source: str, query: str | None) -> int | None:
    found = _SIZE.search(query or "") or _SIZE.search(source)
    return int(found[1]) if found and int(found[1]) > 0 else None
