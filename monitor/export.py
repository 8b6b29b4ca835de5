"""An answer of the archive as a file: CSV, XLSX or JSON Lines, whole or not at all."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, Literal, get_args

from attrs import asdict, fields
from sqlite_utils import Database
from xlsxwriter import Workbook
from xlsxwriter.exceptions import XlsxWriterException
from xlsxwriter.worksheet import Worksheet

from pipelines.query import Query
from pipelines.store import search as store
from pipelines.store.search import ALWAYS, Period, StoredArticle

Format = Literal["csv", "xlsx", "jsonl"]
FORMATS: tuple[Format, ...] = get_args(Format)

COLUMNS = tuple(one.name for one in fields(StoredArticle) if one.name not in ("apart", "files"))

_Put = Callable[[StoredArticle], None]

_FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")
"""What makes a spreadsheet calculate a cell, the full-width forms included, which some of them fold."""

CELL_LIMIT = 32_767
"""Characters of an Excel cell, counted in UTF-16 units."""
CUT = "…[cut by govwatch: longer than a cell of Excel]"
_LAST_ROW = 1_048_575
"""Of an Excel sheet, counted from 0."""


class ExportError(Exception):
    """The file could not be written; the text is one line. Nothing was left at its place."""


def export(
    db: Database,
    query: Query,
    file: Path,
    file_format: Format,
    period: Period = ALWAYS,
    *,
    inspected: Callable[[int], None] = store.ignore,
) -> int:
    """Writes every article that `query` finds, newest first; gives their number.

    In memory that does not grow with the answer. An older file of that name is replaced once the new one
    is complete. Raises `ExportError`.
    """
    part = file.with_name(f".{file.name}.{os.getpid()}.part")
    count = 0
    try:
        with _WRITERS[file_format](part) as put:
            for article in store.found(db, query, period, inspected=inspected):
                put(article)
                count += 1
        part.replace(file)
    except (OSError, XlsxWriterException) as error:
        # An OSError names the unfinished file, of which nobody knows.
        why = getattr(error, "strerror", None) or error
        raise ExportError(f"{file}: cannot be written: {why}") from error
    finally:
        part.unlink(missing_ok=True)
    return count


def as_row(article: StoredArticle) -> dict[str, Any]:
    """The article as it is exported: without the texts of its files."""
    return asdict(article, filter=lambda attribute, _: attribute.name in COLUMNS)


def defused(cell: str) -> str:
    """The text with an apostrophe before it where a spreadsheet would take it for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA_STARTS) else cell


def fitting(cell: str) -> str:
    """The text as far as Excel takes it, with a note where that is not all."""
    if len(cell.encode("utf-16-le")) // 2 <= CELL_LIMIT:
        return cell
    room = (CELL_LIMIT - len(CUT)) * 2
    return cell.encode("utf-16-le")[:room].decode("utf-16-le", "ignore") + CUT


@contextmanager
def _csv(file: Path) -> Iterator[_Put]:
    # Excel takes a file without this mark for one in the computer's own charset.
    with file.open("w", encoding="utf-8-sig", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerow(COLUMNS)
        yield lambda article: rows.writerow(
            [defused(value) if isinstance(value, str) else value for value in as_row(article).values()]
        )


@contextmanager
def _jsonl(file: Path) -> Iterator[_Put]:
    with file.open("w", encoding="utf-8") as stream:
        yield lambda article: print(json.dumps(as_row(article), ensure_ascii=False), file=stream)


@contextmanager
def _xlsx(file: Path) -> Iterator[_Put]:
    options = {
        "constant_memory": True,
        "tmpdir": str(file.parent),
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "use_zip64": True,
    }
    with Workbook(str(file), options) as book:
        yield _Sheets(book).put


class _Sheets:
    """Rows of a workbook; a further sheet where one is full."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._sheet = self._next()

    def put(self, article: StoredArticle) -> None:
        if self._row > _LAST_ROW:
            self._sheet = self._next()
        for column, value in enumerate(as_row(article).values()):
            if isinstance(value, str):
                self._sheet.write_string(self._row, column, fitting(value))
            elif value is not None:
                self._sheet.write_number(self._row, column, value)
        self._row += 1

    def _next(self) -> Worksheet:
        sheet: Worksheet = self._book.add_worksheet()
        for column, name in enumerate(COLUMNS):
            sheet.write_string(0, column, name)
        sheet.freeze_panes(1, 0)
        self._row = 1
        return sheet


_WRITERS: dict[Format, Callable[[Path], AbstractContextManager[_Put]]] = {
    "csv": _csv,
    "xlsx": _xlsx,
    "jsonl": _jsonl,
}
