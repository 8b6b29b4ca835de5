"""Text of a page to its tree, and the text of a node to a line."""

from __future__ import annotations

import re

from lxml import etree

_LONGEST_MARKUP = 2_000_000
_GIANT = 20_000
_GIANT_TAG = re.compile(rf"<([a-z][\w-]{{0,20}})\s[^<>]{{{_GIANT},}}>", re.IGNORECASE)
_END = re.compile(rb"</(?:html|body)", re.IGNORECASE)
_END_TAGS = re.compile(rb"</(?:html|body)\s*>", re.IGNORECASE)
_INVISIBLE = re.compile(r"[\xad\u200b-\u200f\u202a-\u202e\u2060\ufeff\ue000-\uf8ff]+")
_NESTING = re.compile(
    r"</?(?:div|span|font|b|strong|em|i|u|o|section|article|center|table|tbody|tr|td|th|ul|ol|li|dl|dd|form)\b[^<>]*>",
    re.IGNORECASE,
)


_PARSER = etree.HTMLParser(
    encoding="utf-8", recover=True, huge_tree=True, remove_comments=True, remove_pis=True, collect_ids=False
)


def parse(text: str) -> etree._Element | None:
    """The tree of any markup; None where there is none. Broken pages are recovered, oversized ones cut."""
    if _is_sparse(text):
        text = _GIANT_TAG.sub(r"<\1>", text)  # images inside the page (data:) make tags of megabytes
    # NUL ends the text for libxml2; bytes are searched for it sooner than a text in Chinese.
    data = _without_end(text[:_LONGEST_MARKUP].encode("utf-8", "replace").replace(b"\0", b""))
    try:
        return etree.fromstring(data, _PARSER) if data.strip() else None
    except etree.LxmlError:
        return None


def _without_end(data: bytes) -> bytes:
    """Included headers close the document in its middle (</html>), after which libxml2 reads nothing more."""
    end = _END.search(data)
    return data[: end.start()] + _END_TAGS.sub(b"", data[end.start() :]) if end else data


def _is_sparse(text: str) -> bool:
    """Whether a stretch of `_GIANT` characters holds no tag."""
    at = text.find("<")
    while 0 <= at < len(text) - _GIANT:
        following = text.rfind("<", at + 1, at + 1 + _GIANT)
        if following < 0:
            return True
        at = following
    return False


def flatten(text: str) -> str:
    """Markup without the elements that nest: for pages deeper than a parser follows (thousands of levels)."""
    return _NESTING.sub("<br>", text)


def fold_space(text: str) -> str:
    """Whitespace of all kinds to single spaces; invisible and private-use characters (icons) left out."""
    text = " ".join(text.split())
    if not text.isprintable() and _INVISIBLE.search(text):  # the first is soon told, and mostly enough
        text = " ".join(_INVISIBLE.sub("", text).split())
    return text
