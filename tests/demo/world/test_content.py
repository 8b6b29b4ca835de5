"""The texts themselves: varied, fluent enough, and about places that do not exist."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from demo.world import CHINA
from demo.world.compose import composed
from demo.world.entries import all_entries
from demo.world.sites import AREAS, SITES
from demo.world.timeline import STEPS

ENTRIES = all_entries(SITES, STEPS, datetime(2026, 3, 1, 0, 0, 1, tzinfo=CHINA))


def test_enough_to_page_through() -> None:
    counts = Counter(entry.site for entry in ENTRIES)
    assert set(counts) == set(AREAS)
    assert min(counts.values()) >= 12
    assert sum(counts.values()) >= 140


def test_titles_and_numbers_are_unique_within_a_site() -> None:
    for site in AREAS:
        own = [entry for entry in ENTRIES if entry.site == site]
        assert len({entry.title for entry in own}) == len(own)
        assert len({entry.number for entry in own}) == len(own)
        assert [e.published for e in own] == sorted((e.published for e in own), reverse=True)


def test_paragraphs_are_clean() -> None:
    for entry in ENTRIES:
        assert len("".join(entry.paragraphs)) >= 25
        for text in (entry.title, *entry.paragraphs, *entry.kickers):
            assert text == text.strip()
            assert "{" not in text


def test_composed_articles_repeat_never_and_are_always_the_same() -> None:
    many = [composed("样例区", number, "seed") for number in range(2000)]
    assert len({title for title, _ in many}) == len(many)
    assert len({paragraphs for _, paragraphs in many}) == len(many)
    assert many[77] == composed("样例区", 77, "seed")
    assert many[77] != composed("样例区", 77, "other")
