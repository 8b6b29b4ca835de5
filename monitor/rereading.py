"""What this version of the reader makes of pages that were stored before."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from attrs import frozen
from sqlite_utils import Database

from crawlers.items import Reading
from crawlers.reading.parts import put_together
from pipelines.clean import clean_reading
from pipelines.region import place
from pipelines.store import rereading
from pipelines.store.captures import CaptureLost, pages_of
from pipelines.store.rereading import Difference, Stored
from pipelines.store.times import now_in_china

CLEANED = frozenset(("title", "body", "original_title", "original_body", "pollution"))
"""What is cleaned again where only an article's text is there, not its page."""


@frozen
class Reread:
    """One article, read again."""

    article_id: int
    difference: Difference | None = None
    lost: str | None = None
    """Why its page could not be read again."""
    text_only: bool = False
    """No page is kept of it: only its text was cleaned again."""


def read_again(
    db: Database, data: Path, *, since: date | None = None, source_id: int | None = None
) -> Iterator[Reread]:
    """Every chosen article read from the bytes it came as, one after the other; changes nothing."""
    for article_id in rereading.chosen(db, since, source_id):
        known = rereading.stored(db.conn, article_id)
        if known is None:
            continue
        try:
            pages = pages_of(db.conn, data, article_id)
        except CaptureLost as error:
            yield Reread(article_id, lost=str(error))
            continue
        if not pages:
            yield Reread(article_id, _cleaned_again(known), text_only=True)
            continue
        reading = Reading(put_together(pages), now_in_china(), pages[0], parts=pages[1:])
        reading = rereading.completed(db.conn, known, reading)
        if reading.article.kind == "error":
            yield Reread(article_id, lost=reading.article.error)
            continue
        yield Reread(article_id, rereading.compare(known, place(clean_reading(reading))))


def _cleaned_again(known: Stored) -> Difference | None:
    reading = clean_reading(Reading(known.as_text, now_in_china()))
    return rereading.compare(known, reading, columns=CLEANED)
