"""DedeCMS: `list_98_2.html` after `list_98_1.html` or the bare folder; dynamic `/plus/list.php?tid=98`."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from crawlers.catalogue.model import Recipe
from crawlers.items import NextPage
from crawlers.listing import Document, Mined, mine
from crawlers.paging.declared import page_shown, pages_shown
from crawlers.paging.onward import by_parameter, onward
from crawlers.paging.step import Step

NAME = "dedecms"

_MARKS = re.compile(
    r"power(?:ed)?\s+by\s+dedecms|/templets/default/|/plus/(?:list|view|search)\.php\?|class=['\"]?dede_pages\b"
    r"|dedeajax2?\.js",
    re.IGNORECASE,
)
_FILE = re.compile(r"(?P<head>(?:.*/)?list_\d+_)(?P<number>\d+)(?P<ext>\.\w+)")
_DYNAMIC = re.compile(r"list\.php\?.*\btid=\d+", re.IGNORECASE)


def recognise(document: Document) -> bool:
    return bool(_MARKS.search(document.text))


def rows(document: Document, row_path: str | None) -> Mined:
    return mine(document, row_path)


def total(document: Document) -> int | None:
    return pages_shown(document)


def current(document: Document) -> int | None:
    return page_shown(document)


def steps(document: Document, recipe: Recipe, number: int) -> tuple[Step, ...]:
    pages = total(document)
    if pages is None or pages <= number:
        return onward(document, number)
    if _DYNAMIC.search(document.url):
        return onward(document, number, by_parameter(document.url, "PageNo", number))
    file = _numbered_file(document)
    if file is None:
        return onward(document, number)
    step = Step(NextPage(f"{file['head']}{number + 1}{file['ext']}"))
    return onward(document, number, step)


def _numbered_file(document: Document) -> re.Match[str] | None:
    """How pages of this list are called: as this page, as one of its folder that it names."""
    folder = document.url.split("?")[0].rpartition("/")[0]
    for node in document.nodes:
        address = node.get("value") if node.tag == "option" else node.get("href") if node.tag == "a" else None
        url = document.resolve(address) if address and "list_" in address else None
        file = _FILE.fullmatch(url) if url and urlsplit(url).hostname == urlsplit(folder).hostname else None
        if url and file and url.rpartition("/")[0] == folder:
            return file
    return _FILE.fullmatch(document.url.split("?")[0])
