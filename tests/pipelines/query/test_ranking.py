from __future__ import annotations

import subprocess
import sys

import pytest

from pipelines.query import Folded, parse
from pipelines.query.ranking import rarity, score, words, words_of


def test_a_sentence_is_cut_into_its_words() -> None:
    assert words("湘潭市开展环境执法，pm2.5下降") == ("湘潭市", "开展", "环境", "执法", "pm2.5", "下降")
    assert words_of(parse('环境执法 -处罚 "，" 环境')) == ("环境", "执法", ",")


def test_jieba_is_not_loaded_by_who_only_asks() -> None:
    code = "import sys, monitor.query, pipelines.match; sys.exit('jieba' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (("", "湘潭，湘潭"), ("", "湘潭，长沙")),
        (("湘潭", ""), ("", "湘潭")),
        (("", "湘潭"), ("", "湘潭" + "，" * 500)),
        (("", "湘潭" + "，" * 4), ("", "处罚" + "，" * 4)),
        (("", "湘潭和处罚"), ("", "湘潭和湘潭")),
    ],
    ids=["oftener", "in the title", "in a shorter text", "the rarer word", "both words"],
)
def test_what_fits_better(better: tuple[str, str], worse: tuple[str, str]) -> None:
    weights = {"湘潭": rarity(20, 1000), "处罚": rarity(25, 1000)}
    assert score(weights, Folded.of(*better)) > score(weights, Folded.of(*worse)) > 0


def test_nothing_is_worth_nothing() -> None:
    assert score({"湘潭": 1.0}, Folded.of("长沙", "")) == 0
    assert score({}, Folded.of("长沙", "")) == 0
    assert 0 <= rarity(1000, 1000) < rarity(10, 1000)
