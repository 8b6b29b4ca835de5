"""Word since 2007: every text that a reader of the document sees, in its order."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import docx
from lxml.etree import _Element

from crawlers.files.extract import Extract

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_PARAGRAPH, _ROW, _CELL, _BOX, _TEXT = (f"{_W}{name}" for name in ("p", "tr", "tc", "txbxContent", "t"))
_SIGNS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_UNSEEN = {_FALLBACK, *(f"{_W}{name}" for name in ("del", "moveFrom", "pPr", "rt"))}
"""A text box once more for old programs, what was deleted or moved away, tab stops, pronunciations."""


def read(body: bytes) -> Extract:
    return Extract("read", "\n".join(_lines(docx.Document(BytesIO(body)).element.body)))


def _lines(node: _Element) -> Iterator[str]:
    """Paragraphs and rows, however deep in controls, marks of changes and boxes they stand."""
    for child in node:
        if child.tag == _PARAGRAPH:
            boxes: list[_Element] = []
            said = "".join(_pieces(child, boxes))
            yield from (stripped for line in said.split("\n") if (stripped := line.strip()))
            for box in boxes:
                yield from _lines(box)
        elif child.tag == _ROW:
            if row := "\t".join(_cells(child)).rstrip("\t"):
                yield row
        elif child.tag not in _UNSEEN:
            yield from _lines(child)


def _cells(node: _Element) -> Iterator[str]:
    """A table within a cell is a part of that cell."""
    for child in node:
        if child.tag == _CELL:
            yield " ".join(" ".join(_lines(child)).split())
        elif child.tag not in _UNSEEN:
            yield from _cells(child)


def _pieces(node: _Element, boxes: list[_Element]) -> Iterator[str]:
    """The text of a paragraph; boxes anchored in it are put aside, as they would tear a sentence apart."""
    for child in node:
        if child.tag == _TEXT:
            yield child.text or ""
        elif child.tag == _BOX:
            boxes.append(child)
        elif child.tag in _SIGNS:
            yield _SIGNS[child.tag]
        elif child.tag not in _UNSEEN:
            yield from _pieces(child, boxes)
