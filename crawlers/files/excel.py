"""Excel since 2007."""

from __future__ import annotations

from datetime import date, datetime, time
from io import BytesIO
from itertools import islice
from typing import Any

import openpyxl

from crawlers.files.extract import Extract

_MOST_ROWS = 50_000


def read(body: bytes) -> Extract:
    book = openpyxl.load_workbook(BytesIO(body), read_only=True, data_only=True)
    lines: list[str] = []
    cut: list[str] = []
    for sheet in book.worksheets:
        sheet.reset_dimensions()  # programs that write row after row say A1 before they know better
        rows = sheet.iter_rows(values_only=True)
        found = [line for row in islice(rows, _MOST_ROWS) if (line := as_line(row))]
        if next(rows, None) is not None:
            cut.append(f"the first {_MOST_ROWS} rows of sheet {sheet.title}")
        lines += [sheet.title, *found] if found else []
    book.close()
    return Extract("read", "\n".join(lines), "; ".join(cut) or None)


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
