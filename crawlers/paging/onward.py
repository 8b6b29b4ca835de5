"""What a page links to as its following page, before what is only known of its kind."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from crawlers.items import NextPage
from crawlers.listing.document import Document
from crawlers.paging.anchors import following
from crawlers.paging.numbered import numbered
from crawlers.paging.step import Step, unique
from crawlers.paging.windows import with_parameter

_COUNTED = re.compile(r"(?P<stem>.*?)(?:_(?P<number>\d{1,4}))?(?P<ext>\.\w+)?")


def onward(document: Document, number: int, *others: Step) -> tuple[Step, ...]:
    """The linked address of page `number + 1`, then `others`."""
    linked = following(document, number)
    return unique([*([Step(NextPage(linked))] if linked else []), *others])


def by_name(url: str, number: int, name: str = "index", ext: str = ".html") -> Step:
    """`index.html`, `index_2.html`, `index_3.html`: the number behind the file's own name, page 2 is 2.

    `name` and `ext` are those of a folder's first page.
    """
    folder, _, file = url.split("?")[0].split("#")[0].rpartition("/")
    own = _COUNTED.fullmatch(file)
    stem, suffix = (own["stem"], own["ext"] or "") if own and file else (name, ext)
    if own and own["number"] and number == 1:  # a name that ends in a number, and the list's first page
        stem = f"{own['stem']}_{own['number']}"
    return numbered(f"{folder}/{stem}_{{n}}{suffix}", 2, number)


def by_parameter(url: str, name: str, number: int) -> Step:
    """The same address with the number as a parameter, counted from 1."""
    return Step(NextPage(with_parameter(url.split("#")[0], name, str(number + 1))))


def file_of(url: str) -> str:
    return urlsplit(url).path.rpartition("/")[2]
