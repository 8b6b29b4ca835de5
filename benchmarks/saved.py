"""Pages to read: of the project's own making, or a folder of saved ones, with what should be found."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from urllib.request import urlopen

from attrs import frozen

from benchmarks.furniture import furnished
from demo.world import World

_TESTS = Path(__file__).parents[1] / "tests" / "pages" / "articles"


@frozen
class SavedPage:
    name: str
    body: bytes
    content_type: str | None = None
    url: str = ""
    gold: str | None = None
    """The body that a careful reader finds, where that is known."""


def own_pages() -> list[SavedPage]:
    """Articles of the demo's sites, as heavy as real ones, and the pages of the tests."""
    return [*_demo_pages(), *_test_pages()]


def pages_in(folder: Path) -> list[SavedPage]:
    """Every HTML file in a folder and below it."""
    files = sorted(path for path in folder.rglob("*") if path.suffix.lower() in (".html", ".htm", ".shtml"))
    return [SavedPage(path.relative_to(folder).as_posix(), path.read_bytes()) for path in files]


def gold_pages(gold: Path, folder: Path) -> list[SavedPage]:
    """The pages named in a JSONL file of `{"file": ..., "body": ...}`, paths relative to `folder`."""
    rows = [json.loads(line) for line in gold.read_text("utf-8").splitlines() if line.strip()]
    return [
        SavedPage(
            row["file"], (folder / row["file"]).read_bytes(), url=row.get("url") or "", gold=row["body"]
        )
        for row in rows
        if row.get("body") is not None and not row.get("unusable")
    ]


def _demo_pages() -> Iterable[SavedPage]:
    with World(datetime.now(UTC)) as world:
        charsets = {column.key: column.charset for column in world.sites}
        for key, article in world.expected.items():
            if article.polluted or article.forbidden or not article.visible:
                continue
            with urlopen(article.url) as response:
                charset = charsets[article.site]
                page = furnished(response.read().decode(charset)).encode(charset)
                content_type = response.headers["Content-Type"]
            yield SavedPage(key, page, content_type, article.url, article.body)


def _test_pages() -> Iterable[SavedPage]:
    for path in sorted(_TESTS.glob("*.html")):
        facts = json.loads(path.with_suffix(".json").read_text("utf-8"))
        body = "\n".join(facts["body"])
        yield SavedPage(path.name, path.read_bytes(), url=facts["url"], gold=body)
