"""The search interface of UCAP: where it may be, how it is asked for a page of a channel, what it answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode, urlsplit

from crawlers.items import NextPage
from crawlers.listing.answers import dig
from crawlers.listing.document import absolute

_USUAL = ("/common/search", "/search", "/searchList")
_SORTED = {
    "datas[0][key]": "status",
    "datas[0][value]": "4",
    "datas[0][join]": "and",
    "datas[0][queryType]": "term",
    "datas[1][key]": "publishedTime",
    "datas[1][sort]": "true",
    "datas[1][order]": "desc",
    "datas[1][queryType]": "term",
}
"""What is published, newest first: the wish that goes with a POST."""


def bases(params: Mapping[str, Any]) -> list[tuple[str, bool]]:
    """Addresses of the interface and whether it is posted to: as the page's script says, then the usual."""
    home, literal = params["home"], params.get("base")
    usual = [(absolute(home, base) or "", False) for base in _USUAL]
    if not literal:
        return usual
    posted = bool(params.get("posted")) or urlsplit(literal).netloc != urlsplit(home).netloc
    return list(dict.fromkeys([(literal, posted), (literal, not posted), *usual]))


def question(params: Mapping[str, Any], base: str, posted: bool, page: int) -> NextPage:
    """The request for a page of a channel; pages count from 1."""
    url = f"{base}/{params['channel']}"
    size = params.get("size") or 20
    if posted:
        body = urlencode({**_SORTED, "page": page, "_pageSize": size, "_isAgg": "true"})
        return NextPage(url, "POST", body, referrer=params["home"], expects="data")
    query = (
        f"_isAgg=true&_isJson=true&_pageSize={size}&_template=index&_rangeTimeGte=&_channelName=&page={page}"
    )
    return NextPage(f"{url}?{query}", referrer=params["home"], expects="data")


def results(data: Any) -> Any:
    """The rows of an answer; None where it is none."""
    for keys in (("data", "results"), ("results", "data", "results"), ("results", "results")):
        found = dig(data, *keys)
        if isinstance(found, list):
            return found
    return None


def told(data: Any, name: str) -> Any:
    """What an answer says beside its rows: `total`, `page`, `rows` (on a page)."""
    return next(
        (
            value
            for keys in (("data",), ("results", "data"), ("results",))
            if (value := dig(data, *keys, name))
        ),
        None,
    )


def channel_of(data: Any, code: str | None) -> str | None:
    """The id of the channel in the tree that `getChannelList` gives: the one of that code, else its root."""
    waiting = [dig(data, "results"), dig(data, "data")]
    first = None
    while waiting:
        node = waiting.pop(0)
        if isinstance(node, list):
            waiting += node
        elif isinstance(node, dict):
            channel = node.get("channelId") or node.get("id")
            if isinstance(channel, (str, int)):
                first = first or str(channel)
                if node.get("channelCode") == code or node.get("code") == code:
                    return str(channel)
            waiting += [node.get("children"), node.get("channelList")]
    return first
