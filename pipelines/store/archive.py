"""The store's answers to a spider's questions (`crawlers.archive.Archive`); it only reads."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Self

from scrapy.crawler import Crawler

from crawlers.archive import Assignment, KnownFile, KnownLink, KnownRow
from pipelines.store import accommodations, files, links, sources
from pipelines.store.database import open_store
from pipelines.store.times import moment, now_in_china


class Archive:
    def __init__(self, database: Path, clock: Callable[[], datetime] = now_in_china) -> None:
        self._db = open_store(database)
        self._clock = clock

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(Path(crawler.settings["DATABASE"]))

    def assignments(self, run_id: int) -> Sequence[Assignment]:
        return [
            Assignment(
                source=sources.as_source(row),
                first_visit=row["first_visit_at"] is None,
                watched_since=moment(row["first_visit_at"]) if row["first_visit_at"] else None,
                last_success=moment(row["last_success"]) if row["last_success"] else None,
                etag=row["etag"],
                last_modified=row["last_modified"],
                accommodations=accommodations.lately(self._db.conn, row["site"], self._clock()),
            )
            for row in sources.of_run(self._db.conn, run_id)
        ]

    def listed(self, source_id: int, urls: Sequence[str]) -> Mapping[str, KnownLink]:
        return links.listed(self._db.conn, source_id, urls, self._clock())

    def due(self, source_id: int, limit: int) -> Sequence[KnownLink]:
        return links.due(self._db.conn, source_id, limit, self._clock())

    def files_due(self, source_id: int, limit: int) -> Sequence[KnownFile]:
        return files.due(self._db.conn, source_id, limit, self._clock())

    def recent(self, source_id: int, limit: int) -> Sequence[KnownRow]:
        return links.recent(self._db.conn, source_id, limit)

    def close(self) -> None:
        self._db.close()
