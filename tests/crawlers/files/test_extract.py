"""Texts out of real files: of every format, encrypted, broken, scanned, blown up."""

from __future__ import annotations

import random
import shutil
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawlers.files import Extract, extract
from crawlers.files.formats import format_of, type_of
from tests.support import files

SAVED = Path(__file__).parents[2] / "pages" / "files"
NOTICE = ["关于开展水源地巡查的通知", "各镇人民政府、街道办事处：", "青禾县生态环境局"]
ROWS = [["序号", "当事人", "日期"], [1, "青禾县示范化工厂", date(2026, 3, 4)], [2.0, "望江街道汽修店", None]]
AS_TEXT = "处罚信息\n序号\t当事人\t日期\n1\t青禾县示范化工厂\t2026-03-04\n2\t望江街道汽修店"


@pytest.mark.parametrize(
    ("body", "kind", "text"),
    [
        (files.pdf([NOTICE[:2], NOTICE[2:]]), "pdf", "\n".join(NOTICE)),
        (files.word(NOTICE, [["序号", "名称"], ["1", "水库"]]), "docx",
         "\n".join([*NOTICE, "序号\t名称", "1\t水库"])),
        (files.excel(ROWS), "xlsx", AS_TEXT),
        (files.ofd([NOTICE[:2], NOTICE[2:]]), "ofd", "\n".join(NOTICE)),
        ((SAVED / "penalties.xls").read_bytes(), "xls",
         "处罚信息\n序号\t当事人\t处罚内容\t日期\n1\t青禾县示范化工厂\t罚款12000元\t2026-03-04\n"
         "2\t望江街道汽修店\t责令改正\t2026-03-06"),
    ],
    ids=["pdf", "docx", "xlsx", "ofd", "xls"],
)  # fmt: skip
def test_text(body: bytes, kind: str, text: str) -> None:
    assert format_of(body, "file.bin") == kind
    assert extract(body, "file.bin") == Extract("read", text)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
def test_word_before_2007() -> None:
    found = extract((SAVED / "notice.doc").read_bytes(), "notice.doc")
    assert found.state == "read"
    assert found.text.startswith("关于开展水源地巡查的通知\n各镇人民政府、街道办事处：\n")


def test_without_libreoffice_it_is_said_what_would_read_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    found = extract((SAVED / "notice.doc").read_bytes(), "notice.doc")
    assert (found.state, found.later) == ("unsupported", True)
    assert "apt install libreoffice-writer-nogui" in (found.detail or "")


def test_text_files_in_their_charset() -> None:
    assert (
        extract("名单如下：张三、李四、王五。".encode("gb18030"), "名单.txt").text
        == "名单如下：张三、李四、王五。"
    )


def test_a_keyword_over_the_edge_of_a_line_stays_whole() -> None:
    line = "为加强大气污染防治改善城市环境质量保障公众身体健康现就划定禁止露天烧烤区域的生态"
    found = extract(files.pdf([[line, "环境有关事项通告如下。", "一、禁止区域"]]), "a.pdf")
    assert found.text == f"{line}环境有关事项通告如下。\n一、禁止区域"


@pytest.mark.parametrize(
    ("body", "state", "said"),
    [
        (files.pdf([[], []]), "no_text", "2 of 2 pages without text"),
        (files.pdf([NOTICE], password="geheim"), "encrypted", "password"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "encrypted", "it"),
        (files.pdf([NOTICE])[:300], "broken", "PdfiumError"),
        (files.word(NOTICE)[:-200], "broken", "BadZipFile"),
        (files.zipped({"word/document.xml": b"<w:document"}), "broken", ""),
        (files.zipped({"a.txt": b"x"}), "unsupported", "kind zip"),
        (b"<!DOCTYPE html><html><body>404</body></html>", "unsupported", "kind html"),
        (b"", "unsupported", "unknown"),
        (files.bomb(300), "too_large", "300 MB"),
    ],
)  # fmt: skip
def test_what_has_no_text(body: bytes, state: str, said: str) -> None:
    found = extract(body, "file.bin")
    assert (found.state, found.text) == (state, "")
    assert said in (found.detail or "")


def test_characters_in_no_order_are_no_text() -> None:
    chance = random.Random(1)
    characters = [chr(0x4E00 + number) for number in range(3_000)]
    noise = "".join(chance.choices(characters, k=60_000))
    found = extract(noise.encode(), "a.txt")
    assert (found.state, found.text) == ("broken", "")
    assert "no language" in (found.detail or "")


def test_a_long_list_of_names_is_text() -> None:
    chance = random.Random(1)
    characters = [chr(0x4E00 + number) for number in range(1_500)]
    names = ("".join(chance.choices(characters, k=2)) for _ in range(20_000))
    text = "\n".join(f"{chance.choice('王李张刘陈杨赵黄周吴')}{name}" for name in names)
    assert extract(text.encode(), "a.txt").state == "read"


def test_a_page_of_a_scan_among_others_is_told() -> None:
    found = extract(files.pdf([NOTICE, []]), "a.pdf")
    assert (found.state, found.detail) == ("read", "1 of 2 pages without text")


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(
        [files.pdf([NOTICE]), files.word(NOTICE), files.excel(ROWS), (SAVED / "penalties.xls").read_bytes()]
    ),
    st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.binary(min_size=1, max_size=8)), max_size=4),
    st.floats(0, 1),
)  # fmt: skip
def test_no_damage_raises(body: bytes, hits: list[tuple[float, bytes]], kept: float) -> None:
    damaged = bytearray(body)
    for place, junk in hits:
        at = int(place * len(damaged))
        damaged[at : at + len(junk)] = junk
    assert extract(bytes(damaged[: int(len(damaged) * kept)]), "x").state


@pytest.mark.parametrize(
    ("url", "name", "kind"),
    [
        ("http://a.example/P0201.pdf", "通知", "pdf"),
        ("http://a.example/P0201.DOCX?x=1", "", "docx"),
        ("http://a.example/downfile.jsp?filename=a1b2.xls&id=3", "附件", "xls"),
        ("http://a.example/attach/12", "处罚名单.xlsx", "xlsx"),
        ("http://a.example/attach/12", "处罚名单", None),
    ],
)
def test_the_type_that_a_link_tells(url: str, name: str, kind: str | None) -> None:
    assert type_of(url, name) == kind
