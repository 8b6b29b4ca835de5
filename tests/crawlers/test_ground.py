"""Which lists end a walk, and which rows of them are history: one line of rows per case."""

from __future__ import annotations

from datetime import date

import pytest

from crawlers.ground import Ground
from crawlers.items import Row

SINCE = date(2026, 9, 10)


def rows(shorthand: str) -> tuple[tuple[Row, ...], set[str]]:
    """`k12 n13 n-`: a known row of 12 September, a new one of the 13th, a new one without a date."""
    made, known = [], set()
    for place, word in enumerate(shorthand.split()):
        url = f"http://x.example/{word}/{place}"
        day = None if word[1:] == "-" else date(2026, 9, int(word[1:]))
        made.append(Row(url, word, day))
        if word[0] == "k":
            known.add(url)
    return tuple(made), known


def below(*pages: str, visited: date | None = None) -> Ground:
    ground = Ground(watched_since=SINCE, visited=visited)
    for page in pages:
        ground = ground.below(*rows(page))
    return ground


@pytest.mark.parametrize(
    "pages",
    [
        pytest.param(["k20 k19 k18 k17"], id="nothing new"),
        pytest.param(["n20 n19 k18 k17"], id="new rows on top"),
        pytest.param(["k05 n20 n19 k18"], id="a pinned row, new rows, known rows"),
        pytest.param(["k20 n12 k19 k18"], id="a new row far from the top"),
        pytest.param(["k20 k19 k18 n09"], id="old row slid up from the next page"),
        pytest.param(["k20 k19 k18 n17"], id="row at the bottom that was perhaps put up late"),
        pytest.param(["k- k- k- n-"], id="the same without dates"),
        pytest.param(["k20 n09 n08 n07"], id="many old rows slid up"),
        pytest.param(["n24 n23 n22 n21", "n20 k19 k18 k17"], id="more new rows than a page holds"),
        pytest.param(
            ["k20 n20 n20 n20", "n09 n08 n07 n06"], id="unsure on the first page, history behind it"
        ),
    ],
)
def test_the_walk_ends(pages: list[str]) -> None:
    assert below(*pages).reached
    assert not any(below(*pages[:number]).reached for number in range(len(pages)))


@pytest.mark.parametrize(
    "pages",
    [
        pytest.param(["n20 n19 n18 n17"], id="no known row"),
        pytest.param(["k05 n20 n19 n18"], id="a pinned row only"),
        pytest.param(["k05 k04 k03 n18"], id="more pinned rows than others"),
        pytest.param(["k- n- n- n-"], id="a pinned row, no dates"),
        pytest.param(["k05 n20 n19 n18", "n17 n16 n15 n14"], id="a pinned row and pages of new ones"),
        pytest.param(["k19 n19 n19 n19"], id="many on one day, one of them known and pinned"),
    ],
)
def test_the_walk_goes_on(pages: list[str]) -> None:
    assert not below(*pages).reached


@pytest.mark.parametrize(
    ("pages", "history"),
    [
        pytest.param(["k20 k19 n09"], "n09", id="slid up from before the watch"),
        pytest.param(["k20 k19 n10"], "", id="of the very first day: in doubt it is news"),
        pytest.param(["k20 n09 k19"], "", id="put up late among known rows"),
        pytest.param(["n09 k20 k19"], "", id="put up late on top"),
        pytest.param(["n09 n08"], "", id="nothing known above"),
        pytest.param(["k05 n09 n08"], "", id="only a pinned row, older than it, above"),
        pytest.param(["k20 k19 n-"], "", id="without a date"),
        pytest.param(["k07 k08 k09 n09"], "", id="oldest row on top: the end of the list is where news come"),
        pytest.param(["k09 k09 n09"], "n09", id="in no order"),
        pytest.param(["k05 k09 k09 n08 n07"], "n08 n07", id="a pinned row, older, above rows of one day"),
        pytest.param(["k- k05 k20 n09"], "n09", id="a pinned row without a date and an older one"),
        pytest.param(["k20 n20 n20", "n09 n08"], "n09 n08", id="a page further down"),
    ],
)
def test_history_is_told_from_news(pages: list[str], history: str) -> None:
    last, _ = rows(pages[-1])
    found = below(*pages).history
    assert " ".join(row.title for row in last if row.url in found) == history


def test_a_site_that_changed_every_address_is_not_walked_to_the_end_of_its_archive() -> None:
    assert below("n20 n19", "n09 n08", visited=date(2026, 10, 15)).reached
    assert not below("n20 n19", "n09 n08", visited=date(2026, 10, 1)).reached
    assert not below("n09 n-", visited=date(2026, 10, 15)).reached
