"""Whether rows that were found on a page are those of its column, or of a box beside something else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from crawlers.items import Row
from crawlers.listing.document import Document
from crawlers.listing.mine import Mined
from crawlers.listing.naming import metas

_ROOT = re.compile(r"/(?:(?:index|default|home|main)(?:\.\w+)?)?", re.IGNORECASE)


def belongs(mined: Mined, url: str) -> bool:
    """True where rows lie in the folder of the column, or stand above its pager with their days.

    A page that its script fills comes with menus and hot lists alone, and one of them is the best list on it.
    """
    if not mined.rows:
        return False
    dated = sum(row.published is not None for row in mined.rows)
    return own_share(mined.rows, url) >= 0.5 or (mined.paged and 5 * dated >= 4 * len(mined.rows))


def own_share(rows: Sequence[Row], url: str) -> float:
    """How many of the rows lie in the folder of the column, 0 to 1; 0 for a column without one of its own.

    Folders in it are columns of its menu, unless they show a day.
    """
    parts = urlsplit(url)
    folder = f"//{parts.netloc}{parts.path.rpartition('/')[0]}/"
    if folder.count("/") <= 3 or not rows:
        return 0.0
    own = [row for row in rows if row.url.partition(":")[2].startswith(folder)]
    return sum(row.published is not None or not row.url.endswith("/") for row in own) / len(rows)


def is_article(document: Document) -> bool:
    """By the metadata that is mandated: such a page may carry lists of related articles, but is none."""
    told = metas(document)
    title = told.get("articletitle")
    return bool(title and told.get("pubdate") and title not in (told.get("columnname"), told.get("sitename")))


def is_home(document: Document) -> bool:
    """By its address; the lists on it are the beginnings of several columns."""
    return bool(_ROOT.fullmatch(urlsplit(document.url).path or "/"))
