"""Saved pages of our own making, as bytes, and what a careful reader takes down from them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from crawlers.reading import read

PAGES = Path(__file__).parents[2] / "pages" / "articles"
NAMES = sorted(path.stem for path in PAGES.glob("*.json"))


def load(name: str) -> tuple[bytes, dict[str, Any]]:
    want = json.loads((PAGES / f"{name}.json").read_text("utf-8"))
    return (PAGES / f"{name}.html").read_bytes(), want


@pytest.mark.parametrize("name", NAMES)
def test_page_is_read_as_displayed(name: str) -> None:
    body, want = load(name)
    article = read(body, want["url"])
    assert article.kind == "article"
    assert article.title == want["title"]
    assert (article.published.isoformat() if article.published else None) == want["published"]
    assert article.source == want["source"]
    assert article.author == want["author"]
    assert article.body.split("\n") == want["body"]
    assert article.url == want.get("address", want["url"])
    assert article.encoding == want.get("encoding", "utf-8")
    assert [[file.url, file.name] for file in article.attachments] == want.get("attachments", [])


@pytest.mark.parametrize("name", NAMES)
def test_publisher_and_extras(name: str) -> None:
    body, want = load(name)
    article = read(body, want["url"])
    for field, value in want.get("site", {}).items():
        assert getattr(article.site, field) == value
    for field, value in want.get("meta", {}).items():
        assert article.meta[field] == value
    assert list(article.images) == want.get("images", list(article.images))


def test_there_are_pages() -> None:
    assert len(NAMES) >= 10
