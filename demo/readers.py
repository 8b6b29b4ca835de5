"""Who wants to be told what, and what the world's truth says each of them is owed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Literal

from attrs import frozen

from demo.world import Expected, Version


@frozen
class Reader:
    """A subscription, and the same question once more in Python, so that nothing is its own judge."""

    name: str
    query: str
    wants: Callable[[str], bool]
    """Whether a title and text are what the query asks for."""
    keywords: tuple[str, ...]
    """Any of these must stand marked in a mail."""
    addresses: tuple[str, ...]
    locale: Literal["zh", "en"] = "zh"


@frozen
class Owed:
    """One mail that one reader must get."""

    recipient: str
    reader: Reader
    article: Expected
    version: int
    """The article's version that concerned the reader first, from 1."""


READERS = (
    # NOT leaves out the notice on drinking water, which names 问题 and 整改 as well.
    Reader(
        "督察整改",
        "(督察 OR 问题) AND 整改 NOT 饮用水",
        lambda text: ("督察" in text or "问题" in text) and "整改" in text and "饮用水" not in text,
        ("督察", "问题", "整改"),
        ("analyst@ngo.example",),
    ),
    Reader(
        "Wetlands",
        '"湿地保护修复" AND (候鸟 OR 水鸟)',
        lambda text: "湿地保护修复" in text and ("候鸟" in text or "水鸟" in text),
        ("湿地保护修复", "候鸟"),
        ("birds@news.example",),
        "en",
    ),
    Reader(
        "水与更正",
        "水源地 OR 古泉 OR 据市农业农村局更正",
        lambda text: any(words in text for words in ("水源地", "古泉", "据市农业农村局更正")),
        ("水源地", "古泉", "据市农业农村局更正"),
        ("officer@company.example", "archive@company.example"),
    ),
)


def owed(readers: Iterable[Reader], truth: Mapping[str, Expected]) -> list[Owed]:
    """Every mail that is due after what has happened so far, and no other.

    What was there at the start is history. A copy is no second mail. A correction concerns only whom
    the text before did not concern; nobody is told of one article twice.
    """
    return [
        Owed(address, reader, article, version)
        for article in truth.values()
        if article.visible and not article.forbidden and article.copy_of is None
        for reader in readers
        for version in _first_wanted(reader, article)
        for address in reader.addresses
    ]


def _first_wanted(reader: Reader, article: Expected) -> list[int]:
    """Number of the first version that is news to the reader, or nothing."""
    wanted = [reader.wants(text_of(version)) for version in article.versions]
    if article.step is None and wanted[0]:
        return []
    return [number for number, is_wanted in enumerate(wanted, 1) if is_wanted][:1]


def text_of(version: Version | Expected) -> str:
    """What queries are asked of: title and body."""
    return f"{version.title}\n{version.body}"
