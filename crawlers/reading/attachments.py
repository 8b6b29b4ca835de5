"""Files that belong to an article."""

from __future__ import annotations

import re
from itertools import islice
from urllib.parse import unquote, urljoin, urlsplit

from crawlers.files.formats import type_of
from crawlers.items import Attachment
from crawlers.reading.blocks import Placed
from crawlers.reading.canonical import canonical_url

_EXTENSION = r"(?:pdf|docx?|xlsx?|pptx?|zip|rar|7z|wps|et|ofd|csv|txt|rtf|ceb|tif)"
_FILE_PATH = re.compile(rf"\.{_EXTENSION}$", re.IGNORECASE)
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

_MOST = 200
"""Files of one article; what offers more is no article but a store of files."""


def find_attachments(links: list[Placed], text: str, url: str) -> tuple[Attachment, ...]:
    """The files among `links`, and those that a script variable `file_appendix` holds; each address once.

    Addresses as those of articles: with the number of a session they would be other files at each look.
    """
    scripted = _IN_SCRIPT.search(text) if "file_appendix" in text else None
    found = [(link.url, link.text) for link in links if is_file(link.url, link.text)]
    if scripted:
        found += [(href, re.sub(r"<[^>]*>", "", name)) for href, name in _ANCHOR.findall(scripted.group(2))]
    named: dict[str, str] = {}
    for href, name in found:
        absolute = canonical_url(join(url, href))
        named.setdefault(absolute, name.strip() or unquote(urlsplit(absolute).path.rpartition("/")[2]))
    kept = islice(named.items(), _MOST)
    return tuple(Attachment(address, name, type_of(address, name)) for address, name in kept)


def is_file(href: str, text: str) -> bool:
    """A link to a document: by its path, by a download address, or by a file name as its text."""
    href = href.strip()
    if not href or _BROKEN.search(href):
        return False
    path = href.partition("#")[0].partition("?")[0]
    # Each of the endpoints is called something with "down"; most links are done with before that is asked.
    served = "down" in href.lower() and _ENDPOINT.search(href)
    return bool(_FILE_PATH.search(path) or served or _FILE_TEXT.search(text.strip()[-8:]))


def join(base: str, href: str) -> str:
    try:
        return urljoin(base, href.strip())
    except ValueError:
        return href.strip()
