"""博达 VSB: `X.htm` is page 1, page p of T is `X/{T-p+1}.htm`; the oldest is `X/1.htm` for ever.

Numbers run backwards, so every address moves on when a page is added: they are made anew from T on every
page, never kept. When that happens in the middle of a walk, the address of page p holds what was on page
p-1 a moment ago, and one page is passed over: the page's own number tells, and the walk goes back for it.
The dynamic mode is `list.jsp?totalpage=T&PAGENUM=p`.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlsplit

from crawlers.catalogue.model import Recipe
from crawlers.items import NextPage
from crawlers.listing import Document, Mined, mine
from crawlers.listing.links import squeeze
from crawlers.paging.anchors import following
from crawlers.paging.declared import page_shown, pages_shown
from crawlers.paging.step import Step, unique
from crawlers.paging.windows import with_parameter

NAME = "vsb"

_MARKS = re.compile(
    r"_simple_list_gotopage_fun|_showDynClicks\(|/system/resource/(?:js|code)/|\bv_news_content\b|\bvsb_content"
    r"|urltype=(?:news\.NewsContentUrl|tree\.TreeTempUrl)|<(?:li|tr)\b[^>]{0,80}\bid=['\"]?line_u\d+_"
)
_GOTO = re.compile(r"_simple_list_gotopage_fun\s*\(\s*['\"]?(\d+)['\"]?\s*,")
_SHOWN = re.compile(r"共\s*\d+\s*条\D{0,8}?(\d{1,5})\s*/\s*(\d{1,5})(?!\d)")
_STATIC = re.compile(r"(?P<stem>.*?)(?:/(?P<number>\d+))?(?P<ext>\.s?html?)$")


def recognise(document: Document) -> bool:
    return bool(_MARKS.search(document.text))


def rows(document: Document, row_path: str | None) -> Mined:
    return mine(document, row_path)


def total(document: Document) -> int | None:
    goto = _GOTO.search(document.text)
    if goto:
        return int(goto[1])
    told = _parameter(document.url, "totalpage") or _shown(document)[1]
    return told or pages_shown(document)


def current(document: Document) -> int | None:
    return _parameter(document.url, "pagenum") or _shown(document)[0] or page_shown(document)


def steps(document: Document, recipe: Recipe, number: int) -> tuple[Step, ...]:
    linked = following(document, number)
    found = [Step(NextPage(linked))] if linked else []
    pages = total(document)
    if pages is None:
        return tuple(found)
    here = current(document) or (_by_name(document, pages) if number > 1 else None) or number
    later = max(here, number) > 1
    if here > number > 1:
        return _page(document, pages, number, later)
    wanted = (here if number == 1 else number) + 1
    # Behind a page that was gone back for, the page's own link leads to one that was seen already.
    return unique([*(found if here >= number else ()), *_page(document, pages, wanted, later)])


def _page(document: Document, pages: int, wanted: int, later: bool) -> tuple[Step, ...]:
    """Page `wanted` of `pages`; `later` where this page's own address has a number already."""
    if wanted > pages:
        return ()
    split = urlsplit(document.url)
    if split.path.endswith(".jsp"):
        url = with_parameter(document.url, "totalpage", str(pages))
        return (Step(NextPage(with_parameter(url, "PAGENUM", str(wanted)))),)
    name = _STATIC.fullmatch(document.url.split("?")[0])
    if name is None or (later and not name["number"]):
        return ()
    stem = name["stem"] if later else document.url.split("?")[0].removesuffix(name["ext"])
    return (Step(NextPage(f"{stem}/{pages - wanted + 1}{name['ext']}")),)


def _by_name(document: Document, pages: int) -> int | None:
    """The place of a later page in its list by its address, `X/k.htm`."""
    name = _STATIC.fullmatch(document.url.split("?")[0])
    place = pages - int(name["number"]) + 1 if name and name["number"] else 0
    return place if 1 < place <= pages else None


def _shown(document: Document) -> tuple[int | None, int | None]:
    """`共840条 2/41`: this page and the total."""
    found = _SHOWN.search(squeeze("".join(document.tree.itertext())))
    return (int(found[1]), int(found[2])) if found else (None, None)


def _parameter(url: str, name: str) -> int | None:
    told = {key.lower(): value for key, value in parse_qsl(urlsplit(url).query)}
    value = told.get(name, "")
    return int(value) if value.isdecimal() else None
