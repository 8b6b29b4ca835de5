from __future__ import annotations

import gzip
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlite_utils import Database
from warcio.archiveiterator import ArchiveIterator

from crawlers.china import CHINA
from crawlers.items import Page, Reading
from crawlers.reading import read
from pipelines.store import articles
from pipelines.store.captures import CaptureFile, CaptureLost, pages_of
from pipelines.store.database import open_store

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=CHINA)


def reading_of(text: str, number: int = 1) -> Reading:
    body = f"<html><body><h1>河湾县通报检查情况</h1><p>{text}</p></body></html>".encode("gb18030")
    page = Page(f"http://www.example.gov.cn/{number}.html", body, "text/html; charset=gb2312", etag='"7"')
    return Reading(read(page.body, page.url, page.content_type), NOW, page)


def records(data: Path, db: Database) -> list[tuple[str, str, bytes]]:
    found = []
    for row in db.query("SELECT * FROM captures ORDER BY id"):
        with (data / row["file"]).open("rb") as file:
            file.seek(row["offset"])
            record = next(iter(ArchiveIterator(BytesIO(file.read(row["length"])))))
            found.append((row["url"], record.rec_headers["WARC-Target-URI"], record.content_stream().read()))
    return found


def test_every_version_is_kept_byte_for_byte_and_a_page_that_is_the_same_is_not(tmp_path: Path) -> None:
    file = CaptureFile(tmp_path, 7)
    first = reading_of("检查组发现问题十一个，要求限期整改，逐项销号。")
    second = reading_of("检查组发现问题十二个，要求限期整改，逐项销号。")
    other = reading_of("全县饮用水水源地整治完成，水质全部达标。", 2)
    expected = [reading.page for reading in (first, second, other)]
    with open_store(tmp_path / "govwatch.db") as db:
        for reading in (first, first, second, other):
            articles.save(db, reading, NOW, None, file)
        file.close()
        assert records(tmp_path, db) == [(page.url, page.url, page.body) for page in expected if page]


def test_a_page_without_response_is_stored_all_the_same(tmp_path: Path) -> None:
    reading = evolve(reading_of("没有原始页面的文章，例如列表直接给出的附件。"), page=None)
    with open_store(tmp_path / "govwatch.db") as db:
        articles.save(db, reading, NOW, None, CaptureFile(tmp_path, 8))
        assert db["articles"].count == 1
        assert records(tmp_path, db) == []
    assert not (tmp_path / "warc").exists()


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Database]]:
    """A folder with one article and what it came as."""
    data = tmp_path_factory.mktemp("kept")
    with open_store(data / "govwatch.db") as db:
        file = CaptureFile(data, 1)
        articles.save(db, reading_of("检查组发现问题十一个，要求限期整改，逐项销号。"), NOW, None, file)
        file.close()
        yield data, db


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_a_damaged_record_is_the_page_or_lost(kept: tuple[Path, Database], drawn: st.DataObject) -> None:
    data, db = kept
    (file,) = (data / "warc").iterdir()
    good = file.read_bytes()
    (whole,) = pages_of(db.conn, data, 1)
    # Of the bytes on the disk, or of what is packed in them: there the checksum of gzip tells nothing.
    packed = drawn.draw(st.booleans())
    damaged = bytearray(gzip.decompress(good) if packed else good)
    places = st.integers(0, len(damaged) - 1)
    for place in drawn.draw(st.lists(places, max_size=4)):
        damaged[place] = drawn.draw(st.integers(0, 255))
    del damaged[drawn.draw(st.just(len(damaged)) | places) :]
    broken = gzip.compress(damaged) if packed else bytes(damaged)
    try:
        file.write_bytes(broken)
        db.conn.execute("UPDATE captures SET length = ?", [len(broken)])
        (page,) = pages_of(db.conn, data, 1)
        assert page.body == whole.body
        assert packed or page == whole
    except CaptureLost as error:
        assert str(error).startswith(f"warc/{file.name} at 0: ")  # noqa: PT017  # that it is lost is one of two right answers
    finally:
        file.write_bytes(good)
        db.conn.execute("UPDATE captures SET length = ?", [len(good)])
