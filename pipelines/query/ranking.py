"""How well an article answers a query: BM25 over words, those of the title counting more.

Only the order of an answer depends on it, never what the answer holds.
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Mapping
from functools import lru_cache
from math import log
from typing import Any

from pipelines.query.folding import Folded
from pipelines.query.query import Query

TITLE_WEIGHT = 5
"""A word in the title counts like this many in the body."""
_SATURATION = 1.2  # k1 and b as in Lucene and FTS5
_LENGTH_SHARE = 0.75
_USUAL_LENGTH = 1000
"""Characters of a usual article; a count over the archive would cost a reading of all of it."""


def words(text: str) -> tuple[str, ...]:
    """The Chinese and other words of a text, as jieba cuts them, each once, without punctuation."""
    cut = _jieba().lcut(text)
    return tuple(dict.fromkeys(word for word in cut if any(map(str.isalnum, word))))


def words_of(query: Query) -> tuple[str, ...]:
    """The words of a query's terms; a term without any word in it stands for itself."""
    return tuple(dict.fromkeys(word for term in query.terms for word in words(term.text) or (term.text,)))


def rarity(holding: int, articles: int) -> float:
    """The weight of a word that so many of the articles hold (BM25's inverse document frequency)."""
    return log(1 + max(0.0, articles - holding + 0.5) / (holding + 0.5))


def score(weights: Mapping[str, float], article: Folded) -> float:
    """BM25 of an article for words with these weights; 0 where it holds none of them."""
    length = len(article.title) + len(article.body)
    norm = _SATURATION * (1 - _LENGTH_SHARE + _LENGTH_SHARE * length / _USUAL_LENGTH)
    total = 0.0
    for word, weight in weights.items():
        count = article.body.count(word) + TITLE_WEIGHT * article.title.count(word)
        total += weight * count * (_SATURATION + 1) / (count + norm)
    return total


@lru_cache(maxsize=1)
def _jieba() -> Any:
    """jieba with its dictionary, which takes a second: only who ranks or is helped waits for it."""
    with warnings.catch_warnings():
        # jieba 0.42 spells regular expressions in a way that newer Pythons warn about once.
        warnings.simplefilter("ignore")
        import jieba
    jieba.setLogLevel(logging.WARNING)
    jieba.initialize()
    return jieba
