"""What stands apart from the text: headlines above and below, captions, disclaimers, text in scripts."""

from __future__ import annotations

import pytest

from crawlers.items import Article
from crawlers.reading import read

FIRST = "8月2日，全市防汛工作会议召开，会议传达学习了上级精神，安排部署了下一阶段重点任务。"
SECOND = "会议强调，要压实各方责任，加强值班值守和会商研判，确保人民群众生命财产安全。"
TEXT = f"<p>{FIRST}</p><p>{SECOND}</p>"
TITLE = "“水乡客厅”蓝环通水"
URL = "http://www.qinghe.gov.cn/xw/202608/t20260803_12.html"


def page(inner: str, head: str = f"<title>{TITLE}</title>") -> Article:
    return read(f"<html><head><meta charset=utf-8>{head}</head><body>{inner}</body></html>".encode(), URL)


@pytest.mark.parametrize(
    ("above", "below", "lead", "subtitle"),
    [
        ("<h3>三门湾畔 渔村蝶变</h3>", "<h4>——花屿村集体经营紫菜养殖见闻</h4>", "三门湾畔 渔村蝶变",
         "——花屿村集体经营紫菜养殖见闻"),
        ("<p>长三角示范区建设又有新进展</p>", "", "长三角示范区建设又有新进展", None),
        ("", "<p>（2024年4月8日生态环境部令第32号公布　自2024年7月1日起施行）</p>", None,
         "（2024年4月8日生态环境部令第32号公布 自2024年7月1日起施行）"),
        ("", "<h4>老城到东津车程将缩短至18分钟</h4>", None, "老城到东津车程将缩短至18分钟"),
        ("<p><a href='/'>首页</a> &gt; 青禾要闻</p>", "", None, None),
        ("<p>青禾县人民政府</p>", "<p>青政发〔2026〕5号</p>", None, None),
        ("<p>您的位置：首页 / 新闻发布 / 发布会实录</p>", "<p>本报记者 施立辉</p>", None, None),
        ("<p>行情 股吧 新闻 外汇 新三板</p>", "", None, None),
    ],
)  # fmt: skip
def test_headlines_above_and_below(above: str, below: str, lead: str | None, subtitle: str | None) -> None:
    article = page(
        f"<div>{above}<h1>{TITLE}</h1>{below}<p>2026-08-03 来源：青禾报</p><div>{TEXT}</div></div>"
    )
    assert (article.title, article.lead_title, article.subtitle) == (TITLE, lead, subtitle)
    assert article.body.endswith(f"{FIRST}\n{SECOND}")
    assert (lead or "无") not in article.body


@pytest.mark.parametrize(
    ("picture", "caption"),
    [
        ("<p><img src=1.jpg></p><p>图为执法人员进行尾气检测</p>", "图为执法人员进行尾气检测"),
        (
            "<p><img src=1.jpg></p><p>游客在观景台上拍照留念。廖胜辉 摄</p>",
            "游客在观景台上拍照留念。廖胜辉 摄",
        ),
        ("<figure><img src=1.jpg><figcaption>清塌方现场</figcaption></figure>", "清塌方现场"),
        (
            "<p><img src=1.jpg></p><p style='text-align:center'>玉米收割机在田间作业。</p>",
            "玉米收割机在田间作业。",
        ),
        ("<p><img src=1.jpg alt='水肥一体机在麦田里作业'></p>", "水肥一体机在麦田里作业"),
        ("<p><img src=1.jpg alt='微信图片_20260803'></p>", None),
        ("<p><img src=1.jpg></p>", None),
        ("<p><img src=/images/blank.gif data-original=1.jpg></p>", None),
    ],
)
def test_captions(picture: str, caption: str | None) -> None:
    article = page(f"<h1>{TITLE}</h1><div><p>{FIRST}</p>{picture}<p>{SECOND}</p></div>")
    address = "http://www.qinghe.gov.cn/xw/202608/1.jpg"
    assert article.images == (address,)
    assert article.captions == ({address: caption} if caption else {})


@pytest.mark.parametrize(
    "source",
    [
        "/images/icon_pdf.gif",
        "/fileTypeImages/icon_xls.gif",
        "/static/qrcode.png",
        "/img/blank.gif",
        "/ad/rto.gif",
    ],
)
def test_furniture_is_no_picture(source: str) -> None:
    assert page(f"<h1>{TITLE}</h1><div><p>{FIRST}</p><img src={source}><p>{SECOND}</p></div>").images == ()


