"""Bytes and address to an Article: the one place where disagreeing evidence is resolved."""

from __future__ import annotations

import re
from typing import Any

from attrs import evolve
from lxml import etree

from crawlers.items import Article, PageKind, Site
from crawlers.reading import evidence
from crawlers.reading.above import is_event_time
from crawlers.reading.attachments import files_of, join
from crawlers.reading.blocks import Block, Layout, in_data_row
from crawlers.reading.body import Found
from crawlers.reading.byline import byline
from crawlers.reading.canonical import canonical_url
from crawlers.reading.continued import find_next_page
from crawlers.reading.data import WRITER
from crawlers.reading.dateline import RANKS, UNLABELLED, Dateline, issue_day, joined, read_dateline
from crawlers.reading.decode import Decoded, decode
from crawlers.reading.disclaimer import find_disclaimer
from crawlers.reading.headlines import find_headlines
from crawlers.reading.markup import parse
from crawlers.reading.metadata import head_elements, head_titles, page_metadata
from crawlers.reading.naming import is_column, is_subtitle
from crawlers.reading.noise import DATE, is_dateline, is_noise
from crawlers.reading.notices import is_notice
from crawlers.reading.openness import Openness, find_openness
from crawlers.reading.people import may_be_name, names_in
from crawlers.reading.pictures import captions_of, pictures
from crawlers.reading.scripted import declared, written
from crawlers.reading.site import host_of, read_site, registrations
from crawlers.reading.title import find_title
from crawlers.reading.trim import paragraphs, trim
from crawlers.reading.visible import find_text

_MARKUP = re.compile(r"<[a-z!?/][^<>]{0,300}>", re.IGNORECASE)
_VIDEO = re.compile(r"\.(?<=[^\s\"']\.)(?i:mp4|m3u8)[\"'?]")
_CONTROLS = bytes({*range(32)} - {9, 10, 12, 13})
_SAMPLE = 2048
"""Bytes, from all over a page, by which it is told from a binary file."""
_BARE_DATE = re.compile(rf"{DATE}")
_SIGNED = re.compile(rf"{_BARE_DATE.pattern}|[一二][〇○Ｏ零一二三四五六七八九0]{{3}}年.{{1,3}}月.{{1,3}}日")
"""The day below the name of an office that signs a text."""
_SPACED_NAME = re.compile(r"(?<=^.)\s(?=.)|(?<=^.\s.)\s(?=.$)")
"""何 满 舟."""
_SHORT, _ROWS = 200, 10


def read(body: bytes, url: str, content_type: str | None = None) -> Article:
    """Read a saved or fetched page as an article; never raises.

    `url` is the page's address, "" or a file address where unknown; then a canonical link in the page
    takes its place. What cannot be read has kind "error" and says why in `error`.
    """
    decoded = decode(body, content_type)
    wrong = _not_a_page(body, decoded)
    text = written(decoded.text) if "document.write" in decoded.text else decoded.text
    root = None if wrong else parse(text)
    if root is None:
        reason = wrong or "no markup could be read"
        return Article(
            canonical_url(url), decoded.encoding, "error", site=Site(None, host_of(url), None), error=reason
        )
    return _assemble(root, decoded, url)


