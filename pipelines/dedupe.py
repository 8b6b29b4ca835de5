"""Whether a page is new, changed, the same, or a copy of a text that was there before. Pure."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import lru_cache

from attrs import frozen

SHORT_TEXT = 120
"""Letters and digits below which a text does not tell two notices apart, not even with its headline."""

LONG_TEXT = 300
"""Letters and digits from which a text tells by itself: no form, whose particulars stand in a picture."""

SAME_DAYS = timedelta(days=2)
"""Within which a notice is copied; later it is the next of its kind."""

_NOT_TEXT = re.compile(r"[\W_]+")


@frozen
class Text:
    """What two pages are compared by."""

    title: str
    body: str
    attachments: tuple[str, ...] = ()
    host: str = ""
    published: datetime | None = None
    apart: tuple[str, ...] = ()
    """What stands apart from the body: lead and sub-headline, the table of a public document."""


def content_hash(text: Text) -> str:
    """Tells two states of one page apart: title, body, what stands apart and attachments, spacing aside."""
    parts = (_spaced(text.title), _spaced(text.body), *map(_spaced, text.apart), *sorted(text.attachments))
    return _digest(parts)


@lru_cache(maxsize=8)  # asked for several times while an article is stored
def text_hash(body: str) -> str:
    """The same for a text and its copies: letters and digits only.

    A copy comes with other line breaks, and a polluted one with half-width punctuation
    (`來源:邵陽新聞網`), so neither may count.
    """
    return _digest((letters(body),))


def letters(text: str) -> str:
    """The text without spaces, punctuation, width and case."""
    return _NOT_TEXT.sub("", unicodedata.normalize("NFKC", text)).lower()


def is_copy(later: Text, first: Text) -> bool:
    """Whether `later`, at another address and with the same `text_hash`, is a copy of `first`.

    Look-alike notices are not copies: "现将企业名单予以公示，详见附件" stands word for word under the
    names of a hundred different companies, and every month anew under one headline, 行政处罚信息公示. So
    a short body, or one that hands over to its attachments, counts only under the same headline and
    date; a longer one under another headline only where another site made that headline.
    """
    size = len(letters(later.body))
    if size == 0:
        return False
    same_title = is_same_title(later.title, first.title)
    if size < SHORT_TEXT or later.attachments or first.attachments:
        return same_title and _about_the_same_day(later.published, first.published)
    return same_title or (size >= LONG_TEXT and later.host != first.host)


def is_same_title(one: str | None, other: str | None) -> bool:
    """Whether one headline holds the other, but for spaces, punctuation, width and case."""
    first, second = letters(one or ""), letters(other or "")
    return bool(first and second) and (first in second or second in first)


def _about_the_same_day(one: datetime | None, other: datetime | None) -> bool:
    return one is not None and other is not None and abs(one - other) <= SAME_DAYS


def _spaced(text: str) -> str:
    return " ".join(text.split())


def _digest(parts: Iterable[str]) -> str:
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]
