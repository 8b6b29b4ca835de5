"""What is done with a damaged page: it is read as an article and looked at as a column."""

from __future__ import annotations

import json
import time
import traceback
from collections.abc import Callable, Sequence
from functools import cache, partial

from attrs import asdict, field, frozen

from benchmarks.mutating.mutants import Mutant
from benchmarks.saved import SavedPage
from crawlers.catalogue.model import Recipe
from crawlers.items import Article, ListPage, Page
from crawlers.probing import look
from crawlers.reading import read

Part = Callable[[], object]
Examine = Callable[[Mutant], Sequence[tuple[str, Part]]]
"""A page to the parts of its examination, by name; each is run and timed on its own."""

_ADDRESS = "http://www.example.gov.cn/xwzx/index.html"
_KNOWN = 4
"""Every so many pages are also looked at as those of a column that is known: it differs little."""


@frozen
class Outcome:
    """What came of one page."""

    seed: int
    name: str
    milliseconds: dict[str, float] = field(factory=dict)
    """Processor time by part, as far as it came to an end."""
    trouble: str | None = None
    """A traceback, behind the name of its part."""
    killed: bool = False
    """It took longer than allowed, or its process died."""
    peak: float = 0
    """MB of memory that its process has taken so far."""


def usual(mutant: Mutant) -> Sequence[tuple[str, Part]]:
    """`read`, the look at a column that is new, and the one with what was learned from the sound page."""
    # What answered has an address; only saved pages are read without one, or with what someone typed.
    url = mutant.url if mutant.url.startswith("http") and "[" not in mutant.url else _ADDRESS
    page = Page(url, mutant.body, mutant.content_type)
    recipe = None if mutant.seed % _KNOWN else _learned(mutant.base)
    parts = [("read", partial(_read, mutant)), ("list", partial(_look, page))]
    return [*parts, ("list, known", partial(_look, page, recipe, 2))] if recipe else parts


def outcome(mutant: Mutant, examine: Examine, guard: Callable[[], None]) -> Outcome:
    """All parts in turn, up to the first that raises; `guard` is called before each."""
    took: dict[str, float] = {}
    for name, part in examine(mutant):
        guard()
        started = time.thread_time()
        try:
            part()
        except Exception:  # any is a finding, and what this is for
            return Outcome(mutant.seed, mutant.name, took, f"{name}: {traceback.format_exc()}")
        took[name] = (time.thread_time() - started) * 1000
    return Outcome(mutant.seed, mutant.name, took)


def _read(mutant: Mutant) -> None:
    article = read(mutant.body, mutant.url, mutant.content_type)
    if (article.error is None) != (article.kind != "error"):
        raise ValueError(f"kind {article.kind!r}, but error {article.error!r}")
    _storable(article)


def _look(page: Page, recipe: Recipe | None = None, number: int = 1) -> None:
    _storable(look(page, recipe, number).list_page)


def _storable(found: Article | ListPage) -> None:
    """UnicodeEncodeError where a text could not be written down (half of a surrogate pair)."""
    json.dumps(asdict(found), default=str, ensure_ascii=False).encode()


@cache
def _learned(base: SavedPage) -> Recipe | None:
    """As a column is remembered whose page is sound; None where that is no column."""
    found = look(Page(base.url or _ADDRESS, base.body, base.content_type)).list_page
    if found.kind != "list":
        return None
    return Recipe(found.family or "plain", found.row_path, 1, dict(found.params))
