"""What the world's truth says is owed to whom, and that each question is the same in both languages."""

from __future__ import annotations

import pytest

from demo.readers import READERS, Reader, owed, text_of
from demo.world import World
from pipelines.query import parse
from tests.demo.conftest import NOW


def told(world: World) -> list[tuple[str, str, int]]:
    return sorted((one.recipient, one.article.key, one.version) for one in owed(READERS, world.expected))


def test_what_is_owed_grows_with_every_step() -> None:
    with World(NOW) as world:
        assert told(world) == []
        world.advance_to("appear")
        first = [
            ("analyst@ngo.example", "qingchuan/plenary", 1),
            ("archive@company.example", "citygov/sources", 1),
            ("birds@news.example", "luzhou/wetland", 1),
            ("officer@company.example", "citygov/sources", 1),
        ]
        assert told(world) == first
        world.advance_to("edit")
        two = [("archive@company.example", "yunze/river", 2), ("officer@company.example", "yunze/river", 2)]
        assert told(world) == sorted(first + two)
        world.advance_to("outage")
        assert told(world) == sorted(first + two)
        world.advance_to("recovery")
        assert len(told(world)) == len(first + two) + 2


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
def test_query_and_truth_ask_the_same_of_every_text(reader: Reader, finished: World) -> None:
    query = parse(reader.query)
    versions = [version for article in finished.expected.values() for version in article.versions]
    wanted = [reader.wants(text_of(version)) for version in versions]
    assert [query.matches(version.title, version.body) for version in versions] == wanted
    assert any(wanted)
    assert not all(wanted)


def test_every_part_of_the_queries_counts(finished: World) -> None:
    """Without NOT, or with the phrase's words apart, somebody would be told more."""
    new = [article for article in finished.expected.values() if article.step and not article.copy_of]
    without_not = parse("(督察 OR 问题) AND 整改")
    assert {a.key for a in new if without_not.matches(a.title, a.body)} == {
        "qingchuan/plenary",
        "citygov/sources",
    }
    assert '"' in READERS[1].query
    assert {reader.locale for reader in READERS} == {"zh", "en"}
