"""Columns from a file or a pack, taken on: which are new, which known already, which cannot be had."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal
from urllib.parse import urlsplit

from attrs import evolve, frozen
from sqlite_utils import Database

from crawlers.catalogue.model import Source
from crawlers.catalogue.source_file import is_address
from crawlers.catalogue.wanted import Wanted
from crawlers.items import Failure
from crawlers.onboarding import Onboarding
from pipelines.store import sources
from pipelines.store.database import transaction
from pipelines.store.times import now_in_china


@frozen
class Outcome:
    """What became of one entry."""

    outcome: Literal["taken", "known", "failed"]
    asked: str
    """The address as it was given."""
    url: str
    """The address that is watched; where it is not, the one that was given."""
    name: str | None
    """As it is stored, or as it was wished for."""
    id: int | None = None
    state: str | None = None
    """healthy: looked at and understood; unverified: stored without a look."""
    rows: int | None = None
    page_two: int | None = None
    """How many rows it shows; None: not looked at."""
    confidence: float | None = None
    kind: str | None = None
    """Why it failed: a kind of `crawlers.failures`, or name_taken."""
    detail: str | None = None
    """As text: why it failed, or which source it is known as."""


@frozen
class Sorted:
    """The entries of a file before any of them is taken."""

    fresh: tuple[Wanted, ...] = ()
    settled: tuple[Outcome, ...] = ()
    """Those that need no look: known already, told twice, no address, a name that is taken."""


def sort_out(db: Database, wanted: Sequence[Wanted]) -> Sorted:
    stored = {row["url"]: row for row in sources.names(db)}
    named = {row["name"]: row for row in stored.values()}
    fresh: dict[str, Wanted] = {}
    settled = []
    for entry in wanted:
        url, name = entry.source.url, entry.source.name
        if not is_address(url):
            settled.append(_failed(entry, "bad_address", f"'{url}' is no http or https address"))
        elif url in stored:
            settled.append(_known(entry, stored[url]["name"], stored[url]["id"]))
        elif url in fresh:
            settled.append(_known(entry, fresh[url].source.name or None, None))
        elif entry.naming == "exact" and name in named:
            settled.append(_name_taken(entry, named[name]["url"]))
        else:
            fresh[url] = entry
    return Sorted(tuple(fresh.values()), tuple(settled))


def take_unseen(db: Database, fresh: Sequence[Wanted], reason: str | None = None) -> list[Outcome]:
    """Stores them without a look, all or none."""
    with transaction(db):
        return [_stored(db, entry, entry.source, reason) for entry in fresh]


def take_seen(db: Database, entry: Wanted, found: Onboarding | Failure) -> Outcome:
    """Stores a column that was looked at, where it was understood."""
    if isinstance(found, Failure):
        return _failed(entry, found.kind, found.detail)
    source = evolve(entry.source, url=found.url, recipe=found.recipe)
    if entry.naming == "none":
        source = evolve(source, name=title_of(found))
    with transaction(db):
        outcome = _stored(db, entry, source, None, found.confidence)
    if outcome.outcome != "taken":
        return outcome
    return evolve(
        outcome, rows=len(found.list_page.rows), page_two=len(found.page_two), confidence=found.confidence
    )


def title_of(found: Onboarding) -> str:
    """The column's title, with its site's name in front."""
    site = found.site.name if found.site else None
    title = found.title or urlsplit(found.url).path
    return title if site is None or site in title else f"{site} {title}"


def free_name(db: Database, name: str) -> str:
    """The name, numbered where it is taken."""
    taken = {row["name"] for row in sources.names(db)}
    numbered = (name if number == 1 else f"{name} {number}" for number in range(1, len(taken) + 2))
    return next(free for free in numbered if free not in taken)


def _stored(
    db: Database, entry: Wanted, source: Source, reason: str | None, confidence: float | None = None
) -> Outcome:
    """Within a transaction of the caller."""
    state = "unverified" if confidence is None else "healthy"
    known = next((row for row in sources.names(db) if row["url"] == source.url), None)
    if known:  # two addresses of the file lead to the same column
        return _known(entry, known["name"], known["id"])
    if entry.naming != "exact":
        source = evolve(source, name=free_name(db, source.name or _address_as_name(source.url)))
    try:
        kept = sources.add(db, source, now_in_china(), state=state, reason=reason, confidence=confidence)
    except sources.SourceExists:
        return _name_taken(entry, sources.find(db, source.name).url)
    return Outcome("taken", entry.source.url, kept.url, kept.name, kept.id, state)


def _address_as_name(url: str) -> str:
    """Until somebody has looked at it a column without a name is called by its address."""
    parts = urlsplit(url)
    return f"{parts.netloc}{parts.path}" + (f"?{parts.query}" if parts.query else "")


def _known(entry: Wanted, name: str | None, number: int | None) -> Outcome:
    url = entry.source.url
    said = f"source '{name}' has that address already: {url}" if number else f"{url}: stands there twice"
    return Outcome("known", url, url, name, number, detail=said)


def _name_taken(entry: Wanted, url: str) -> Outcome:
    name = entry.source.name
    return _failed(entry, "name_taken", f"source '{name}' has that name already: {url}")


def _failed(entry: Wanted, kind: str, detail: str) -> Outcome:
    url = entry.source.url
    return Outcome("failed", url, url, entry.source.name or None, kind=kind, detail=detail)
