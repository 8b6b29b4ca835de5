"""Numbered addresses that a page lets guess without linking to the following page.

Its link to the last page, a template in its script, the name of a parameter, the number of the first record.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from urllib.parse import parse_qsl, urlsplit

from crawlers.items import NextPage
from crawlers.listing.document import Document
from crawlers.listing.links import short_text
from crawlers.paging.anchors import carries
from crawlers.paging.calls import addresses_of_pages
from crawlers.paging.declared import live_scripts
from crawlers.paging.numbered import PARAMETERS, numbered
from crawlers.paging.onward import file_of
from crawlers.paging.step import Step
from crawlers.paging.windows import with_parameter

_LAST = re.compile(r"\W*(?:尾页|末页|最后一?页|尾頁|末頁|last)\W*", re.IGNORECASE)
_LAST_NUMBER = re.compile(r"(?P<head>.*?[^\d])(?P<number>\d{1,4})(?P<tail>\D*)")
_GLUED = re.compile(
    r"""['"`](?P<head>[\w./?=&%-]*[_/=-])"""
    r"""(?:['"]\s*\+\s*\(?[\w.]+(?:\s*[+-]\s*1)?\)?\s*\+\s*['"]|\$\{(?P<name>\w{1,30})[^}'"`]{0,30}\})"""
    r"""(?P<tail>\.s?html?|\.jhtml|\.jspx?|\.aspx?|\.php|&[\w=&]*)?['"`]"""
)
_TELLING = 500
"""Links of a page that show what its addresses end in."""
_FIRST_RECORD = ("begin", "start", "offset", "startrecord", "firstresult", "skip")


def by_last(document: Document, number: int, total: int | None) -> list[Step]:
    """The address of the last page (尾页) with smaller numbers; with a total, the offset that fits it."""
    for node in document.nodes:
        if node.tag != "a":
            continue
        words = unicodedata.normalize("NFKC", short_text(node))
        if not _LAST.fullmatch(words):
            continue
        url = document.target(node)
        named = _LAST_NUMBER.fullmatch(url) if url else None
        if named is None or named["tail"].count("/"):
            continue
        last = int(named["number"])
        offsets = (1, 2) if total is None else (last - total + 2,)
        template = f"{named['head']}{{n}}{named['tail']}"
        fitting = [offset for offset in offsets if 1 <= offset <= 2 and number - 1 + offset <= last]
        return [numbered(template, offset, number) for offset in fitting]
    return []


def by_script(document: Document, number: int) -> list[Step]:
    """What a function of the page's number leads to; else `"index_" + page + ".html"` or
    `index_${page}.shtml` as it stands in a script.
    """
    source = live_scripts(document)
    own = urlsplit(document.url).netloc
    found = []
    for pair in addresses_of_pages(source, number):
        here, there = map(document.resolve, pair)
        # A function may count from 0, and then leads past the page that is wanted.
        counts = here == document.resolve(document.url) or (there and carries(there, number + 1))
        if there and counts and urlsplit(there).netloc == own:
            found.append(Step(NextPage(there)))
    for glued in _GLUED.finditer(source):
        if not glued["tail"] and not re.search(r"\?.*=$", glued["head"]):
            continue
        address = document.resolve(f"{glued['head']}0000{glued['tail'] or ''}")
        if address and urlsplit(address).netloc == own:
            template = "{n}".join(address.rsplit("0000", 1))
            found += [
                numbered(template, offset, number) for offset in _offsets(glued["name"], source, number)
            ]
    return found


def _offsets(name: str | None, source: str, number: int) -> tuple[int, ...]:
    """What page 2 may carry: `PageIndex: 1` beside `${PageIndex}` tells how this page counts itself."""
    told = re.search(rf"\b{re.escape(name)}['\"]?\s*[:=]\s*['\"]?(\d{{1,4}})\b", source) if name else None
    if told and 0 <= number - int(told[1]) <= 1:
        return (2 - (number - int(told[1])),)
    return (1, 2)


def by_parameter_named(document: Document, number: int) -> list[Step]:
    """The address with a page parameter that it lacks, by the name that links, forms or scripts give it."""
    if re.search(r"^$|\.s?html?$", file_of(document.url), re.IGNORECASE) and not urlsplit(document.url).query:
        return []
    own = {name.lower() for name, _ in parse_qsl(urlsplit(document.url).query, keep_blank_values=True)}
    called = Counter(name for name in _names(document) if name.lower() in PARAMETERS)
    names = [name for name, _ in called.most_common(2) if name.lower() not in own]
    templates = [with_parameter(document.url, name, "0000").replace("=0000", "={n}") for name in names]
    return [numbered(template, 2, number) for template in templates]


def by_record(url: str, number: int, shown: int, records: int | None) -> list[Step]:
    """`begin=0&pagenum=1`: the number of the first record moves on by what is shown, up to the total."""
    told = parse_qsl(urlsplit(url).query)
    first = next((pair for pair in told if pair[0].lower() in _FIRST_RECORD and pair[1].isdecimal()), None)
    if first is None or not shown or records is None or int(first[1]) + shown >= records:
        return []
    url = with_parameter(url, first[0], str(int(first[1]) + shown))
    for name, value in told:
        if name.lower() in PARAMETERS and value.isdecimal() and int(value) in (number, number - 1):
            url = with_parameter(url, name, str(int(value) + 1))
    return [Step(NextPage(url))]


def usual_extension(document: Document) -> str:
    """What most addresses of the page's own host end in; that of a folder's numbered files, most likely."""
    host = urlsplit(document.url).netloc
    links = islice((node for node in document.nodes if node.tag == "a"), _TELLING)
    ends = Counter(
        match[0].lower()
        for node in links
        if (url := document.resolve(node.get("href"))) and urlsplit(url).netloc == host
        if (match := re.search(r"\.s?html?$|\.jhtml$", url, re.IGNORECASE))
    )
    return ends.most_common(1)[0][0] if ends else ".html"


def _names(document: Document) -> Iterator[str]:
    yield from re.findall(r"[?&](\w+)=", live_scripts(document))
    for node in document.nodes:
        if node.tag in ("input", "select") and node.get("name"):
            yield str(node.get("name"))
        for attribute in ("href", "onclick"):
            yield from re.findall(r"[?&](\w+)=", node.get(attribute) or "")
