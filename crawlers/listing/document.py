"""A page as a tree, and the addresses in it made absolute."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice
from urllib.parse import parse_qsl, unquote, urldefrag, urljoin, urlsplit, urlunsplit

import lxml.html
from attrs import field, frozen
from lxml import etree
from lxml.html import HtmlElement

from crawlers.reading.canonical import is_route

_XML_HEAD = re.compile(r"^\s*<\?xml[^>]*\?>", re.IGNORECASE)
_IN_SCRIPT = re.compile(
    r"""['"]((?:https?:)?//[^'"\s]+|\.{0,2}/[^'"\s]+|[\w./%-]+\.(?:s?html?|jhtml|jspx?|aspx?|php|pdf|docx?|xlsx?)[^'"\s]*)['"]""",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"(?:https?:)?//|\.{0,2}/|[\w%-]+\.\w|\?\w+=", re.IGNORECASE)
"""How an address begins in an attribute that may hold anything."""
_TEMPLATE = re.compile(r"\{\{|\$\{|<[?%=]|\{%|^#\{")
"""What a browser's script would fill in; a link with it is a pattern of links."""
_MOST = 20_000
"""Elements of a page that are looked at: none of 574 real ones had 8,000; what broken markup repeats takes
minutes.
"""
_REDIRECTOR = re.compile(r"/[^/]*(?:redirect|jump|goto|link|tiaozhuan|out)[^/]*$", re.IGNORECASE)


@frozen(eq=False)
class Document:
    """A parsed page. Its nodes are held, so that they can be compared and used as keys."""

    url: str
    text: str = field(repr=False)
    tree: HtmlElement = field(repr=False)
    base: str
    nodes: tuple[HtmlElement, ...] = field(repr=False)
    """Every element in document order."""
    rendered: bool = False
    """The tree is that of a browser, after the page's scripts have run."""
    fragment: str = ""
    """What stood behind `#` in the address that was asked for: the page's own business, mostly."""

    def resolve(self, address: str | None) -> str | None:
        """Absolute http(s) address, without fragment unless that is a route; None for scripts, mail addresses
        and the like.
        """
        return absolute(self.base, address)

    def target(self, element: HtmlElement) -> str | None:
        """Where a click on an element leads: its `href`, else the address in its script or data."""
        href = (element.get("href") or "").strip()
        is_place = href.startswith("#") and not is_route(href[1:])
        if href and not is_place and not href.lower().startswith("javascript:"):
            return self.resolve(href)
        for script in (href, element.get("onclick") or ""):
            match = _IN_SCRIPT.search(script)
            if match:
                return self.resolve(match[1])
        told = (element.get("data-url") or element.get("data-href") or "").strip()
        return self.resolve(told) if _ADDRESS.match(told) else None


def parse(text: str, url: str) -> Document | None:
    """The tree of a page; None when there is nothing to parse."""
    text = _XML_HEAD.sub("", text.replace("\0", ""))
    parser = lxml.html.HTMLParser(remove_comments=True, remove_pis=True)
    try:
        tree = lxml.html.document_fromstring(text, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
    nodes = tuple(islice((node for node in tree.iter() if isinstance(node.tag, str)), _MOST + 1))
    if len(nodes) > _MOST:
        nodes = nodes[:_MOST]
        _cut_behind(nodes[-1])
    return Document(url=url, text=text, tree=tree, base=_base(nodes, url), nodes=nodes)


def _cut_behind(last: HtmlElement) -> None:
    """Takes out of the tree whatever comes after an element in document order."""
    del last[:]
    for node in (last, *last.iterancestors()):
        node.tail = None
        parent = node.getparent()
        if parent is not None:
            del parent[parent.index(node) + 1 :]


@lru_cache(maxsize=8192)
def absolute(base: str, address: str | None) -> str | None:
    """As `Document.resolve`; each address of a page is asked for several times."""
    cleaned = re.sub(r"[\t\r\n]", "", address or "").strip().replace("\\", "/")
    if not cleaned or _TEMPLATE.search(cleaned):
        return None
    try:
        parts = urlsplit(urljoin(base, cleaned))
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host:
        return None
    # "http://www.x.gov.cn./202601/": a template glued host and "./path" together.
    netloc = re.sub(r"\.(?=$|:\d+$)", "", parts.netloc)
    path = re.sub(r"^(?:/\.{1,2})+(?=/)", "", parts.path)
    route = parts.fragment if is_route(parts.fragment) else ""
    return _unwrapped(urlunsplit((parts.scheme, netloc, path, parts.query, route)))


def _unwrapped(url: str) -> str:
    """`/jump.do?url=http%3A%2F%2Fother%2Fa.html` leads to its parameter."""
    parts = urlsplit(url)
    if not parts.query or not _REDIRECTOR.search(parts.path):
        return url
    for name, value in parse_qsl(parts.query):
        inner = unquote(value)
        if name.lower() in ("url", "target", "link", "to", "href") and re.match(r"https?://[^/]+", inner):
            return urldefrag(inner)[0]
    return url


def _base(nodes: tuple[HtmlElement, ...], url: str) -> str:
    """The page's `<base href>` where it names the host that answered, else the page's own address.

    A base with another host is what an inner server wrote behind a proxy or what a mirror kept; the host
    that answered is the one known to serve these paths.
    """
    for node in nodes:
        if node.tag == "base" and node.get("href"):
            base = absolute(url, node.get("href")) or url
            return base if _bare_host(base) == _bare_host(url) else url
    return url


def _bare_host(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")
