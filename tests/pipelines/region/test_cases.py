"""Tables of sites and whose they are: `cases/*.tsv`, one file for each kind of evidence."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from crawlers.items import Site
from pipelines.region import CENTRAL, region, region_of
from pipelines.region.divisions import current
from pipelines.region.gazetteer import gazetteer
from pipelines.region.succession import past, successor

TABLES = sorted((Path(__file__).parent / "cases").glob("*.tsv"))


def cases() -> list[tuple[str | None, ...]]:
    """Name, host, code, police number, licence, region and why; None where the table has a dash."""
    rows = [line for table in TABLES for line in table.read_text("utf-8").splitlines() if line[0] != "#"]
    return [tuple(None if cell == "-" else cell for cell in row.split("\t")) for row in rows]


def test_tables_have_what_they_should() -> None:
    table = cases()
    assert len(table) >= 600
    assert {len(row) for row in table} == {7}
    evidence = [row[:5] for row in table]
    assert sorted({str(row) for row in evidence if evidence.count(row) > 1}) == []
    present = {*current(), CENTRAL.code, None}
    assert [row for row in table if row[5] not in present] == []


@pytest.mark.parametrize("case", cases(), ids=lambda case: " ".join(filter(None, case[:5])) if case else None)
def test_case(case: tuple[str | None, ...]) -> None:
    name, host, id_code, police, icp, expected, _ = case
    found = region_of(Site(name, host or "example.org", id_code), police, icp)
    assert (found.code if found else None) == expected


def test_every_code_since_1985_leads_to_a_division_of_today() -> None:
    """And none to another province, but for what 海南 and 重庆 took along."""
    codes = {code for years in past().values() for code in years}
    assert len(codes) > 5000
    found = {code: place.code for code in codes if (place := region(code))}
    assert found.keys() == codes
    assert set(found.values()) <= current().keys()
    moved = {(code[:2], today[:2]) for code, today in found.items() if code[:2] != today[:2]}
    assert moved == {("44", "46"), ("51", "50")}


def test_every_division_is_found_by_its_name() -> None:
    """By the whole name alone where no other has it, by city and district everywhere."""
    names = current()
    for code, name in names.items():
        bearers = gazetteer().full[name]
        found = region_of(Site(f"{name}人民政府", "example.org", None))
        if len(bearers.now) == 1 and len(name) > 2:
            assert found is not None, name
            assert found.code == code
        around = names.get(code[:4] + "00", names[code[:2] + "0000"])
        found = region_of(Site(f"{around}{name}人民政府", "example.org", None))
        assert found is not None, name
        assert found.code == code


def test_successors_are_divisions_of_today() -> None:
    assert successor("110103") == "110101"
    assert successor("110101") == "110101"
    assert successor("990101") is None
    assert successor("510211") == "500157"  # through two changes: 1997 and 2025


def test_plain_names_load_no_dictionary() -> None:
    program = (
        "import sys; from crawlers.items import Site; from pipelines.region import region_of;"
        "region_of(Site('岳塘区人民政府', 'www.hnyt.gov.cn', '4303040001'), '43030402000012', '湘ICP备1号');"
        "assert not {'pypinyin', 'jieba'} & sys.modules.keys()"
    )
    subprocess.run([sys.executable, "-c", program], check=True, timeout=60)
