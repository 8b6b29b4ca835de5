"""Addresses that carry the number of the page."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlsplit

from crawlers.items import NextPage
from crawlers.paging.step import Step

PARAMETERS = frozenset(
    ("page", "pageno", "page_no", "pageindex", "pagenum", "pagenumber", "pageid", "currentpage", "currpage",
     "curpage", "nowpage", "tpage", "totalresult_page", "p", "pn")
)  # fmt: skip
_FILE = re.compile(r"(?P<stem>[^/.]+?)(?P<ext>\.\w+)$")
_SUFFIX = re.compile(r"(?P<stem>.*[A-Za-z\d])(?P<mark>[_-])(?P<number>\d{1,4})(?P<ext>\.\w+)$")


def numbered(template: str, offset: int, number: int) -> Step:
    """Page `number + 1` of a template (`…/index_{n}.html`) whose page 2 carries `offset`."""
    return Step(NextPage(template.replace("{n}", str(number - 1 + offset))), offset, template)


def by_query(url: str, number: int) -> list[Step]:
    """Where the address itself carries this page's number as a parameter: that number and one more."""
    found = []
    for name, value in parse_qsl(urlsplit(url).query):
        if name.lower() in PARAMETERS and value.isdecimal() and int(value) in (number, number - 1):
            template = re.sub(rf"(?<=[?&])({re.escape(name)}=){value}(?=&|#|$)", r"\g<1>{n}", url, count=1)
            found.append(numbered(template, int(value) - number + 2, number))
    return found


def by_suffix(url: str, number: int, ext: str = ".html") -> list[Step]:
    """Numbers behind the file's name, in the order of how common they are: `index_1` and `index_2` as page 2.

    On a later page the number that is already there is counted on. `ext`: of files in a folder.
    """
    split = urlsplit(url)
    head, tail = (
        url[: len(url) - len(split.query) - 1] if split.query else url,
        f"?{split.query}" if split.query else "",
    )
    folder, _, name = head.rpartition("/")
    already = _SUFFIX.fullmatch(name)
    if already and int(already["number"]) in (number, number - 1):
        template = f"{folder}/{already['stem']}{already['mark']}{{n}}{already['ext']}{tail}"
        return [numbered(template, int(already["number"]) - number + 2, number)]
    if re.fullmatch(rf"{number}\.\w+", name):
        return [numbered(f"{folder}/{{n}}.{name.rpartition('.')[2]}{tail}", 2, number)]
    if number > 1:
        return []
    file = _FILE.fullmatch(name)
    stem, ext = (file["stem"], file["ext"]) if file else ("index", ext)
    if name and not file:
        return [numbered(f"{head}_{{n}}{tail}", 2, number)]
    return [numbered(f"{folder}/{stem}_{{n}}{ext}{tail}", offset, number) for offset in (1, 2)]