def test_a_disclaimer_is_kept_apart_from_the_text() -> None:
    said = "声明：转载此文是出于传递更多信息之目的，若有来源标注错误或侵犯了您的合法权益，请与本网联系。"
    article = page(f"<h1>{TITLE}</h1><div>{TEXT}<p>{said}</p></div><div>ICP备案 版权所有 青禾网</div>")
    assert (article.body, article.disclaimer) == (f"{FIRST}\n{SECOND}", said)


def test_passed_over_evidence_is_kept_for_the_curious() -> None:
    head = f'<title>{TITLE}</title><meta name="ContentSource" content="青禾县人民政府">'
    article = page(f"<h1>{TITLE}</h1><p>发布时间：2026-07-13 来源：青禾报</p><div>{TEXT}</div>", head)
    assert article.source == "青禾报"
    assert article.meta["passed_over"] == {
        "published": {"address": "2026-08-03T00:00:00+08:00"},
        "source": {"metadata": "青禾县人民政府"},
    }


@pytest.mark.parametrize(
    "opened",
    ['<div class="TRS_Editor>', "<td style='line-height:2>", '<span style="font-size:14px>'],
)
def test_a_quote_that_was_left_open_swallows_no_text(opened: str) -> None:
    article = page(f"<h1>{TITLE}</h1>{opened}{TEXT}</div>")
    assert FIRST in article.body
    assert SECOND in article.body


@pytest.mark.parametrize(
    ("style", "hidden"),
    [
        ("display:none", True),
        ("DISPLAY : NONE", True),
        ("text-indent:-9999px", True),
        ("position:absolute;left:-9999px", True),
        ("left:-9999px", False),
        ("margin-left:-100px;position:static", False),
        ("background-position:0 -120px", False),
    ],
)
def test_what_a_style_hides(style: str, hidden: bool) -> None:
    said = f"<p style='{style}'>此处另有一句话，共十二个字。</p>"
    body = page(f"<h1>{TITLE}</h1><div>{TEXT}{said}{TEXT}</div>").body
    assert ("另有一句话" not in body) == hidden


def test_summaries_of_other_articles_are_not_the_text() -> None:
    entry = "<li><a href=/{0}.html>第{0}件大事顺利完成</a><p>全县第{0}件大事顺利完成，相关单位落实。</p></li>"
    others = "".join(entry.format(number) for number in range(12))
    article = page(f"<h3>停水通知</h3><p>发布时间：2026-08-03</p><p>{FIRST}</p><div><ul>{others}</ul></div>")
    assert article.body == FIRST


@pytest.mark.parametrize("between", ["<p>三、活动时间</p>", ""])
def test_the_hosts_of_an_event_are_not_the_footer(between: str) -> None:
    plan = (
        f"<p>二、组织单位</p><p>主办单位：县生态环境局</p><p>承办单位：县监测站</p>{between}<p>6月5日上午</p>"
    )
    footer = "<div><p>主办单位：青禾县人民政府</p><p>蜀ICP备05007000号</p></div>"
    body = page(f"<h1>{TITLE}</h1><div>{TEXT}{plan}</div>{footer}").body
    assert body.endswith("6月5日上午")
    assert "承办单位：县监测站" in body


def test_what_a_desk_notes_of_a_letter_is_none_of_it() -> None:
    notes = "".join(
        f"<p>{note}</p>" for note in ("写信人：刘*", "信件类型：投诉", "收到意见： 46 条", "查看次数：377")
    )
    assert page(f"<h1>{TITLE}</h1><div>{notes}{TEXT}</div>").body == f"{FIRST}\n{SECOND}"


@pytest.mark.parametrize("heading", ["我要提意见", "网友意见选登"])
def test_what_readers_are_asked_for_is_none_of_the_text(heading: str) -> None:
    form = f"<h5>{heading}</h5><p>姓 名：</p><p>湖边老李 2023-06-12 20:11</p><p>充电棚能不能统一搭。</p>"
    assert page(f"<h1>{TITLE}</h1><div>{TEXT}{form}</div>").body == f"{FIRST}\n{SECOND}"


def test_a_letter_is_called_by_its_subject() -> None:
    rows = "<p>信件编号 M2026</p><p>办理状态 已办结</p><p>公开时间 2026-08-03</p>"
    head = "<title>县长信箱-来信详情-青禾县人民政府</title>"
    assert page(f"<div>关于恢复班线的建议</div>{rows}{TEXT}", head).title == "关于恢复班线的建议"


