"""Further articles, put together from a bank of sentences: cheap, fluent enough, always the same."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any


@cache
def bank() -> dict[str, Any]:
    """The sentences and names of `content/bank.toml`."""
    return tomllib.loads(files("demo.world").joinpath("content/bank.toml").read_text("utf-8"))


def composed(area: str, number: int, seed: str) -> tuple[str, tuple[str, ...]]:
    """Title and paragraphs of the `number`-th composed article of `area`.

    The same arguments always give the same text. Titles of one area and seed repeat only after
    topics x titles x towns articles (420), and then `（第N期）` tells them apart.
    """
    topics = bank()["topic"]
    topic = topics[number % len(topics)]
    random = Random(f"{seed}/{area}/{number}")
    words = {**_numbers(random), "area": area, "town": bank()["towns"][number * 5 % len(bank()["towns"])]}
    pattern = topic["titles"][number // len(topics) % len(topic["titles"])]
    title = _filled(pattern, words, random)
    if number >= len(topics) * len(topic["titles"]):
        title = f"{title}（第{number}期）"
    middle = random.sample(topic["middle"], k=min(3, len(topic["middle"])))
    sentences = [random.choice(topic["lead"]), *middle, random.choice(topic["close"])]
    return title, tuple(_filled(sentence, words, random) for sentence in sentences)


def _filled(sentence: str, words: dict[str, str], random: Random) -> str:
    """The sentence with its words in place; every sentence names a person of its own."""
    return sentence.format(person=random.choice(bank()["surnames"]) + random.choice(bank()["given"]), **words)


def _numbers(random: Random) -> dict[str, str]:
    return {
        "a": str(random.randrange(103, 480)),
        "b": str(random.randrange(14, 96)),
        "c": str(random.randrange(3, 12)),
        "p": f"{random.randrange(850, 985) / 10}%",
    }
