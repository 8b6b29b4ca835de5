"""The store's answers to a spider's questions (`crawlers.archive.Archive`); it only reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Self

from scrapy.crawler import Crawler

from crawlers.archive import Assignment, KnownLink
from pipelines.store import links, sources
from pipelines.store.database import open_store
from pipelines.store.times import moment, now_in_china


class Archive:
    def __init__(self, database: Path) -> None:
        self._db = open_store(database)

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
            )
            for row in sources.of_run(self._db.conn, run_id)
        ]

    def listed(self, source_id: int, urls: Sequence[str]) -> Mapping[str, KnownLink]:
        return links.listed(self._db.conn, source_id, urls, now_in_china())

    def due(self, source_id: int, limit: int) -> Sequence[KnownLink]:
        return links.due(self._db.conn, source_id, limit, now_in_china())

    def close(self) -> None:
        self._db.close()
