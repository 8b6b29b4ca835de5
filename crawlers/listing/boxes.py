"""Lists that are not what a page is there for: hot lists, related links, excerpts of other columns."""

from __future__ import annotations

import re
from itertools import islice

from crawlers.listing.clusters import Cluster
from crawlers.listing.document import Document
from crawlers.listing.links import fold, squeeze
from crawlers.listing.naming import column_title
from crawlers.listing.scoring import heading_of

_HOT = re.compile(r"热[点门文]|排行|推荐|相关|点击|阅读榜|猜你|随机|大家都在看|浏览最多")
_BESIDE = re.compile(r"最新(?:更新|文章|发布|信息|动态)|专题|图片新闻|友情|链接")
_SIDE = re.compile(
    r"(?:^|[-_\s])(?:nav|menu|foot\w*|side\w*|aside|hot\w*|rank\w*|phb|relat\w*|recommend\w*|tuijian|xgyd|xglj)(?:$|[-_\s\d])",
    re.IGNORECASE,
)
_MORE = re.compile(r"[\[(（【]?(?:查看)?(?:更多|more)(?:内容|信息)?[\])）】\s+>»›…]*", re.IGNORECASE)
_HEADING = 14
"""Characters of a heading, 更多>> included; more is a menu or a sentence."""
_AROUND = 3
"""Levels around a list in which its heading stands."""
_FOREIGN = 8
"""Other links from which an element holds more than the list and its heading."""


def is_side_box(cluster: Cluster, document: Document, paged: bool) -> bool:
    """By its heading, its names and tags; a list with a pager may well be called 最新动态.

    A column may itself be called 热点关注: a heading that is the column's name tells nothing.
    """
    path = cluster.links[0].path[: cluster.depth + 1]
    if any(node.tag in ("nav", "footer", "header", "aside") for node in path):
        return True
    if any(_SIDE.search(f"{node.get('class') or ''} {node.get('id') or ''}") for node in path[2:]):
        return True
    heading, name = fold(heading_of(cluster)), fold(column_title(document) or "")
    if not heading or len(heading) > _HEADING or (name and (name in heading or heading in name)):
        return False
    return bool(_HOT.search(heading) or (not paged and _BESIDE.search(heading)))


def is_excerpt(cluster: Cluster) -> bool:
    """True for a box with 更多 beside it: the list itself is elsewhere."""
    rows = {id(element) for element in cluster.row_elements()}
    box = cluster.links[0].path[cluster.depth]
    for node in (box, *islice(box.iterancestors(), _AROUND)):
        links = [
            link
            for link in node.iter("a")
            if id(link) not in rows and not any(id(around) in rows for around in link.iterancestors())
        ]
        if len(links) > _FOREIGN:
            return False
        if any(_MORE.fullmatch(squeeze("".join(link.itertext()))) for link in links):
            return True
    return False
