"""Places where a mirror cut GBK text in the middle of a character, and how they are put right.

Mirrors work on the bytes of GBK text as if each byte were a character. Three accidents follow,
each seen on real copies; in all of them the text stays shifted by one byte until an ASCII byte
is taken for the second half of a character:

`環?；A(chǔ)`  was 環保(B1 A3)基(BB F9)礎(B5 41): the pair A3 BB is a full-width semicolon, so
               the text was cut before and after it; B1 alone became `?`.
`?br />`       was 。(A1 A3)<br />: A3 3C is no character, A1 became `?`.
`地?fù)艽颍`   was 地(B5 D8)撥(93 DC)打(B4 F2)）(A3 A9): D8 93 is 負, whose reading fù was
               inserted between 93 and DC; 93 28 became `?` and swallowed the bracket.

The original bytes are rebuilt with every possible filling, and the most likely text wins if it
is clearly the best. What is not clear stays as it is and is marked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from heapq import nlargest
from typing import NamedTuple

from pipelines.clean.han import pair
from pipelines.clean.readings import LETTERS, strip_readings
from pipelines.clean.shifted import LOST, Mended, after_cut, after_reading, before_tag, lost_before
from pipelines.clean.traditional import simplify
from pipelines.clean.words import likelihood

_SITE = re.compile(
    rf"\?(?:(?P<mark>[，；？！：（）,;!:()])|(?P<reading>[{LETTERS}]{{1,6}})\)"
    r"|(?P<tag>(?=/?(?:br|p|div|span|td|tr|li|strong|b|a|font|h[1-6])(?: [^<>\n]{0,80})?/?>)))"
)
_READING_BEHIND = re.compile(rf"\(?[{LETTERS}]{{1,6}}\)")
_CLEARLY_BETTER, _CLEARLY_FIRST = 6.0, 2.0
"""Natural logarithms: how far the best filling must be ahead of the text as it stands, of the next."""
_MIXED = 4.0
"""A half-width question mark before a full-width mark is a trace by itself."""
_CONTEXT, _LINE = 10, 300
"""Characters that are looked at: beside a site for its words, before it for open brackets."""
_BLIND = 10
"""Characters behind a place that is given up, a reading among them: they may be as shifted as it is."""
_FEW_TAILS = 6
_MOST_SITES = 120
"""A text with more is beyond repair; the rest stays, so that no page costs minutes."""


class Repair(NamedTuple):
    text: str
    repaired: int


def repair(text: str) -> Repair:
    """`text` (polluted, readings still in it) with lost bytes put right where that is clear.

    What is not clear becomes `LOST`.
    """
    done, at, tried, repaired, given_up = "", 0, 0, 0, -_BLIND
    narrow = _is_narrow(text)
    while (site := _SITE.search(text, at)) is not None:
        if tried == _MOST_SITES:
            break
        tried += 1
        done += text[at : site.start()]
        blind = len(done) - given_up < _BLIND
        best, damaged = (None, True) if blind else _best(_Place(done, text, narrow), site)
        if best is None:
            done, at = done + (LOST if damaged else "?"), site.start() + 1
            given_up = len(done) if damaged else given_up
        else:
            done, at = done + (_narrowed(best.text) if narrow else best.text), best.end
            repaired += 1
    return Repair(done + text[at:], repaired)


def repair_tags(text: str) -> Repair:
    """`text` of any script with `。<br />` put back where `?br />` was left of it."""
    mended, count = _BROKEN_TAG.subn("。<", text)
    return Repair(mended, count)


_BROKEN_TAG = re.compile(r"(?<=[\u3400-\u9fff”）)》])\?(?=br ?/>)")


class _Place:
    """Where a repair stands: `done`, the text before it, repaired; `text`, all of it, as it came."""

    def __init__(self, done: str, text: str, narrow: bool) -> None:
        self.done, self.text, self._narrow = done, text, narrow
        line = strip_readings(done[-_LINE:].rpartition("\n")[2])[0]
        self.closers = _closers(line)
        self.last_char = line[-1:]
        """Without its inserted reading."""
        self._left = simplify(line[-_CONTEXT:])

    def score(self, middle: str, end: int) -> float:
        """The likelihood of `middle` in place of what stands before `end`, with its surroundings."""
        behind = self.text[end : end + _LINE].partition("\n")[0].partition("?")[0]
        if reading := _READING_BEHIND.match(behind):
            middle, behind = middle.removesuffix("("), behind[reading.end() :]
        right = strip_readings(behind)[0][:_CONTEXT]
        whole = self._left + simplify(middle + right)
        return likelihood(whole.translate(_WIDENED) if self._narrow else whole)


def _best(place: _Place, site: re.Match[str]) -> tuple[Mended | None, bool]:
    """The clearly best filling of one site, if any; and whether the site looks damaged at all."""
    ranked = _ranked(place, site)
    is_mixed = bool(site["mark"]) and site["mark"] > "\x80"
    if not ranked:
        return None, is_mixed or site["reading"] is not None
    score, best = ranked[0]
    if not site["mark"] and not site["reading"]:
        return best, True  # nothing but a cut leaves half a tag; the full stop ends most paragraphs
    ahead = score - place.score(place.text[site.start() : best.end], best.end)
    if ahead + (_MIXED if is_mixed else 0.0) < _CLEARLY_BETTER:
        return None, is_mixed
    return _agreed(mended for likely, mended in ranked if score - likely < _CLEARLY_FIRST), True


def _agreed(likeliest: Iterable[Mended]) -> Mended | None:
    """What the likeliest fillings have in common, `?` where they differ; None where that is little."""
    best, *others = likeliest
    if any(other.end != best.end or len(other.text) != len(best.text) for other in others):
        return None
    differ = [len({mended.key[at] for mended in (best, *others)}) > 1 for at in range(len(best.text))]
    text = "".join(LOST if unknown else char for char, unknown in zip(best.text, differ, strict=True))
    known = len(differ) - sum(differ)
    return best._replace(text=text) if known > sum(differ) else None


def _ranked(place: _Place, site: re.Match[str]) -> list[tuple[float, Mended]]:
    """The fillings of a site with their likelihood, best first; one for each different answer."""
    answers: dict[str, tuple[float, Mended]] = {}
    for mended in _fillings(place, site):
        score = place.score(mended.text, mended.end) + mended.prior
        if mended.key not in answers or score > answers[mended.key][0]:
            answers[mended.key] = score, mended
    return sorted(answers.values(), key=lambda answer: answer[0], reverse=True)


def _fillings(place: _Place, site: re.Match[str]) -> Iterator[Mended]:
    text, end = place.text, site.end()
    if site["mark"]:
        for tail in _likeliest(place, after_cut(text, end, site["mark"], place.closers)):
            yield from lost_before(tail)
    elif site["reading"]:
        before = pair(place.last_char)
        if before is not None:
            yield from after_reading(text, end, before[1], site["reading"], place.closers)
    elif place.done and place.done[-1] > "\u2000":
        yield from before_tag(end)


def _likeliest(place: _Place, tails: Iterable[Mended]) -> list[Mended]:
    """The few of many that read best after a full stop: what stands before them hardly matters."""
    return nlargest(_FEW_TAILS, tails, key=lambda tail: place.score("。" + tail.text, tail.end) + tail.prior)


def _closers(line: str) -> str:
    """The closing brackets and quotes that a line still waits for."""
    wide = line.translate(_WIDENED)
    return "".join(
        last for first, last in ("（）", "“”", "《》", "‘’", "【】") if wide.count(first) > wide.count(last)
    )


def _is_narrow(text: str) -> bool:
    """Whether this copy has all its marks half-width: some mirrors and archives fold them."""
    return "，" not in text and "," in text


def _narrowed(text: str) -> str:
    return text.translate(_NARROWED)


_NARROWED = str.maketrans("，；？！：（）", ",;?!:()")
_WIDENED = str.maketrans(",;!:()", "，；！：（）")
