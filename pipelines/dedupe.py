"""Whether a page is new, changed, the same, or a copy of a text that was there before. Pure."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable

from attrs import frozen

SHORT_TEXT = 120
"""Letters and digits below which a body alone does not tell two notices apart."""

_NOT_TEXT = re.compile(r"[\W_]+")


@frozen
class Text:
    """What two pages are compared by."""

    title: str
    body: str
    attachments: tuple[str, ...] = ()


def content_hash(text: Text) -> str:
    """Tells two states of one page apart: title, body and attachments, spacing aside."""
    parts = (_spaced(text.title), _spaced(text.body), *sorted(text.attachments))
    return _digest(parts)


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
    names of a hundred different companies. So a short body, or one that hands over to its attachments,
    counts only under the same headline.
    """
    body = letters(later.body)
    if not body:
        return False
    if len(body) >= SHORT_TEXT and not later.attachments and not first.attachments:
        return True
    one, other = letters(later.title), letters(first.title)
    return bool(one and other) and (one in other or other in one)


def _spaced(text: str) -> str:
    return " ".join(text.split())


def _digest(parts: Iterable[str]) -> str:
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]
