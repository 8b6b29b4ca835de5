"""A file's bytes to its text, whatever the file is; never raises."""

from __future__ import annotations

import operator
import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Literal

from attrs import evolve, frozen

from crawlers.files.formats import format_of

State = Literal["read", "no_text", "encrypted", "broken", "too_large", "unsupported", "failed"]

MOST_TEXT = 1_000_000
"""Characters kept of one file."""
_MOST_UNPACKED = 200 * 1024 * 1024
_LITTLE = 8
"""Characters below which a document has no text: a scan."""
_LONG = 50_000
_MOST_DIFFERENT = 0.65
"""Different pairs of neighbours per character of a long text. News have 0.2 at 50,000 characters and less the
longer they are, a list of names 0.47, a dictionary in no order 0.54; characters by chance 0.9 and more.
"""


@frozen
class Extract:
    """What was read of a file."""

    state: State
    text: str = ""
    """Paragraphs and rows are lines, cells are separated by tabs."""
    detail: str | None = None
    """Why there is no text, or what of it is missing."""
    later: bool = False
    """It was not the file's fault: it is to be tried again."""


class Encrypted(Exception):
    """The file wants a password."""


class Unsupported(Exception):
    """The program that reads such files is not on this machine; the message names it."""


class Disturbed(Exception):
    """Something else than the file kept it from being read."""


def extract(body: bytes, name: str) -> Extract:
    """The text of a file; `name` helps where its bytes do not tell what it is."""
    kind = format_of(body, name)
    if kind == "encrypted":
        return Extract("encrypted", detail="it wants a password")
    reader = _readers().get(kind or "")
    if reader is None:
        return Extract("unsupported", detail=f"files of kind {kind or 'unknown'} are not read")
    if kind in ("docx", "xlsx", "ofd") and (found := _unpacked(body)) > _MOST_UNPACKED:
        return Extract("too_large", detail=f"{found // 1024 // 1024} MB when unpacked")
    try:
        return _kept(reader(body))
    except Encrypted:
        return Extract("encrypted", detail="it wants a password")
    except Unsupported as error:
        return Extract("unsupported", detail=str(error), later=True)
    except Disturbed as error:
        return Extract("failed", detail=str(error), later=True)
    except (MemoryError, RecursionError) as error:
        return Extract("too_large", detail=type(error).__name__)
    except Exception as error:  # libraries raise whatever a broken file makes them stumble over
        return Extract("broken", detail=f"{type(error).__name__}: {' '.join(str(error).split())[:200]}")


def _readers() -> Mapping[str, Callable[[bytes], Extract]]:
    """By format; imported when asked for, as each loads a library of its own."""
    from crawlers.files import excel, ofd, old_office, pdf, plain_text, word

    return {
        "pdf": pdf.read,
        "docx": word.read,
        "xlsx": excel.read,
        "doc": old_office.read_doc,
        "xls": old_office.read_xls,
        "ofd": ofd.read,
        "txt": plain_text.read,
    }


def _unpacked(body: bytes) -> int:
    """Bytes that a ZIP says it holds; one that lies meets the limit on memory."""
    try:
        with zipfile.ZipFile(BytesIO(body)) as archive:
            return sum(entry.file_size for entry in archive.infolist())
    except (zipfile.BadZipFile, ValueError, OSError):
        return 0


def _kept(found: Extract) -> Extract:
    text = found.text.replace("\0", "").strip()
    if found.state == "read" and len("".join(text.split())) < _LITTLE:
        return Extract("no_text", detail=found.detail or "no text in it; it may be a scan")
    detail = found.detail
    if len(text) > MOST_TEXT:
        cut = f"the first {MOST_TEXT} of {len(text)} characters"
        text, detail = text[:MOST_TEXT], f"{detail}; {cut}" if detail else cut
    if len(text) > _LONG and len(set(map(operator.add, text, text[1:]))) > _MOST_DIFFERENT * len(text):
        return Extract(
            "broken", detail="its characters stand in no language's order; its fonts may be broken"
        )
    return evolve(found, text=text, detail=detail)
