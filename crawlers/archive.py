"""What a spider may ask about what is known already: a read-only port, answered by the store.

`crawlers.settings` names the class that answers (`ARCHIVE`), so that nothing here knows a database.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from attrs import frozen

from crawlers.catalogue.model import Source
from crawlers.items import Accommodation


@frozen
class Assignment:
    """One source to be visited."""

    source: Source
    first_visit: bool
    """Nothing was ever taken down of it: all that its list shows is history."""
    watched_since: datetime | None = None
    """When the rows of its first visit were taken down."""
    last_success: datetime | None = None
    """When a visit last came to its end; what was listed since then is no known ground."""
    etag: str | None = None
    last_modified: str | None = None
    accommodations: tuple[Accommodation, ...] = ()
    """What its site was found to need not long ago."""


@frozen
class KnownLink:
    """What is remembered of one row of a list."""

    url: str
    title: str
    published: str | None
    """The day that the list showed, ISO 8601."""
    due: bool
    """Its page is to be asked for now: not fetched yet, to be tried again, or to be looked at again."""
    backlog: bool
    first_seen: datetime
    etag: str | None
    last_modified: str | None
    stored: bool = False
    """Its article was had before."""


@frozen
class KnownRow:
    """A row as a list showed it: what a new layout of the list must show as well."""

    url: str
    title: str
    published: date | None
    last_seen: datetime
    """When the list showed it last; rows of one list page share it."""
    had: bool = True
    """Its page was had, or it is history: at another address it is no news."""


@frozen
class KnownFile:
    """A file that an article offers and whose text is not known yet."""

    id: int
    url: str
    name: str
    page: str
    """Address of the article."""


class Archive(Protocol):
    def assignments(self, run_id: int) -> Sequence[Assignment]:
        """The sources that a run is to visit."""

    def listed(self, source_id: int, urls: Sequence[str]) -> Mapping[str, KnownLink]:
        """What is remembered of these rows of a source, by address; rows never seen are absent.

        A row whose article another source led to, and which was news then, counts as seen just now.
        """

    def close(self) -> None:
        """Nothing more will be asked."""

    def due(self, source_id: int, limit: int) -> Sequence[KnownLink]:
        """Rows of a source whose pages are to be asked for now, at most `limit`."""

    def files_due(self, source_id: int, limit: int) -> Sequence[KnownFile]:
        """Files of a source's articles that are to be read now, at most `limit`."""

    def recent(self, source_id: int, limit: int) -> Sequence[KnownRow]:
        """The rows that a source's list showed last, at most `limit`, those seen last first."""
