"""The table above a public document, however it is set."""

from __future__ import annotations

import pytest

from crawlers.reading import read

TEXT = "为加强大气污染防治，改善城市环境质量，保障公众身体健康，现就有关事项通告如下。" * 2
TITLE = "关于划定禁止露天烧烤区域的通告"
PAIRS = {
    "索引号": "0146/2026-008",
    "发文机关": "青禾县人民政府 办公室",
    "文号": "青政告〔2026〕5号",
    "成文日期": "2026-03-01",
}


def page(table: str, dateline: str = "") -> str:
    return (
        f"<html><head><meta charset=utf-8><title>{TITLE}</title></head><body>{table}<h1>{TITLE}</h1>"
        f"<div>{dateline}</div><div id=zoom><p>{TEXT}</p></div></body></html>"
    )


SETTINGS = {
    "cells": "<table>"
    + "".join(f"<tr><td>{label}</td><td>{value}</td></tr>" for label, value in PAIRS.items())
    + "</table>",
    "cells with colons and blanks": "<table><tr>"
    + "".join(f"<th>{' '.join(label)}：</th><td>{value}</td>" for label, value in PAIRS.items())
    + "</tr></table>",
    "lines": "".join(f"<p>【{label}】：{value}</p>" for label, value in PAIRS.items()),
    "one line": "<p>" + "　".join(f"{label}：{value}" for label, value in PAIRS.items()) + "</p>",
    "elements without sign": "<ul>"
    + "".join(f"<li><em>{label}</em>{value}</li>" for label, value in PAIRS.items())
    + "</ul>",
    "divs": "".join(f"<div>{label}</div><div>{value}</div>" for label, value in PAIRS.items()),
    "in brackets": "<table><tr>"
    + "".join(f"<td>[ {label} ]</td><td>{value}</td>" for label, value in PAIRS.items())
    + "</tr></table>",
}


@pytest.mark.parametrize("table", SETTINGS.values(), ids=SETTINGS.keys())
def test_pairs(table: str) -> None:
    article = read(page(table, "发布时间：2026-03-05 10:12").encode(), "http://www.qinghe.gov.cn/a.html")
    assert dict(article.openness) == PAIRS
    assert article.published is not None
    assert (article.published.day, article.published.hour) == (5, 10)
    assert article.body == TEXT


def test_copies_for_desks_and_phones_are_one_and_empty_labels_none() -> None:
    table = SETTINGS["cells"].replace("</table>", "<tr><td>有效性</td><td></td></tr></table>")
    article = read(page(table + table).encode(), "http://www.qinghe.gov.cn/a.html")
    assert dict(article.openness) == PAIRS


def test_other_tables_are_none() -> None:
    table = "<table><tr><td>项目名称</td><td>污水处理厂</td></tr><tr><td>分类</td><td>市政</td></tr></table>"
    assert read(page(table).encode(), "http://www.qinghe.gov.cn/a.html").openness == ()


def test_the_day_of_a_document_is_not_that_of_its_publication() -> None:
    head = '<meta name="PubDate" content="2026-03-04 08:00">'
    markup = page(SETTINGS["elements without sign"].replace("成文日期", "生成日期")).replace(
        "</head>", head + "</head>"
    )
    article = read(markup.encode(), "http://www.qinghe.gov.cn/a.html")
    assert article.published is not None
    assert article.published.day == 4
    assert article.meta["passed_over"]["published"]["document"].startswith("2026-03-01")


def test_the_data_of_a_court_notice_are_pairs_and_date_and_source_it() -> None:
    cells = (
        ("公告类型", "裁判文书"),
        ("刊登日期", "2025-08-14"),
        ("来源", "人民法院报"),
        ("公告编号", "GG2025"),
    )
    table = "".join(f"<tr><td>{label}</td><td>{value}</td></tr>" for label, value in cells)
    article = read(page(f"<table>{table}</table>").encode(), "")
    assert article.openness == cells
    assert (article.source, str(article.published)[:10]) == ("人民法院报", "2025-08-14")


def test_records_one_below_the_other_are_text() -> None:
    records = "".join(
        f"<p>文号：青环罚〔2026〕{n}号</p><p>名称：第{n}家工厂行政处罚决定书</p><p>发文机关：青禾县生态环境局</p>"
        for n in range(1, 6)
    )
    markup = (
        f"<h1>行政处罚信息公开表</h1><p>发布时间：2026-08-03</p><div id=zoom>{records}<p>{TEXT}</p></div>"
    )
    article = read(f"<html><meta charset=utf-8><body>{markup}</body></html>".encode(), "")
    assert article.openness == ()
    assert all(f"第{n}家工厂" in article.body for n in range(1, 6))


def test_a_cell_of_the_table_is_no_lead_headline() -> None:
    table = SETTINGS["cells"].replace(
        "</table>", "<tr><td>内容概述</td><td>工厂私设暗管行政处罚</td></tr></table>"
    )
    assert read(page(table).encode(), "http://www.qinghe.gov.cn/a.html").lead_title is None
