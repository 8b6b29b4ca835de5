"""Homophones in the place of characters are seen, and never repaired."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

from crawlers.items import PollutionKind
from pipelines.clean import clean
from pipelines.clean.homophones import has_homophones
from tests.pipelines.clean.mirror import Mirror
from tests.pipelines.clean.sentences import SENTENCES
from tests.support.spun import TEXT, with_homophones


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (with_homophones(TEXT), True),
        ("市正府办公室、市卫宣传部联合印发通知。", True),
        ("全国人大常卫会副卫员长出席，常务卫员会、法制卫员会、财经卫员会汇报。", True),
        ("市正府召开会议。", False),
        ("市正府召开会议，市政府办公室副主任、县卫、县卫健局参加。", False),
        ("县卫健局、区卫生院、市卫生监督所开展联合检查，省卫和计生部门参加。", False),
        ("双方正协商解决，剧团正策划一场演出，正治疗病人，正法办此案。", False),
        ("真正府邸、郑府在行正道；理财证书、公民证书、保卫书记员。", False),
    ],
)
def test_homophones(text: str, expected: bool) -> None:
    assert has_homophones(text) == expected
    assert clean(text).text == text
    assert clean(text).pollution.kind == ("homophones" if expected else "none")


@pytest.mark.parametrize("sentence", [TEXT, *SENTENCES])
def test_no_right_text_has_any(sentence: str) -> None:
    assert not has_homophones(sentence)


def test_homophones_in_a_copy_with_readings_are_not_laundered() -> None:
    copy = Mirror().copy(with_homophones(TEXT))
    cleaned = clean(copy)
    assert cleaned.text == with_homophones(TEXT)
    assert cleaned.pollution.kind == "homophones"
    assert cleaned.pollution.pinyin > 100


def test_every_kind_of_pollution_is_documented() -> None:
    docs = Path(__file__).parents[3] / "docs" / "polluted-copies.md"
    kinds = docs.read_text("utf-8").partition("## Kinds")[2].partition("## ")[0]
    assert re.findall(r"^\| `(\w+)` \|", kinds, re.MULTILINE) == list(get_args(PollutionKind))
