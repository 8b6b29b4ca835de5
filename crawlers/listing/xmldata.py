"""Feeds and sitemaps: XML that is data, read with what is wrong in it passed over."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import date, datetime
from email.utils import parsedate_to_datetime

from lxml import etree

from crawlers.china import CHINA
from crawlers.listing.document import Document
from crawlers.listing.links import squeeze
from crawlers.reading.dates import parse_date

_ROOT = re.compile(
    r"(?:\ufeff|\s|<\?[^>]*>|<!--(?:[^-]|-(?!->))*+-->|<!DOCTYPE[^>\[]*+(?:\[[^\]]*\])?[^>]*>)*+<(?:\w+:)?(\w+)",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"(<!\[CDATA\[.*?\]\]>)|&(?!(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|amp|lt|gt|quot|apos);)", re.DOTALL
)
"""`show.php?id=1&cid=3` as it stands in old feeds; what HTML alone knows (`&nbsp;`) is text to XML too."""
_TAG = re.compile(r"<[^<>]+>")

_HALF_PAIR = re.compile(
    r"&#(?:x0*d[89a-f][0-9a-f]{2}|0*(?:5529[6-9]|55[3-9]\d\d|56\d{3}|57[0-2]\d\d|573[0-3]\d|5734[0-3]));",
    re.IGNORECASE,
)
"""Half a surrogate pair as a reference: the recovering parser keeps it, and lxml cannot give it back."""


def root_name(document: Document) -> str:
    """Local name of an answer's root element (`rss`, `urlset`, `html`), lower case; empty where none is."""
    root = _ROOT.match(document.text)
    return root[1].lower() if root else ""


def xml_root(document: Document) -> etree._Element | None:
    """The tree of an XML answer; entities of its own are not followed."""
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, remove_comments=True)
    text = _BARE.sub(lambda found: found[1] or "&amp;", document.text.lstrip("\ufeff \t\r\n"))
    try:
        return etree.fromstring(_HALF_PAIR.sub("", text).encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def named(node: etree._Element, *names: str) -> Iterator[etree._Element]:
    """Children by local name, whatever their namespace, in the order of the names."""
    for name in names:
        for child in node:
            if isinstance(child.tag, str) and local(child) == name:
                yield child


def local(node: etree._Element) -> str:
    """Name without namespace; of a broken document it may be no name at all, such as ":"."""
    return node.tag.rpartition("}")[2].lower() if isinstance(node.tag, str) else ""


def text_of(node: etree._Element, *names: str) -> str:
    """Text of the first of the named children that has one; markup inside it taken out."""
    for child in named(node, *names):
        text = squeeze(_TAG.sub("", html.unescape("".join(map(str, child.itertext())))))
        if text:
            return html.unescape(text)
    return ""


def day_in_china(text: str) -> date | None:
    """The Chinese calendar's day of an RFC 822 or ISO 8601 moment, or of a day as pages write it."""
    text = text.strip()
    if not text:
        return None
    for parse in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            when = parse(text)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
        return (when.astimezone(CHINA) if when.tzinfo else when).date()
    found = parse_date(text)
    return found.date() if found else None
