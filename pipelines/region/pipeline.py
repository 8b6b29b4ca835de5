"""The Scrapy item pipeline that names the region."""

from __future__ import annotations

from typing import Any

from attrs import evolve

from crawlers.items import Reading
from pipelines.region.owner import region_of


class RegionPipeline:
    """Names the region of readings; whatever else a spider yields passes as it is."""

    def process_item(self, item: Any) -> Any:
        return place(item) if isinstance(item, Reading) else item


def place(reading: Reading) -> Reading:
    """`reading` with the region of its site."""
    meta = reading.article.meta
    return evolve(reading, region=region_of(reading.article.site, meta.get("police"), meta.get("icp")))
