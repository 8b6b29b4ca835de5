"""The pages that are damaged: those of the tests, of the demo's world, and of a folder if one is given."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

from benchmarks.saved import SavedPage, pages_in
from demo.world import World

_TESTS = Path(__file__).parents[2] / "tests" / "pages"
_NOW = datetime(2026, 3, 5, 4, tzinfo=UTC)
"""Fixed, so that a seed gives the same page tomorrow."""


def bases(folder: Path | None = None) -> list[SavedPage]:
    """Articles, columns and answers of interfaces, the same ones in the same order every time."""
    return [*_test_pages(), *_demo_pages(), *(pages_in(folder) if folder else [])]


def _test_pages() -> Iterator[SavedPage]:
    for path in [*sorted(_TESTS.glob("articles/*.html")), *sorted(_TESTS.glob("lists/*.html"))]:
        facts = json.loads(path.with_suffix(".json").read_text("utf-8"))
        yield SavedPage(path.name, path.read_bytes(), facts.get("content_type"), facts["url"])
    for listing in sorted(_TESTS.glob("columns/*.jsonl")):
        for line in listing.read_text("utf-8").splitlines():
            column = json.loads(line)
            yield SavedPage(column["file"], (listing.parent / column["file"]).read_bytes(), url=column["url"])


def _demo_pages() -> Iterator[SavedPage]:
    with World(_NOW) as world:
        columns = [(column.key, column.url) for column in world.sites]
        articles = [(key, article.url) for key, article in world.expected.items() if article.visible]
        for key, url in [*columns, *articles]:
            try:
                with urlopen(url) as response:
                    body, content_type = response.read(), response.headers["Content-Type"]
            except HTTPError:
                continue
            for host, base in world.bases.items():  # its ports are others every time
                name = f"http://{host}.example"
                body, url = body.replace(base.encode(), name.encode()), url.replace(base, name)
            yield SavedPage(key, body, content_type, url)
