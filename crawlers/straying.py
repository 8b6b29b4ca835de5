"""A page that is not where it was asked for: the visitor was led home, or to somebody else's site. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from crawlers.domains import same_owner
from crawlers.items import Failure, Page
from crawlers.listing.verdict import is_home


def strayed(page: Page, homes: Iterable[str] = ()) -> Failure | None:
    """Why the page that answered cannot be the one that was asked for; None where it may be.

    `homes`: addresses that are the column's own too, such as those of its rows.
    """
    asked = page.requested_url or page.url
    if led_home(page):
        return Failure("redirect_home", f"{asked} leads to the home page {page.url}", asked)
    if not any(same_owner(page.url, url) for url in (asked, *homes)):
        return Failure("foreign_site", f"{asked} leads to a site of somebody else: {page.url}", asked)
    return None


def led_home(page: Page) -> bool:
    """A page that is gone leads to the home page on many sites, in place of an answer 404."""
    asked = page.requested_url or page.url
    return is_home(page.url) and not (urlsplit(page.url).query or is_home(asked))
