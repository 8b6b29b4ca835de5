"""Small but real files for the sites to serve: PNG images, PDF documents, XLS tables."""

from __future__ import annotations

import struct
import zlib
from hashlib import sha256


def content_type(name: str) -> str:
    """Content-Type by file name, as the sites' servers would say it."""
    kinds = {"png": "image/png", "pdf": "application/pdf", "xls": "application/vnd.ms-excel"}
    return kinds[name.rpartition(".")[2]]


def file_bytes(name: str, rows: tuple[tuple[str, ...], ...] = ()) -> bytes:
    """Bytes of the file called `name`: the same for the same name, different for another one."""
    kind = name.rpartition(".")[2]
    if kind == "png":
        red, green, blue = sha256(name.encode()).digest()[:3]
        return png(16, 9, (red, green, blue))
    if kind == "pdf":
        return pdf(f"Annex {name}")
    return xls(rows or (("序号", "名称"), ("1", name)))


def png(width: int, height: int, colour: tuple[int, int, int]) -> bytes:
    """A PNG of one colour."""
    raw = (b"\0" + bytes(colour) * width) * height
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(raw)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_png_chunk(kind, data) for kind, data in chunks)


def _png_chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def pdf(text: str) -> bytes:
    """A PDF of one page with one line of ASCII text."""
    stream = f"BT /F1 12 Tf 72 770 Td ({text}) Tj ET".encode("ascii")
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    out, offsets = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    tail = b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
    return bytes(out) + tail % (size, table, size, len(out))


def xls(rows: tuple[tuple[str, ...], ...]) -> bytes:
    """A BIFF2 worksheet (Excel 2.x, still opened today), code page 936; cells are text."""
    records = [_biff(0x0009, struct.pack("<HH", 0x0002, 0x0010)), _biff(0x0042, struct.pack("<H", 936))]
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            text = cell.encode("gbk")
            records.append(_biff(0x0004, struct.pack("<HH3xB", row, column, len(text)) + text))
    return b"".join([*records, _biff(0x000A, b"")])


def _biff(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data
