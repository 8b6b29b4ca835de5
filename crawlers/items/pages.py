"""Pages as they are asked for, as they come, and as lists they are understood."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

from attrs import field, frozen

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
    expects: Literal["page", "data", "file"] = "page"
    """What is to come: a page for readers, the JSON, XML or script that a page of the site asks for, or a
    file that an article offers.
    """
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
