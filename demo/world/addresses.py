"""Where things are on a site: pure, the same for the server, the truth and the tests."""

from __future__ import annotations

import math
import posixpath
from datetime import datetime
from hashlib import md5
from urllib.parse import parse_qsl, urlencode, urlsplit

from demo.world.model import Entry, File, Precision, Site


def page_path(site: Site, page: int) -> str:
    """Path of page `page` (from 1) of the column."""
    return site.list_path if page == 1 else site.page_path.format(n=page - 2 + site.second_page)


def page_count(site: Site, entries: int) -> int:
    """Pages of the column when it has that many articles; an empty column still has one."""
    return max(1, math.ceil(entries / site.rows))


def article_path(site: Site, entry: Entry) -> str:
    pattern = site.forbidden_path if entry.forbidden and site.forbidden_path else site.article_path
    digest = md5(entry.key.encode(), usedforsecurity=False).hexdigest()
    return pattern.format(date=entry.published, id=entry.number, hash=digest)


def file_path(site: Site, entry: Entry, file: File) -> str:
    """Images and attachments lie beside their article."""
    return posixpath.join(posixpath.dirname(urlsplit(article_path(site, entry)).path), file.name)


def link(site: Site, here: str, target: str) -> str:
    """`target` as a page at `here` links to it: from the root, or relative as old CMS do."""
    if not site.relative:
        return target
    path, mark, query = target.partition("?")
    folder = posixpath.dirname(urlsplit(here).path) or "/"
    relative = posixpath.relpath(path, folder)
    slash = "/" if path.endswith("/") and not relative.endswith("/") else ""
    start = "" if relative.startswith(".") or site.list_path.count("?") else "./"
    return f"{start}{relative}{slash}{mark}{query}"


def route(target: str) -> str:
    """One spelling for addresses that differ only in the order of their query."""
    parts = urlsplit(target)
    query = urlencode(sorted(parse_qsl(parts.query, keep_blank_values=True)))
    return parts.path + (f"?{query}" if query else "")


def precision(site: Site, entry: Entry) -> Precision:
    """How exactly the page of this article tells its time."""
    return "minute" if site.minute_on_even and entry.number % 2 == 0 else site.precision


def shown(site: Site, entry: Entry) -> datetime:
    """The time of publication as far as the page tells it."""
    exact = entry.published
    match precision(site, entry):
        case "second":
            return exact
        case "minute":
            return exact.replace(second=0)
        case "day":
            return exact.replace(hour=0, minute=0, second=0)
