"""Word and Excel as other programs than ours write them."""

from __future__ import annotations

import re

import pytest

from crawlers.files import excel, extract
from tests.support import files

ROWS = [["序号", "当事人"], [1, "青禾县示范化工厂"], [2, "望江街道汽修店"]]
AS_TEXT = "处罚信息\n序号\t当事人\n1\t青禾县示范化工厂\n2\t望江街道汽修店"


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*parts: str) -> str:
    return f"<w:p>{''.join(parts)}</w:p>"


def controlled(inner: str) -> str:
    return f"<w:sdt><w:sdtContent>{inner}</w:sdtContent></w:sdt>"


def row(*cells: str) -> str:
    return f"<w:tr>{''.join(f'<w:tc>{cell}</w:tc>' for cell in cells)}</w:tr>"


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


INNER = table(row(paragraph(run("内表甲")), paragraph(run("内表乙"))))
BOX = f"<w:txbxContent>{paragraph(run('框内一段'))}{paragraph(run('框内二段'))}</w:txbxContent>"
BOXED = (
    f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing>{BOX}</w:drawing></mc:Choice>"
    f"<mc:Fallback><w:pict>{BOX}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        (paragraph(run("自"), f"<w:smartTag>{run('2023年5月1日')}</w:smartTag>", run("起施行")),
         "自2023年5月1日起施行"),
        (paragraph(run("处罚"), f"<w:ins w:id='1'>{run('十二万元')}</w:ins>", run("整。")),
         "处罚十二万元整。"),
        (paragraph(run("处罚十二万元"), f"<w:del w:id='1'>{run('十万元')}</w:del>", run("整。")),
         "处罚十二万元整。"),
        (paragraph(run("文号："), controlled(run("青环罚〔2024〕12号"))), "文号：青环罚〔2024〕12号"),
        (paragraph(run("前文前文")) + controlled(paragraph(run("私设暗管"))) + paragraph(run("后文后文")),
         "前文前文\n私设暗管\n后文后文"),
        (paragraph(run("共"), f"<w:fldSimple w:instr='NUMPAGES'>{run('12')}</w:fldSimple>",
                   "<w:r><w:instrText>PAGE</w:instrText></w:r>", run("页的文件内容")), "共12页的文件内容"),
        (paragraph(run("正文在"), BOXED, run("此处继续")), "正文在此处继续\n框内一段\n框内二段"),
        (paragraph("<w:pPr><w:tabs><w:tab w:pos='1'/></w:tabs></w:pPr>", run("一行文字"),
                   "<w:r><w:tab/></w:r>", run("同一行"), "<w:r><w:br/></w:r>", run("下一行")),
         "一行文字\t同一行\n下一行"),
        (table(row(paragraph(run("外格")) + INNER + "<w:p/>", paragraph(run("右格")))),
         "外格 内表甲 内表乙\t右格"),
        (table(controlled(row(paragraph(run("控件里的行")))),
               row("<w:p/>", controlled(paragraph(run("普通的行"))))), "控件里的行\n\t普通的行"),
    ],
    ids=["smart tag", "inserted", "deleted", "control in a line", "control around lines", "fields", "box",
         "tab and break", "table in a cell", "rows in controls"],
)  # fmt: skip
def test_all_that_a_reader_of_word_sees_once_and_in_order(inner: str, text: str) -> None:
    assert extract(files.word_of(inner), "a.docx").text == text


@pytest.mark.parametrize("said", [b'<dimension ref="A1"/>', b'<dimension ref="A1:A2"/>', b""])
def test_the_size_that_a_sheet_tells_is_not_believed(said: bytes) -> None:
    body = files.edited(files.excel(ROWS), lambda part: re.sub(rb'<dimension ref="[^"]*"\s*/>', said, part))
    assert extract(body, "a.xlsx").text == AS_TEXT


def test_rows_that_are_left_out_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(excel, "_MOST_ROWS", 2)
    found = extract(files.excel(ROWS), "a.xlsx")
    assert (found.text, found.detail) == (AS_TEXT[:-10], "the first 2 rows of sheet 处罚信息")
    assert extract(files.excel(ROWS[:2]), "a.xlsx").detail is None
