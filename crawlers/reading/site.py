"""Who publishes, as the page itself says: name, 网站标识码, ICP and police numbers."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from crawlers.items import Site
from crawlers.reading.metadata import first_of
from crawlers.reading.plain import plain

_ID_CODE = re.compile(r"标识码(?:</?\w[^<>]{0,80}>|[:：]|\s++|&nbsp;)*+((?i:bm|CA)?\d{8,22})")
_FOOTER = 60_000
"""Characters at the end of a page that hold its footer: to fold a whole page costs time."""
_END = 8_000
"""Characters at the end of a page in which its numbers mostly stand; else all of it is searched."""
_VALID_CODE = re.compile(r"(?:bm\d{8}|\d{10})", re.IGNORECASE)
_ICP = re.compile(
    r"[京津沪渝冀晋蒙辽吉黑苏浙皖闽赣鲁豫鄂湘粤桂琼川蜀黔贵滇云藏陕甘陇青宁新]\s?"
    r"ICP\s?[备证]\s?(?:案)?\s*(?:字)?[:：\s]*第?\s*\d{5,10}\s?号?(?:-\d{1,3})?"
)
_POLICE = re.compile(r"公网安备(?:</?\w[^<>]{0,80}>|[:：号]|\s++|&nbsp;)*+(\d{11,14})\s*号?")


def read_site(metas: dict[str, str], text: str, url: str) -> Site:
    """The publisher; the code that is shown to the reader, else that of the mandated meta."""
    shown = _printed("标识码", _ID_CODE, _footer(text))
    codes = (shown.group(1) if shown else "", metas.get("siteidcode", ""))
    code = next((code for code in codes if _VALID_CODE.fullmatch(code)), "")
    name = first_of(metas, "sitename", "og:site_name")
    return Site(name, host_of(url) or host_of(metas.get("sitedomain", "")), code.lower() or None)


def registrations(text: str) -> dict[str, str]:
    """`icp` and `police`: the filing numbers printed on the page."""
    text = _footer(text)
    icp = _printed("ICP", _ICP, text, before=2)
    police = _printed("公网安备", _POLICE, text)
    found = {
        "icp": re.sub(r"\s+", "", icp.group()) if icp else "",
        "police": police.group(1) if police else "",
    }
    return {name: value for name, value in found.items() if value}


def _footer(text: str) -> str:
    """A copy in Traditional characters is folded, so that its numbers are found."""
    return plain(text[-_FOOTER:]) if "備" in text or "標" in text else text


def _printed(word: str, shape: re.Pattern[str], text: str, before: int = 0) -> re.Match[str] | None:
    return _near(word, shape, text[-_END:], before) or _near(word, shape, text, before)


def _near(word: str, shape: re.Pattern[str], text: str, before: int) -> re.Match[str] | None:
    """The first match of a shape around a word: finding the word first is many times faster."""
    at = text.find(word)
    while at >= 0:
        match = shape.match(text, at) or (
            shape.search(text, max(0, at - before), at + 80) if before else None
        )
        if match:
            return match
        at = text.find(word, at + 1)
    return None


def host_of(url: str) -> str:
    try:
        return urlsplit(url if "//" in url else f"//{url}").hostname or ""
    except ValueError:
        return ""
