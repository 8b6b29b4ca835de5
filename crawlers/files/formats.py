"""What a file is by its own bytes; names lie, and servers call everything octet-stream."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STREAMS = (("WordDocument", "doc"), ("Workbook", "xls"), ("Book", "xls"), ("PowerPoint Document", "ppt"))
"""Names in the directory of an OLE file, which is what Office wrote before 2007, and WPS writes still."""
_ENCRYPTED = "EncryptedPackage"
_PARTS = (
    ("word/document.xml", "docx"),
    ("xl/workbook.xml", "xlsx"),
    ("ppt/presentation.xml", "pptx"),
    ("OFD.xml", "ofd"),
)
_MARKUP = re.compile(rb"\s*<(?:!doctype\s+html|html|head|body|meta|title|script|div)\b", re.IGNORECASE)
_PLAIN = re.compile(r"\.(?:txt|csv)$", re.IGNORECASE)
_NAMED = re.compile(
    r"\.(pdf|docx?|xlsx?|pptx?|wps|et|ofd|zip|rar|7z|txt|csv|rtf|ceb|tif|jpe?g|png)(?=$|[?#&])", re.IGNORECASE
)

READABLE = frozenset({"pdf", "docx", "xlsx", "doc", "xls", "ofd", "txt", "csv", "wps", "et"})


def format_of(body: bytes, name: str) -> str | None:
    """`pdf`, `docx`, `xlsx`, `pptx`, `doc`, `xls`, `ppt`, `ofd`, `zip`, `txt`, `html` or `encrypted`; None
    where it is none of these.
    """
    if b"%PDF-" in body[:1024]:
        return "pdf"
    if body.startswith(_OLE):
        return _of_ole(body)
    if body.startswith(b"PK\x03\x04"):
        return _of_zip(body)
    if _MARKUP.match(body[:512].removeprefix(b"\xef\xbb\xbf")):
        return "html"
    return "txt" if _PLAIN.search(name) and b"\0" not in body[:1024] else None


def type_of(url: str, name: str) -> str | None:
    """The format that an address or a name tells, in lower case; None where neither does."""
    for said in (url.partition("?")[0], name, url):
        found = _NAMED.search(said.strip())
        if found:
            return found[1].lower().replace("jpeg", "jpg")
    return None


def _of_ole(body: bytes) -> str | None:
    if _ENCRYPTED.encode("utf-16-le") in body:
        return "encrypted"
    return next((kind for stream, kind in _STREAMS if stream.encode("utf-16-le") in body), None)


def _of_zip(body: bytes) -> str:
    try:
        with zipfile.ZipFile(BytesIO(body)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError):
        names = {part for part, _ in _PARTS if part.encode() in body}
    return next((kind for part, kind in _PARTS if part in names), "zip")
