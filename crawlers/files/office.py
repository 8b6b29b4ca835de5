"""Word and Excel since 2007."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

import docx
import openpyxl
from docx.table import Table

from crawlers.files.extract import Extract

_MOST_ROWS = 50_000


def read_docx(body: bytes) -> Extract:
    document = docx.Document(BytesIO(body))
    lines: list[str] = []
    for block in document.iter_inner_content():
        lines += _rows(block) if isinstance(block, Table) else [block.text.strip()]
    boxes = document.element.body.iter(
        "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}txbxContent"
    )
    lines += [text for box in boxes if (text := "".join(box.itertext()).strip())]
    return Extract("read", "\n".join(line for line in lines if line))


def _rows(table: Table) -> Iterator[str]:
    """A row's cells, each once: cells that were merged appear as often as they are wide."""
    for row in table.rows:
        cells = {id(cell._tc): " ".join(cell.text.split()) for cell in row.cells}
        yield "\t".join(cells.values()).strip("\t")


def read_xlsx(body: bytes) -> Extract:
    book = openpyxl.load_workbook(BytesIO(body), read_only=True, data_only=True)
    lines: list[str] = []
    for sheet in book.worksheets:
        rows = (as_line(row) for row in sheet.iter_rows(values_only=True))
        found = [line for line, _ in zip(rows, range(_MOST_ROWS), strict=False) if line]
        lines += [sheet.title, *found] if found else []
    book.close()
    return Extract("read", "\n".join(lines))


def as_line(cells: Any) -> str:
    """A row of a sheet as text, its empty end left out."""
    return "\t".join(map(_as_text, cells)).rstrip("\t")


def _as_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return str(value.date() if value.time() == time() else value)
    if isinstance(value, date):
        return value.isoformat()
    return " ".join(str(value).split())
