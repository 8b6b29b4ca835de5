"""Milliseconds and quality of reading a page, against usual extractors, on the same bytes."""

from __future__ import annotations

import gc
import re
import statistics
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from functools import _lru_cache_wrapper
from pathlib import Path

from benchmarks.figures import Figure, Findings
from benchmarks.peers import ABSENT, PEERS, Reader
from benchmarks.saved import SavedPage, gold_pages, own_pages, pages_in
from crawlers.reading import read


def govwatch(page: SavedPage) -> str:
    """Everything that `read` gives; the peers are asked for the text only."""
    return read(page.body, page.url, page.content_type).body


_REMEMBERING = {
    function
    for name, module in sys.modules.items()
    if name.startswith("crawlers.reading.")
    for function in vars(module).values()
    if isinstance(function, _lru_cache_wrapper) and function.__module__.startswith("crawlers.")
}
"""Functions that know the lines of earlier pages again."""


def govwatch_anew(page: SavedPage) -> str:
    """The same with nothing remembered from earlier pages, as on the first one of a site."""
    for function in _REMEMBERING:
        function.cache_clear()
    return govwatch(page)


READERS: Mapping[str, Reader] = {"govwatch": govwatch, "govwatch anew": govwatch_anew, **PEERS}


def reading(quick: bool = False, pages: Path | None = None, gold: Path | None = None) -> Findings:
    """Reads every page with every reader, in turns; `pages` and `gold` as on the command line.

    Processor time, and of its rounds each page counts with the fastest: nothing here waits, and whatever else
    a machine does only adds (as Python's `timeit` reasons). Each reader has a process of its own, as in use:
    in one for all, the quick ones pay for the state in which the others leave its memory.
    """
    chosen = gold_pages(gold, pages or gold.parent) if gold else pages_in(pages) if pages else own_pages()
    if not chosen:
        raise ValueError(f"no HTML pages in {pages}")
    chosen = chosen[:: 4 if quick and not gold else 1]
    rounds = 1 if quick else 5
    times: dict[str, list[list[float]]] = {name: [] for name in READERS}
    texts: dict[str, list[str]] = {}
    with ExitStack() as stack:
        processes = {name: stack.enter_context(ProcessPoolExecutor(1)) for name in READERS}
        for name, process in processes.items():
            process.submit(_warm_up, name, chosen[0]).result()
        for _ in range(rounds):
            for name, process in processes.items():
                took, texts[name] = process.submit(_timed, name, chosen).result()
                times[name].append(took)
    size = statistics.median(len(page.body) for page in chosen) / 1000
    title = (
        f"{len(chosen)} pages, median {size:.0f} KB, processor time, fastest of {rounds} rounds of each page"
    )
    figures = [f for name in READERS for f in _figures(name, times[name], texts[name], chosen)]
    return Findings("read", title, figures, ABSENT)


def _warm_up(name: str, page: SavedPage) -> None:
    """The first page pays for compiled patterns. What the modules of all readers leave on the heap is no cost
    of any one: the collector passes it over."""
    READERS[name](page)
    gc.collect()
    gc.freeze()


def _timed(name: str, pages: Sequence[SavedPage]) -> tuple[list[float], list[str]]:
    took, texts = [], []
    for page in pages:
        started = time.thread_time()
        texts.append(READERS[name](page))
        took.append((time.thread_time() - started) * 1000)
    return took, texts


def _figures(
    name: str, rounds: Sequence[Sequence[float]], texts: Sequence[str], pages: Sequence[SavedPage]
) -> list[Figure]:
    fastest = [min(took) for took in zip(*rounds, strict=True)]
    figures = [
        Figure(name, "median ms/page", [statistics.median(fastest)]),
        Figure(name, "mean ms/page", [statistics.fmean(fastest)]),
        Figure(name, "slowest ms", [max(fastest)]),
    ]
    scores = [f1(text, page.gold) for text, page in zip(texts, pages, strict=True) if page.gold is not None]
    return [*figures, Figure(name, "body F1", [statistics.fmean(scores)])] if scores else figures


def f1(text: str, gold: str) -> float:
    """Overlap of character trigrams, spaces and punctuation aside: 0 to 1."""
    have, want = _trigrams(text), _trigrams(gold)
    if not have or not want:
        return float(not have and not want)
    return 2 * (have & want).total() / (have.total() + want.total())


def _trigrams(text: str) -> Counter[str]:
    letters = re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text)).lower()
    return Counter(letters[i : i + 3] for i in range(max(1, len(letters) - 2))) if letters else Counter()
