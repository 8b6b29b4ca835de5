"""120 whole column pages of as many templates, with gold that was written without a look at the reader.

What the reader makes of them is counted as the scorer of saved pages counts: addresses of all rows and no
other, titles as shown or whole, days, and the following page where the page alone tells it.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag, urljoin

import pytest

from crawlers.items import Page, Row
from crawlers.probing import probe

FOLDER = Path(__file__).parents[1] / "pages" / "columns"
GOLD = [json.loads(line) for line in (FOLDER / "gold.jsonl").read_text("utf-8").splitlines()]


def folded(text: str) -> str:
    return re.sub(r"\s+|\.{2,}$|…+$", "", unicodedata.normalize("NFKC", text))


def agrees(row: Row, gold: Mapping[str, Any]) -> bool:
    found = folded(row.title)
    titles = [folded(title) for title in (gold["title"], gold.get("title_attr")) if title]
    return any(found.startswith(title) or (found and title.startswith(found)) for title in titles)


@pytest.mark.parametrize("gold", GOLD, ids=lambda gold: gold["file"].partition(".")[0])
def test_a_column_is_read_whole_and_alone(gold: Mapping[str, Any]) -> None:
    found = probe(Page(gold["url"], (FOLDER / gold["file"]).read_bytes()))
    wanted = {urljoin(gold["url"], row["href"].strip()): row for row in gold["rows"]}
    rows = {row.url: row for row in found.rows}
    assert set(rows) == set(wanted)
    assert [url for url, row in rows.items() if not agrees(row, wanted[url])] == []
    days = {url: row["date"] for url, row in wanted.items() if row["date"]}
    assert {url: str(rows[url].published) for url in days} == days
    if gold["next_page"]:
        assert found.next is not None
        assert urldefrag(found.next.url)[0] == urldefrag(urljoin(gold["url"], gold["next_page"]))[0]
