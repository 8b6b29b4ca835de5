"""A mirror built after what is seen on real copies damages our own texts; cleaning must undo it.

The mirror converts to Traditional character by character, puts readings behind characters, and in
its worse moods works on GBK bytes as if they were characters: readings fall inside characters,
and text is cut at bytes that look like full-width punctuation.
"""

from __future__ import annotations

from functools import cache
from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pypinyin import Style, pinyin

from pipelines.clean import clean
from pipelines.clean.han import gb2312, simplified_forms, traditional_forms
from pipelines.clean.lost_bytes import Repair
from pipelines.clean.readings import strip_readings
from pipelines.clean.traditional import simplify

SENTENCES = [
    "今年以来，全县坚持生态优先、绿色发展，环境质量持续改善。",
    "会议听取了园区建设情况的汇报，研究了下一步工作。",
    "要加强环保基础设施建设，补齐短板；要严格执法，确保整改到位。",
    "县农业农村局负责人介绍，合作社带动了三百多户农民增收。",
    "市民服务热线（本地拨打）全天开通，有问题可以随时反映。",
    "“工程进展顺利，年底可以通车。”项目经理对记者说。",
    "气象台发布大风蓝色预警：渔船要及时回港，码头停止作业。",
    "学校组织学生参观博物馆，讲解员介绍了当地的历史。",
    "记者从水利局获悉，水库除险加固工程已经完工。",
    "他们围绕着产业链招商，签订了十二个项目，总投资超过二十亿元。",
    "这里的后山上种着茶树，村里的干部和群众一起修路。",
    "全市规模以上工业企业实现利润增长，税务部门落实减税政策。",
    "请经常关注本网站，业务办理结果将及时公布。",
    "海关、边检、铁路等单位联合开展应急演练。",
    "某某日报报道，两县签订协议，共同保护长江岸线资源！",
]
# 后, 里, 干, 并, 于 and 系 stay as they are; 台 and 着 are made into what also means something else.
UNTOUCHED = frozenset("后里干并于系云")
CUT_AT = "，；？！：（）"


@cache
def mirror_table() -> dict[str, str]:
    made = {
        char: form
        for char, form in traditional_forms().items()
        if char in gb2312() and form not in gb2312() and simplified_forms().get(form) == char
    }
    return {char: made[char] for char in made.keys() - UNTOUCHED} | {"着": "著"}


def mirrored(text: str) -> str:
    return "".join(mirror_table().get(char, char) for char in text)


@cache
def annotated(char: str) -> str:
    return f"{char}({pinyin(char, style=Style.TONE)[0][0]})"


def with_readings(text: str, chosen: frozenset[str]) -> str:
    return "".join(annotated(char) if char in chosen else char for char in text)


def with_readings_in_bytes(text: str, chosen: frozenset[str]) -> bytes:
    data = text.encode("gbk")
    for char in sorted(chosen):
        data = data.replace(char.encode("gbk"), annotated(char).encode("gbk"))
    return data


def decoded(data: bytes) -> str:
    """As a careless decoder shows it: half a character is `?`, an undefined pair is nothing."""
    shown, at = [], 0
    while at < len(data):
        two = data[at : at + 2]
        if two[0] < 0x80:
            shown.append(chr(two[0]))
            at += 1
            continue
        if len(two) < 2 or two[1] < 0x40:
            shown.append("?")
        else:
            shown.append(two.decode("gbk", "ignore"))
        at += 2
    return "".join(shown)


def cut(data: bytes) -> str:
    """Split at each full-width mark, wherever its bytes turn up, and joined by it again."""
    pieces: list[bytes | str] = [data]
    for mark in CUT_AT:
        split: list[bytes | str] = []
        for piece in pieces:
            if isinstance(piece, str):
                split.append(piece)
                continue
            for number, part in enumerate(piece.split(mark.encode("gbk"))):
                split += [mark, part] if number else [part]
        pieces = split
    return "".join(piece if isinstance(piece, str) else decoded(piece) for piece in pieces)


def distance(one: str, other: str) -> int:
    """Levenshtein's."""
    row = list(range(len(other) + 1))
    for number, char in enumerate(one, 1):
        above, row = row, [number]
        for at, against in enumerate(other, 1):
            row.append(min(above[at] + 1, row[-1] + 1, above[at - 1] + (char != against)))
    return row[-1]


def left_alone(text: str) -> str:
    return simplify(strip_readings(text)[0])


@cache
def annotated_by(seed: int, share: float) -> frozenset[str]:
    """Some of all characters that conversion makes: within a page each is annotated always or never."""
    made = sorted(set(mirror_table().values()) - {"著"})
    return frozenset(Random(seed).sample(made, int(share * len(made))))


MIRRORS = st.builds(annotated_by, st.integers(0, 10), st.sampled_from([0.4, 0.7, 1.0]))
TEXTS = st.lists(st.sampled_from(SENTENCES), min_size=3, max_size=6, unique=True).map("".join)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_readings_and_traditional_characters_are_undone_exactly(data: st.DataObject) -> None:
    original = data.draw(TEXTS)
    chosen = data.draw(MIRRORS)
    copy = with_readings(mirrored(original), chosen)
    cleaned = clean(copy)
    assume(len(set(mirrored(original)) & chosen) >= 3)
    assert cleaned.text == original
    assert cleaned.pollution.kind == "pinyin"
    assert cleaned.pollution.pinyin == sum(mirrored(original).count(char) for char in chosen)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_repaired_is_never_worse_than_left_alone(data: st.DataObject) -> None:
    original = data.draw(TEXTS)
    chosen = data.draw(MIRRORS)
    damage = data.draw(st.sampled_from(["inside", "cut", "both"]))
    if damage == "cut":
        copy = cut(with_readings(mirrored(original), chosen).encode("gbk"))
    else:
        copy = (cut if damage == "both" else decoded)(with_readings_in_bytes(mirrored(original), chosen))
    cleaned = clean(copy)
    if cleaned.pollution.kind == "pinyin":  # with few readings in a short text nothing is certain
        assert distance(cleaned.text, original) <= distance(left_alone(copy), original)
    assert clean(cleaned.text).text == cleaned.text


@pytest.mark.parametrize(("damage", "least"), [("inside", 0.6), ("cut", 0.45)])
def test_most_lost_bytes_come_back(damage: str, least: float) -> None:
    lost = found = 0
    for sentence in SENTENCES:
        original = sentence + SENTENCES[0]
        chosen = annotated_by(0, 1.0)
        copy = (
            decoded(with_readings_in_bytes(mirrored(original), chosen))
            if damage == "inside"
            else cut(with_readings(mirrored(original), chosen).encode("gbk"))
        )
        before = distance(left_alone(copy), original)
        lost += before
        found += before - distance(clean(copy).text, original)
    assert lost > 0
    assert found >= least * lost, (found, lost)


def test_without_repair_the_simulator_does_damage() -> None:
    """The property above would hold for an empty repair too; here it must not."""
    original = "来源：某某日报 记者报道，补齐环保基础设施短板。"
    chosen = frozenset("報請環") | {"設", "礎"}
    copy = cut(with_readings_in_bytes(mirrored(original), chosen))
    assert "?" in copy
    assert clean(copy).text == original
    assert left_alone(copy) != original
    assert Repair(copy, 0, 0).text != original
