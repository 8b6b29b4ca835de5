"""What cleaning costs, on a clean article and on a polluted one; and how many lost bytes it brings back."""

from __future__ import annotations

import time
from functools import partial

from benchmarks.figures import Figure, Findings
from benchmarks.measure import milliseconds
from demo.world.compose import composed
from demo.world.pollute import narrowed, pollute
from pipelines.clean.steps import clean
from tests.pipelines.clean.mirror import Damage, Mirror, distance, left_alone

LENGTH = 2000
"""Characters of a page."""

DAMAGES: dict[Damage, str] = {
    "cut": "cut at marks",
    "inside": "readings inside characters",
    "both": "both",
}
LEVELS = (0.02, 0.3, 0.7, 1.0)
"""How much of the ranking of characters gets readings, from mirror to mirror."""


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
    for damage in DAMAGES:
        figures += _errors(damage, pages)
    return Findings(
        "clean",
        f"{pages} articles of {LENGTH} characters, before they were polluted; processor time; wrong"
        " characters of copies whose bytes were treated as characters",
        figures,
    )


def _errors(damage: Damage, pages: int) -> list[Figure]:
    """Wrong characters of damaged copies (edit distance), with lost bytes as they are and put right."""
    alone = repaired = 0
    for number in range(pages):
        mirror = Mirror(LEVELS[number % len(LEVELS)], tones=number % 4 < 3, damage=damage)
        original = "".join(char for char in _text(number) if char.encode("gbk", "ignore"))
        copy = mirror.copy(original)
        alone += distance(left_alone(copy), original)
        repaired += distance(clean(copy).text, original)
    what = f"damaged copy ({DAMAGES[damage]})"
    return [
        Figure(what, "errors left alone", [alone]),
        Figure(what, "errors repaired", [repaired]),
    ]


def _text(number: int) -> str:
    """An article of `LENGTH` characters."""
    text = ""
    part = 0
    while len(text) < LENGTH:
        text += "\n".join(composed("样例区", number, f"clean/{part}")[1]) + "\n"
        part += 1
    return text[:LENGTH]
