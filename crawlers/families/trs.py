"""TRS WCM and its kin (海云, IGS, UCAP static): the pager is a script that names total, current and file.

None of the dialects tells whether page 2 is `index_1` or `index_2`: ministries, 湖北 or 江西 count from 0,
UCAP and 湖南 from 1. The number of the current page hints at it; only a look at page 2 proves it
(`Recipe.offset`).
"""

from __future__ import annotations

import re

from attrs import frozen

from crawlers.catalogue.model import Recipe
from crawlers.items import NextPage
from crawlers.listing import Document, Mined, mine
from crawlers.paging.anchors import following
from crawlers.paging.declared import live_scripts
from crawlers.paging.numbered import numbered
from crawlers.paging.step import Step, unique

NAME = "trs"

_CALL = re.compile(r"(?<!function )\bcreatePage(?:HTML)?\s*\(([^)]{3,200})\)", re.IGNORECASE)
_PAGER = re.compile(r"\bPager\s*\(\s*\{([^}]{3,400})\}", re.IGNORECASE)
_ARGUMENT = re.compile(r"""\s*(?:"([^"]*)"|'([^']*)'|([^,"']+?))\s*(?:,|$)""")
_NUMBER = r"""\s*[:=]\s*(?:parseInt\(\s*)?['"]?(\d+)"""
_TOTAL = re.compile(rf"\b(?:countPage|_nPageCount){_NUMBER}")
_SIZE = re.compile(rf"\bsize{_NUMBER}")
_CURRENT = re.compile(rf"\b(?:currentPage|curPage|currPage|current|_nCurrIndex){_NUMBER}", re.IGNORECASE)
_RECORDS = re.compile(rf"\brecordCount{_NUMBER}", re.IGNORECASE)
_PER_PAGE = re.compile(rf"\bpageSize{_NUMBER}", re.IGNORECASE)
_NAME_KEY = re.compile(r"""\b(?:PAGE_NAME|pageName|prefix)\s*[:=]\s*['"]([\w./-]+)['"]""", re.IGNORECASE)
_EXT_KEY = re.compile(r"""\b(?:PAGE_EXT|pageExt|suffix)\s*[:=]\s*['"]\.?(\w+)['"]""", re.IGNORECASE)
_NAME_GLUED = re.compile(
    r"""['"](?:[^'"]*["'=/\\])?(\d{3,}|[A-Za-z][\w-]*?)(?:_|['"]\s*\+\s*['"]_)['"]\s*\+"""
)
_EXT_GLUED = re.compile(r"""\+\s*['"]\.(?:['"]\s*\+\s*['"])?(s?html?|jhtml|jspx?)\b""", re.IGNORECASE)


@frozen
class Pager:
    total: int | None
    current: int | None
    name: str
    ext: str


def recognise(document: Document) -> bool:
    return _pager(document) is not None


def rows(document: Document, row_path: str | None) -> Mined:
    return mine(document, row_path)


def total(document: Document) -> int | None:
    pager = _pager(document)
    return pager.total if pager else None


def current(document: Document) -> int | None:
    pager = _pager(document)
    return pager.current if pager else None


def steps(document: Document, recipe: Recipe, number: int) -> tuple[Step, ...]:
    linked = following(document, number)
    found = [Step(NextPage(linked))] if linked else []
    pager = _pager(document)
    folder = document.url.split("?")[0].rpartition("/")[0] + "/"
    if pager is None or (pager.total is not None and pager.total <= number):
        return unique(found)
    base = document.resolve(f"{pager.name}") if pager.name.startswith(("/", "http")) else folder + pager.name
    template = f"{base}_{{n}}.{pager.ext}"
    if recipe.offset is not None:
        return unique([*found, numbered(template, recipe.offset, number)])
    offsets = [1, 2]
    if pager.current is not None:
        likely = pager.current + 2 - number
        offsets.sort(key=lambda offset: offset != likely)
        if likely not in offsets:
            # Not the page that the caller takes it for; the script knows best where it stands.
            found.append(Step(NextPage(template.replace("{n}", str(pager.current + 1)))))
    return unique([*found, *(numbered(template, offset, number) for offset in offsets)])


def _pager(document: Document) -> Pager | None:
    source = live_scripts(document)
    name, ext = _file(document, source)
    for call in _CALL.findall(source):
        pager = _called(call, source, name, ext)
        if pager:
            return pager
    for settings in _PAGER.findall(source):
        name, ext = _file(document, settings)
        return Pager(_value(_SIZE, settings), _value(_CURRENT, settings), name, ext)
    total, current = _value(_TOTAL, source), _value(_CURRENT, source)
    if total is None:
        records, per_page = _value(_RECORDS, source), _value(_PER_PAGE, source)
        total = -(-records // per_page) if records is not None and per_page else None
    return Pager(total, current, name, ext) if total is not None and current is not None else None


def _called(call: str, source: str, name: str, ext: str) -> Pager | None:
    """`(total, current, name, ext, …)`, before it an element's id in some dialects; numbers may be
    variables.
    """
    arguments = [quoted or single or bare for quoted, single, bare in _ARGUMENT.findall(call)]
    numbers = [_number(argument, source) for argument in arguments]
    if len(arguments) > 2 and numbers[0] is None and numbers[1] is not None:
        arguments, numbers = arguments[1:], numbers[1:]
    if len(arguments) < 2 or numbers[0] is None:
        return None
    names = [*arguments[2:4], "", ""]
    return Pager(numbers[0], numbers[1], names[0].strip() or name, names[1].strip().lstrip(".") or ext)


def _number(argument: str, source: str) -> int | None:
    match = re.fullmatch(r"(?:parseInt\(\s*['\"]?)?(\d+)['\"]?\)?", argument.strip())
    if match:
        return int(match[1])
    if not re.fullmatch(r"[A-Za-z_]\w*", argument.strip()):
        return None
    assigned = re.search(rf"\b{re.escape(argument.strip())}{_NUMBER}", source)
    return int(assigned[1]) if assigned else None


def _value(shape: re.Pattern[str], source: str) -> int | None:
    match = shape.search(source)
    return int(match[1]) if match else None


def _file(document: Document, source: str) -> tuple[str, str]:
    """Name and extension of the numbered files: as the script says, else as this page's own, else
    index.html.
    """
    file = document.url.split("?")[0].rpartition("/")[2]
    own = re.fullmatch(r"(?P<stem>\d{3,}|[A-Za-z][\w-]*?)(?:_\d+)?\.(?P<ext>\w+)", file)
    name = _NAME_KEY.search(source) or _NAME_GLUED.search(source)
    ext = _EXT_KEY.search(source) or _EXT_GLUED.search(source)
    return (name[1] if name else own["stem"] if own else "index"), (
        ext[1] if ext else own["ext"] if own else "html"
    )
