"""Where a text goes on, when its site has cut it into pages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import parse_qsl, urlsplit

from crawlers.reading.attachments import join
from crawlers.reading.blocks import Placed
from crawlers.reading.canonical import canonical_url

_NEXT = re.compile(r"[\[【<«\s]*(?:下一?[页頁]|后一?页|余下全文|next\s?page)[\]】>»\s]*", re.IGNORECASE)
_NUMBER = re.compile(r"[\[【第\s]*(\d{1,2})[\]】页\s]*")
_PART = re.compile(r"(?P<stem>.*?)(?:[_-](?P<number>\d{1,2}))?(?P<end>\.(?:s?html?|jhtml|php|aspx?|jsp))?$")
_WRITTEN = re.compile(
    r"createPage(?:HTML|Nav|Function)?\s*\(\s*(?P<total>\d{1,3})\s*,\s*(?P<current>\d{1,3})\s*,\s*"
    r"['\"](?P<name>[^'\"]{1,120})['\"]\s*,\s*['\"]\.?(?P<end>s?html?)['\"]",
    re.IGNORECASE,
)
_PAGE = re.compile(r"(?:page|p|pageno|pageindex|curpage|currentpage|pn)$", re.IGNORECASE)


def find_next_page(links: Sequence[Placed], text: str, url: str, base: str) -> str | None:
    """The address of the following part: the page with the next number, as a pager links or writes it.

    `links`: those behind the beginning of the text; `base`: what they are relative to.
    """
    if not url.startswith(("http://", "https://")):
        return None
    for link in links:
        if not (_NEXT.fullmatch(link.text) or _NUMBER.fullmatch(link.text)):
            continue
        address = join(base, link.url)
        if _follows(url, address):
            return canonical_url(address)
    for call in _WRITTEN.finditer(text) if "createPage" in text else ():
        number = int(call["current"]) + 1
        address = join(base, f"{call['name']}_{number}.{call['end']}")
        if number < int(call["total"]) and _follows(url, address):
            return canonical_url(address)
    return None


def _follows(url: str, other: str) -> bool:
    """Whether an address is that of the next part of the text at another."""
    try:
        here, there = urlsplit(url), urlsplit(other)
    except ValueError:
        return False
    if here.netloc != there.netloc:
        return False
    if here.path == there.path:
        return _page_of(there.query, here.query)
    one, two = _PART.fullmatch(here.path), _PART.fullmatch(there.path)
    if not one or not two or here.query != there.query or two["number"] is None or one["end"] != two["end"]:
        return False
    if two["stem"] == here.path.removesuffix(one["end"] or ""):  # t20220811_55783 -> t20220811_55783_1
        return int(two["number"]) in (1, 2)
    return (
        one["stem"] == two["stem"]
        and one["number"] is not None
        and int(two["number"]) == int(one["number"]) + 1
    )


def _page_of(query: str, before: str) -> bool:
    """Whether a query asks for the page after that of another, and is the same otherwise."""
    now, then = dict(parse_qsl(query)), dict(parse_qsl(before))
    names = [name for name in now if _PAGE.match(name) and now[name].isdecimal()]
    if len(names) != 1:
        return False
    name = names[0]
    number = then.pop(name, "1")
    return number.isdecimal() and int(now.pop(name)) == int(number) + 1 and now == then
