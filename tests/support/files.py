"""Real files of every kind that articles offer, made on the spot."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Sequence
from io import BytesIO

import docx
import openpyxl
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

FONT = "STSong-Light"
"""A font that PDF readers bring themselves: nothing need be installed."""


def pdf(pages: Sequence[Sequence[str]], password: str | None = None) -> bytes:
    """A page for each sequence of lines; a page without lines shows a drawing, as a scan does a picture."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    out = BytesIO()
    canvas = Canvas(out, encrypt=StandardEncryption(password, canPrint=0) if password else None)
    for lines in pages:
        canvas.setFont(FONT, 12)
        for number, line in enumerate(lines):
            canvas.drawString(60, 760 - 20 * number, line)
        if not lines:
            canvas.rect(60, 60, 400, 600, fill=1)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def word(paragraphs: Sequence[str], rows: Sequence[Sequence[str]] = ()) -> bytes:
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    if rows:
        table = document.add_table(len(rows), len(rows[0]))
        for row, cells in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, cells, strict=True):
                cell.text = text
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def word_of(inner: str) -> bytes:
    """A Word file whose body is this markup, in the namespaces `w` and `mc`."""
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"

    def changed(part: bytes) -> bytes:
        text = re.sub(r"<w:p>.*KEEP.*?</w:p>", lambda _: inner, part.decode(), flags=re.DOTALL)
        return re.sub(r"<w:body>", f"<w:body xmlns:mc='{mc}'>", text).encode()

    return edited(word(["KEEP"]), changed)


def edited(body: bytes, change: Callable[[bytes], bytes]) -> bytes:
    """A ZIP with each of its XML parts changed."""
    with zipfile.ZipFile(BytesIO(body)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return zipped({name: change(part) if name.endswith(".xml") else part for name, part in parts.items()})


def excel(rows: Sequence[Sequence[object]], title: str = "处罚信息") -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def ofd(pages: Sequence[Sequence[str]]) -> bytes:
    parts = {"OFD.xml": "<ofd:OFD xmlns:ofd='http://www.ofdspec.org/2016'/>"}
    for number, lines in enumerate(pages):
        texts = "".join(
            f"<ofd:TextObject><ofd:TextCode X='0'>{line}</ofd:TextCode></ofd:TextObject>" for line in lines
        )
        parts[f"Doc_0/Pages/Page_{number}/Content.xml"] = (
            f"<ofd:Page xmlns:ofd='http://www.ofdspec.org/2016'><ofd:Content>{texts}</ofd:Content></ofd:Page>"
        )
    return zipped({name: text.encode() for name, text in parts.items()})


def zipped(parts: dict[str, bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def bomb(megabytes: int) -> bytes:
    """A Word file of some kilobytes that unpacks to so much."""
    return zipped(
        {"word/document.xml": b"\0" * (megabytes * 1024 * 1024), "[Content_Types].xml": b"<Types/>"}
    )


def lying(body: bytes, size: int) -> bytes:
    """A ZIP whose headers say of its first part that it unpacks to `size` bytes."""
    local = body[:22] + size.to_bytes(4, "little") + body[26:]
    at = local.index(b"PK\x01\x02") + 24
    return local[:at] + size.to_bytes(4, "little") + local[at + 4 :]