def test_a_calendar_to_choose_from_is_no_table_of_the_text() -> None:
    table = "<table><tr><td>点位</td><td>东湖</td></tr><tr><td>评价</td><td>良</td></tr></table>"
    week = (
        "<table><tr>"
        + "".join(f"<th>{day}</th>" for day in "日一二三四五六")
        + "</tr><tr><td>1</td></tr></table>"
    )
    assert page(f"<h1>{TITLE}</h1>{TEXT}{table}{week}").body.endswith("点位\t东湖\n评价\t良")


@pytest.mark.parametrize(
    "amid",
    [
        "<p>更多新闻：<a href=/1.html>另一条更长一些的新闻标题</a></p>",
        "<div><b>延伸阅读</b><a href=/1.html>另一条更长一些的新闻</a><a href=/2.html>第三条新闻</a></div>",
        "<div style='position:absolute;left:-9999px'>澳门娱乐场注册送彩金，二十四小时客服在线服务。</div>",
    ],
)
def test_what_leads_away_amid_the_text_is_left_out(amid: str) -> None:
    text = f"<div class=content><p>{FIRST}</p>{amid}<p>{SECOND}</p></div>"
    assert page(f"<h1>{TITLE}</h1>{text}").body == f"{FIRST}\n{SECOND}"


def test_spans_that_only_their_style_sets_apart_are_not_run_together() -> None:
    spans = ("2026-08-03 09:10", "青禾日报", "记者 荀若川", "责编 俞可")
    line = "<p>" + "".join(f"<span>{one}</span>" for one in spans) + "</p>"
    article = page(f"<h1>{TITLE}</h1>{line}{TEXT}")
    assert (article.source, article.author) == ("青禾日报", "荀若川")


def test_a_headline_broken_after_the_office_is_known_by_the_mandated_title() -> None:
    title = "青禾县生态环境局关于注销三家单位排污许可证的公告"
    head = f'<meta name="ArticleTitle" content="{title}"><title>公示公告</title>'
    broken = title.replace("局关于", "局<br>关于")
    assert page(f"<h2>{broken}</h2><p>发布时间：2026-08-03</p>{TEXT}", head).title == title


def test_the_summary_that_the_text_begins_with_is_not_read_twice() -> None:
    summary = FIRST.replace("会议传达", "“会议”传达")
    assert page(f"<h1>{TITLE}</h1><div>{summary}</div><div>{TEXT}</div>").body == f"{FIRST}\n{SECOND}"


def test_dates_in_a_table_are_figures_and_no_dateline() -> None:
    head = f'<title>{TITLE}</title><meta name="PubDate" content="2026-07-09 15:52">'
    cells = ("水源地", "监测时间", "水质类别"), ("东湖水库", "2026年7月5日", "Ⅱ类")
    rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in cells)
    article = page(f"<h1>{TITLE}</h1><p>水质状况如下：</p><table>{rows}</table>{TEXT}", head)
    assert "东湖水库\t2026年7月5日\tⅡ类" in article.body
    assert str(article.published) == "2026-07-09 15:52:00+08:00"


def test_an_article_may_say_that_something_does_not_exist() -> None:
    text = "<p>经核查，该信息不存在，系编造的谣言，相关网页已删除，请广大网民不信谣、不传谣。</p>"
    article = page(f"<h1>关于网传信息的辟谣通报</h1><p>来源：青禾县公安局 2026-08-03</p>{text}")
    assert (article.kind, "系编造的谣言" in article.body) == ("article", True)


def test_what_is_centred_by_a_margin_is_seen() -> None:
    style = "position:absolute;left:50%;margin-left:-480px"
    markup = f"<div style='{style}'><h1>{TITLE}</h1>{TEXT}</div><p>{FIRST}</p>"
    assert SECOND in page(markup).body


@pytest.mark.parametrize(
    "said",
    [
        "<h2>抱歉，您访问的页面不存在或已被删除</h2><p>您可以：1. 检查您输入的网址；2. 返回首页。</p>",
        "<p>正在跳转，请稍候……如未自动跳转，请<a href=http://a.example/>点击此处</a></p>",
    ],
)
def test_a_notice_is_no_article(said: str) -> None:
    article = page(said, "<title>青禾县人民政府</title>")
    assert (article.kind, article.body) == ("other", "")
