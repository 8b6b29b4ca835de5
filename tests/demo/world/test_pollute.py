from __future__ import annotations

import itertools
import re
from datetime import datetime

import pytest
from opencc import OpenCC
from pypinyin import Style, pinyin

from demo.world import CHINA
from demo.world.entries import all_entries
from demo.world.pollute import EVERYTHING, NEVER, in_gb2312, narrowed, pollute
from demo.world.sites import SITES
from demo.world.timeline import STEPS

READING = re.compile(r"([\u3400-\u9fff])\(([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]{1,6})\)")


def undone(text: str) -> str:
    """The inverse, written from the field's description of such copies and not from the polluter.

    著 is 着 here: none of the texts has a genuine 著 (著名), and the conversion table alone cannot know.
    """
    to_simplified = OpenCC("t2s").convert
    return "".join(to_simplified(char) for char in READING.sub(r"\1", text).replace("著", "着"))


@pytest.mark.parametrize(
    ("clean", "level", "spoiled"),
    [
        ("环境质量", EVERYTHING, "環(huán)境質(zhì)量"),
        ("环境质量", 0, "環境質量"),
        ("环境和国家", 1, "環(huán)境和國家"),
        ("环境和国家", 4, "環(huán)境和國(guó)家"),
        ("后里干并于系", EVERYTHING, "后里干并于系"),
        ("为议题门县们这体气话讲编审", EVERYTHING, "為議題門縣們這體氣話講編審"),
        ("着", EVERYTHING, "著"),
        ("强调，要“回头看”。", 0, "強調,要“回頭看”。"),
        ("㴔口村二〇一五年", EVERYTHING, "㴔口村二〇一五年"),
        ("COD下降5.2%", EVERYTHING, "COD下降5.2%"),
    ],
)
def test_pollute(clean: str, level: int, spoiled: str) -> None:
    assert pollute(clean, level) == spoiled


def test_full_width_punctuation_is_kept_on_demand() -> None:
    assert pollute("会（一）：好！", 0, narrow=False) == "會（一）：好！"


def test_levels_are_nested_and_each_adds_something() -> None:
    text = "".join(e.title + "".join(e.paragraphs) for e in all_entries(SITES, STEPS, datetime.now(CHINA)))
    sets = [{match[1] for match in READING.finditer(pollute(text, n))} for n in range(EVERYTHING + 1)]
    assert not sets[0]
    assert all(less < more for less, more in itertools.pairwise(sets))
    assert not sets[-1] & NEVER


def test_every_reading_is_one_of_the_character_before_it() -> None:
    text = "".join("".join(e.paragraphs) for e in all_entries(SITES, STEPS, datetime.now(CHINA)))
    found = READING.findall(pollute(text))
    assert len(found) > 5_000
    for char, reading in set(found):
        assert not in_gb2312(char)
        assert reading in pinyin(char, style=Style.TONE, heteronym=True)[0]


def test_round_trip_of_everything_that_the_world_shows_polluted() -> None:
    entries = [e for e in all_entries(SITES, STEPS, datetime.now(CHINA)) if e.site == "mirror"]
    assert len(entries) > 10
    assert not any("著" in paragraph for entry in entries for paragraph in entry.paragraphs)
    for entry in entries:
        for text in (entry.title, *entry.paragraphs, entry.source or ""):
            assert undone(pollute(text)) == narrowed(text)
            assert pollute(text) != narrowed(text) or text.isascii() or not text
