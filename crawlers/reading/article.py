"""Bytes and address to an Article: the one place where disagreeing evidence is resolved."""

from __future__ import annotations

import re
from datetime import datetime, time

from lxml import etree

from crawlers.items import Article, PageKind, Site
from crawlers.reading.attachments import find_attachments, join
from crawlers.reading.blocks import Block, Layout, lay_out
from crawlers.reading.body import Found, find_body
from crawlers.reading.byline import byline
from crawlers.reading.canonical import canonical_url
from crawlers.reading.dates import CHINA, date_in_url, parse_date
from crawlers.reading.decode import Decoded, decode
from crawlers.reading.labels import Labelled, clean_source, read_labels
from crawlers.reading.markup import flatten, parse
from crawlers.reading.metadata import first_of, head_titles, page_metadata
from crawlers.reading.noise import is_noise
from crawlers.reading.site import host_of, read_site, registrations
from crawlers.reading.title import find_title
from crawlers.reading.trim import paragraphs, trim

_MARKUP = re.compile(r"<[a-z!?/][^<>]{0,300}>", re.IGNORECASE)
_VIDEO = re.compile(r"[^\s\"']\.(?:mp4|m3u8)[\"'?]", re.IGNORECASE)
_CONTROLS = bytes({*range(32)} - {9, 10, 12, 13})
_SHORT, _ROWS = 200, 10
_LITTLE = 40
"""Characters: with less running text, hidden elements are looked at too."""


def read(body: bytes, url: str, content_type: str | None = None) -> Article:
    """Read a saved or fetched page as an article; never raises.

    `url` is the page's address, "" or a file address where unknown; then a canonical link in the page
    takes its place. What cannot be read has kind "error" and says why in `error`.
    """
    decoded = decode(body, content_type)
    wrong = _not_a_page(body, decoded)
    root = None if wrong else parse(decoded.text)
    if root is not None and "。" in decoded.text and not _has_text(root):
        root = parse(flatten(decoded.text))
    if root is None:
        reason = wrong or "no markup could be read"
        return Article(
            canonical_url(url), decoded.encoding, "error", site=Site(None, host_of(url), None), error=reason
        )
    return _assemble(root, decoded, url)


def _has_text(root: etree._Element) -> bool:
    """Whether any sentence was reached; nothing is, where elements nest deeper than the parser goes."""
    return any("。" in text for text in root.itertext())


def _not_a_page(body: bytes, decoded: Decoded) -> str | None:
    if not decoded.text.strip("\0 \t\r\n"):
        return "empty page"
    wide = decoded.encoding.startswith("utf-16")
    controls = 0 if wide else len(body) - len(body.translate(None, _CONTROLS))
    if body.lstrip()[:5] == b"%PDF-" or controls > len(body) // 50:
        return "not HTML: a binary file"
    return None if _MARKUP.search(decoded.text) else "not HTML: no markup"


def _assemble(root: etree._Element, decoded: Decoded, url: str) -> Article:
    metas = page_metadata(root, decoded.text)
    url = _address(root, metas, url)
    base = _base(root, url)
    layout, found = _layout(root)
    blocks = layout.blocks
    title, title_index = find_title(metas, head_titles(root), blocks, found.first)
    start, end, again = trim(blocks, found, title, title_index)
    lines = paragraphs(blocks, start, end, again, found.first)
    labels = _labels(blocks, found, title_index, end)
    site = read_site(metas, decoded.text, url)
    return Article(
        url=canonical_url(url),
        encoding=decoded.encoding,
        kind=_kind(metas, layout, lines, title_index, decoded.text),
        title=title,
        published=_published(labels, metas, url),
        source=_source(labels, metas, site),
        author=labels.author or byline(lines),
        body="\n".join(lines),
        images=_images(layout, start, end, base),
        attachments=find_attachments(
            [a for a in layout.links if found.start - 10 <= a.index <= max(found.end, end + 4)],
            decoded.text,
            base,
        ),
        site=site,
        meta=metas | registrations(decoded.text),
    )


