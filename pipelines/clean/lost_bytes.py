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
is clearly the best. What is not clear stays as it is and is counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from heapq import nlargest
from typing import NamedTuple

from pipelines.clean.han import pair
from pipelines.clean.readings import ANNOTATED, LETTERS, strip_readings
from pipelines.clean.shifted import Mended, after_cut, after_reading, before_tag, lost_before
from pipelines.clean.traditional import simplify
from pipelines.clean.words import likelihood

_SITE = re.compile(
    rf"\?(?:(?P<mark>[，；？！：（）,;!:()])|(?P<reading>[{LETTERS}]{{1,6}})\)"
    r"|(?P<tag>(?=/?(?:br|p|div|span|td|tr|li|strong|b|a|font|h[1-6])(?: [^<>\n]{0,80})?/?>)))"
)
_LAST_ANNOTATED = re.compile(ANNOTATED.pattern + "$")
_CLEARLY_BETTER, _CLEARLY_FIRST = 6.0, 2.5
"""Natural logarithms: how far the best filling must be ahead of the text as it stands, of the next."""
_MIXED = 4.0
"""A half-width question mark before a full-width mark is a trace by itself."""
_CONTEXT, _LINE = 30, 300
"""Characters that are looked at: beside a site for its words, before it for open brackets."""
_FEW_TAILS = 10
_MOST_SITES = 60
"""A text with more is beyond repair; the rest stays, so that no page costs minutes."""


class Repair(NamedTuple):
    text: str
    repaired: int
    unresolved: int


def repair(text: str) -> Repair:
    """`text` (polluted, readings still in it) with lost bytes put right where that is clear."""
    done, at, tried, repaired, unresolved = "", 0, 0, 0, 0
    narrow = _is_narrow(text)
    while (site := _SITE.search(text, at)) is not None:
        if tried == _MOST_SITES:
            break
        tried += 1
        done += text[at : site.start()]
        best, damaged = _best(done, text, site, narrow)
        if best is None:
            done, at = done + "?", site.start() + 1
            unresolved += damaged
        else:
            done, at = done + best.text, best.end
            repaired += 1
    return Repair(done + text[at:], repaired, unresolved)


def repair_tags(text: str) -> Repair:
    """`text` of any script with `。<br />` put back where `?br />` was left of it."""
    mended, count = _BROKEN_TAG.subn("。<", text)
    return Repair(mended, count, 0)


_BROKEN_TAG = re.compile(r"(?<=[\u3400-\u9fff”）)》])\?(?=br ?/>)")


def _best(done: str, text: str, site: re.Match[str], narrow: bool) -> tuple[Mended | None, bool]:
    """The clearly best filling of one site, if any; and whether the site looks damaged at all."""
    ranked = _ranked(done, text, site, narrow)
    is_mixed = bool(site["mark"]) and site["mark"] > "\x80"
    if not ranked:
        return None, is_mixed or site["reading"] is not None
    score, best = ranked[0]
    if not site["mark"] and not site["reading"]:
        return best, True  # nothing but a cut leaves half a tag; the full stop ends most paragraphs
    ahead = score - _score(done, text[site.start() : best.end], text, best.end)
    if ahead + (_MIXED if is_mixed else 0.0) < _CLEARLY_BETTER:
        return None, is_mixed
    clear = len(ranked) == 1 or score - ranked[1][0] >= _CLEARLY_FIRST
    return (best if clear else None), True


def _ranked(done: str, text: str, site: re.Match[str], narrow: bool) -> list[tuple[float, Mended]]:
    """The fillings of a site with their likelihood, best first; one for each different answer."""
    answers: dict[str, tuple[float, Mended]] = {}
    for mended in _fillings(done, text, site):
        shown = mended._replace(text=_narrowed(mended.text)) if narrow else mended
        score = _score(done, shown.text, text, shown.end) + mended.prior
        if mended.key not in answers or score > answers[mended.key][0]:
            answers[mended.key] = score, shown
    return sorted(answers.values(), key=lambda answer: answer[0], reverse=True)


def _fillings(done: str, text: str, site: re.Match[str]) -> Iterator[Mended]:
    if site["mark"]:
        tails = after_cut(text, site.end(), site["mark"], _closers(done))
        for tail in _likeliest(done, text, tails):
            yield from lost_before(tail)
    elif site["reading"]:
        before = pair(_last_char(done))
        if before is not None:
            yield from after_reading(text, site.end(), before[1], site["reading"], _closers(done))
    elif done and done[-1] > "\u2000":
        yield from before_tag(site.end())


def _likeliest(done: str, text: str, tails: Iterable[Mended]) -> list[Mended]:
    """The few of many that read best after a full stop: what stands before them hardly matters."""
    return nlargest(
        _FEW_TAILS, tails, key=lambda tail: _score(done, "。" + tail.text, text, tail.end) + tail.prior
    )


def _last_char(done: str) -> str:
    """The character at the end of `done`, without its inserted reading."""
    annotated = _LAST_ANNOTATED.search(done[-_CONTEXT:])
    return annotated[1] if annotated else done[-1:]


def _score(done: str, middle: str, text: str, end: int) -> float:
    left = done[-_CONTEXT:].rpartition("\n")[2]
    right = text[end : end + _CONTEXT].partition("\n")[0].partition("?")[0]
    whole, _ = strip_readings(left + middle + right)
    return likelihood(simplify(whole))


def _closers(done: str) -> str:
    """The closing brackets and quotes that the last line of `done` still waits for."""
    line, _ = strip_readings(done[-_LINE:].rpartition("\n")[2])
    wide = line.translate(str.maketrans("()", "（）"))
    return "".join(
        last for first, last in ("（）", "“”", "《》", "‘’", "【】") if wide.count(first) > wide.count(last)
    )


def _is_narrow(text: str) -> bool:
    """Whether this copy has all its marks half-width: some mirrors and archives fold them."""
    return "，" not in text and "," in text


def _narrowed(text: str) -> str:
    return text.translate(str.maketrans("，；？！：（）", ",;?!:()"))
