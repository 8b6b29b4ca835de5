"""Rows among the objects of any JSON: lists of objects that have a title and an address."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from crawlers.items import Row
from crawlers.listing.answers import rows_of
from crawlers.listing.document import Document

TITLES = ("title", "realtitle", "infotitle", "doctitle", "newstitle", "headline", "subject", "name", "bt")
URLS = ("url", "link", "href", "infourl", "docpuburl", "linkurl", "pageurl", "visiturl", "newsurl")
_DAYS = (
    "daytime", "display_publish_time", "date", "time", "pubdate", "publishdate", "publishtime",
    "publishedtime", "pubtime",
    "published_time_format", "publishedtimestr", "published", "publishedat", "publish_time", "publish_date",
    "infodate", "createtime", "createdate", "docreltime", "addtime", "releasedate", "releasetime",
    "updatetime", "day", "fbrq", "fbsj", "rq",
)  # fmt: skip
ASIDE = re.compile(
    r"banner|slide|swiper|focus|nav|menu|link|hot|rank|relat|recommend|advert|lunbo", re.IGNORECASE
)
LIST = re.compile(
    r"data_?list|pages?_?data|list_?data|info_?list|news_?list|article_?list|\blist\b|\brows\b|\brecords\b"
    r"|\bresults?\b",
    re.IGNORECASE,
)
FEWEST = 3
"""Rows of a list."""


def best_rows(document: Document, values: Iterable[tuple[str, Any]]) -> tuple[str, tuple[Row, ...]]:
    """Of named values the list with most rows, those with days first; a name such as `dataList` counts for as
    much.
    """
    found: list[tuple[str, tuple[Row, ...]]] = []
    for name, value in values:
        groups: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
        for path, item in items_of(value, name):
            groups[path].append({key.lower(): inner for key, inner in item.items()})
        found += [(path, rows_of(document, group, TITLES, URLS, _DAYS)) for path, group in groups.items()]
    return max(found, key=lambda one: (_weight(*one), len(one[1])), default=("", ()))


def items_of(value: Any, path: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Objects inside lists, with the keys that lead to them; lists under the same keys are one."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if isinstance(inner, (list, dict)) and not ASIDE.search(key):
                yield from items_of(inner, f"{path}.{key}")
    elif isinstance(value, list):
        for inner in value:
            if isinstance(inner, dict):
                yield path, inner
            if isinstance(inner, (list, dict)):
                yield from items_of(inner, path)


def _weight(name: str, found: tuple[Row, ...]) -> int:
    dated = 2 * sum(row.published is not None for row in found) > len(found)
    return (2 * dated + bool(LIST.search(name))) if len(found) >= FEWEST else -1
