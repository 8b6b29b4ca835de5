from __future__ import annotations

import pytest

from benchmarks.figures import Figure, Findings, ratio

FIGURES = (Figure("ours", "ms", [3.0, 1.0, 2.0]), Figure("theirs", "ms", [6.0, 4.0, 2.0]))


def test_a_figure_shows_the_median_and_how_far_rounds_differ() -> None:
    assert FIGURES[0].median == 2.0
    assert FIGURES[0].shown == "2\n[dim]1 – 3[/dim]"
    assert Figure("ours", "hits", [7]).shown == "7"


def test_ratios_are_taken_round_by_round() -> None:
    assert ratio("theirs / ours", "ms", FIGURES[1], FIGURES[0]).values == (2.0, 4.0, 1.0)


def test_findings_as_lines() -> None:
    findings = Findings("read", "two readers", FIGURES)
    first = next(iter(findings.lines()))
    assert first == {
        "benchmark": "read",
        "what": "ours",
        "quantity": "ms",
        "min": 1.0,
        "median": 2.0,
        "max": 3.0,
        "values": [3.0, 1.0, 2.0],
    }
    assert [str(column.header) for column in findings.table().columns] == ["read", "ms"]
    assert findings.one("theirs", "ms") is findings.figures[1]
    with pytest.raises(KeyError):
        findings.one("theirs", "MB")
