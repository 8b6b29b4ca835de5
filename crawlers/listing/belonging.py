"""Whether rows that were found on a page are those of its column, or of a box beside an empty one."""

from __future__ import annotations

from urllib.parse import urlsplit

from crawlers.listing.mine import Mined


def belongs(mined: Mined, url: str) -> bool:
    """True where rows lie in the folder of the column, or stand above its pager with their days.

    A page that its script fills comes with menus and hot lists alone, and one of them is the best list on it.
    """
    if not mined.rows:
        return False
    parts = urlsplit(url)
    folder = f"//{parts.netloc}{parts.path.rpartition('/')[0]}/"
    own = sum(row.url.partition(":")[2].startswith(folder) for row in mined.rows)
    dated = sum(row.published is not None for row in mined.rows)
    deep = folder.count("/") > 3
    return (deep and 2 * own >= len(mined.rows)) or (mined.paged and 5 * dated >= 4 * len(mined.rows))
