"""What a site shows for pages that do not exist, where it answers 200: asked for once, then recognised.

Many sites answer any address with a notice in their usual frame, with their home page, or with a list of
what else there is; no table of phrases knows them all.
"""

from __future__ import annotations

import re
import secrets
from urllib.parse import urljoin, urlsplit

from attrs import define, field

from crawlers.fetching import Fetch, FetchFailed
from crawlers.items import Page
from crawlers.reading.decode import decode
from crawlers.symptoms import visible_text

_SHINGLE = 8
"""Characters; two pages share those of their common text."""
_ALIKE = 0.9
_CHANGING = re.compile(r"\d+")
"""Dates, clocks and counters of visitors."""


@define
class Missing:
    """One for each visit; asks each site at most once for a page that nobody has."""

    fetch: Fetch
    _shown: dict[str, frozenset[str] | None] = field(factory=dict)
    """Site -> shingles of what it shows; None: it says 404 as it should."""

    async def is_shown(self, page: Page) -> bool:
        """Whether a page is what its site shows for any address that does not exist."""
        site = urlsplit(page.url).netloc
        if site not in self._shown:
            self._shown[site] = await self._ask(page.url)
        shown = self._shown[site]
        return shown is not None and alike(shown, shingles(page))

    async def _ask(self, url: str) -> frozenset[str] | None:
        try:
            answer = await self.fetch(urljoin(url, f"{secrets.token_hex(6)}.html"))
        except FetchFailed:
            return None
        return shingles(answer)


def shingles(page: Page) -> frozenset[str]:
    text = _CHANGING.sub("", visible_text(decode(page.body, page.content_type).text))
    return frozenset(text[at : at + _SHINGLE] for at in range(max(1, len(text) - _SHINGLE + 1)))


def alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= _ALIKE * len(one | other)
