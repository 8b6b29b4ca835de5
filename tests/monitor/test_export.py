from __future__ import annotations

import csv
import json
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from lxml import etree
from sqlite_utils import Database

from monitor import export as files
from monitor.export import COLUMNS, CUT, ExportError, Format, defused, export, fitting
from pipelines.query import parse
from pipelines.store.database import open_store
from tests.support.archive import put

NAMESPACE = {"s": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with open_store(tmp_path / "govwatch.db") as db:
        put(db, 1, "=HYPERLINK(1)", '环境\n“引号”，"双"', author="@作者")
        put(db, 2, "+1\t二", "环境" + "长" * 40_000, source="-来源")
        put(db, 3, "没有", "http://www.example.gov.cn/ 环境\x0b\x1b")
        put(db, 4, None, "别的")
        yield db


def read_csv(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def read_jsonl(file: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in file.read_text("utf-8").split("\n") if line]


def read_xlsx(file: Path, sheet: int = 1) -> list[list[str]]:
    """Cells as text; formulas and links would not be among them."""
    with zipfile.ZipFile(file) as book:
        tree = etree.fromstring(book.read(f"xl/worksheets/sheet{sheet}.xml"))
    assert not tree.findall(".//s:f", NAMESPACE)
    assert not tree.findall(".//s:hyperlink", NAMESPACE)
    rows = tree.findall(".//s:row", NAMESPACE)
    return [[str(cell.xpath("string()")) for cell in row.findall("s:c", NAMESPACE)] for row in rows]


def test_csv_opens_in_excel_and_calculates_nothing(db: Database, tmp_path: Path) -> None:
    file = tmp_path / "环境.csv"
    assert export(db, parse("环境"), file, "csv") == 3
    assert file.read_bytes().startswith(b"\xef\xbb\xbfid,url,")
    rows = read_csv(file)
    assert [row["id"] for row in rows] == ["3", "2", "1"]
    assert tuple(rows[0]) == COLUMNS
    assert [row["title"] for row in rows] == ["没有", "'+1\t二", "'=HYPERLINK(1)"]
    assert (rows[1]["source"], rows[2]["author"], rows[0]["author"]) == ("'-来源", "'@作者", "")
    assert rows[2]["body"] == '环境\n“引号”，"双"'


def test_jsonl_gives_everything_as_it_is(db: Database, tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    assert export(db, parse("环境"), file, "jsonl") == 3
    rows = read_jsonl(file)
    assert [row["title"] for row in rows] == ["没有", "+1\t二", "=HYPERLINK(1)"]
    assert (rows[0]["id"], rows[0]["author"]) == (3, None)
    assert len(str(rows[1]["body"])) == 40_002


def test_xlsx_holds_texts_only_and_says_what_it_cut(db: Database, tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    assert export(db, parse("环境"), file, "xlsx") == 3
    head, *rows = read_xlsx(file)
    assert tuple(head) == COLUMNS
    titles, bodies = ([row[-1 if name == "body" else 2] for row in rows] for name in ("title", "body"))
    assert titles == ["没有", "+1\t二", "=HYPERLINK(1)"]
    assert bodies[0].startswith("http://www.example.gov.cn/ 环境")
    assert len(bodies[1]) == files.CELL_LIMIT
    assert bodies[1].endswith(CUT)


def test_a_full_sheet_is_followed_by_another(
    db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "_LAST_ROW", 2)
    file = tmp_path / "a.xlsx"
    export(db, parse("环境"), file, "xlsx")
    assert [row[0] for row in read_xlsx(file, 1)] == ["id", "3", "2"]
    assert [row[0] for row in read_xlsx(file, 2)] == ["id", "1"]


@pytest.mark.parametrize(
    ("cell", "shown"),
    [(f"{mark}1", f"'{mark}1") for mark in "=+-@\t\r\n＝＋－＠"]
    + [("1=1", "1=1"), ("", ""), ("湘潭", "湘潭")],
)
def test_formulas_are_defused(cell: str, shown: str) -> None:
    assert defused(cell) == shown


def test_a_cell_is_cut_between_characters() -> None:
    assert fitting("长" * files.CELL_LIMIT) == "长" * files.CELL_LIMIT
    whole = "𠮷" * files.CELL_LIMIT
    cut = fitting(whole)
    assert cut.endswith(CUT)
    assert whole.startswith(cut.removesuffix(CUT))
    assert files.CELL_LIMIT - 1 <= len(cut.encode("utf-16-le")) // 2 <= files.CELL_LIMIT


@pytest.mark.parametrize("file_format", files.FORMATS)
def test_an_export_that_fails_leaves_the_older_file(
    db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file_format: Format
) -> None:
    (tmp_path / "out").mkdir()
    file = tmp_path / "out" / f"a.{file_format}"
    file.write_text("older")

    def full(count: int) -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(ExportError, match="No space left"):
        export(db, parse("环境"), file, file_format, inspected=full)
    assert [path.name for path in file.parent.iterdir()] == [file.name]
    assert file.read_text() == "older"


@pytest.mark.parametrize("file_format", files.FORMATS)
def test_a_place_that_cannot_be_written_is_named(db: Database, tmp_path: Path, file_format: Format) -> None:
    with pytest.raises(ExportError, match="missing"):
        export(db, parse("环境"), tmp_path / "missing" / "a", file_format)


@pytest.mark.parametrize("file_format", files.FORMATS)
def test_memory_does_not_grow_with_the_answer(db: Database, tmp_path: Path, file_format: Format) -> None:
    def peak(action: Callable[[], object]) -> int:
        tracemalloc.start()
        action()
        size = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return size

    for number in range(10, 610):
        put(db, number, "通报", f"环境{number}" + "长" * 5000)
    few = peak(lambda: export(db, parse("环境60"), tmp_path / "few", file_format))
    many = peak(lambda: export(db, parse("环境"), tmp_path / "many", file_format))
    assert many < few + 1_500_000  # the text of the answer is 6 MB in memory
