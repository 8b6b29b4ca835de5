"""Rows that lead to a file or to WeChat, one line per case."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from crawlers.china import CHINA
from crawlers.items import Attachment, Row
from crawlers.rows import article_of_row, is_page


@pytest.mark.parametrize(
    ("url", "page"),
    [
        ("http://www.qinghe.example/zwdt/t20260903_9003.html", True),
        ("http://www.qinghe.example/art/2026/9/3/art_12_9003", True),
        ("http://www.qinghe.example/info?name=report.pdf", True),
        ("http://www.qinghe.example/pdf/", True),
        ("http://www.qinghe.example/files/report.pdf", False),
        ("http://www.qinghe.example/files/report.PDF?v=2", False),
        ("http://www.qinghe.example/files/名单.docx", False),
        ("http://www.qinghe.example/files/%E5%90%8D%E5%8D%95.xls", False),
        ("https://mp.weixin.qq.com/s/abc", False),
        ("https://mp.weixin.qq.com:443/s?__biz=1", False),
        ("https://weixin.qq.com/s/abc", True),
    ],
)
def test_what_is_a_page(url: str, page: bool) -> None:
    assert is_page(url) == page


def test_a_file_is_kept_with_its_row() -> None:
    row = Row("http://www.qinghe.example:8080/f/%E5%90%8D%E5%8D%95.xlsx", "补贴名单公示", date(2026, 9, 3))
    article = article_of_row(row)
    assert (article.kind, article.title, article.body) == ("other", "补贴名单公示", "")
    assert article.published == datetime(2026, 9, 3, tzinfo=CHINA)
    assert article.attachments == (Attachment(row.url, "补贴名单公示"),)
    assert article.site.host == "www.qinghe.example:8080"


def test_a_file_without_title_is_called_by_its_name() -> None:
    article = article_of_row(Row("http://x.example/f/%E5%90%8D%E5%8D%95.xlsx", ""))
    assert (article.title, article.published) == ("名单.xlsx", None)


def test_a_wechat_post_has_no_attachment() -> None:
    article = article_of_row(Row("https://mp.weixin.qq.com/s/abc", "青禾发布"))
    assert (article.title, article.attachments) == ("青禾发布", ())
