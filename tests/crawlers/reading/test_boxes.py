"""Boxes of links: set into a text they go and it goes on, below it they end it."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from crawlers.china import CHINA
from crawlers.items import Article
from crawlers.reading import read
from crawlers.reading.evidence import as_listed

LINES = [
    "8月30日，记者从市交通运输局了解到，随着最后一个标段沥青路面摊铺完成，全长18.6公里的快速路全线建成。",
    "快速路起于北站枢纽，止于空港经济区，设计时速80公里，双向八车道，全线设互通立交7座、跨江大桥1座。",
    "交警部门提醒，通车初期，请广大驾驶人按照指示标志提前变道；快速路全线禁止摩托车通行。",
]
ROWS = "".join(f"<li><a href={n}.html>区税务局召开第{n}次专题部署会</a></li>" for n in range(1, 4))
HEAD = "<h1>锦城快速路9月6日零时通车</h1><p>2019-08-31 06:57 来源：锦城晚报</p>"


def page(inner: str, head: str = HEAD) -> Article:
    html = (
        f"<html><meta charset=utf-8><title>锦城快速路9月6日零时通车</title><body>{head}{inner}</body></html>"
    )
    return read(html.encode(), "")


def paragraphs(lines: list[str]) -> str:
    return "".join(f"<p>{line}</p>" for line in lines)


@pytest.mark.parametrize(
    "box",
    [
        f"<div><b>相关新闻</b><ul>{ROWS}</ul></div>",
        "<p>相关链接：<a href=9.html>锦城市快速路管理办法实施细则</a></p>",
        f"<div><p>热门推荐</p><ul>{ROWS}</ul></div>",
        f"<div><p>热点关注</p><ul>{ROWS}</ul></div>",
        "<h6>延伸阅读</h6><p><a href=/1>区税务局召开部署会</a> <a href=/2>市直机关工委听取汇报</a></p>",
        "<p>您所在的街道积水了吗？</p><p>没有 <b>71%</b></p><p>有一些 22%</p><p>1203人参与投票</p>",
        "<p><a href=/ad/9>车险到期？立即测算保费</a></p>",
        "<div><span>广告</span><a href=/ad/8><p>锦城江悦府精装三房首付十五万起</p></a></div>",
    ],
)
def test_a_box_amid_a_text_is_left_out_and_the_text_goes_on(box: str) -> None:
    article = page(f"<div>{paragraphs(LINES[:2])}{box}{paragraphs(LINES[2:])}</div>")
    assert article.body.split("\n") == LINES


def test_the_line_of_the_editors_shows_that_little_below_a_box_is_the_text_too() -> None:
    last = "下一步，该市计划依托快速路发展物流。"
    box = f"<p>相关新闻：</p><ul>{ROWS}</ul>"
    article = page(f"<div>{paragraphs(LINES)}{box}<p>{last}</p><p>(责任编辑：方丽)</p></div>")
    assert article.body.split("\n") == [*LINES, last]


@pytest.mark.parametrize(
    "heading", ["相关政策", "相关文件：", "其他信息", "■新闻链接", "延伸阅读", "下载说明"]
)
@pytest.mark.parametrize("markup", ["<p>{}</p>", "<h3>{}</h3>"])
def test_text_right_below_a_heading_that_others_put_over_links_is_text(heading: str, markup: str) -> None:
    last = "申报材料包括申请表和营业执照复印件，由企业于每月十日前报县交通运输局审核。"
    article = page(f"<div>{paragraphs(LINES)}{markup.format(heading)}<p>{last}</p></div>")
    assert article.body.split("\n")[-1] == last


def test_a_link_above_the_first_sentence_is_none_of_the_text() -> None:
    link = "<p><a href=/app>下载“芦花融媒”看更多本地资讯</a></p>"
    assert page(f"<div>{link}{paragraphs(LINES)}</div>").body.split("\n") == LINES


def test_a_table_of_links_above_the_first_sentence_is() -> None:
    rows = "".join(
        f"<tr><td><a href={n}.html>渤化碱业第{n}公司</a></td><td>{n}8.20</td><td>1.6{n}%</td></tr>"
        for n in range(1, 4)
    )
    body = page(f"<div><table>{rows}</table>{paragraphs(LINES)}</div>").body
    assert body.startswith("渤化碱业第1公司\t18.20\t1.61%\n")


@pytest.mark.parametrize("heading", ["二、配套措施", "政策依据", "青禾区", "会议指出："])
def test_linked_lines_below_a_heading_of_the_text_stay(heading: str) -> None:
    linked = "".join(f"<p><a href={n}.html>锦城市快速路管理办法第{n}号解读</a></p>" for n in (1, 2))
    article = page(f"<div>{paragraphs(LINES[:2])}<p>{heading}</p>{linked}{paragraphs(LINES[2:])}</div>")
    assert heading in article.body
    assert "第2号解读" in article.body


@pytest.mark.parametrize("name", ["关于调整住房公积金首付比例的通知", "关于发放限时消费优惠券的公告"])
def test_the_link_to_a_document_stays_whatever_it_is_about(name: str) -> None:
    linked = f"<p><a href=1.html>{name}</a></p>"
    assert name in page(f"<div>{paragraphs(LINES[:2])}{linked}{paragraphs(LINES[2:])}</div>").body


def test_links_in_a_table_of_the_text_stay() -> None:
    rows = "".join(
        f"<tr><td>市{name}</td><td><a href={name}1.html>市{name}2024年部门预算</a></td>"
        f"<td><a href={name}2.html>市{name}2023年部门决算</a></td><td>已公开</td></tr>"
        for name in ("水利局", "民政局")
    )
    article = page(f"<div>{paragraphs(LINES[:2])}<table>{rows}</table>{paragraphs(LINES[2:])}</div>")
    assert "市民政局\t市民政局2024年部门预算\t市民政局2023年部门决算\t已公开" in article.body


SUMMARIES = "".join(
    f"<p><a href={n}.html>区税务局召开第{n}次专题部署会</a></p>"
    f"<p>会议传达学习了上级精神，安排部署了下一阶段的第{n}项重点任务。</p>"
    for n in range(1, 4)
)


@pytest.mark.parametrize(
    "below",
    [
        f"<ul>{ROWS}</ul><p>网友评论</p><p>路修好了，早高峰应该能快不少，感谢建设者们的辛苦付出，为你们点赞。</p>",
        SUMMARIES,
        f"<ul>{ROWS}</ul><p>青禾融媒由中共青禾市委宣传部主管，欢迎广大网友下载客户端。</p>",
    ],
)
def test_what_stands_below_the_box_of_a_finished_text_is_none_of_it(below: str) -> None:
    article = page(f"<div>{paragraphs(LINES)}<b>相关新闻</b>{below}</div>")
    assert article.body.split("\n") == LINES


def test_a_dateline_of_links_right_below_the_headline_is_one() -> None:
    dateline = (
        "<p><a href=/2021/04/02>2021年4月2日</a> 由 <a href=/author/gy>谷雨</a> <a href=#c>3 条评论</a></p>"
    )
    article = page(paragraphs(LINES), f"<h1>锦城快速路9月6日零时通车</h1>{dateline}")
    assert (article.published, article.author) == (datetime(2021, 4, 2, tzinfo=CHINA), "谷雨")


@pytest.mark.parametrize("day", ["二〇〇六年十一月八日", "2006年11月8日"])
def test_the_day_that_signs_a_text_dates_it_where_nothing_else_does(day: str) -> None:
    signature = f"<p align=right>锦城市人民政府</p><p align=right>{day}</p>"
    undated = page(f"{paragraphs(LINES)}{signature}", "<h1>锦城快速路9月6日零时通车</h1>")
    assert undated.published == datetime(2006, 11, 8, tzinfo=CHINA)
    assert undated.body.endswith(day)
    dated = page(f"{paragraphs(LINES)}{signature}")
    assert dated.published == datetime(2019, 8, 31, 6, 57, tzinfo=CHINA)
    listed = as_listed(undated, "锦城快速路9月6日零时通车", date(2024, 3, 1))  # it is a reprint
    assert listed.published == datetime(2024, 3, 1, tzinfo=CHINA)
    assert listed.meta["passed_over"]["published"] == {"document": "2006-11-08T00:00:00+08:00"}


def test_a_day_in_the_last_row_of_a_table_does_not_date_the_page() -> None:
    table = "<table><tr><td>有效期至</td><td>2029-12-31</td></tr></table>"
    assert page(f"{paragraphs(LINES)}{table}", "<h1>锦城快速路9月6日零时通车</h1>").published is None


def test_a_link_to_another_page_below_the_headline_does_not_date_this_one() -> None:
    link = "<p><a href=2.html>一图读懂管理办法发布时间：2023-01-05</a></p><p>2024-03-01 字体：大 中 小</p>"
    article = page(f"{link}{paragraphs(LINES)}", "<h1>锦城快速路9月6日零时通车</h1>")
    assert article.published == datetime(2024, 3, 1, tzinfo=CHINA)
