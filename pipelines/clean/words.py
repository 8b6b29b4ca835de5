"""How likely a run of Chinese text is: words by jieba's dictionary, all else by its share in news.

The dictionary file is read as it is: importing jieba would compile its segmenter too.
"""

from __future__ import annotations

import math
import re
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

LONGEST_WORD = 5
_UNKNOWN = -18.0
"""Natural logarithm for a character that is no word: rarer than the rarest one."""
_TOKEN = re.compile(
    r"(?P<han>[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+)|(?P<digits>[0-9]+)|(?P<letters>[A-Za-z]+)"
    r"|(?P<blank>[^\S\u3000]+)|.{2}(?<=[^\w\s]{2})|.",
    re.DOTALL,
)
# Logarithms of the shares of marks, and of pairs of marks that belong together, among the words and marks
# of some 400 pages of news (350,000 tokens).
_MARKS = (
    {"，": -2.8, "。": -3.7, "、": -4.3, ".": -5.0, "“": -5.3, "（": -5.7, "：": -5.7, "”": -5.8, "；": -5.9}
    | {"）": -6.0, "《": -6.4, "》": -6.7, "？": -6.8, "-": -6.8, "！": -7.1, "%": -7.5, "—": -7.6}
    | {"。”": -6.5, "”，": -7.1, "”。": -7.2, "：“": -7.4, "，“": -7.7, "。“": -7.8, "），": -7.9, "——": -8.0}
    | {"）。": -8.1, "》，": -8.3, "？”": -9.1, "”“": -9.1, "。（": -9.2, "！”": -9.3, "，《": -9.3}
    | dict.fromkeys(("》。", "”、", "、“", "》《", "》、", "）、", "：《"), -9.5)
)
_RARE = -9.5
_ODD_PAIR = -4.0
"""On top of both marks of a pair that is none."""
_NUMBER, _DIGIT, _LATIN, _LETTER, _BLANK = -2.0, -2.3, -4.0, -3.0, -4.0


def likelihood(text: str) -> float:
    """Logarithm of the probability of the best cut of `text` into words, unigrams only."""
    return sum(map(_token, _TOKEN.finditer(text)))


def is_word(text: str) -> bool:
    """Whether jieba's dictionary has `text`, which is Simplified."""
    return text in _words()


def _token(token: re.Match[str]) -> float:
    found, size = token.group(), token.end() - token.start()
    match token.lastgroup:
        case "han":
            return _best_cut(found)
        case "digits":
            return _NUMBER + _DIGIT * size
        case "letters":
            return _LATIN + _LETTER * size
        case "blank":
            return _BLANK
    known = _MARKS.get(found)
    if known is None and size == 2:
        return sum(_MARKS.get(mark, _RARE) for mark in found) + _ODD_PAIR
    return _RARE if known is None else known


@lru_cache(maxsize=16_384)
def _best_cut(run: str) -> float:
    known = _words()
    best = [0.0]
    for end in range(1, len(run) + 1):
        top = best[end - 1] + known.get(run[end - 1], _UNKNOWN)
        for start in range(max(0, end - LONGEST_WORD), end - 1):
            word = known.get(run[start:end])
            if word is not None and best[start] + word > top:
                top = best[start] + word
        best.append(top)
    return best[-1]


@lru_cache(maxsize=1)
def _words() -> dict[str, float]:
    """Word -> logarithm of its share, words of up to five characters."""
    spec = find_spec("jieba")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("jieba is not installed: its dictionary is needed to repair lost bytes")
    lines = Path(spec.origin).with_name("dict.txt").read_text("utf-8").splitlines()
    rows = (line.split(" ") for line in lines)
    counts = {row[0]: int(row[1]) for row in rows if len(row[0]) <= LONGEST_WORD}
    total = math.log(sum(counts.values()))
    return {word: math.log(max(count, 1)) - total for word, count in counts.items()}
