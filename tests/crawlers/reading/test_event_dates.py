"""The days that a text tells of are not that of its publication."""

from __future__ import annotations

import pytest

from crawlers.reading import read

DUTY = "会议听取了县生态环境局关于大气污染防治工作情况的汇报，研究了下一步工作，要求各单位各负其责。"
TITLE = "县政府第三次常务会议"
GENERATED = '<meta name="PubDate" content="2023-05-10 10:00">'


def published(inner: str, head: str = GENERATED) -> str | None:
    """The day of publication that is read, by ISO 8601."""
    html = f"<html><head><meta charset=utf-8><title>{TITLE}</title>{head}</head><body><h1>{TITLE}</h1>{inner}"
    when = read(f"{html}</body></html>".encode(), "http://www.qinghe.gov.cn/a/1.html").published
    return when.date().isoformat() if when else None


def paragraphs(*lines: str) -> str:
    return "".join(f"<p>{line}</p>" for line in lines)


TOLD = {
    "minutes": ("时间：2023年5月6日上午9:00", "地点：县政府三楼会议室", "主持人：王一山"),
    "tender": ("一、项目", "项目名称：运维", "时间：2023年5月16日至5月22日", "地点：县交易中心"),
    "event": ("活动时间：2023年6月5日", "活动地点：人民广场"),
    "bids": ("开标时间：2023年6月5日 09:30", "开标地点：交易中心"),
    "notice": ("公示时间：2023年5月11日至5月17日",),
    "sentence": ("2023年5月6日，县政府召开第三次常务会议。",),
    "penalty": ("处罚决定日期：2023-04-01", "当事人：某公司"),
    "effect": ("施行日期：2023年7月1日",),
    "deadline": ("截止日期：2023年7月1日",),
    "letter": ("来信时间：2023-05-01", "信件编号：1"),
    "inspection": ("检查时间：2023年4月20日", "检查地点：工业园"),
    "monitoring": ("监测日期：2023-05-09", "监测点位：3个"),
    "months": ("2023年1—8月，全市环境空气质量状况如下：",),
    "water cut": ("停水时间：2023年5月12日8:00", "停水范围：城东"),
}


@pytest.mark.parametrize("case", TOLD)
def test_the_time_of_an_event_does_not_date_the_page(case: str) -> None:
    assert published(paragraphs(*TOLD[case], DUTY)) == "2023-05-10"


def test_the_time_of_an_event_in_a_table_does_not_date_the_page() -> None:
    table = "<table><tr><td>会议时间</td><td>2023年5月6日</td></tr></table>"
    assert published(table + paragraphs(DUTY)) == "2023-05-10"


def test_the_day_in_the_head_of_a_paper_dates_what_nothing_else_does() -> None:
    head = (
        "<table><tr><td>青禾日报 第08版</td></tr><tr><td>2021年10月22日 星期五</td></tr></table>"
        + "<p><a href=2.htm>第02版：综合</a></p>" * 30
    )
    html = f"<html><meta charset=utf-8><body>{head}<h1>{TITLE}</h1><div>{paragraphs(DUTY, DUTY[::-1])}</div>"
    assert str(read(html.encode(), "http://paper.example.cn/a.htm").published)[:10] == "2021-10-22"


@pytest.mark.parametrize(
    "dateline",
    [
        "<p>发布日期：2023-05-11</p>",
        "<p>时间：2023-05-11 来源：县政府办</p>",
        "<p>时间：2023-05-11</p>",
        "<table><tr><td>发布日期</td><td>2023-05-11</td></tr></table>",
        "<p>2023-05-11</p>",
    ],
)
def test_what_the_page_tells_its_reader_is_believed(dateline: str) -> None:
    assert (
        published(dateline + paragraphs("时间：2023年5月6日上午9:00", "地点：县政府", DUTY)) == "2023-05-11"
    )
