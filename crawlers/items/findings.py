"""What a visit finds out besides articles."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

from attrs import field, frozen

from crawlers.items.pages import Accommodation, Page, Row

if TYPE_CHECKING:
    from crawlers.catalogue.model import Recipe


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
class FileRead:
    """What became of a file that an article offers."""

    source_id: int | None
    file_id: int
    """Number in the archive."""
    state: str
    """One of `crawlers.files.extract.State`, or `failed`: it could not be had."""
    text: str = field(default="", repr=False)
    detail: str | None = None
    bytes: int | None = None
    digest: str | None = None
    """SHA-256 of its bytes."""
    failure: Failure | None = None
    """Why it could not be had."""


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
