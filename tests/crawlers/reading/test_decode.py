from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.reading.decode import decode

TEXT = "<title>市生态环境局召开全市大气污染防治工作会议</title>"


def page(declared: str, text: str = TEXT) -> str:
    return (
        f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={declared}">{text}</head>'
    )


@pytest.mark.parametrize(
    ("body", "header", "encoding"),
    [
        (page("utf-8").encode(), None, "utf-8"),
        (page("gb2312").encode("gb18030"), None, "gb18030"),
        (page("gb2312", "<title>朱镕基、珮玥，喆</title>").encode("gb18030"), None, "gb18030"),
        (page("utf-8").encode("gb18030"), None, "gb18030"),
        (page("gb2312").encode(), "text/html; charset=GBK", "utf-8"),
        (page("gbk").encode("gb18030"), "text/html; charset=utf-8", "gb18030"),
        (page("gbk").encode("gb18030"), "text/html;charset=ISO-8859-1", "gb18030"),
        (page("windows-none").encode("gb18030"), "text/html; charset=bogus", "gb18030"),
        (page("big5", "<title>環境保護署公告修正條文</title>").encode("big5"), None, "big5hkscs"),
        (page("none", "<p>山上的村子和河邊的茶園都是我們的</p>").encode("big5"), None, "big5hkscs"),
        (page("gb2312", "<p>山上的村子和河邊的茶園都是我們的</p>").encode("big5"), None, "big5hkscs"),
        (page("gb2312", "<p>山上的村子和河边的茶园都是我们的</p>").encode("gb18030"), None, "gb18030"),
        (TEXT.encode(), None, "utf-8"),
        (TEXT.encode("gb18030"), None, "gb18030"),
        (codecs.BOM_UTF8 + page("gb2312").encode(), None, "utf-8"),
        (codecs.BOM_UTF16_LE + page("utf-16").encode("utf-16-le"), None, "utf-16-le"),
        (page("utf-16").encode("utf-16-be"), None, "utf-16-be"),
        (b'<?xml version="1.0" encoding="GB2312"?>' + TEXT.encode("gb18030"), None, "gb18030"),
        (b"", None, "utf-8"),
    ],
)
def test_true_charset_is_found(body: bytes, header: str | None, encoding: str) -> None:
    decoded = decode(body, header)
    assert decoded.encoding == encoding
    assert decoded.damaged == 0
    if body:
        assert body.decode(encoding).lstrip("\ufeff") == decoded.text


def test_archive_puts_its_own_charset_before_the_page_s() -> None:
    body = b"<meta charset=utf-8>" + b"<!-- archive -->" * 200 + page("gb2312").encode("gb18030")
    assert decode(body).encoding == "gb18030"


def test_damage_is_counted_not_fatal() -> None:
    body = page("utf-8", TEXT * 20).encode()
    cut = body[:200] + b"\xff\xfe" + body[200:-20] + "环".encode()[:2]
    decoded = decode(cut)
    assert decoded.encoding == "utf-8"
    assert decoded.damaged == decoded.text.count("\ufffd") > 0
    assert "大气污染防治" in decoded.text


def test_gb_page_with_a_stray_byte_stays_readable() -> None:
    decoded = decode(page("gb2312", TEXT + "\n").encode("gb18030") + b"\xff\n" + TEXT.encode("gb18030"))
    assert decoded.encoding == "gb18030"
    assert decoded.damaged == 1
    assert decoded.text.count("大气污染防治") == 2


@given(st.binary(max_size=400), st.one_of(st.none(), st.text(max_size=40)))
def test_any_bytes_decode(body: bytes, header: str | None) -> None:
    decoded = decode(body, header)
    assert decoded.damaged == decoded.text.count("\ufffd")


@given(
    st.sampled_from(["utf-8", "gb18030"]),
    st.text(st.sampled_from("市政府关于印发环境保护规划的通知，。“”"), min_size=8),
)
def test_undeclared_chinese_survives(codec: str, text: str) -> None:
    assert decode(text.encode(codec)).text == text


def test_a_stray_byte_far_above_a_utf8_text_does_not_make_it_gb() -> None:
    style = "p{color:#333}" * 400
    text = "清溪县环境执法队抽查企业"  # could be GB as well
    body = b"<title>\xa9\xa9</title><style>" + style.encode() + b"</style><p>" + text.encode()
    decoded = decode(body)
    assert (decoded.encoding, decoded.damaged) == ("utf-8", 2)
    assert decoded.text.endswith(text)
