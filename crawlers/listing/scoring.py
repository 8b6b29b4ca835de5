"""How much a cluster of links looks like the column's own list, and not like a menu or a hot list."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise
from statistics import median
from urllib.parse import urlsplit

from attrs import frozen
from lxml.html import HtmlElement

from crawlers.items import Row
from crawlers.listing.clusters import Cluster
from crawlers.listing.document import Document
from crawlers.listing.links import Link, fold, squeeze
from crawlers.listing.naming import column_title
from crawlers.listing.pagers import pager_nodes

_SIDE = re.compile(
    r"nav|menu|crumb|weizhi|position|location|foot|copyright|friend|yqlj|head(?!line)|banner|swiper|slide|focus|side|left"
    r"|hot|rank|phb|relat|recommend|tuijian|xgyd|xglj|more|tab-?hd|tag|login|search|share|link(?!list)|dropdown|sitemap",
    re.IGNORECASE,
)
_MAIN = re.compile(r"list|main|content|con\b|article|news|right|newslist|gl|xxgk", re.IGNORECASE)
_SIDE_HEADING = re.compile(
    r"热[点门文]|排行|推荐|相关|点击|友情|阅读榜|最新(?:更新|文章|发布)|猜你|热词|专题|快速|导航|栏目|链接|关注|图片新闻|随机"
)
_MORE = re.compile(r"(?:更多|more)\W*$", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_ARTICLE = re.compile(
    r"t\d{8}_\d|\d{4}[/-]?\d{2}[/-]?\d{0,2}/|[0-9a-f]{24,}|[0-9a-f]{8}-[0-9a-f]{4}|art_|content|/info/\d|post_\d|article|detail|view"
    r"|thread|show|/a/|\d{4,}|newsid|\.(?:pdf|docx?|xlsx?|wps|ofd|zip|rar)$|mp\.weixin\.qq\.com",
    re.IGNORECASE,
)
_COLUMN = re.compile(r"(?:/|/index(?:_\d+)?\.\w+|/list\.\w+|/col/col\d+/.*|javascript:.*)$", re.IGNORECASE)


@frozen(eq=False)
class Landscape:
    """What of a page all clusters are judged against; made once per page."""

    order: dict[int, int]
    """id of an element -> its place in the document."""
    pagers: tuple[int, ...]
    links: tuple[int, ...]
    """Places of all candidate links."""
    home: str
    """The column's own directory, `/xw/bmdt/`; empty at the root."""
    ids: frozenset[str]
    """Numbers of three and more digits in the column's address (`col1234`)."""
    name: str
    """What the column is called, folded; empty where the page does not say."""


def survey(document: Document, links: tuple[Link, ...]) -> Landscape:
    order = {id(node): place for place, node in enumerate(document.nodes)}
    path = urlsplit(document.url).path
    return Landscape(
        order=order,
        pagers=tuple(order[id(node)] for node in pager_nodes(document)),
        links=tuple(order[id(link.element)] for link in links),
        home=path.rpartition("/")[0] + "/" if path.count("/") > 1 else "",
        ids=frozenset(re.findall(r"\d{3,}", f"{path}?{urlsplit(document.url).query}")),
        name=fold(column_title(document) or ""),
    )


def score(cluster: Cluster, rows: tuple[Row, ...], land: Landscape) -> float:
    """Points of a cluster; a list that can stand as a column's own has about 5 and more."""
    if not rows:
        return -10.0
    count = len(rows)
    points = 0.7 * min(count, 20).bit_length() + 0.02 * min(count, 40)
    points += 3.0 * _share(row.published is not None for row in rows)
    points += _title_points(rows) + _address_points(rows, land)
    points += 1.0 if _descending(rows) else 0.0
    points += 3.5 if near_pager(cluster, land) else 0.0
    return points + _heading_points(heading_of(cluster), land) - _place_penalty(cluster)


def _share(flags: Iterable[bool]) -> float:
    values = list(flags)
    return sum(values) / len(values)


