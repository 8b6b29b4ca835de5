"""Bytes to text, whatever the page claims about its charset."""

from __future__ import annotations

import codecs
import re

from attrs import frozen

_HEAD = 16_384
"""How far declarations are looked for; web archives push the page's own meta some kilobytes down."""

_DECLARED = re.compile(
    rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*([\w.:-]{2,40})|<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w.:-]{2,40})""",
    re.IGNORECASE,
)
_HEADER = re.compile(r"""charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)

_GB = {"gb2312", "gb_2312", "gb2312_80", "gb_2312_80", "euc_cn", "gbk", "x_gbk", "cp936", "ms936", "gb18030",
       "zh_cn", "chinese", "csgb2312", "936"}  # fmt: skip
_BIG5 = {"big5", "big5_hkscs", "big5hkscs", "cn_big5", "x_x_big5", "zh_tw", "big5_tw", "cp950"}
_OTHERS = {"shift_jis", "euc_jp", "euc_kr", "cp949", "koi8_r", "koi8_u", "cp1250", "cp1251", "cp1253",
           "cp1254", "cp1255", "cp1256", "cp1257", "cp1258", "cp874", "iso8859_2", "iso8859_5", "iso8859_6",
           "iso8859_7", "iso8859_9", "tis_620"}  # fmt: skip
"""Single-byte Western charsets are left out on purpose: they decode anything, and servers announce
ISO-8859-1 by default over Chinese pages."""

_ASCII = bytes(range(0x80))
_SAMPLE = 4096

_NOT_LEADING = bytes(range(0xC2))
"""All bytes that begin no multi-byte character of UTF-8."""

_DE_IN_GB, _DE_IN_BIG5 = "的".encode("gb18030"), "的".encode("big5hkscs")

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


@frozen
class Decoded:
    text: str
    encoding: str
    """The codec truly used, lower case: "utf-8", "gb18030", "big5hkscs", "utf-16-le", ..."""
    damaged: int = 0
    """Replacement characters in `text`."""


def decode(body: bytes, content_type: str | None = None) -> Decoded:
    """The text of a page.

    A byte order mark decides; else bytes that are valid UTF-8 are UTF-8 (no other Chinese charset looks
    like it by accident); else the declared charsets in order (header, meta, XML declaration) and GB18030,
    the first that decodes without error or the one with the least damage. Big5 that is undeclared or declared
    as GB is known by its most frequent character. Never raises.
    """
    for bom, codec in _BOMS:
        if body.startswith(bom):
            return _lenient(body[len(bom) :], codec)
    wide = _wide(body)
    if wide:
        return _lenient(body, wide)
    utf8 = _strict(body, "utf-8")
    if utf8 is not None:
        return utf8
    candidates = [*_declared(body, content_type), "gb18030"]
    sample = _sample(body)
    if not _mostly_utf8(_lenient(sample, "utf-8"), sample) and (clean := _undamaged(body, candidates)):
        return clean  # most pages in GB: to count the damage of all of it as UTF-8 would take as long again
    utf8 = _lenient(body, "utf-8")
    if _mostly_utf8(utf8, body):
        return utf8
    return _undamaged(body, candidates) or min(
        (_lenient(body, codec) for codec in dict.fromkeys(candidates)), key=lambda d: d.damaged
    )


def _undamaged(body: bytes, candidates: list[str]) -> Decoded | None:
    if candidates[0] == "gb18030" and _speaks_big5(body) and (big5 := _strict(body, "big5hkscs")):
        return big5
    tries = (_strict(body, codec) for codec in candidates)
    return next((clean for clean in tries if clean is not None), None)


def _declared(body: bytes, content_type: str | None) -> list[str]:
    """Known codecs in the order of their declaration; unknown names and UTF-8 (tried already) left out."""
    names = _HEADER.findall(content_type or "")
    names += [(meta or xml).decode("ascii", "ignore") for meta, xml in _DECLARED.findall(body[:_HEAD])]
    codecs_found = (_codec(name) for name in names)
    return list(dict.fromkeys(codec for codec in codecs_found if codec))


def _codec(name: str) -> str | None:
    plain = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")
    if plain in _GB:
        return "gb18030"
    if plain in _BIG5:
        return "big5hkscs"
    try:
        known = codecs.lookup(plain).name.replace("-", "_")
    except LookupError:
        return None
    return known if known in _OTHERS else None


def _strict(body: bytes, codec: str) -> Decoded | None:
    try:
        text = body.decode(codec)
    except UnicodeDecodeError:
        return None
    return Decoded(text, codec, text.count("\ufffd") if "\ufffd" in text else 0)


def _lenient(body: bytes, codec: str) -> Decoded:
    text = body.decode(codec, "replace")
    return Decoded(text, codec, text.count("\ufffd"))


def _speaks_big5(body: bytes) -> bool:
    """的, the most frequent character of any Chinese text, shows which of the two a page is written in."""
    return body.count(_DE_IN_BIG5) > 2 * body.count(_DE_IN_GB) + 2


def _sample(body: bytes) -> bytes:
    """The first bytes that are not ASCII: UTF-8 has no others in its characters, and shows there, mostly."""
    return body.translate(None, _ASCII)[:_SAMPLE]


def _mostly_utf8(decoded: Decoded, body: bytes) -> bool:
    """A UTF-8 page with some damage (cut in the middle, a foreign include); GB text is nearly all damage."""
    good = len(body.translate(None, _NOT_LEADING)) - decoded.damaged
    return good > 2 * decoded.damaged


def _wide(body: bytes) -> str | None:
    """UTF-16 without a mark shows by the zero bytes of its ASCII markup."""
    head = body[:400]
    zeros = head.count(0)
    if len(head) < 16 or zeros < len(head) // 4:
        return None
    return "utf-16-le" if head[1::2].count(0) >= head[::2].count(0) else "utf-16-be"
