"""Which pages are the same, changed or copies: tables of cases."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.china import CHINA
from pipelines.dedupe import LONG_TEXT, SHORT_TEXT, Text, content_hash, is_copy, letters, text_hash

NOON = datetime(2026, 11, 22, 12, tzinfo=CHINA)
MONTH = timedelta(days=30)
NOTICE = "现将企业名单予以公示，详见附件。"
MIDDLE = "测" * SHORT_TEXT
LONG = "测" * LONG_TEXT


def text(title: str, body: str, host: str = "a.example", days: float | None = 0, **rest: object) -> Text:
    published = None if days is None else NOON + timedelta(days=days)
    return Text(title, body, host=host, published=published, **rest)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (Text("题", "第一段\n第二段"), Text(" 题 ", "第一段  第二段"), True),
        (Text("题", "文", ("b", "a")), Text("题", "文", ("a", "b")), True),
        (Text("题", "文", ("a",)), Text("题", "文", ("a", "b")), False),
        (Text("题", "文。"), Text("题", "文"), False),
        (Text("题文", ""), Text("题", "文"), False),
        (Text("题", "文", host="a"), Text("题", "文", host="b"), True),
    ],
)
def test_the_content_hash_tells_states_of_a_page_apart(one: Text, other: Text, same: bool) -> None:
    assert (content_hash(one) == content_hash(other)) == same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("来源：邵阳新闻网\n　　正文", "来源:邵阳新闻网 正文", True),
        ("PM2.5浓度", "ＰＭ２．５浓度", True),
        ("“十四五”", '"十四五"', True),
        ("下降3个", "下降5个", False),
        ("甲", "乙", False),
    ],
)
def test_the_text_hash_overlooks_punctuation_width_and_case(one: str, other: str, same: bool) -> None:
    assert (text_hash(one) == text_hash(other)) == same


@pytest.mark.parametrize(
    ("later", "first", "copy"),
    [
        pytest.param(text("题", MIDDLE), text("题", MIDDLE), True, id="the same text"),
        pytest.param(
            text("题", MIDDLE, days=90), text("题", MIDDLE), True, id="long after, a text of some length"
        ),
        pytest.param(text("岳塘区：题", MIDDLE), text("题", MIDDLE), True, id="a headline with its place"),
        pytest.param(text("甲公司公示", MIDDLE), text("乙公司公示", MIDDLE), False, id="a form filled in"),
        pytest.param(
            text("甲公司公示", MIDDLE, "b.example"),
            text("乙公司公示", MIDDLE),
            False,
            id="the same elsewhere",
        ),
        pytest.param(text("新题", LONG, "b.example"), text("旧题", LONG), True, id="another site's headline"),
        pytest.param(text("新题", LONG), text("旧题", LONG), False, id="two headlines of one site"),
        pytest.param(text("公示", NOTICE), text("公示", NOTICE), True, id="a short notice on the same day"),
        pytest.param(
            text("公示", NOTICE, "b.example", 1.5), text("公示", NOTICE), True, id="copied two days later"
        ),
        pytest.param(text("公示", NOTICE, days=30), text("公示", NOTICE), False, id="next month's notice"),
        pytest.param(text("公示", NOTICE, days=None), text("公示", NOTICE), False, id="a notice of no date"),
        pytest.param(text("甲公示", NOTICE), text("乙公示", NOTICE), False, id="another company's notice"),
        pytest.param(
            text("公示", LONG, days=30, attachments=("b",)),
            text("公示", LONG, attachments=("a",)),
            False,
            id="next month's list, with a long introduction",
        ),
        pytest.param(
            text("公示", LONG, attachments=("b",)), text("公示", LONG), True, id="a copy that kept the file"
        ),
        pytest.param(text("题", ""), text("题", ""), False, id="no text at all"),
        pytest.param(text("题", "……"), text("题", "……"), False, id="no letter at all"),
        pytest.param(text("", NOTICE), text("", NOTICE), False, id="short and without headline"),
        pytest.param(text("", MIDDLE), text("题", MIDDLE), False, id="one headline missing"),
    ],
)
def test_copies(later: Text, first: Text, copy: bool) -> None:
    assert is_copy(later, first) == copy


@given(st.text())
def test_what_stands_around_a_text_does_not_count(body: str) -> None:
    assert letters(f" {body}。\n") == letters(body)
    assert text_hash(f" {body}。\n") == text_hash(body)


@given(st.text(), st.text())
def test_hashes_cannot_be_broken_by_any_text(title: str, body: str) -> None:
    assert len(content_hash(Text(title, body))) == len(text_hash(body + "\ud800")) == 32
