"""The Scrapy item pipeline that cleans."""

from __future__ import annotations

from typing import Any

from attrs import evolve

from crawlers.items import FileRead, Reading
from pipelines.clean.normal_form import normal_form
from pipelines.clean.steps import clean_reading


class CleanPipeline:
    """Cleans readings and the texts of files; whatever else a spider yields passes as it is."""

    def process_item(self, item: Any) -> Any:
        if isinstance(item, FileRead):
            return evolve(item, text=normal_form(item.text))
        return clean_reading(item) if isinstance(item, Reading) else item
