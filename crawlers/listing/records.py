"""Rows out of pieces of markup, each of which is one row: the records of a data store or an answer."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Iterator

import lxml.html
from lxml.html import HtmlElement

from crawlers.items import Row
from crawlers.listing.clusters import Cluster
from crawlers.listing.document import Document, parse
from crawlers.listing.links import Link, candidate_links
from crawlers.listing.rows import read_rows

_LIST_DEPTH = 2
"""Place of the list's node in the path of its links: below `<html>` and `<body>`."""

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""What lxml's parser lets into a tree and its setter refuses."""


def read_records(pieces: Iterable[str], base: str) -> tuple[Row, ...]:
    """A row per piece, in order, each address once; pieces without a link of their own give none.

    Every piece is parsed by itself, so that a broken one (`<li style=<br/>`, a stray `</div>`) spoils no
    other.
    """
    document = _assembled([piece for piece in pieces if piece.strip()], base)
    best: dict[int, Link] = {}
    for link in candidate_links(document):
        if len(link.path) <= _LIST_DEPTH + 1:
            continue
        record = id(link.path[_LIST_DEPTH + 1])
        known = best.get(record)
        if known is None or _weight(link) > _weight(known):
            best[record] = link
    return read_rows(Cluster(tuple(best.values()), _LIST_DEPTH), beside=False) if best else ()


def part(document: Document, element: HtmlElement) -> Document:
    """One element of a page as a page of its own."""
    tree = _shell()
    tree[0].append(copy.deepcopy(element))
    return _document(tree, document.url, document.base)


def fragment(markup: str, base: str) -> Document | None:
    """Markup out of an answer as a page; None where there is nothing in it."""
    return parse(markup, base) if markup.strip() else None


def row_markup(document: Document) -> Iterator[str]:
    """The markup of every element that usually is a row (`<li>`, `<tr>`, `<dd>`) and holds a link."""
    for node in document.nodes:
        if node.tag in ("li", "tr", "dd") and node.find(".//a") is not None:
            yield lxml.html.tostring(node, encoding="unicode", with_tail=False)


def _weight(link: Link) -> tuple[bool, int]:
    """The title weighs more than the name of a column before it; beyond twelve characters the first does."""
    return not link.to_column, min(len(link.text), 12)


def _assembled(pieces: list[str], base: str) -> Document:
    tree = _shell()
    holder = lxml.html.Element("div")
    tree[0].append(holder)
    for piece in pieces:
        parsed = parse(piece, base)
        body = parsed.tree.find("body") if parsed is not None else None
        if body is None:
            continue
        record = lxml.html.Element("div")
        record.text = _NOT_XML.sub("", body.text or "")
        for child in list(body):
            record.append(child)
        holder.append(record)
    return _document(tree, base, base)


def _shell() -> HtmlElement:
    tree = lxml.html.Element("html")
    tree.append(lxml.html.Element("body"))
    return tree


def _document(tree: HtmlElement, url: str, base: str) -> Document:
    nodes = tuple(node for node in tree.iter() if isinstance(node.tag, str))
    return Document(url=url, text="", tree=tree, base=base, nodes=nodes)
