"""Founder 方正: lists `node_7125.htm`, `node_7125_2.htm`, and the daily issues of newspapers.

An issue is a row of pages (版), `node_1.htm`, `node_2.htm` …, each with its articles `content_N.htm`; they
are one list, and its day stands in the address. The address of an issue is good for one day: what is to be
watched is the one that leads there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from crawlers.catalogue.model import Recipe
from crawlers.items import NextPage, Row
from crawlers.listing import Document, Mined, mine
from crawlers.listing.links import is_noise, squeeze
from crawlers.paging.declared import page_shown, pages_shown
from crawlers.paging.onward import by_name, onward
from crawlers.paging.step import Step
from crawlers.reading.dates import date_in_url

NAME = "founder"

_NODE = re.compile(r"(?P<folder>.*/)node_\d+(?:_\d+)?\.s?html?")
_CONTENT = re.compile(r"(?P<folder>.*/)content_\d+(?:_\d+)?\.s?html?")
_MARKS = re.compile(r"<!--\s*enpproperty|<!--\s*enpcontent|<founder-|displaypagenum|\bid=['\"]?ozoom\b")
_TURN = re.compile(r"[上下]一?[版篇期]|版面导航|标题导航|返回目录|首版|PDF", re.IGNORECASE)


def recognise(document: Document) -> bool:
    if _NODE.fullmatch(_address(document)):
        return True
    return bool(_MARKS.search(document.text)) and not _CONTENT.fullmatch(_address(document))


def rows(document: Document, row_path: str | None) -> Mined:
    return Mined(_of_issue(document), sure=True) if _is_issue(document) else mine(document, row_path)


def total(document: Document) -> int | None:
    return len(set(_leaves(document))) or None if _is_issue(document) else pages_shown(document)


def current(document: Document) -> int | None:
    return None if _is_issue(document) else page_shown(document)


def steps(document: Document, recipe: Recipe, number: int) -> tuple[Step, ...]:
    if _is_issue(document):
        following = _turned(document)
        return (Step(NextPage(following)),) if following else ()
    pages = total(document)
    if pages is None or pages <= number:
        return onward(document, number)
    return onward(document, number, by_name(document.url, number))


def _address(document: Document) -> str:
    return document.url.split("?")[0]


def _is_issue(document: Document) -> bool:
    """A page of a newspaper: its address has a day, its articles stand in the same folder."""
    node = _NODE.fullmatch(_address(document))
    return bool(node and date_in_url(f"{node['folder']}x") and next(_stories(document), None))


def _stories(document: Document) -> Iterator[tuple[HtmlElement, str]]:
    folder = _address(document).rpartition("/")[0] + "/"
    for node in document.nodes:
        url = _bare(document, node) if node.tag in ("a", "area") else None
        story = _CONTENT.fullmatch(url) if url else None
        if url and story and story["folder"] == folder:
            yield node, url


def _of_issue(document: Document) -> tuple[Row, ...]:
    """An article is linked from its title, its picture, its place on the page; the longest words name it."""
    day = date_in_url(_address(document))
    titles: dict[str, str] = {}
    for node, url in _stories(document):
        said = squeeze("".join(node.itertext())) or squeeze(node.get("title") or node.get("alt") or "")
        said = "" if _TURN.fullmatch(said) or is_noise(said) else said
        if len(said) > len(titles.setdefault(url, "")):
            titles[url] = said
    return tuple(Row(url, title, day) for url, title in titles.items() if title)


def _leaves(document: Document) -> Iterator[str]:
    """The pages of the issue as this one lists them."""
    folder = _address(document).rpartition("/")[0] + "/"
    for node in document.nodes:
        url = _bare(document, node) if node.tag == "a" else None
        leaf = _NODE.fullmatch(url) if url else None
        if url and leaf and leaf["folder"] == folder:
            yield url


def _turned(document: Document) -> str | None:
    """下一版; else the leaf behind this one in the issue's table of pages."""
    for node in document.nodes:
        if node.tag == "a" and re.fullmatch(r"下一?版\W*", squeeze("".join(node.itertext()))):
            url = _bare(document, node)
            if url in set(_leaves(document)) and url != _address(document):
                return url
    order = list(dict.fromkeys(_leaves(document)))
    if _address(document) in order:
        return next(iter(order[order.index(_address(document)) + 1 :]), None)
    own = _number(_address(document))
    later = sorted((url for url in order if _number(url) > own), key=_number)
    return later[0] if later else None


def _bare(document: Document, node: HtmlElement) -> str | None:
    """Where a link leads, without the `?div=-1` that a click on the page's picture adds."""
    url = document.target(node)
    return url.split("?")[0] if url else None


def _number(url: str) -> int:
    return int(re.findall(r"\d+", urlsplit(url).path.rpartition("/")[2])[0])
