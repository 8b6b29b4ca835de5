from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest

from demo.facts import Stored
from demo.world import CHINA, Expected, World

NOW = datetime(2026, 9, 12, 14, 30, 25, 500_000, CHINA)

AsStored = Callable[[list[Expected]], list[Stored]]


@pytest.fixture
def finished() -> Iterator[World]:
    """The demo's world after its last step."""
    with World(NOW) as world:
        world.advance_to("recovery")
        yield world


@pytest.fixture
def as_stored() -> AsStored:
    """What a faultless govwatch would have stored of these articles."""

    def stored(truth: list[Expected]) -> list[Stored]:
        stories = list(dict.fromkeys(article.group for article in truth))
        urls = {article.key: article.url for article in truth}
        return [
            Stored(
                url=article.url,
                title=article.title,
                published=article.published,
                source=article.source,
                author=article.author,
                body=article.body,
                original_body=article.displayed.body if article.polluted else None,
                site_code=article.id_code,
                region_code=article.region_code,
                images=article.images,
                attachments=article.attachments,
                copy_of=urls.get(article.copy_of) if article.copy_of else None,
                story=1 + stories.index(article.group),
                backlog=article.step is None,
                pollution='{"kind": "pinyin"}' if article.polluted else None,
                versions=tuple((version.title, version.body) for version in article.versions),
            )
            for article in truth
        ]

    return stored