def _layout(root: etree._Element) -> tuple[Layout, Found]:
    """The visible lines and where the text is; where hardly any is found, elements are looked at that their
    name or style keeps out."""
    layout = lay_out(root)
    found = find_body(layout)
    if found is not None and found.prose >= _LITTLE:
        return layout, found
    tries = [(layout, found), (layout, find_body(layout, names=False))]
    if layout.hidden:
        whole = lay_out(root, hidden=True)
        tries.append((whole, find_body(whole, names=False)))
    best, best_found = max(tries, key=lambda pair: pair[1].prose if pair[1] else -1.0)
    return best, best_found or Found(0, 0, 0, 0.0)


def _address(root: etree._Element, metas: dict[str, str], url: str) -> str:
    """The given address; where it is none of the web, the one the page gives for itself."""
    if url.startswith(("http://", "https://")):
        return url
    links = [
        link.get("href") or "" for link in root.iter("link") if (link.get("rel") or "").lower() == "canonical"
    ]
    own = next(
        (
            value
            for value in [*links, metas.get("og:url", ""), metas.get("url", "")]
            if value.startswith("http")
        ),
        "",
    )
    return own or url


def _base(root: etree._Element, url: str) -> str:
    base = root.find(".//base")
    return url if base is None else join(url, base.get("href") or "")


def _labels(blocks: list[Block], found: Found, title_index: int | None, end: int) -> Labelled:
    """The labelled data around and below the headline; where it says nothing, that right after the text."""
    top = min(found.start, title_index if title_index is not None else found.start)
    header = (block for block in blocks[max(0, top - 20) : found.first] if not _is_link(block))
    above = read_labels(block.text for block in header)
    closing = [block.text for block in blocks[max(end - 6, found.first) : end] if is_noise(block.text)]
    below = read_labels([*closing, *(block.text for block in blocks[end : end + 12])])
    dated = below if above.published is None and below.rank < 2 else above
    return Labelled(
        source=above.source or below.source,
        issuer=above.issuer,
        author=above.author or below.author,
        beside=above.beside,
        published=dated.published,
        rank=dated.rank,
    )


def _is_link(block: Block) -> bool:
    """A row of a list, whose date belongs to another article."""
    return len(block.text) > 8 and block.links * 5 > len(block.text) * 3


def _published(labels: Labelled, metas: dict[str, str], url: str) -> datetime | None:
    """What the page tells its reader, then what its metadata says, then its address.

    Metadata is often the time of page generation, so it only adds the clock to the same day.
    """
    said = first_of(
        metas, "pubdate", "publishdate", "firstpublishedtime", "article:published_time", "publishedtime"
    )
    declared = parse_date(said) if said else None
    shown = labels.published if labels.rank <= 3 else None
    if shown:
        same_day = declared is not None and declared.date() == shown.date()
        return declared if declared and same_day and shown.time() == time() else shown
    in_url = date_in_url(url)
    return declared or (datetime.combine(in_url, time(), CHINA) if in_url else labels.published)


def _source(labels: Labelled, metas: dict[str, str], site: Site) -> str | None:
    """The displayed 来源, then the mandated meta, then who issued the document."""
    said = first_of(metas, "contentsource", "source", "article:author")
    candidates = (labels.source, said, labels.beside, labels.issuer)
    return next((clean for clean in (clean_source(value, site.name) for value in candidates) if clean), None)


def _images(layout: Layout, start: int, end: int, url: str) -> tuple[str, ...]:
    """The pictures of the text; one right above 扫一扫在手机打开当前页 is the code to scan, and no more."""
    last = end - 1 if end < len(layout.blocks) and is_noise(layout.blocks[end].text) else end
    inside = (join(url, image.url) for image in layout.images if start <= image.index <= last)
    return tuple(dict.fromkeys(address for address in inside if not address.startswith("data:")))


def _kind(
    metas: dict[str, str], layout: Layout, lines: list[str], title_index: int | None, markup: str
) -> PageKind:
    text = sum(map(len, lines))
    if text < _SHORT and (layout.videos or _VIDEO.search(markup)):
        return "video"
    if "articletitle" in metas:
        return "article"
    rows = sum(_is_link(block) for block in layout.blocks)
    untitled = title_index is None or _is_link(layout.blocks[title_index])
    if rows >= _ROWS and (text < _SHORT // 2 or (untitled and text < rows * _SHORT // 2)):
        return "list"
    return "article" if text else "other"
