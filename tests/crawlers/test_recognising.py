"""Known rows at their address, or under their title at another one."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from crawlers.archive import KnownRow
from crawlers.china import CHINA
from crawlers.domains import same_owner
from crawlers.items import Row
from crawlers.recognising import moved, place, recognised

AT = datetime(2026, 4, 1, 9, tzinfo=CHINA)
DAY = date(2026, 3, 31)
URL = "http://www.qinghe.gov.cn/zwdt/t20260331_1.html"
NEW = "https://www.qinghe.gov.cn/art/2026/3/31/art_1_9.html"
TITLE = "县政府召开专题会议部署防汛备汛工作"


def label(url: str = URL, title: str = TITLE, day: date | None = DAY, ago: int = 0) -> KnownRow:
    return KnownRow(url, title, day, AT - timedelta(hours=ago))


@pytest.mark.parametrize(
    ("row", "known", "by"),
    [
        (Row(URL, TITLE, DAY), label(), "address"),
        (Row(URL.replace("http:", "https:"), TITLE), label(), "address"),
        (Row(URL.replace("www.", ""), TITLE), label(), "address"),
        (Row(URL, TITLE + "（更正）", DAY), label(), "address"),
        (Row(URL, "", DAY), label(), "address"),
        (Row(URL, "真人棋牌官方下载", DAY), label(), None),
        (Row(NEW, TITLE, DAY), label(), "title"),
        (Row(NEW, TITLE.replace("部署", "部署 "), DAY), label(), "title"),
        (Row(NEW, TITLE, DAY - timedelta(days=2)), label(), "title"),
        (Row(NEW, TITLE, DAY - timedelta(days=3)), label(), None),
        (Row(NEW, TITLE, None), label(), "title"),
        (Row(NEW, TITLE, DAY), label(day=None), "title"),
        (Row(NEW, "县政府召开专题会议...", DAY), label(), "title"),
        (Row(NEW, TITLE, DAY), label(title="县政府召开专题会议…"), "title"),
        (Row(NEW, "工作动态", None), label(title="工作动态"), None),
        (Row(NEW, "工作动态", DAY), label(title="工作动态"), "title"),
        (Row(NEW, "县水利局公布农村饮水工程名单", DAY), label(), None),
        (Row(NEW, "……", DAY), label(), None),
    ],
)
def test_one_row(row: Row, known: KnownRow, by: str | None) -> None:
    assert [match.by for match in recognised([row], [known])] == ([by] if by else [])


def test_a_headline_of_several_rows_proves_nothing_without_its_day() -> None:
    title = "行政处罚信息公示（水利）"
    known = [label(URL, title, DAY), label(URL + "?2", title, DAY - timedelta(days=1))]
    assert recognised([Row(NEW, title, None)], known) == ()
    (match,) = recognised([Row(NEW, title, DAY)], known)
    assert match.known is known[0]


def test_a_headline_that_stands_twice_under_a_day_proves_nothing() -> None:
    rows = [Row(NEW, TITLE, DAY), Row(NEW + "?2", TITLE, DAY)]
    assert recognised(rows, [label()]) == ()
    assert recognised(rows[:1], [label(), label(URL + "?2")]) == ()


def test_of_a_row_that_moved_before_the_later_address_counts() -> None:
    known = [label(URL, ago=9), label(NEW)]
    (match,) = recognised([Row("https://www.qinghe.gov.cn/c/1.shtml", TITLE, DAY)], known)
    assert match.known.url == NEW


def test_a_known_row_counts_once() -> None:
    rows = [Row(URL, TITLE, DAY), Row(NEW, TITLE + "...", DAY)]
    assert [match.by for match in recognised(rows, [label()])] == ["address"]


def test_rows_moved_when_most_did() -> None:
    known = [label(f"{URL}?{n}", f"{TITLE}之{n}") for n in range(6)]
    there = [Row(f"{NEW}?{n}", f"{TITLE}之{n}", DAY) for n in range(6)]
    here = [Row(row.url, row.title, DAY) for row in known]
    listed = [row.url for row in here]
    assert len(moved(there, [], known)) == 6
    assert moved(here, listed, known) == {}
    assert moved([there[0]], [], known) == {}
    assert len(moved([*there[:3], *here[3:]], listed[3:], known)) == 3
    assert moved([*there[:2], *here[2:]], listed[2:], known) == {}


def test_a_row_that_still_stands_at_its_address_did_not_move() -> None:
    known = [label(f"{URL}?{n}", f"{TITLE}之{n}") for n in range(2)]
    here = [Row(row.url, row.title, DAY) for row in known]
    again = [Row(f"{NEW}?{n}", f"{TITLE}之{n}", DAY) for n in range(2)]
    assert moved([*again, *here], [row.url for row in here], known) == {}


def test_place_of_an_address() -> None:
    assert place("https://www.a.gov.cn/b?c=1") == place("http://a.gov.cn/b?c=1") == "a.gov.cn/b?c=1"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("http://www.a.gov.cn/", "https://xxgk.a.gov.cn/b", True),
        ("http://www.a.gov.cn/", "https://www.b.gov.cn/", True),
        ("http://www.a.com.cn/", "http://news.a.com.cn/", True),
        ("http://www.a.com.cn/", "http://www.b.com.cn/", False),
        ("http://www.a.hn.cn/", "http://www.b.hn.cn/", False),
        ("http://a.example/", "http://b.a.example/", True),
        ("http://www.a.gov.cn/", "http://www.a-gov.cn/", False),
        ("http://www.a.gov.cn/", "http://www.a.gov.cn.example/", False),
        ("http://127.0.0.1:8001/", "http://127.0.0.1:8002/", True),
        ("http://127.0.0.1/", "http://127.0.1.1/", False),
        ("http://[::1/", "http://a.example/", False),
    ],
)
def test_whose_address(one: str, other: str, same: bool) -> None:
    assert same_owner(one, other) is same
