"""An article as it was read, and as it is cleaned and placed on its way through the pipelines."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from attrs import field, frozen

from crawlers.items.pages import Page, PageKind


@frozen
class Attachment:
    url: str
    name: str
    type: str | None = None
    """What kind of file it is by its address or name: `pdf`, `docx`, ...; None where neither tells."""


@frozen
class Editor:
    role: str
    """As it is printed: 责任编辑, 审核, 一审."""
    name: str


@frozen
class Site:
    """Who publishes: as the page itself says."""

    name: str | None
    host: str
    id_code: str | None
    """网站标识码: ten characters, the first six a GB/T 2260 division, or `bm` and eight digits."""


@frozen
class Article:
    """A page as a careful reader takes it down. Absent values are None; nothing is guessed."""

    url: str
    """Canonical address: without fragment (unless that is a route), session and tracking parameters."""
    encoding: str
    kind: PageKind
    title: str | None = None
    lead_title: str | None = None
    """The line above the headline (引题, 肩题)."""
    subtitle: str | None = None
    """The line below it (副题), with its dash."""
    published: datetime | None = None
    """Aware, +08:00 on Chinese pages; midnight where the page gives only a day."""
    source: str | None = None
    author: str | None = None
    """Those who wrote, names joined by blanks."""
    editors: tuple[Editor, ...] = ()
    """Those who edited, checked and released it, each with the role printed."""
    body: str = ""
    """Paragraphs joined by a line feed; no title, no dateline, no navigation."""
    disclaimer: str | None = None
    """What the page says of the origin of the text and of who answers for it, where it does."""
    openness: tuple[tuple[str, str], ...] = ()
    """The table above a public document as pairs: 索引号, 文号, 发文机关, 成文日期, 有效性, ..."""
    images: tuple[str, ...] = ()
    captions: dict[str, str] = field(factory=dict)
    """By address of the image."""
    attachments: tuple[Attachment, ...] = ()
    site: Site = Site(None, "", None)
    next_page: str | None = None
    """Where the text goes on, when this is not the last page of it."""
    pages: int = 1
    """How many pages of the site the text was put together from."""
    meta: dict[str, Any] = field(factory=dict)
    """The page's own metadata as found, names in lower case; `dated_by`: whose word
    on its date was taken; `passed_over`: what was said and not believed."""
    error: str | None = None


PollutionKind = Literal["none", "pinyin", "traditional", "bytes", "mirror", "homophones", "synonyms"]


@frozen
class Pollution:
    """What a polluted copy had been put through, and how much of it was undone."""

    kind: PollutionKind = "none"
    """The most telling of what was found: inserted pinyin, Traditional characters, lost bytes; a page of a
    network of mirrors whose text is as it was; homophones or synonyms in the place of words, which nobody
    can undo."""
    pinyin: int = 0
    """Inserted readings taken out."""
    repaired_bytes: int = 0
    """Places with lost bytes that were put right."""
    unresolved: int = 0
    """Places with lost bytes that were left as they stand."""


@frozen
class Region:
    code: str
    """Six digits, GB/T 2260."""
    name: str
    """From the province down: 湖南省湘潭市岳塘区."""


@frozen
class Reading:
    """An article on its way through the pipelines."""

    article: Article
    fetched_at: datetime
    page: Page | None = field(default=None, repr=False)
    """What it was read from, as long as the pipelines may want to look at it again."""
    parts: tuple[Page, ...] = field(default=(), repr=False)
    """The pages on which its text goes on; as `page`."""
    source_id: int | None = None
    """The source whose column led here; None for a page read by itself."""
    link: str | None = None
    """The address as the list gave it, where it differs from the article's own."""
    listed_title: str | None = None
    backlog: bool = False
    """The column showed it at the first visit already: history, which alerts nobody."""
    original_title: str | None = None
    """Title before cleaning, where cleaning changed it."""
    original_body: str | None = None
    pollution: Pollution = Pollution()
    region: Region | None = None
    etag: str | None = None
    last_modified: str | None = None
