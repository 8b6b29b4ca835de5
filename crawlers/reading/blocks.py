"""A page laid out as the lines a reader sees, with the element spans over them."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import define, field
from lxml import etree

from crawlers.reading.markup import fold_space

_CELLS = 12
"""Lines around a cell among which the other cells of its row are looked for."""


@define
class Block:
    """One line of running text."""

    text: str
    """Whitespace folded to single spaces, never empty."""
    links: int
    """Characters of `text` (about) that are inside links."""
    heading: str
    """"h1" to "h6" where it is one, else ""."""
    aside: bool
    """Inside navigation, footer, comments or the like, by tag or name."""
    parts: tuple[str, ...]
    """`text` as it stands in the elements within the line, unfolded."""
    row: int
    """Number of the innermost table row it stands in, 0 outside tables."""
    cell: int

    @property
    def is_linked(self) -> bool:
        """More than half of it is links."""
        return self.links * 2 > len(self.text)

    @property
    def spaced(self) -> str:
        """`text` with a blank between elements: the spans of a dateline stand apart by their style only."""
        return fold_space(" ".join(self.parts)) if len(self.parts) > 1 else self.text


def in_data_row(blocks: Sequence[Block], index: int) -> bool:
    """Whether a line stands in a row of three cells or more: its date is a figure of a table."""
    row = blocks[index].row
    near = blocks[max(0, index - _CELLS) : index + _CELLS + 1]
    return row > 0 and any(block.row == row and block.cell >= 3 for block in near)


@define
class Span:
    """An element and its lines `blocks[start:end]`."""

    element: etree._Element
    start: int
    end: int
    names: str
    """Its `id` and `class`, "" where it has neither."""


@define
class Placed:
    """A link or image at its place: it stands in or before `blocks[index]`."""

    index: int
    url: str
    text: str


@define
class Layout:
    blocks: list[Block] = field(factory=list)
    spans: list[Span] = field(factory=list)
    """In document order of their ends: inner elements before outer ones."""
    links: list[Placed] = field(factory=list)
    images: list[Placed] = field(factory=list)
    videos: int = 0
    hidden: bool = False
    """Something was left out because its style hides it."""
