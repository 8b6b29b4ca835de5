"""How likely a run of Chinese text is, by the words of jieba's dictionary.

The dictionary file is read as it is: importing jieba would compile its segmenter too.
"""

from __future__ import annotations

import math
import re
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

_LONGEST = 5
_UNKNOWN = -18.0
"""Natural logarithm for a character that is no word: rarer than the rarest one."""
_OTHER = -4.0
"""For a run of letters, digits or one mark."""
_TOKEN = re.compile(
    r"(?P<han>[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+)|[0-9A-Za-z]+|\s+|.", re.DOTALL
)


def likelihood(text: str) -> float:
    """Logarithm of the probability of the best cut of `text` into words, unigrams only."""
    return sum(_best_cut(token.group()) if token.group("han") else _OTHER for token in _TOKEN.finditer(text))


def _best_cut(run: str) -> float:
    known = _words()
    best = [0.0]
    for end in range(1, len(run) + 1):
        cuts = ((start, run[start:end]) for start in range(max(0, end - _LONGEST), end))
        best.append(max(best[start] + known.get(word, _UNKNOWN * len(word)) for start, word in cuts))
    return best[-1]


@lru_cache(maxsize=1)
def _words() -> dict[str, float]:
    """Word -> logarithm of its share, words of up to five characters."""
    spec = find_spec("jieba")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("jieba is not installed: its dictionary is needed to repair lost bytes")
    lines = Path(spec.origin).with_name("dict.txt").read_text("utf-8").splitlines()
    rows = (line.split(" ") for line in lines)
    counts = {row[0]: int(row[1]) for row in rows if len(row[0]) <= _LONGEST}
    total = math.log(sum(counts.values()))
    return {word: math.log(max(count, 1)) - total for word, count in counts.items()}
