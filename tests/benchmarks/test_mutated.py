"""No damaged page makes reading raise, hang or swell; and if one did, it would be told."""

from __future__ import annotations

from random import Random

import pytest

from benchmarks.mutated import mutated_of
from benchmarks.mutating import on_bytes
from benchmarks.mutating.bases import bases
from benchmarks.mutating.mutants import MUTATIONS, Mutation, mutant
from benchmarks.mutating.working import Limits, examined
from benchmarks.saved import SavedPage
from tests.support.hostile import hostile

PAGE = SavedPage("a.html", b"<html><meta charset=gbk><p class=a>\xb1\xb1\xbe\xa9&nbsp;<!-- x --></p></html>")


@pytest.fixture(scope="module")
def sound() -> list[SavedPage]:
    return bases()


def test_a_seed_gives_the_same_page_every_time(sound: list[SavedPage]) -> None:
    again = bases()
    assert again == sound
    assert [mutant(seed, again) for seed in range(200)] == [mutant(seed, sound) for seed in range(200)]


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.__name__)
@pytest.mark.parametrize("page", [PAGE.body, b"", b"<", b"\xff\xfe\x00", b"text"])
def test_every_mutation_takes_every_page_and_changes_real_ones(mutation: Mutation, page: bytes) -> None:
    made = [mutation(Random(seed), page, PAGE.body) for seed in range(20)]
    assert page != PAGE.body or any(body != page for body in made)


def test_no_page_is_larger_than_promised(sound: list[SavedPage]) -> None:
    sizes = [len(mutant(seed, sound).body) for seed in range(2_000)]
    assert 200_000 < max(sizes) <= on_bytes.LARGEST


def test_every_kind_of_end_is_told_with_its_seed_and_the_others_go_on() -> None:
    found = {one.seed: one for one in examined([PAGE], range(8), 2, hostile, Limits(seconds=0.4))}
    assert set(found) == set(range(8))
    told = {seed: (one.trouble or "", one.killed) for seed, one in found.items() if one.trouble}
    assert set(told) == {1, 2, 3, 4, 5}
    assert "KeyError: 'seed 1'" in told[1][0]
    assert "hostile.py" in told[2][0]
    assert "Timeout" in told[3][0]
    assert "MemoryError" in told[4][0]
    assert "Segmentation fault" in told[5][0]
    assert {seed for seed, (_, killed) in told.items() if killed} == {2, 3, 5}


def test_troubles_are_figures_and_notes_by_kind() -> None:
    findings = mutated_of([PAGE], range(3), hostile, Limits(seconds=0.4))
    assert findings.one("all", "pages").median == 3
    assert findings.one("all", "exceptions").median == 1
    assert findings.one("all", "killed").median == 1
    assert findings.one("part", "pages").median == 1
    assert any(note.startswith("1 x KeyError") and "seeds 1\n" in note for note in findings.notes)


def test_no_damaged_page_makes_reading_fail(sound: list[SavedPage]) -> None:
    demo = [page for page in sound if "/" in page.name]  # small ones
    troubles = [f"{one.name}: {one.trouble}" for one in examined(demo, range(300)) if one.trouble]
    assert not troubles, troubles[0]
