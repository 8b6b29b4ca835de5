"""Word and Excel before 2007, which many offices and WPS write still."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from io import StringIO
from pathlib import Path

import xlrd

from crawlers.files.excel import as_line
from crawlers.files.extract import Encrypted, Extract, Unsupported

_OFFICE = ("soffice", "libreoffice", "/Applications/LibreOffice.app/Contents/MacOS/soffice")
_SECONDS = 50


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
    office = next((path for name in _OFFICE if (path := shutil.which(name))), None)
    if office is None:
        raise Unsupported(
            "Word files before 2007 need LibreOffice (Debian: apt install libreoffice-writer-nogui)"
        )
    with tempfile.TemporaryDirectory(prefix="govwatch-") as folder:
        source = Path(folder) / "file.doc"
        source.write_bytes(body)
        command = [
            office,
            f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}",
            "--headless", "--norestore", "--convert-to", "txt:Text (encoded):UTF8",
            "--outdir", folder, str(source),
        ]  # fmt: skip
        done = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)
        made = source.with_suffix(".txt")
        if not made.exists():
            raise ValueError(f"LibreOffice could not read it: {done.stderr.decode(errors='replace')[:120]}")
        text = made.read_text("utf-8-sig", "replace")
    return Extract("read", "\n".join(line.strip() for line in text.splitlines() if line.strip()))
