from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.china import CHINA
from crawlers.reading.dates import date_in_url, parse_date


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("发布时间：2021-08-06 19:37", "2021-08-06T19:37:00"),
        ("2017——04——12 21:37", "2017-04-12T21:37:00"),
        ("2026-09-28-21:50:00", "2026-09-28T21:50:00"),
        ("2021年8月6日 星期五 下午3:20", "2021-08-06T15:20:00"),
        ("2021年8月6日（星期五）19时37分", "2021-08-06T19:37:00"),
        ("２０２１年８月６日", "2021-08-06T00:00:00"),
        ("2021/8/6 9:05", "2021-08-06T09:05:00"),
        ("[2021.8.6]", "2021-08-06T00:00:00"),
        ("2022-01-01T00:00:00Z", "2022-01-01T08:00:00"),
        ("2022-01-01T10:00:00+08:00", "2022-01-01T10:00:00"),
        ("2016-10-31 09:28:27.0", "2016-10-31T09:28:27"),
        ("二〇二一年十二月廿三日", "2021-12-23T00:00:00"),
        ("二○二一年十月三十日", "2021-10-30T00:00:00"),
        ("20210806", "2021-08-06T00:00:00"),
        ("20210806193755", "2021-08-06T19:37:55"),
        ("06 2021-08", "2021-08-06T00:00:00"),
        ("2021 08-06", "2021-08-06T00:00:00"),
        ("記者陳慧中 February 03, 2005", "2005-02-03T00:00:00"),
        ("Decree 12, 2006, Mar. 4, 2005", "2005-03-04T00:00:00"),
        ("中国网 2023 1 / 12 页 2023-02-03", "2023-02-03T00:00:00"),
        ("中国网 2023 10 / 12 页 2023-02-03", "2023-02-03T00:00:00"),
        ("2024 01 / 05 16:42:10", "2024-01-05T16:42:10"),
        ("Fri Sep 18 10:22:00 CST 2020", "2020-09-18T10:22:00"),
        ("2021-02-30，改为 2021-03-01", "2021-03-01T00:00:00"),
        ("2022-2-1 25:00", "2022-02-01T00:00:00"),
        ("2021-08-06 19:37-20:30", "2021-08-06T19:37:00"),
    ],
)
def test_written_dates(text: str, iso: str) -> None:
    when = parse_date(text)
    assert when is not None
    assert when.isoformat() == f"{iso}+08:00"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2021-13-01",
        "2021年8月",
        "1889-01-01",
        "2199-01-01",
        "114000/201704-00036",
        "1998.5-2001.3",
        "电话 20210806",
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert parse_date(text) is None


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("http://x.gov.cn/zw/202110/t20211011_1485252.html", date(2021, 10, 11)),
        ("http://x.gov.cn/art/2021/8/6/art_12_345.html", date(2021, 8, 6)),
        ("http://x.cn/202108/06/c1.html", date(2021, 8, 6)),
        ("http://x.cn/2020-02/19/c_112559.htm", date(2020, 2, 19)),
        ("http://x.gov.cn/2021/08-06/123.html", date(2021, 8, 6)),
        ("http://x.gov.cn/nw1/20210806/0123456789abcdef0120210102abcdef.html", date(2021, 8, 6)),
        ("http://x.gov.cn/web/202108061937123/index.shtml", date(2021, 8, 6)),
        ("http://x.gov.cn/c100/202108/3f.shtml", None),
        ("http://x.gov.cn/content/20211345.html", None),
        ("http://[broken", None),
    ],
)
def test_date_in_address(url: str, day: date | None) -> None:
    assert date_in_url(url) == day


@given(st.datetimes(datetime(1990, 1, 1), datetime(2100, 12, 31)), st.sampled_from(["-", "/", ".", "——"]))
def test_round_trip(when: datetime, sep: str) -> None:
    text = f"时间：{when.year}{sep}{when.month:02}{sep}{when.day}　{when.hour:02}：{when.minute:02}"
    assert parse_date(text) == when.replace(second=0, microsecond=0, tzinfo=CHINA)


@given(st.text(st.sampled_from("0123456789-/.年月日时分:： TZ+二〇一十२"), max_size=40))
def test_any_text_is_survived(text: str) -> None:
    when = parse_date(text)
    assert when is None or 1989 < when.astimezone(UTC).year < 2101
    date_in_url(text)
