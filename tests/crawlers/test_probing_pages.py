"""Column pages in the shape of many systems, kept as raw bytes with what a reader sees on them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest

from crawlers.catalogue.model import Recipe
from crawlers.items import Page
from crawlers.probing import probe

PAGES = Path(__file__).parents[1] / "pages" / "lists"
NAMES = sorted(path.stem for path in PAGES.glob("*.json"))


def load(name: str) -> tuple[Page, dict[str, Any]]:
    gold = json.loads((PAGES / f"{name}.json").read_text("utf-8"))
    return Page(gold["url"], (PAGES / f"{name}.html").read_bytes(), gold["content_type"]), gold


@pytest.mark.parametrize("name", NAMES)
def test_every_row_is_found_with_title_and_day(name: str) -> None:
    page, gold = load(name)
    found = probe(page)
    rows = [(row.url, row.title, row.published and row.published.isoformat()) for row in found.rows]
    assert found.kind == "list"
    assert rows == [(urljoin(page.url, href), title, day) for href, title, day in gold["rows"]]


@pytest.mark.parametrize("name", NAMES)
def test_the_following_page_the_total_and_the_name_are_told(name: str) -> None:
    page, gold = load(name)
    found = probe(page)
    expected = gold["next"] and urljoin(page.url, gold["next"])
    assert (found.next and found.next.url) == expected
    assert (found.family, found.pages, found.title) == (gold["family"], gold["pages"], gold["title"])


@pytest.mark.parametrize("name", NAMES)
def test_the_learned_row_path_finds_the_same_rows_again(name: str) -> None:
    page, _ = load(name)
    first = probe(page)
    again = probe(page, Recipe(family=first.family or "", row_path=first.row_path))
    assert again.rows == first.rows
