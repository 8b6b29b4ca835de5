"""Files that belong to an article."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from itertools import islice
from urllib.parse import unquote, urljoin, urlsplit

from lxml import etree

from crawlers.files.formats import type_of
from crawlers.items import Attachment
from crawlers.reading.blocks import Layout, Placed
from crawlers.reading.body import Found
from crawlers.reading.boxes import names_file
from crawlers.reading.canonical import canonical_url

_EXTENSIONS = frozenset(
    ("pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "zip", "rar", "7z", "wps", "et", "ofd", "csv", "txt",
     "rtf", "ceb", "tif")
)  # fmt: skip
_EXTENSION = f"(?:{'|'.join(sorted(_EXTENSIONS, key=len, reverse=True))})"
_FILE_TEXT = re.compile(rf"\.{_EXTENSION}\b|[\u4e00-\u9fff\w）)]\.(?:jpe?g|png)$", re.IGNORECASE)
_ENDPOINT = re.compile(
    r"downfile\.jsp|/_content/download\.jsp|DownloadAttachUrl|/attachDownload|/downloadFile|attach(?:ment)?/down",
    re.IGNORECASE,
)
_BROKEN = re.compile(r"undefined|javascript:|^#|^mailto:", re.IGNORECASE)
_IN_SCRIPT = re.compile(r"""file_appendix\s*=\s*(['"])((?:(?!file_appendix).){0,4000}?)\1\s*;""", re.DOTALL)
"""None goes beyond where the next one begins: a page of nothing but beginnings is still read once."""
_ANCHOR = re.compile(
    r"""<a[^>]*?href\s*=\s*\\?["']?([^"'\s>\\]+)[^>]*>(.*?)</a>""", re.DOTALL | re.IGNORECASE
)

_PAGE_PATH = re.compile(r"\.(?:s?html?|jhtml)$|/$", re.IGNORECASE)
_VIEWED = re.compile(rf"[?&](?:file|url|src)=([^&#]+\.{_EXTENSION})(?=[&#?]|$)", re.IGNORECASE)
"""/pdfjs/web/viewer.html?file=/f/a.pdf"""

_LISTED = re.compile(r"\W{0,2}附\s*件")
_ABOVE, _ABOVE_HEADLINE = 10, 3
"""Lines above the text, and above its headline, in which files of it may be named."""
_BELOW = 4
_MOST = 200
"""Files of one article; what offers more is no article but a store of files."""


def files_of(
    frames: Iterable[etree._Element], layout: Layout, found: Found, lines: range, text: str, url: str
) -> tuple[Attachment, ...]:
    """The files of an article whose `lines` begin with its headline: near its text, and shown in `frames`."""
    blocks = layout.blocks
    first = max(found.start - _ABOVE, min(lines.start, found.start) - _ABOVE_HEADLINE)
    last = max(found.end, lines.stop + _BELOW)
    while last + 1 < len(blocks) and names_file(blocks[last + 1].text):
        last += 1  # in a list of them near its end
    near = [link for link in layout.links if first <= link.index <= last]
    lines_of = {link.index for link in near if link.index < len(blocks)}
    listed = {line for line in lines_of if _LISTED.match(blocks[line].text)}
    return find_attachments([*near, *embedded(frames)], text, url, listed)


def find_attachments(
    links: list[Placed], text: str, url: str, listed: Container[int] = ()
) -> tuple[Attachment, ...]:
    """The files among `links`, and those that a script variable `file_appendix` holds; each address once.

    Links in the lines `listed`, which begin with 附件, are files whatever their names, unless they are pages.
    Addresses as those of articles: with the number of a session they would be other files at each look.
    """
    scripted = _IN_SCRIPT.search(text) if "file_appendix" in text else None
    found = [
        (link.url, link.text)
        for link in links
        if is_file(link.url, link.text) or (link.index in listed and _may_be_file(link.url))
    ]
    if scripted:
        found += [(href, re.sub(r"<[^>]*>", "", name)) for href, name in _ANCHOR.findall(scripted.group(2))]
    named: dict[str, str] = {}
    for href, name in found:
        absolute = canonical_url(join(url, href))
        named.setdefault(absolute, name.strip() or _name_in(absolute))
    kept = islice(named.items(), _MOST)
    return tuple(Attachment(address, name, type_of(address, name)) for address, name in kept)


def embedded(frames: Iterable[etree._Element]) -> list[Placed]:
    """The files that a page shows in frames of their own (<iframe>, <embed>, <object>), a viewer's too."""
    found: list[Placed] = []
    for frame in frames:
        source = frame.get("src") or frame.get("data") or ""
        shown = _VIEWED.search(source)
        address = unquote(shown[1]) if shown else source
        if is_file(address, ""):
            found.append(Placed(0, address, ""))
    return found


def _name_in(address: str) -> str:
    try:
        return unquote(urlsplit(address).path.rpartition("/")[2])
    except ValueError:  # http://[x/
        return ""


def _may_be_file(href: str) -> bool:
    path = href.strip().partition("#")[0].partition("?")[0]
    return bool(path) and not _BROKEN.search(href) and not _PAGE_PATH.search(path)


def is_file(href: str, text: str) -> bool:
    """A link to a document: by its path, by a download address, or by a file name as its text."""
    href = href.strip()
    path = href.partition("#")[0].partition("?")[0]
    # Each of the endpoints is called something with "down"; most links are done with before that is asked.
    served = "down" in href.lower() and _ENDPOINT.search(href)
    _, dot, ending = path.rpartition(".")
    named = (dot and ending.lower() in _EXTENSIONS) or _FILE_TEXT.search(text.strip()[-8:])
    return bool(href and (named or served) and not _BROKEN.search(href))


def join(base: str, href: str) -> str:
    try:
        return urljoin(base, href.strip())
    except ValueError:
        return href.strip()