def _not_a_page(body: bytes, decoded: Decoded) -> str | None:
    if not decoded.text.strip("\0 \t\r\n"):
        return "empty page"
    wide = decoded.encoding.startswith("utf-16")
    sample = body[:: max(1, len(body) // _SAMPLE)]
    controls = 0 if wide else len(sample) - len(sample.translate(None, _CONTROLS))
    if body.lstrip()[:5] == b"%PDF-" or controls > len(sample) // 50:
        return "not HTML: a binary file"
    return None if _MARKUP.search(decoded.text) else "not HTML: no markup"


def _assemble(root: etree._Element, decoded: Decoded, url: str) -> Article:
    head = head_elements(root)
    metas = declared(root, head["script"]) | page_metadata(head["meta"], decoded.text)
    url, base = _addresses(head, metas, url)
    layout, found, beside = find_text(root, decoded.text)
    metas, blocks = beside | metas, layout.blocks
    title, title_index = find_title(metas, head_titles(head["title"]), layout, found.first)
    start, end, again = trim(blocks, found, title, title_index)
    openness = find_openness(blocks, found.first, title_index)
    headlines = find_headlines(metas, blocks, layout.spans, title, title_index, found.first, openness.lines)
    lines = paragraphs(blocks, start, end, again, found.first, openness.lines | headlines.lines)
    dateline = _dateline(blocks, found, title_index, end, openness)
    kind = _kind(metas, layout, lines, title_index, decoded.text)
    if not _is_labelled(dateline, metas) and is_notice(title, lines):
        kind, lines = "other", []
    site = read_site(metas, decoded.text, url)
    published = evidence.published(dateline, metas, url)
    source, other_sources = evidence.source(dateline, metas, site)
    images = pictures(layout.images, start, _last_picture(blocks, end), base)
    return Article(
        canonical_url(url),
        decoded.encoding,
        kind,
        title=title,
        lead_title=headlines.lead,
        subtitle=headlines.subtitle,
        published=published.when,
        source=source,
        author=dateline.author or byline(lines) or _named(blocks, title_index, found.first, metas),
        editors=dateline.editors,
        body="\n".join(lines),
        disclaimer=find_disclaimer(blocks, end),
        images=tuple(dict.fromkeys(url for _, url in images)),
        captions=captions_of(layout, images),
        attachments=files_of(head["frame"], layout, found, range(title_index or 0, end), decoded.text, base),
        next_page=_next_page(layout, found, decoded.text, url, base),
        site=site,
        openness=openness.pairs,
        meta=metas | registrations(decoded.text) | _resolved(published, other_sources),
    )


def _is_labelled(dateline: Dateline, metas: dict[str, str]) -> bool:
    """Whether a page is given out as an article, by its dateline or metadata."""
    return dateline.rank < UNLABELLED or bool(dateline.source) or "articletitle" in metas


def _next_page(layout: Layout, found: Found, text: str, url: str, base: str) -> str | None:
    return find_next_page([link for link in layout.links if link.index >= found.first], text, url, base)


def _resolved(published: evidence.Published, other_sources: dict[str, str]) -> dict[str, Any]:
    """How disagreeing evidence was resolved, for `meta`: what dated the page, and what was not believed."""
    others = {"published": published.others, "source": other_sources}
    dated_by = {"dated_by": published.by} if published.by else {}
    return dated_by | {"passed_over": {name: values for name, values in others.items() if values}}


def _address(links: list[etree._Element], metas: dict[str, str], url: str) -> str:
    """The given address; where it is none of the web, the one the page gives for itself."""
    if url.startswith(("http://", "https://")):
        return url
    canonical = [link.get("href") or "" for link in links if (link.get("rel") or "").lower() == "canonical"]
    own = next(
        (
            value
            for value in [*canonical, metas.get("og:url", ""), metas.get("url", "")]
            if value.startswith("http")
        ),
        "",
    )
    return own or url


def _addresses(head: dict[str, list[etree._Element]], metas: dict[str, str], url: str) -> tuple[str, str]:
    """The page's own address, and the one that its links are relative to."""
    own = _address(head["link"], metas, url)
    return own, join(own, head["base"][0].get("href") or "") if head["base"] else own


def _dateline(
    blocks: list[Block], found: Found, title_index: int | None, end: int, openness: Openness
) -> Dateline:
    """The labelled data around and below the headline; where it says nothing, that right after the text."""
    top = min(found.start, title_index if title_index is not None else found.start)
    header = [
        block.spaced
        for index, block in enumerate(blocks[max(0, top - 20) : found.first], max(0, top - 20))
        if (not _is_link(block) or (index - 1 == title_index and _BARE_DATE.match(block.text)))
        and index not in openness.values
        and index != title_index
        and not is_event_time(blocks, index)
        and not (_BARE_DATE.fullmatch(block.text) and in_data_row(blocks, index))
    ]
    table = [f"{label}：{value}" for label, value in openness.pairs]
    text_row = blocks[found.first].row if found.first < len(blocks) else 0
    closing = [
        block.spaced
        for block in blocks[max(end - 6, found.first) : end]
        if is_noise(block.text) or (_SIGNED.fullmatch(block.text) and block.row in (0, text_row))
    ]
    below = [*closing, *(block.spaced for block in blocks[end : end + 12] if not _is_link(block))]
    dateline = joined(read_dateline([*header, *table]), read_dateline(below, below=True))
    if dateline.published is None and (day := issue_day(block.text for block in blocks[: found.first])):
        return evolve(dateline, published=day, rank=RANKS["dated"])
    return dateline


def _named(blocks: list[Block], title_index: int | None, first: int, metas: dict[str, str]) -> str | None:
    """The name that stands alone between headline and text, apart from datelines and buttons; else who wrote
    by the data of a script."""
    between = [block.text for block in blocks[title_index + 1 : first]] if title_index is not None else []
    said = [text for text in between if not (is_noise(text) or is_dateline(text) or is_subtitle(text))]
    name = _SPACED_NAME.sub("", said[0]) if len(said) == 1 else ""
    if may_be_name(name) and not is_column(name):
        return name
    return " ".join(names_in(metas.get(WRITER, ""))) or None


def _is_link(block: Block) -> bool:
    """A row of a list, whose date belongs to another article."""
    return len(block.text) > 8 and block.links * 5 > len(block.text) * 3


def _last_picture(blocks: list[Block], end: int) -> int:
    """The line up to which pictures are the text's; one right above 扫一扫 is the code to scan."""
    return end - 1 if end < len(blocks) and is_noise(blocks[end].text) and "扫" in blocks[end].text else end


def _kind(
    metas: dict[str, str], layout: Layout, lines: list[str], title_index: int | None, markup: str
) -> PageKind:
    text = sum(map(len, lines))
    if text < _SHORT and (layout.videos or _VIDEO.search(markup)):
        return "video"
    if "articletitle" in metas:
        return "article"
    untitled = title_index is None or _is_link(layout.blocks[title_index])
    if untitled or text < _SHORT // 2:
        rows = sum(_is_link(block) for block in layout.blocks)
        if rows >= _ROWS and text < (rows if untitled else 1) * _SHORT // 2:
            return "list"
    return "article" if text else "other"