def _title_points(rows: tuple[Row, ...]) -> float:
    lengths = [len(row.title) for row in rows]
    middle = median(lengths)
    good = _share(8 <= length <= 80 for length in lengths)
    short = _share(length <= 5 for length in lengths)
    return 2.0 * good - 3.0 * short + (0.5 if 12 <= middle <= 60 else 0.0) - (1.5 if middle > 110 else 0.0)


def _address_points(rows: tuple[Row, ...], land: Landscape) -> float:
    paths = [urlsplit(row.url)._replace(scheme="", netloc="").geturl() for row in rows]
    article = _share(_leads_to_article(path) for path in paths)
    own = _share(
        bool((land.home and path.startswith(land.home)) or land.ids.intersection(re.findall(r"\d{3,}", path)))
        for path in paths
    )
    shapes = [re.sub(r"\d+", "9", re.sub(r"[0-9a-f]{16,}", "h", path)) for path in paths]
    uniform = max(shapes.count(shape) for shape in set(shapes)) / len(shapes)
    folders = _share(row.url.endswith("/") and row.published is None for row in rows)
    # Menus lie in the column's folder too: what speaks for a list are headlines there.
    headlines = _share(len(row.title) >= 8 for row in rows)
    return 1.5 * article + 1.5 * own * (1 + headlines) + 0.5 * uniform - 2.0 * folders


def is_article_address(url: str) -> bool:
    """True for an address such as articles have, by its numbers, its day or the words in it."""
    return _leads_to_article(urlsplit(url)._replace(scheme="", netloc="").geturl())


def _leads_to_article(path: str) -> bool:
    return bool(_ARTICLE.search(path) and not _COLUMN.search(path))


def _descending(rows: tuple[Row, ...]) -> bool:
    days = [row.published for row in rows if row.published]
    pairs = list(pairwise(days))
    return len(pairs) >= 2 and sum(first >= second for first, second in pairs) >= 0.8 * len(pairs)


def near_pager(cluster: Cluster, land: Landscape) -> bool:
    """True when a pager follows the list with no more than two foreign links in between."""
    last = max(land.order.get(id(node), 0) for node in cluster.row_element(cluster.links[-1]).iter())
    after = next((place for place in land.pagers if place > last), None)
    if after is None:
        return False
    return sum(last < place < after for place in land.links) <= 2


def _place_penalty(cluster: Cluster) -> float:
    """Points off for standing in a menu, a side bar, a foot, or where nobody sees it."""
    path = cluster.links[0].path
    names = [f"{node.get('class') or ''} {node.get('id') or ''}" for node in path[2:]]
    side = sum(bool(_SIDE.search(name)) and not _MAIN.search(name) for name in names)
    penalty = 1.2 * min(side, 3) - (0.5 if any(_MAIN.search(name) for name in names[-4:]) else 0.0)
    if any(node.tag in ("nav", "footer", "header", "aside") for node in path):
        penalty += 2.0
    hidden = any(_HIDDEN.search(node.get("style") or "") for node in path)
    return penalty + (2.5 if hidden else 0.0)


def _heading_points(heading: str, land: Landscape) -> float:
    """A list under the column's own name is the column's; one under 热点排行 or beside 更多 is another's."""
    folded = fold(heading)
    if len(land.name) >= 2 and folded.endswith(land.name):
        return 2.0
    return -3.5 * bool(_SIDE_HEADING.search(heading)) - 1.0 * bool(_MORE.search(folded))


def heading_of(cluster: Cluster) -> str:
    """The short text right before a list, where there is one."""
    node: HtmlElement | None = cluster.links[0].path[cluster.depth]
    for _ in range(3):
        if node is None:
            return ""
        before = node.getprevious()
        if before is not None and isinstance(before.tag, str):
            text = squeeze("".join(before.itertext()))
            if text:
                return text if len(text) <= 30 else ""
        node = node.getparent()
    return ""
