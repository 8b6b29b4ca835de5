"""What the demo world is made of: sites, what they publish, and what happens to it."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Literal

from attrs import frozen

CHINA = timezone(timedelta(hours=8))

Precision = Literal["second", "minute", "day"]
Validators = Literal["both", "etag", "modified", "none"]


@frozen
class File:
    """An image or attachment that hangs on an article."""

    name: str
    """File name on the server, without folder (`P020260912350012.pdf`)."""
    label: str
    """Text of its link, or an image's alternative text."""


@frozen
class Edit:
    """A later state of an article, from the named step of the timeline on."""

    step: str
    title: str
    paragraphs: tuple[str, ...]


@frozen
class Entry:
    """One article as its editors know it, before any site renders it."""

    key: str
    """`site/name`, the same in every world."""
    site: str
    number: int
    """The CMS's running number."""
    title: str
    paragraphs: tuple[str, ...]
    published: datetime
    """Aware, +08:00, to the second; a page may tell less, see `Site.precision`."""
    source: str | None = None
    author: str | None = None
    """Names after 作者, or in the text's own byline: （记者 黄文杏 通讯员 刘玉泉）."""
    editors: tuple[tuple[str, str], ...] = ()
    """Pairs like (一审, 陶敏)."""
    kickers: tuple[str, ...] = ()
    """Lead and sub-headlines, shown between dateline and text; no part of the text."""
    images: tuple[File, ...] = ()
    attachments: tuple[File, ...] = ()
    copy_of: str | None = None
    """Key of the article that this one repeats."""
    step: str | None = None
    """Step of the timeline at which it appears; None: it is there from the start."""
    edits: tuple[Edit, ...] = ()
    forbidden: bool = False
    """It lies where the site's robots.txt lets nobody go."""


@frozen
class Site:
    """One site as data; its markup is in `templates/<key>/`."""

    key: str
    name: str
    column: str
    """Name of its one column."""
    charset: str
    """Python codec the pages are really written in."""
    content_type: str
    """Content-Type of pages, as the server says it, right or wrong."""
    list_path: str
    """Address of the column's first page, with query."""
    page_path: str
    """Address of a later page; `{n}` is its number."""
    second_page: int
    """The `{n}` of page 2: 1 where counting starts at 0 (TRS), otherwise 2."""
    article_path: str
    """Address of an article; `{date:%Y%m}`, `{id}` and `{hash}` are filled in."""
    precision: Precision
    """How exactly an article's page tells when it was published."""
    rows: int = 10
    """Rows on a page of the column."""
    relative: bool = False
    """Links are relative to the page they stand on."""
    validators: Validators = "none"
    gzip: bool = False
    robots: str | None = None
    """Text of robots.txt; None: there is none (404)."""
    id_code: str | None = None
    """网站标识码, where its pages show one."""
    region_code: str | None = None
    """The most exact existing division that its pages prove. The places are invented, so it is a province."""
    polluted: bool = False
    first_number: int = 10001
    forbidden_path: str | None = None
    """Address of an article that robots.txt forbids, where the site has one."""
    minute_on_even: bool = False
    """Articles with an even number tell the minute in a <meta>; the others keep to `precision`."""
    templates: str = ""
    """Template folder, where it is not the key."""
    server: str = ""
    """Sites of the same name here are columns of one host; empty: a host of its own."""

    @property
    def host(self) -> str:
        """Key of the server that it is on, in the request log and in `World.bases`."""
        return self.server or self.key

    @property
    def folder(self) -> str:
        return self.templates or self.key


@frozen
class Step:
    """One thing that happens in the world."""

    name: str
    description: str
    site: str
    """The site where it happens."""
    outage: bool | None = None
    """True: the site answers 503 from now on; False: it answers again."""


@frozen
class Resource:
    """What a site answers to one address."""

    body: bytes
    content_type: str
    modified: datetime
