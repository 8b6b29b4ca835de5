"""Texts that a mirror spun out of another: words replaced, marks and figures left as they were. Pure.

Seen on mirrors: homophones (委 -> 卫, 政 -> 正), and a dictionary of synonyms (发展 -> 成长, 坚持 -> 对峙).
Nobody can know from such a copy what stood there, so it is never repaired; beside its original it is
recognised.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher
from hashlib import blake2b
from typing import Literal

from attrs import frozen

from pipelines.clean.han import readings
from pipelines.clean.words import likelihood

_TOKEN = re.compile(r"\d+|[^\w\s]")
_QUOTES = str.maketrans("“”„‟「」『』‘’'", '"' * 11)
_WINDOW, _KEPT = 12, 8
"""Tokens in a row that are hashed together; how many of the hashes stand for a text."""
_ENOUGH = 20
"""Tokens without which a text has no sketch."""
_ALIGNED, _SAME_FIGURES, _SHARED = 0.8, 0.9, 0.4
"""Shares of tokens, of figures and of letters that two texts must have in common at least."""
_FEW_PLACES, _PLACES, _SPREAD = 5, 8, 0.15
"""Places that differ: homophones, synonyms; and the share of all places."""
_OWN_SLIPS = frozenset(
    map(frozenset, ("的地", "的得", "地得", "作做", "坐座", "象像", "账帐", "订定", "他她", "他它", "她它"))
)
"""Homophones that people confuse, and that are corrected where a text is reprinted."""
_DAMAGED = 0.1
"""Share of the letters that differ at most between a text and its damaged copy."""
_LESS_LIKELY, _MOST = 1.0, 8.0
"""Natural logarithms: by how much a place reads worse after a word was replaced, on the average; and what
counts of one place at most."""


Kind = Literal["homophones", "synonyms", "damaged"]


@frozen
class Rewording:
    """What one of two texts is to the other."""

    kind: Kind
    """`damaged`: the same text but for places here and there."""
    original: Literal["one", "other", "either"]


@frozen
class Changed:
    """A run of letters as it stands in one text and in the other."""

    first: str
    second: str
    lost: int
    """Letters that they have not in common."""
    replaced: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, first: str, second: str) -> Changed:
        steps = SequenceMatcher(None, first, second, autojunk=False).get_opcodes()
        in_common = sum(end - start for kind, start, end, _, _ in steps if kind == "equal")
        replaced = ((first[a:b], second[c:d]) for kind, a, b, c, d in steps if kind == "replace")
        return cls(first, second, max(len(first), len(second)) - in_common, tuple(replaced))

    @property
    def worse(self) -> float:
        """By how much the second reads worse than the first."""
        return max(-_MOST, min(_MOST, likelihood(self.first) - likelihood(self.second)))


@frozen
class Skeleton:
    """A text without its words: marks and figures, and the runs of letters between them."""

    tokens: tuple[str, ...]
    runs: tuple[str, ...]
    """One more than tokens."""

    @classmethod
    def of(cls, text: str) -> Skeleton:
        whole = unicodedata.normalize("NFKC", text).translate(_QUOTES)
        runs = ("".join(run.split()).lower() for run in _TOKEN.split(whole))
        return cls(tuple(_TOKEN.findall(whole)), tuple(runs))


def sketch(text: str) -> frozenset[int]:
    """A few numbers that texts share whose marks and figures stand alike; empty for a short text."""
    tokens = Skeleton.of(text).tokens
    if len(tokens) < _ENOUGH:
        return frozenset()
    windows = {" ".join(tokens[at : at + _WINDOW]) for at in range(len(tokens) - _WINDOW + 1)}
    return frozenset(sorted(map(_number, windows))[:_KEPT])


def _number(window: str) -> int:
    return int.from_bytes(
        blake2b(window.encode("utf-8", "surrogatepass"), digest_size=8).digest(), signed=True
    )


def rewording(one: str, other: str) -> Rewording | None:
    """Whether one of two texts was spun out of the other, and which; None: two texts, or an edited one.

    A person who edits a text puts its marks and figures elsewhere, or changes little; and what is written
    reads better than what a dictionary put in its place.
    """
    pairs = _side_by_side(Skeleton.of(one), Skeleton.of(other))
    changed = [Changed.of(*pair) for pair in pairs if pair[0] != pair[1]]
    letters = sum(max(map(len, pair)) for pair in pairs)
    lost = sum(place.lost for place in changed)
    if not letters or lost > (1 - _SHARED) * letters:
        return None
    replaced = [
        fragment
        for place in changed
        for fragment in place.replaced
        if frozenset("".join(fragment)) not in _OWN_SLIPS
    ]
    if len(replaced) >= _FEW_PLACES and len(set(replaced)) >= 2 and all(map(_sound_alike, replaced)):
        kind: Kind = "homophones"
    elif len(set(replaced)) >= _PLACES and len(changed) >= _SPREAD * len(pairs):
        kind = "synonyms"
    else:
        return Rewording("damaged", "either") if lost <= _DAMAGED * letters else None
    worse = sum(place.worse for place in changed) / len(changed)
    if abs(worse) < _LESS_LIKELY:
        return None
    return Rewording(kind, "one" if worse > 0 else "other")


def _side_by_side(one: Skeleton, other: Skeleton) -> list[tuple[str, str]]:
    """The runs that stand between the same marks of both; none where too few are the same, or the figures
    are others: next month's report is written in the words of this month's.
    """
    blocks = SequenceMatcher(None, one.tokens, other.tokens, autojunk=False).get_matching_blocks()
    aligned = [token for block in blocks for token in one.tokens[block.a : block.a + block.size]]
    if len(aligned) < max(_ENOUGH, _ALIGNED * min(len(one.tokens), len(other.tokens))):
        return []
    if _figures(aligned) < _SAME_FIGURES * max(_figures(one.tokens), _figures(other.tokens)):
        return []
    return [
        (one.runs[block.a + at], other.runs[block.b + at])
        for block in blocks
        for at in range(1, block.size)
        if one.runs[block.a + at] or other.runs[block.b + at]
    ]


def _figures(tokens: Iterable[str]) -> int:
    return sum(token.isdigit() for token in tokens)


def _sound_alike(replaced: tuple[str, str]) -> bool:
    first, second = replaced
    return len(first) == len(second) and all(
        readings(char) & readings(other) for char, other in zip(first, second, strict=True)
    )
