"""Which texts were spun out of others, and which are only alike."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.rewording import Rewording, rewording, sketch
from tests.support.spun import TEXT, with_homophones, with_synonyms


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        pytest.param(TEXT, with_homophones(TEXT), Rewording("homophones", "one"), id="homophones"),
        pytest.param(with_homophones(TEXT), TEXT, Rewording("homophones", "other"), id="the original later"),
        pytest.param(TEXT, with_synonyms(TEXT), Rewording("synonyms", "one"), id="synonyms"),
        pytest.param(with_synonyms(TEXT), TEXT, Rewording("synonyms", "other"), id="synonyms first"),
        pytest.param(
            TEXT,
            "首页 > 要闻\n" + with_synonyms(TEXT).replace("，", ",") + "\n上一篇：无",
            Rewording("synonyms", "one"),
            id="with other marks and lines around it",
        ),
        pytest.param(TEXT, TEXT.replace("；", "?"), Rewording("damaged", "either"), id="a few lost marks"),
        pytest.param(
            TEXT,
            TEXT.replace("我们的", "我们地").replace("作", "做"),
            Rewording("damaged", "either"),
            id="slips of the pen corrected",
        ),
        pytest.param(
            TEXT,
            TEXT.replace("赵明远", "周子衡"),
            Rewording("damaged", "either"),
            id="another name throughout",
        ),
        pytest.param(
            TEXT, with_synonyms(TEXT).replace("1", "2").replace("9", "10"), None, id="other figures"
        ),
        pytest.param(TEXT, TEXT[: len(TEXT) // 4], None, id="a quarter of it"),
        pytest.param(
            TEXT,
            "".join("某" if "\u4e00" <= char <= "\u9fff" else char for char in TEXT),
            None,
            id="the same marks between other words",
        ),
        pytest.param("短文。", "短文，", None, id="too short"),
    ],
)
def test_rewordings(one: str, other: str, expected: Rewording | None) -> None:
    assert rewording(one, other) == expected


@pytest.mark.parametrize("spin", [with_homophones, with_synonyms])
def test_a_spun_text_has_the_sketch_of_its_original(spin: type[str]) -> None:
    assert sketch(spin(TEXT)) == sketch(TEXT)
    assert len(sketch(TEXT)) == 8
    assert len(sketch(TEXT) & sketch("来源：某网。\n" + spin(TEXT))) >= 2


def test_a_short_text_has_no_sketch() -> None:
    assert sketch("通知如下：一、二、三。") == frozenset()


@given(st.text(max_size=300), st.text(max_size=300))
def test_any_two_texts_can_be_compared(one: str, other: str) -> None:
    rewording(one, other)
    assert all(-(2**63) <= number < 2**63 for number in sketch(one * 5))
