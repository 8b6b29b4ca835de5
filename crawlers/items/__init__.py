"""The values that flow through govwatch: frozen, typed, complete from birth.

Every one of them is made where it is first known and never changed afterwards; `attrs.evolve`
makes the next one. `itemadapter` reads them as they are, so Scrapy exports them too.
"""

from crawlers.items.articles import (
    Article,
    Attachment,
    Editor,
    Pollution,
    PollutionKind,
    Reading,
    Region,
    Site,
)
from crawlers.items.findings import (
    Failure,
    FileRead,
    LayoutChanged,
    ListSeen,
    SiteAccommodated,
    Unmodified,
    VisitEnded,
)
from crawlers.items.pages import (
    Accommodation,
    ListPage,
    NextPage,
    Page,
    PageKind,
    Row,
)

__all__ = [
    "Accommodation",
    "Article",
    "Attachment",
    "Editor",
    "Failure",
    "FileRead",
    "LayoutChanged",
    "ListPage",
    "ListSeen",
    "NextPage",
    "Page",
    "PageKind",
    "Pollution",
    "PollutionKind",
    "Reading",
    "Region",
    "Row",
    "Site",
    "SiteAccommodated",
    "Unmodified",
    "VisitEnded",
]
