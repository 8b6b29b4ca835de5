"""The lines above and below a headline that belong to it: 引题 and 副题."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from attrs import frozen

from crawlers.reading.blocks import Block, Span
from crawlers.reading.byline import naming, signed
from crawlers.reading.naming import is_column, is_site, is_subtitle
from crawlers.reading.noise import is_dateline, is_noise
from crawlers.reading.plain import fold

_HAN = re.compile(r"[\u4e00-\u9fff]")
_ENACTED = re.compile(r"^[（(].*(?:公布|发布|通过|施行|修订|批准|令第).*[)）]$")
"""What stands under the name of a law: （2024年4月8日生态环境部令第32号公布）."""
_NO_HEADLINE = re.compile(
    r"[。：:]$|〔\d{4}〕|\d+号$|^[（(]?(?:19|20)\d\d年\d+月\d+日[)）]?$|^第.{1,4}章|^[一二三四五六]、"
    r"|^(?:文\s*号|名称|发文机关|发布机构|索引号|主题词)\s*[:：]"
)
_LEAST, _LEAST_PLAIN, _LONGEST = 5, 8, 60
_WORDS = 4
"""Words apart that a headline has at most; more are a menu."""
_NEAR = 3
"""Lines below a headline among which a sub-headline, and then the dateline, is looked for."""


@frozen
class Headlines:
    lead: str | None = None
    subtitle: str | None = None
    lines: frozenset[int] = frozenset()
    """Numbers of the lines that show them."""


def find_headlines(
    metas: dict[str, str],
    blocks: Sequence[Block],
    spans: Sequence[Span],
    title: str | None,
    shown: int | None,
    first: int,
    taken: Collection[int] = (),
) -> Headlines:
    """Those around the headline, which line `shown` shows, if any does; `first`: the first line of running
    text; `taken`: lines of the openness table, which are none."""
    if shown is None:
        return Headlines()
    below = _below(blocks, title or "", shown)
    sub = None if below in taken else _subtitle(blocks, below, first)
    lead = None if shown - 1 in taken else _lead(blocks, spans, shown, first)
    said = (metas.get("introtitle"), metas.get("subtitle"))
    lines = frozenset(index for index in (lead, sub) if index is not None)
    return Headlines(
        (blocks[lead].text if lead is not None else None) or said[0],
        (blocks[sub].text if sub is not None else None) or _own(said[1], title),
        lines,
    )


def _own(said: str | None, title: str | None) -> str | None:
    """A sub-headline of the metadata, unless it is the headline once more."""
    return (
        None if said is None or fold(said) in fold(title or "") or fold(title or "") in fold(said) else said
    )


def _below(blocks: Sequence[Block], title: str, shown: int) -> int:
    """The line below a headline that may be set in several."""
    joined, wanted = "", fold(title)
    for index in range(shown, min(shown + 4, len(blocks))):
        joined += fold(blocks[index].text)
        if not wanted.startswith(joined):
            break
        if joined == wanted:
            return index + 1
    return shown + 1


def _subtitle(blocks: Sequence[Block], below: int, first: int) -> int | None:
    for index in range(below, min(below + _NEAR, first, len(blocks))):
        text = blocks[index].text
        if is_dateline(text):
            return None
        if is_subtitle(text) and len(text) <= _LONGEST:
            return index
        if _ENACTED.match(text):
            return index
        if index > below or not _may_be_headline(blocks[index]) or signed(naming([text])):
            continue
        dated = any(is_dateline(block.text) for block in blocks[index + 1 : index + 1 + _NEAR])
        if (blocks[index].heading and dated) or (
            dated and index + 1 < first and len(_HAN.findall(text)) >= _LEAST_PLAIN
        ):
            return index
    return None


def _lead(blocks: Sequence[Block], spans: Sequence[Span], shown: int, first: int) -> int | None:
    index = shown - 1
    if index < 0 or not _may_be_headline(blocks[index]):
        return None
    if blocks[index].heading:
        return index
    below = next(
        (span for span in spans if span.start <= shown and span.end > min(first, shown + _NEAR)), None
    )
    held = below is not None and below.start <= index
    return index if held and len(_HAN.findall(blocks[index].text)) >= _LEAST_PLAIN else None


def _may_be_headline(block: Block) -> bool:
    text = block.text
    if block.links or block.aside or not _LEAST <= len(text) <= _LONGEST or len(_HAN.findall(text)) < _LEAST:
        return False
    if is_noise(text) or is_dateline(text) or _NO_HEADLINE.search(text) or len(text.split()) > _WORDS:
        return False
    return not (is_site(text) or is_column(text))
