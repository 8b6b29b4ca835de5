from __future__ import annotations

import time

import pytest

from crawlers.reading.attachments import find_attachments, is_file
from crawlers.reading.blocks import Placed


@pytest.mark.parametrize(
    ("href", "text", "expected"),
    [
        ("./P020210803.pdf", "附件", True),
        ("/files/a.DOCX?v=2", "方案", True),
        ("/module/download/downfile.jsp?classid=0&filename=ab.xls", "下载", True),
        ("/system/_content/download.jsp?urltype=news.DownloadAttachUrl&wbfileid=1", "表", True),
        ("/u/cms/www/99", "年度计划.xlsx", True),
        ("/a/b.html", "关于印发计划的通知", False),
        ("javascript:void(0)", "a.pdf", False),
        ("http://x.cn/undefined.undefined", "a.doc", False),
        ("", "a.doc", False),
        ("/a.shtml", "全文.", False),
    ],
)
def test_what_is_a_file(href: str, text: str, expected: bool) -> None:
    assert is_file(href, text) is expected


def test_an_address_that_is_none_does_no_harm() -> None:
    links = [Placed(0, "http://[x/a.pdf", "")]
    assert [file.url for file in find_attachments(links, "", "http://www.example.gov.cn/")] == [
        "http://[x/a.pdf"
    ]


def test_names_and_addresses() -> None:
    links = [Placed(0, "./P1.pdf", "附件1"), Placed(1, "P1.pdf", "again"), Placed(2, "/%E8%A1%A8.doc", "")]
    script = """<script>var file_appendix='<a href="./P2.zip">图集.zip</a>';</script>"""
    found = find_attachments(links, script, "http://www.example.gov.cn/a/t1.html")
    assert [(file.url, file.name) for file in found] == [
        ("http://www.example.gov.cn/a/P1.pdf", "附件1"),
        ("http://www.example.gov.cn/%E8%A1%A8.doc", "表.doc"),
        ("http://www.example.gov.cn/a/P2.zip", "图集.zip"),
    ]


def test_a_file_has_one_address_whatever_the_session() -> None:
    links = [
        Placed(number, f"/d/downfile.jsp;jsessionid={session}?filename=a.xls&jsessionid={session}", "表")
        for number, session in enumerate(("0A1B", "2C3D"))
    ]
    (found,) = find_attachments(links, "", "http://www.example.gov.cn/a/t1.html")
    assert (found.url, found.type) == ("http://www.example.gov.cn/d/downfile.jsp?filename=a.xls", "xls")


def test_no_article_offers_more_than_200_files() -> None:
    links = [Placed(number, f"{number}.pdf", "") for number in range(1_000)]
    found = find_attachments(links, "", "http://www.example.gov.cn/a/t1.html")
    assert [file.name for file in found] == [f"{number}.pdf" for number in range(200)]


@pytest.mark.parametrize("piece", ["file_appendix='", "file_appendix=' ", "file_appendix  =", "'  "])
def test_no_script_takes_long(piece: str) -> None:
    page = "file_appendix='" + piece * (2_000_000 // len(piece))
    started = time.process_time()
    assert find_attachments([], page, "http://www.example.gov.cn/") == ()
    assert time.process_time() - started < 2
