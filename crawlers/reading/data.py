"""The article in the data of a script that has yet to show it: its text, and what the data say beside it."""

from __future__ import annotations

import html
import json
import re

from attrs import frozen

_CONTENT = re.compile(
    r"\"(?:content|contentHtml|articleBody|articleContent|newsContent|detailContent|infoContent|htmlContent|textContent"
    r"|docContent|CONTENT|body|txt)\"\s*:\s*(\"(?:[^\"\\]|\\.){60,}\")"
)
WRITER = "data:author"
"""The name among metas under which stands who wrote by such data."""
_PIECE = re.compile(r"\"(?:value|text|content|txt|para(?:graph)?)\"\s*:\s*(\"(?:[^\"\\]|\\.){2,5000}\")")
"""One part of a text that is kept as a list of them."""
_APART = 600
"""Characters between two parts of one text at most."""
_NAMED = (
    ("articletitle", "title|headline"),
    ("source", "source|sourcename|from|fromname"),
    ("pubdate", "publish(?:ed)?_?(?:time|date|at)|pub_?(?:time|date)|releasetime|timestr"),
    (WRITER, "authors?|authorname|reporter|writer"),
)
_VALUE = r"\s*:\s*(\"(?:[^\"\\]|\\.){2,200}\")"
_BESIDE = tuple(
    (name, re.compile(rf"\"(?:news|article|doc|info|content)?_?(?:{keys})\"{_VALUE}", re.IGNORECASE))
    for name, keys in _NAMED
)
_AROUND = 3_000
_LONGEST = 1_000_000
_HAN = re.compile(r"[\u4e00-\u9fff]")
_LEAST = 4
"""Characters behind the first Chinese one of a sentence."""


@frozen
class Told:
    markup: str
    start: int
    end: int
    """Where it stands in the page."""


def text_in_data(text: str) -> Told | None:
    """The longest text in a script's data, in one piece or a list of them; None without a sentence in it."""
    text = text[:_LONGEST]
    whole = max(_CONTENT.finditer(text), key=lambda match: len(match[1]), default=None)
    if whole is not None and says_something(_decoded(whole[1])):
        return Told(_decoded(whole[1]), whole.start(), whole.end())
    best: list[re.Match[str]] = []
    run: list[re.Match[str]] = []
    for piece in _PIECE.finditer(text):
        if run and piece.start() - run[-1].end() > _APART:
            run = []
        run.append(piece)
        if len(run) > len(best):
            best = run
    pieces = [said for piece in best if _HAN.search(said := _decoded(piece[1]))]
    if not says_something("\n".join(pieces)):
        return None
    markup = "".join(f"<p>{html.escape(said) if '<' not in said else said}</p>" for said in pieces)
    return Told(markup, best[0].start(), best[-1].end())


def beside(told: Told | None, text: str) -> dict[str, str]:
    """What a script's data say beside the text in it, under the names of metas; who wrote under `WRITER`."""
    if told is None:
        return {}
    near = text[max(0, told.start - _AROUND) : told.start] + text[told.end : told.end + _AROUND]
    said = ((name, shape.search(near)) for name, shape in _BESIDE)
    return {name: value for name, match in said if match and (value := _decoded(match[1]).strip())}


def says_something(text: str) -> bool:
    """Whether there is a Chinese sentence in it, with its full stop."""
    return any(_HAN.search(piece, 0, max(0, len(piece) - _LEAST)) for piece in text.split("。")[:-1])


def _decoded(literal: str) -> str:
    try:
        return str(json.loads(literal, strict=False))
    except ValueError:
        return ""
