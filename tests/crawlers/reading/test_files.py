"""Files that belong to a text, wherever a page offers them."""

from __future__ import annotations

import pytest

from tests.crawlers.reading.test_parts import TEXT, TITLE, page


@pytest.mark.parametrize(
    "link",
    [
        'href="javascript:void(0)" data-href="/upload/a.pdf"',
        """href="#" onclick="window.open('/upload/a.pdf')" """,
        """href="javascript:down('/upload/a.pdf')" """,
    ],
)
def test_files_behind_scripts(link: str) -> None:
    article = page(f"<h1>{TITLE}</h1>{TEXT}<p>附件：<a {link}>公告（PDF版）</a></p>")
    assert [file.url for file in article.attachments] == ["http://www.qinghe.gov.cn/upload/a.pdf"]


@pytest.mark.parametrize(
    ("shown", "address"),
    [
        ("<iframe src=/f/a.pdf></iframe>", "/f/a.pdf"),
        ("<embed src=/f/a.pdf>", "/f/a.pdf"),
        ("<object data=/f/a.pdf></object>", "/f/a.pdf"),
        ("<iframe src=/pdfjs/web/viewer.html?file=%2Ff%2Fa.pdf&zoom=1></iframe>", "/f/a.pdf"),
        ("<p>附件：<a href=/api/file/9f8e>实施方案</a></p>", "/api/file/9f8e"),
    ],
)
def test_files_that_are_shown_in_a_frame_or_called_one_are_attachments(shown: str, address: str) -> None:
    menu = "".join(f"<p><a href=/{n}.pdf>使用手册{n}</a></p>" for n in range(2)) + "<p>要闻</p>" * 3
    (file,) = page(f"{menu}<h1>{TITLE}</h1><div>{TEXT}{shown}</div>").attachments
    assert file.url == f"http://www.qinghe.gov.cn{address}"


@pytest.mark.parametrize(
    "page_link", ["<iframe src=/a.html></iframe>", "<p>附件：<a href=/a.shtml>方案</a></p>"]
)
def test_pages_are_no_attachments(page_link: str) -> None:
    assert page(f"<h1>{TITLE}</h1><div>{TEXT}{page_link}</div>").attachments == ()


@pytest.mark.parametrize("heading", ["附件下载：", "附件列表"])
def test_a_list_of_downloads_below_the_signature_is_no_text(heading: str) -> None:
    files = "<p><a href=/f/1.doc>报名登记表.doc</a></p><p><a href=/f/2.doc>认定申请表.doc</a></p>"
    listed = f"<p>青禾县人社局</p><p>2026年8月3日</p><p>{heading}</p>{files}"
    article = page(f"<h1>{TITLE}</h1><div>{TEXT}{listed}</div>")
    assert article.body.endswith("2026年8月3日")
    assert [file.name for file in article.attachments] == ["报名登记表.doc", "认定申请表.doc"]


@pytest.mark.parametrize(
    "below",
    [
        "<p>青禾县人社局</p><p>2026年8月3日</p>",
        "<p>附件1</p><p>招聘计划表</p><p>县殡葬管理所招聘保洁员4人，工作地点在县城，学历不限，月工资1780元。</p>",
        "<table><tr><td>单位</td><td>人数</td></tr><tr><td>县二小</td><td>16</td></tr></table>",
    ],
)
def test_nothing_below_a_list_of_downloads_is_lost(below: str) -> None:
    listed = "<p>附件下载：</p><p><a href=/f/1.doc>报名登记表.doc</a></p>"
    alone = page(f"<h1>{TITLE}</h1><div>{TEXT}{below}</div>").body
    lines = page(f"<h1>{TITLE}</h1><div>{TEXT}{listed}{below}</div>").body.split("\n")
    assert [line for line in lines if line not in ("附件下载：", "报名登记表.doc")] == alone.split("\n")
