from __future__ import annotations

from datetime import date

import pytest

from crawlers.listing.days import day_of, day_of_title

DAY = date(2026, 9, 5)


@pytest.mark.parametrize(
    "chunks",
    [
        ["2026-09-05"],
        ["[2026/9/5]"],
        ["（2026年9月5日）"],
        ["发布时间：2026-09-05 10:22"],
        ["2026-09", "05"],
        ["05", "2026-09"],
        ["05", "2026/09"],
        ["09-05", "2026"],
        ["2026", "09-05"],
        ["5日", "2026年9月"],
        ["05", "09", "2026"],
        ["26-09-05"],
        ["阅读 31", "2026-09-05"],
        ["成文日期", "2026-08-01", "发布日期", "2026-09-05"],
        ["发布日期：2026-09-05", "截止日期：2026-10-01"],
        ["有效期至2027-01-01", "2026-09-05"],
        ["名　称：", "关于2026年8月30日作出的环评文件审批决定的公告", "2026-09-05"],
        ["（2026年9月5日江南市人民政府、江南市生态环境局令第6号公布，自公布之日起三十日后施行，有效期五年）"],
    ],
)
def test_a_day_is_read_however_it_is_split(chunks: list[str]) -> None:
    assert day_of(chunks, [], "http://a.example/1.html") == DAY


@pytest.mark.parametrize(
    "chunks",
    [
        [],
        ["09-05"],
        ["31", "2026"],
        ["3天前"],
        ["共2026条"],
        ["2026-13-45"],
        ["2026年9月5日上午，县政府召开常务会议，研究部署防汛救灾和安全生产工作，听取有关部门情况汇报。"],
    ],
)
def test_what_is_no_day(chunks: list[str]) -> None:
    assert day_of(chunks, [], "http://a.example/1.html") is None


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://a.example/202609/t20260905_11.html", DAY),
        ("http://a.example/202609/11.html", DAY),
        ("http://a.example/202608/11.html", None),
        ("http://a.example/11.html", None),
    ],
)
def test_a_day_without_year_takes_it_from_the_address(url: str, expected: date | None) -> None:
    assert day_of(["09-05"], [], url) == expected


def test_a_day_inside_a_script_of_the_row() -> None:
    assert day_of([], ["document.write(formatDate('2026-09-05 08:00:00'))"], "http://a.example/1.html") == DAY


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("青禾县空气质量日报（2026年9月5日）", DAY),
        ("[2026-09-05] 关于水源地巡查的通报", DAY),
        ("关于水源地巡查的通报 2026/9/5", DAY),
        ("青禾县2026年9月5日空气质量日报", None),
        ("关于水源地巡查的通报", None),
    ],
)
def test_a_day_at_either_end_of_a_title(title: str, expected: date | None) -> None:
    assert day_of_title(title) == expected
