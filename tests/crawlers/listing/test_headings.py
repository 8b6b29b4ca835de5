"""Days that stand above rows, and rows that show a part of theirs."""

from __future__ import annotations

import pytest

from crawlers.listing import mine, parse

URL = "http://www.qinghe.gov.cn/zwdt/"


def days(markup: str) -> list[str]:
    document = parse(f"<html><body><h1>政务动态</h1><div class='list'>{markup}</div></body></html>", URL)
    assert document is not None
    return [str(row.published) for row in mine(document).rows]


def row(number: int, shown: str = "", tag: str = "li") -> str:
    title = f"清溪县召开第{number}次防汛工作会议"
    return f"<{tag}><a href='/zwdt/{number}.html'>{title}</a><span>{shown}</span></{tag}>"


def rows(*shown: str, first: int = 100, tag: str = "li") -> str:
    return "".join(row(first - place, text, tag) for place, text in enumerate(shown))


@pytest.mark.parametrize(
    ("markup", "found"),
    [
        (
            f"<h3>2026年</h3><ul>{rows('01-19', '01-04')}</ul><h3>2025年</h3>"
            f"<ul>{rows('12-30', '11-02', first=90)}</ul>",
            ["2026-01-19", "2026-01-04", "2025-12-30", "2025-11-02"],
        ),
        (
            f"<table><tr><td colspan=2>2026年</td></tr>{rows('3月5日', '2月6日', tag='tr')}"
            f"<tr><td>2025年度</td></tr>{rows('12月21日', first=80, tag='tr')}</table>",
            ["2026-03-05", "2026-02-06", "2025-12-21"],
        ),
        (
            f"<dl><dt><a href='/day?d=1'>2011年3月5日</a> 星期六</dt>{rows('13:28', '09:20', tag='dd')}"
            f"<dt>2011年3月4日（星期五）</dt>{rows('10:02', first=70, tag='dd')}</dl>",
            ["2011-03-05", "2011-03-05", "2011-03-04"],
        ),
        (
            f"<ul>{rows('2026-01-02', '12-30', '2025-12-28', '01-05')}</ul>",
            ["2026-01-02", "2025-12-30", "2025-12-28", "2026-01-05"],
        ),
        (f"<h3>工作动态</h3><ul>{rows('01-19', '01-04', '01-03')}</ul>", ["None"] * 3),
        (f"<h3>2026年第3期</h3><ul>{rows('01-19', '01-04', '01-03')}</ul>", ["None"] * 3),
        (f"<h3>2026年</h3><ul>{rows('', '', '')}</ul>", ["None"] * 3),
    ],
    ids=["years", "years in a table", "days", "years of neighbours", "no day", "an issue", "a year alone"],
)
def test_days_of_headings_and_neighbours(markup: str, found: list[str]) -> None:
    assert days(markup) == found


@pytest.mark.parametrize("mark", ["\u200b", "\ufeff", "\u3000\n", "&nbsp;", "&emsp;", "\u2028"])
def test_marks_that_nobody_sees_hide_no_heading(mark: str) -> None:
    assert days(f"<h3>{mark}<b>{mark}2026年</b></h3><ul>{rows('01-19', '01-04')}</ul>") == [
        "2026-01-19",
        "2026-01-04",
    ]


def test_a_day_of_its_own_is_believed_before_any_heading() -> None:
    assert days(f"<h3>2020年</h3><ul>{rows('2026-01-19', '2026-01-04', '01-03')}</ul>") == [
        "2026-01-19",
        "2026-01-04",
        "2020-01-03",
    ]


def test_no_day_is_made_up_that_does_not_exist() -> None:
    assert days(f"<h3>2025年</h3><ul>{rows('02-28', '02-29', '02-27')}</ul>") == [
        "2025-02-28",
        "None",
        "2025-02-27",
    ]
