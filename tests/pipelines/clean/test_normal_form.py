from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.clean import clean, normal_form


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("２０２６年３月，ＧＤＰ增长５．２％", "2026年3月，GDP增长5．2％"),
        ("ａｂｃＸＹＺ：（１）", "abcXYZ：（1）"),
        ("来源：\u00a0\u00a0某县\u2003融媒体\u202f中心", "来源：  某县 融媒体 中心"),
        ("\u3000\u3000缩进的段落\t制表", "\u3000\u3000缩进的段落\t制表"),
        ("零\u200b宽\ufeff字\u00ad符\u2060号\u202e！", "零宽字符号！"),
        ("控\x00制\x0b字\x1f符\x85无", "控制字符无"),
        ("一\r\n二\r三\u2028四\n五", "一\n二\n三\n四\n五"),
        ("全角标点，保留！“引号”——（括号）", "全角标点，保留！“引号”——（括号）"),
        ("", ""),
    ],
)
def test_normal_form(text: str, expected: str) -> None:
    assert normal_form(text) == expected
    assert clean(text).text == expected
    assert clean(text).pollution.kind == "none"


@given(st.text())
def test_normal_form_twice_is_once(text: str) -> None:
    assert normal_form(normal_form(text)) == normal_form(text)


@given(st.text())
def test_nothing_invisible_and_no_odd_space_is_left(text: str) -> None:
    assert not set(normal_form(text)) & set(
        "\r\x00\x7f\x85\u00a0\u00ad\u2009\u200b\u2028\u202e\ufeff０９ＡＺａｚ"
    )
