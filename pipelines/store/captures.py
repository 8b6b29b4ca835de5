"""The table `captures` and the WARC files behind it: every response as it came, to be read again later."""

from __future__ import annotations

import gzip
import hashlib
import os
import sqlite3
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from attrs import frozen
from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawlers.items import Page
from pipelines.store.times import stamp

FOLDER = "warc"


@frozen
class Capture:
    """Where one response is kept."""

    file: str
    """Relative to the data folder."""
    offset: int
    length: int
    digest: str


class CaptureLost(Exception):
    """The response is no longer where it was kept, or not as it was; the text says why."""


class CaptureFile:
    """The WARC file of one run, in the data folder; begun with the first response."""

    def __init__(self, data: Path, run_id: int) -> None:
        self._path = data / FOLDER / f"run-{run_id:08d}.warc.gz"
        self._file: BinaryIO | None = None

    def keep(self, page: Page, fetched_at: datetime) -> Capture:
        """Writes one response through to the disk. A kill leaves at most one record that nobody refers to."""
        file = self._opened()
        offset = file.seek(0, os.SEEK_END)
        writer = WARCWriter(file, gzip=True)
        record = writer.create_warc_record(
            page.url,
            "response",
            payload=BytesIO(page.body),
            http_headers=StatusAndHeaders(f"{page.status} ", _headers(page), protocol="HTTP/1.1"),
            warc_headers_dict={"WARC-Date": f"{fetched_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"},
        )
        writer.write_record(record)
        record.raw_stream.close()  # warcio's own copy
        file.flush()
        os.fsync(file.fileno())
        digest = hashlib.sha256(page.body).hexdigest()
        return Capture(f"{FOLDER}/{self._path.name}", offset, file.tell() - offset, digest)

    def close(self) -> None:
        if self._file is not None:
            self._file.close()

    def _opened(self) -> BinaryIO:
        if self._file is None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._file = self._path.open("ab")
        return self._file


def record(
    conn: sqlite3.Connection, article_id: int, page: Page, capture: Capture, fetched_at: datetime
) -> None:
    """Notes, inside the article's own transaction, where its response is kept."""
    conn.execute(
        "INSERT INTO captures (article_id, url, fetched_at, file, offset, length, digest)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            article_id,
            page.url,
            stamp(fetched_at),
            capture.file,
            capture.offset,
            capture.length,
            capture.digest,
        ],
    )


def pages_of(conn: sqlite3.Connection, data: Path, article_id: int) -> tuple[Page, ...]:
    """The responses behind the present version of an article, in their order; none where none was kept.

    Raises `CaptureLost`.
    """
    rows = conn.execute(
        "SELECT url, file, offset, length, digest FROM captures WHERE article_id = :id AND fetched_at ="
        " (SELECT fetched_at FROM captures WHERE article_id = :id ORDER BY id DESC LIMIT 1) ORDER BY id",
        {"id": article_id},
    )
    return tuple(
        _page(data, row["url"], Capture(row["file"], row["offset"], row["length"], row["digest"]))
        for row in rows.fetchall()
    )


def _page(data: Path, url: str, capture: Capture) -> Page:
    try:
        with (data / capture.file).open("rb") as file:
            file.seek(capture.offset)
            # The whole member, with its checksum: warcio takes it as far as it goes.
            plain = gzip.decompress(file.read(capture.length))
        kept = next(iter(ArchiveIterator(BytesIO(plain))))
        body, content_type = kept.content_stream().read(), kept.http_headers.get_header("Content-Type")
    except Exception as error:  # whatever comes first in code that expects a record to be one
        said = getattr(error, "strerror", None) or str(error) or "it ends there"
        raise CaptureLost(f"{capture.file} at {capture.offset}: {said}") from error
    if hashlib.sha256(body).hexdigest() != capture.digest:
        raise CaptureLost(f"{capture.file} at {capture.offset}: not the bytes that were stored")
    return Page(url, body, content_type)


def _headers(page: Page) -> list[tuple[str, str]]:
    """The headers we know; what the server said beyond them was not kept."""
    given = {
        "Content-Type": page.content_type,
        "ETag": page.etag,
        "Last-Modified": page.last_modified,
        "Content-Length": str(len(page.body)),
    }
    return [(name, value) for name, value in given.items() if value is not None]
