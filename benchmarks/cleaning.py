"""What cleaning costs: on a clean article, on the same article as a spam mirror shows it."""

from __future__ import annotations

import time
from functools import partial

from benchmarks.figures import Figure, Findings
from benchmarks.measure import milliseconds
from demo.world.compose import composed
from demo.world.pollute import narrowed, pollute
from pipelines.clean.steps import clean

LENGTH = 2000
"""Characters of a page."""


def cleaning(quick: bool = False) -> Findings:
    """Cleans different articles of the same length, each once in a round."""
    pages = 10 if quick else 50
    clean_texts = [narrowed(_text(number)) for number in range(pages)]
    polluted = [pollute(text) for text in clean_texts]
    kinds = {"clean page": clean_texts, "polluted page": polluted}
    for texts in kinds.values():
        clean(texts[0])  # the first one pays for tables that are loaded once
    figures = []
    for what, texts in kinds.items():
        rounds = [
            [milliseconds(partial(clean, text), time.thread_time) for text in texts]
            for _ in range(1 if quick else 5)
        ]
        letters = sum(map(len, texts))
        figures.append(Figure(what, "ms/page", [sum(took) / pages for took in rounds]))
        figures.append(Figure(what, "characters/s", [letters * 1000 / sum(took) for took in rounds]))
    return Findings(
        "clean",
        f"{pages} articles of {LENGTH} characters, before they were polluted; processor time",
        figures,
    )


def _text(number: int) -> str:
    """An article of `LENGTH` characters."""
    text = ""
    part = 0
    while len(text) < LENGTH:
        text += "\n".join(composed("样例区", number, f"clean/{part}")[1]) + "\n"
        part += 1
    return text[:LENGTH]
