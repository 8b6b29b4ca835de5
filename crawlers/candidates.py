"""The columns that a home page leads to: 更多 links with their headings, menus, headings of lists. Pure."""

from __future__ import annotations

import re
from itertools import islice
from urllib.parse import urlsplit

from attrs import frozen
from lxml.html import HtmlElement

from crawlers.items import Page
from crawlers.listing import Document, parse
from crawlers.listing.links import is_noise, squeeze
from crawlers.listing.scoring import is_article_address
from crawlers.reading.decode import decode
from crawlers.rows import is_page

MOST = 40
"""Candidates named at most."""

_ENOUGH = 1.0
_LONGEST = 16
"""Characters of a column's name at most."""
_MORE = re.compile(
    r"[\[【(（<《+\s]*(?:查看)?(?:更多|more)(?:内容|信息)?[\]】)）>》»›+.…\s]*|[>»›+]{1,3}", re.IGNORECASE
)
_COLUMN = re.compile(
    r"/(?:(?:index|list|node|column|channel|default|more)[\w-]*\.(?:s?html?|jhtml|jspx?|aspx?|php))?$"
    r"|/col/col\d+|/content/column/\d+|/c\d{5,}/|/node_\d+|/channel/\d+|[?&](?:cat|channel|column|node|tid|lmid)\w*=|/gkmlpt/",
    re.IGNORECASE,
)
_NEWS = re.compile(
    r"要闻|动态|新闻|快讯|时政|公告|公示|通知|通报|公报|文件|政策|法规|解读|督察|环境|环保|生态|执法|处罚|监测|审批|环评|规划"
    r"|信息|资讯|会议|工作|部门|乡镇|街道|基层|曝光|招标|采购|人事|报道"
)
_OTHER = re.compile(
    r"首页|登录|登陆|注册|无障碍|长者|适老|邮箱|微信|微博|抖音|客户端|english|繁體|繁体|地图|联系|关于|版权|声明|隐私|帮助"
    r"|信箱|投诉|举报|咨询|留言|征集|调查|访谈|办事|服务|查询|下载|领导|机构|职能|简介|概况|链接|搜索|专题|数据|视频|图片"
    r"|互动|交流|返回|上一|下一|收藏|设为|国务院|中国政府网|天气",
    re.IGNORECASE,
)
_NAV = re.compile(r"nav|menu|daohang|head", re.IGNORECASE)
_FOOT = re.compile(r"foot|copyright|friend|link|bottom|yqlj", re.IGNORECASE)


@frozen
class Candidate:
    """A page that is likely to be a column worth watching."""

    url: str
    title: str
    score: float


def candidates(page: Page) -> tuple[Candidate, ...]:
    """Columns of the page's own site that it links to, likeliest first. Never raises."""
    document = parse(decode(page.body, page.content_type).text, page.url.partition("#")[0])
    if document is None:
        return ()
    best: dict[str, Candidate] = {}
    for node in document.nodes:
        found = _candidate(document, node) if node.tag == "a" else None
        known = best.get(found.url) if found else None
        if found and (known is None or found.score > known.score):
            best[found.url] = found
    good = [one for one in best.values() if one.score >= _ENOUGH]
    return tuple(sorted(good, key=lambda one: -one.score)[:MOST])


def _candidate(document: Document, node: HtmlElement) -> Candidate | None:
    url = document.target(node)
    if not url or url == document.resolve(document.url) or not is_page(url):
        return None
    if _host(url) != _host(document.url) or urlsplit(url).path in ("", "/"):
        return None
    words = squeeze("".join(node.itertext()))
    more = bool(_MORE.fullmatch(words)) or (not words and _more_by_name(node))
    title = _heading(node) if more else words
    title = re.sub(r"^[\s·•|>]+|[\s|>»›:：]+$", "", title)
    if not 2 <= len(title) <= _LONGEST or is_noise(title):
        return None
    return Candidate(url, title, round(_score(url, title, node, more), 2))


def _score(url: str, title: str, node: HtmlElement, more: bool) -> float:
    around = [
        f"{up.get('class') or ''} {up.get('id') or ''} {up.tag}" for up in islice(node.iterancestors(), 5)
    ]
    column = bool(_COLUMN.search(url))
    points = 2.0 * more + 1.5 * column + 1.5 * bool(_NEWS.search(title)) - 2.0 * bool(_OTHER.search(title))
    points += 0.5 * any(_NAV.search(name) for name in around) + 1.0 * _heads_a_list(node)
    points -= 2.0 * any(_FOOT.search(name) for name in around)
    return points - (2.0 if not column and is_article_address(url) else 0.0)


def _heads_a_list(node: HtmlElement) -> bool:
    """The link is the heading of a box (or a tab over it) that shows a list right below."""
    for up in islice(node.iterancestors(), 3):
        if up.tag in ("body", "ul", "nav"):
            return False
        below = up.getnext()
        if below is not None and isinstance(below.tag, str) and sum(1 for _ in below.iter("a")) >= 3:
            return True
    return False


def _heading(node: HtmlElement) -> str:
    """What a 更多 belongs to: its own `title`, else the nearest short words before it."""
    said = re.sub(r"^(?:查看)?更多|更多$|列表$", "", squeeze(node.get("title") or ""))
    if 2 <= len(said) <= _LONGEST and not _MORE.fullmatch(said):
        return said
    below: HtmlElement = node
    for up in islice(node.iterancestors(), 4):
        for sibling in below.itersiblings(preceding=True):
            words = squeeze("".join(sibling.itertext())) if isinstance(sibling.tag, str) else ""
            if words:
                return words.split(" ")[0] if len(words) > _LONGEST else words
        if squeeze(up.text or ""):
            return squeeze(up.text or "")
        below = up
    return ""


def _more_by_name(node: HtmlElement) -> bool:
    names = [node.get("class") or "", *(img.get("alt") or img.get("src") or "" for img in node.iter("img"))]
    return any(re.search(r"more|更多", name, re.IGNORECASE) for name in names)


def _host(url: str) -> str:
    return urlsplit(url).netloc.removeprefix("www.")
