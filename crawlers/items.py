"""The values that flow through govwatch: frozen, typed, complete from birth.

Every one of them is made where it is first known and never changed afterwards; `attrs.evolve`
makes the next one. `itemadapter` reads them as they are, so Scrapy exports them too.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Literal

from attrs import field, frozen

if TYPE_CHECKING:
    from crawlers.catalogue.model import Recipe

PageKind = Literal["article", "list", "video", "other", "error"]


@frozen
class Accommodation:
    """What a site needs beyond the usual way of asking, as it was found out."""

    site: str
    """Host, with the port where that is not the usual one."""
    kind: str
    """A kind of failure that weaker encryption cures (`tls_dh`, ...), or the scheme that has to be used:
    `http`, `https`."""
    evidence: str
    """What failed before."""


@frozen
class Page:
    """A response as it came: bytes and what was said about them."""

    url: str
    """The address that answered, after redirects."""
    body: bytes = field(repr=False)
    content_type: str | None = None
    """The Content-Type header, whole (`text/html; charset=gb2312`)."""
    status: int = 200
    requested_url: str | None = None
    """The address that was asked for, where it differs from `url`."""
    etag: str | None = None
    last_modified: str | None = None
    accommodated: tuple[Accommodation, ...] = ()
    """What it took to be answered by its site."""
    rendered: bool = False
    """It is the page as it stood in a browser."""


@frozen
class Row:
    """One row of a column's list: a link to follow, with what the list itself says of it."""

    url: str
    """Absolute, as the page links to it."""
    title: str
    """The full title: the link's `title=` where its text is cut. Empty where the list tells none (a sitemap).
    """
    published: date | None = None


@frozen
class NextPage:
    """How the following page of a list is asked for."""

    url: str
    method: Literal["GET", "POST"] = "GET"
    body: str | None = None
    referrer: str | None = None
    """The column's own address where the interface behind it answers nobody else."""
    expects: Literal["page", "data"] = "page"
    """What is to come: a page for readers, or the JSON, XML or script that a page of the site asks for."""
    rendered: bool = False
    """The page is wanted as it stands in a browser, after its scripts have run."""
    clicks: int = 0
    """How often 下一页 is clicked there before the page is taken."""


@frozen
class ListPage:
    """A column page as it was understood."""

    url: str
    kind: PageKind
    family: str | None
    """Name of the family module that recognised it ("plain", "trs", ...); None where it is no list."""
    rows: tuple[Row, ...] = ()
    row_path: str | None = None
    """Shape of the DOM path that all rows share: the part of the recipe that finds them again."""
    next: NextPage | None = None
    pages: int | None = None
    """Number of pages that the page declares; a hint, sources lie about it."""
    title: str | None = None
    """Name of the column, as its metadata, breadcrumb or <title> gives it."""
    error: str | None = None
    elsewhere: tuple[NextPage, ...] = ()
    """Where the rows may be when this page only frames them (an iframe, an interface): likeliest first."""
    parts: tuple[NextPage, ...] = ()
    """The pages of the list, newest first, when this page is nothing but their index (a sitemap index)."""
    params: Mapping[str, Any] = field(factory=dict)
    """What only this page tells and later ones are asked for with; JSON values, as in `Recipe.params`."""


@frozen
class Attachment:
    url: str
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
    published: datetime | None = None
    """Aware, +08:00 on Chinese pages; midnight where the page gives only a day."""
    source: str | None = None
    author: str | None = None
    body: str = ""
    """Paragraphs joined by a line feed; no title, no dateline, no navigation."""
    images: tuple[str, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    site: Site = Site(None, "", None)
    meta: dict[str, Any] = field(factory=dict)
    """The page's own metadata as found, names in lower case."""
    error: str | None = None


PollutionKind = Literal["none", "pinyin", "traditional", "bytes"]


@frozen
class Pollution:
    """What a polluted copy had been put through, and how much of it was undone."""

    kind: PollutionKind = "none"
    """The most telling of what was found: inserted pinyin, Traditional characters, lost bytes."""
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


@frozen
class Failure:
    """Something that could not be had, with its reason; zero results is a finding, never silence."""

    kind: str
    """One word of `crawlers.failures.KINDS`."""
    detail: str
    url: str
    source_id: int | None = None


@frozen
class ListSeen:
    """A list page of a source was taken down, before any of its rows is fetched."""

    source_id: int | None
    url: str
    rows: tuple[Row, ...]
    backlog: bool
    """These rows are history: the first visit, or a walk back through older pages."""
    history: frozenset[str] = frozenset()
    """Addresses among them that are history though the page is not."""
    moved: Mapping[str, str] = field(factory=dict)
    """Addresses among them of rows that were known at another address, and that other one."""


@frozen
class LayoutChanged:
    """The list of a source was learned anew: from now on another recipe reads it."""

    source_id: int
    recipe: Recipe
    evidence: str
    """In words: how many of the known rows the new recipe finds."""


@frozen
class SiteAccommodated:
    """It was found out what a site needs to answer at all."""

    accommodations: tuple[Accommodation, ...]


@frozen
class Unmodified:
    """The server answered 304: what is stored under this link stands."""

    source_id: int | None
    link: str


@frozen
class VisitEnded:
    """Nothing more is to be had from a source in this run."""

    source_id: int | None
    outcome: Literal["fresh", "not_modified", "failed"]
    failure: Failure | None = None
    """Why the list could not be had or understood."""
    etag: str | None = None
    """Validator of the list's first page, kept only when the visit came to its end."""
    last_modified: str | None = None
    page: Page | None = field(default=None, repr=False)
    """What came in place of the list, where something came that is none."""
