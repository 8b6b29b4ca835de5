"""The Scrapy item pipeline that cleans."""

from __future__ import annotations

from typing import Any

from crawlers.items import Reading
from pipelines.clean.steps import clean_reading


class CleanPipeline:
    """Cleans readings; whatever else a spider yields passes as it is."""

    def process_item(self, item: Any) -> Any:
        return clean_reading(item) if isinstance(item, Reading) else item
