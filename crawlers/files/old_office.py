"""Word and Excel before 2007, which many offices and WPS write still."""

from __future__ import annotations

from io import StringIO

import xlrd

from crawlers.files import libreoffice
from crawlers.files.excel import as_line
from crawlers.files.extract import Encrypted, Extract


def read_xls(body: bytes) -> Extract:
    try:
        book = xlrd.open_workbook(file_contents=body, logfile=StringIO())
    except xlrd.XLRDError as error:
        if "encrypted" in str(error).lower():
            raise Encrypted from error
        raise
    lines: list[str] = []
    for sheet in book.sheets():
        rows = [as_line(_cell(cell, book.datemode) for cell in sheet.row(row)) for row in range(sheet.nrows)]
        found = [line for line in rows if line]
        lines += [sheet.name, *found] if found else []
    return Extract("read", "\n".join(lines))


def _cell(cell: xlrd.sheet.Cell, datemode: int) -> object:
    if cell.ctype == xlrd.XL_CELL_DATE:
        try:
            return xlrd.xldate.xldate_as_datetime(cell.value, datemode)
        except (ValueError, OverflowError, xlrd.xldate.XLDateError):
            return cell.value
    return None if cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_ERROR) else cell.value


def read_doc(body: bytes) -> Extract:
    """By LibreOffice, where the machine has it: no library that is kept reads this format."""
    lines = libreoffice.as_text(body).splitlines()
    return Extract("read", "\n".join(line.strip() for line in lines if line.strip()))
