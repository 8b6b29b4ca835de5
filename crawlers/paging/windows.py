"""Interfaces that are asked for a window of records: `page`, `startrecord`, `endrecord`, `perpage`.

Some servers honour the records only, some only the page, so that all four have to tell the same.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, quote, urlsplit

from attrs import frozen

MOST = 100
"""Records that servers give at once; what is beyond is cut off without a word."""

_NUMBERS = ("page", "startrecord", "endrecord", "perpage")


@frozen
class Window:
    page: int
    start: int
    """Number of the first record, from 1."""
    size: int
    per_page: int

    def following(self, came: int) -> Window:
        """The next window, right below the `came` records that this one brought."""
        return Window(self.page + 1, self.start + came, self.size, self.per_page)

    def into(self, url: str) -> str:
        """An address with these numbers, everything else in it as it stands (encrypted parameters)."""
        values = (self.page, self.start, self.start + self.size - 1, self.per_page)
        for name, value in zip(_NUMBERS, values, strict=True):
            url = with_parameter(url, name, str(value))
        return url


def ended(known: int | None, last: int, came: int, size: int) -> bool:
    """Whether an answer was the last one: `came` records of `size`, the last of them the `last` of all.

    The total that is declared is a hint. Of a first page it is taken at its word where all of it is there;
    later a full answer is not the end, and a total that is too high costs one question more.
    """
    if not came:
        return True
    if known is None:
        return came < size
    return last >= known and (came < size or last == came == known)


def window_of(url: str) -> Window | None:
    """The window that an address asked for."""
    told = {name.lower(): value for name, value in parse_qsl(urlsplit(url).query)}
    try:
        page, start, end, per_page = (int(told.get(name, "")) for name in _NUMBERS)
    except ValueError:
        return None
    return Window(page, start, end - start + 1, per_page)


def with_parameter(url: str, name: str, value: str) -> str:
    """An address with one parameter set, in its old place where it has one."""
    shape = re.compile(rf"(?<=[?&]){re.escape(name)}=[^&#]*", re.IGNORECASE)
    pair = f"{name}={quote(value, safe='')}"
    if shape.search(url):
        return shape.sub(lambda _: pair, url, count=1)
    return f"{url}{'&' if '?' in url else '?'}{pair}"
