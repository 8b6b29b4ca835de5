"""What decides between pieces of evidence, one odd page at a time."""

from __future__ import annotations

from datetime import datetime

import pytest

from crawlers.china import CHINA
from crawlers.items import Article
from crawlers.reading import read

FIRST = "8月2日，全市防汛工作会议召开，会议传达学习了上级精神，安排部署了下一阶段重点任务。"
SECOND = "会议强调，要压实各方责任，加强值班值守和会商研判，确保人民群众生命财产安全。"
BODY = [FIRST, SECOND]
TEXT = f"<p>{FIRST}</p><p>{SECOND}</p>"
URL = "http://www.example.gov.cn/xw/202108/t20210803_12.html"


def page(inner: str, head: str = "<title>全市防汛工作会议召开</title>", url: str = URL) -> Article:
    return read(f"<html><head><meta charset=utf-8>{head}</head><body>{inner}</body></html>".encode(), url)


def lines(article: Article) -> list[str]:
    return article.body.split("\n")


META = '<meta name="{}" content="{}">'


@pytest.mark.parametrize(
    ("dateline", "meta", "expected"),
    [
        ("发布时间：2021-08-03 09:10", "2025-01-01 00:00:01", datetime(2021, 8, 3, 9, 10)),
        ("发布时间：2021-08-03", "2021-08-03 17:45", datetime(2021, 8, 3, 17, 45)),
        ("发布时间：2021-08-03 09:10", "2021-08-03", datetime(2021, 8, 3, 9, 10)),
        ("", "2021——08——04 21:37", datetime(2021, 8, 4, 21, 37)),
        ("", "null", datetime(2021, 8, 3)),
        ("今天是2026年1月5日 星期一", "", datetime(2021, 8, 3)),
        ("更新时间：2021-08-09 10:00", "2021-08-02 08:00", datetime(2021, 8, 9, 10)),
        ("成文日期：2021-07-30", "2021-08-02 08:00", datetime(2021, 8, 2, 8)),
        ("发布日期：2021-08-05 成文日期：2021-07-30", "", datetime(2021, 8, 5)),
        ("2021年08月05日 16:20 &nbsp; 来源：示范日报", "", datetime(2021, 8, 5, 16, 20)),
    ],
)
def test_the_date_the_reader_is_told_wins(dateline: str, meta: str, expected: datetime) -> None:
    article = page(f"<h1>全市防汛工作会议召开</h1><div>{dateline}</div>{TEXT}", META.format("PubDate", meta))
    assert article.published == expected.replace(tzinfo=CHINA)
    assert lines(article) == BODY


@pytest.mark.parametrize(
    ("dateline", "head", "expected"),
    [
        ("来源：示范日报 浏览：12次", META.format("ContentSource", "办公室"), "示范日报"),
        ("信息来源： 市应急局 作者：办公室", "", "市应急局"),
        ("文章来源：示范日报 【字体：大 中 小】", "", "示范日报"),
        ("来源于：东区办事处", "", "东区办事处"),
        ("稿源：示范融媒", "", "示范融媒"),
        ("来源：示范发布 2021-08-03", "", "示范发布"),
        ("（来源：示范日报）", "", "示范日报"),
        ("来源：示范日报 记者 李大为", "", "示范日报"),
        ("来源：<a href=x>示范新闻网</a> 2021-08-03", "", "示范新闻网"),
        ("来源：本网", META.format("SiteName", "示范市人民政府"), "示范市人民政府"),
        ("来源：本站原创", "", "本站原创"),
        ("浏览：3", META.format("ContentSource", "信息来源：【本站】"), "本站"),
        ("来源：本站", META.format("ContentSource", "示范晚报"), "示范晚报"),
        ("来源：", META.format("contentsource", "来源：示范晚报"), "示范晚报"),
        ("来源：</div><div>字体：大 中 小", "", None),
        ("2021-08-03 09:57 示范广播网", "", "示范广播网"),
        ("发布机构：示范市应急管理局", "", "示范市应急管理局"),
        ("浏览：3", META.format("ContentSource", "{contentSource}"), None),
    ],
)
def test_source(dateline: str, head: str, expected: str | None) -> None:
    article = page(f"<h1>全市防汛工作会议召开</h1><div>{dateline}</div>{TEXT}", head)
    assert article.source == expected
    assert lines(article) == BODY


@pytest.mark.parametrize(
    ("inner", "head", "expected"),
    [
        ("<h2>全市防汛工作会议召开</h2>", META.format("ArticleTitle", "全市防汛<br/>工作会议召开"), None),
        ("<h1>示范市水利局</h1><h2>全市防汛工作会议召开</h2>", "<title>示范市水利局</title>", None),
        (
            "<div class=bt>全市防汛工作会议召开</div><div>2021-08-03 来源：示范日报</div>",
            "<title>示范网</title>",
            None,
        ),
        ("<div>全市防汛工作会议召开</div>", "<title>全市防汛工作会议召开_示范新闻网_要闻</title>", None),
        ("", "<title>全市防汛工作会议召开-示范市人民政府</title>", None),
        (
            "<h3>全市防汛工作会议召开</h3>",
            META.format("SiteName", "示范市人民政府") + META.format("ArticleTitle", "示范市人民政府"),
            None,
        ),
        (
            "<p>全市防汛工作会议</p><p>在示范县召开</p>",
            "<title>全市防汛工作会议在示范县召开 - 示范网</title>",
            "全市防汛工作会议在示范县召开",
        ),
    ],
)
def test_title(inner: str, head: str, expected: str | None) -> None:
    article = page(f"{inner}{TEXT}", head)
    assert article.title == (expected or "全市防汛工作会议召开").replace("<br/>", "")
    assert lines(article) == BODY


@pytest.mark.parametrize(
    "inner",
    [
        f"<div class=TRS_Editor>{TEXT}</div><div class=x><div class=TRS_Editor><p>主办</p></div></div>",
        f"<div class=TRS_Editor><p>{FIRST}</p></div><div class=TRS_Editor><p>{SECOND}</p></div>",
        f"<div class=comment-area><div>{TEXT}</div></div>",
        f"<div id=js_content style='visibility: hidden'>{TEXT}</div>",
        f"<div style='display:none'>{TEXT}</div><p>加载中</p>",
        f"<div>{FIRST}<br><br>　　{SECOND}</div>",
        f"<p>{FIRST}</p><div class=share><p>微信</p><p>微博</p></div><p>{SECOND}</p>",
        f"{TEXT}<p>（责任编辑：钱多多）</p><p>【打印】【关闭】</p>",
        f"<p>{FIRST}</p><p>|</p><p>{SECOND}（责任编辑：钱多多）</p>",
        f"{TEXT}<p>本文来源：示范网 责任编辑：钱多多</p>",
        f"{TEXT}<p>相关链接</p><ul><li><a href=1>做好防汛工作</a></li></ul>",
        f"{TEXT}<div>上一篇：无</div><div>下一篇：<a href=2>春耕备耕</a></div>",
        f"{TEXT}<div><p>主办单位：市政府办公室 地址：人民路1号</p><p>京ICP备05000001号</p></div>",
        f"<table><tr><td><a>首页</a></td><td><table><tr><td>{TEXT}</td></tr></table></td></tr></table>",
        f"</html><div>{TEXT}</div></body></html>",
        f"<form><article><header><span>字号：大 中 小</span></header>{TEXT}</article></form>",
    ],
)
def test_text_is_found_and_nothing_else(inner: str) -> None:
    article = page(f"<h1>全市防汛工作会议召开</h1><p>发布时间：2021-08-03</p>{inner}")
    assert lines(article) == BODY
    assert article.title == "全市防汛工作会议召开"


@pytest.mark.parametrize(
    "kept",
    [
        "举报电话：0571-80000000，举报邮箱：jubao@example.cn",
        "主办单位：示范市书法家协会",
        "未经批准擅自取水的，责令停止违法行为。",
        "其他信息请登录官方网站查询，联系人：李先生。",
        "版权所有者应当自收到通知之日起三日内答复。",
        "附件：2021年度计划.xlsx",
        "（示范县统计局）",
        "2021年8月2日",
        "（记者 李大为 通讯员 王晓）",
    ],
)
def test_lines_of_a_notice_are_kept(kept: str) -> None:
    assert lines(page(f"<h1>全市防汛工作会议召开</h1>{TEXT}<p>{kept}</p>")) == [*BODY, kept]


@pytest.mark.parametrize(
    ("closing", "author"),
    [
        ("（记者 李大为 通讯员 王晓）", "李大为 王晓"),
        ("（记者：魏伟）", "魏伟"),
        ("（评论员 罗博 萧海川）", "罗博 萧海川"),
        ("□ 本报记者 葛灵", "葛灵"),
        ("示范日报记者 王建 张文攀", "王建 张文攀"),
        ("（资料来源：示范日报、海外网等）", None),
        ("新华社记者 才扬 摄", None),
        ("责任编辑：钱坤", None),
        ("参会单位负责人作表态发言。（单位：万元）", None),
        ("活动圆满成功。（常书 马丹阳）", "常书 马丹阳"),
        ("活动圆满成功。（常书 马丹阳 马文）", "常书 马丹阳 马文"),
        ("活动圆满成功。（本文 正文）", None),
        ("活动圆满成功。（水文）", None),
        ("（记者 李大为 水文）", "李大为"),
    ],
)
def test_author(closing: str, author: str | None) -> None:
    assert page(f"<h1>全市防汛工作会议召开</h1>{TEXT}<p>{closing}</p>").author == author


def test_author_in_the_dateline_wins_over_editors() -> None:
    article = page(
        f"<h1>防汛会议召开</h1><p>作者：记者 李大为 责任编辑：钱坤</p>{TEXT}", META.format("author", "admin")
    )
    assert article.author == "李大为"
    article = page(f"<h1>防汛会议召开</h1><p>作者：本报记者 李大为 通讯员 王晓 浏览：3</p>{TEXT}")
    assert article.author == "李大为 王晓"
    article = page(f"<h1>防汛会议召开</h1><p>来源：网络整理 | 作者：示范旅游网据网络整理 |</p>{TEXT}")
    assert article.author is None
    article = page(f"<h1>防汛会议召开</h1><p>作者：李大为、本站综合 浏览：3</p>{TEXT}")
    assert article.author == "李大为"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "empty page"),
        (b" \n\0", "empty page"),
        (b"%PDF-1.7 ...", "not HTML: a binary file"),
        (bytes(range(256)) * 4, "not HTML: a binary file"),
        ("纯文本，没有标记。".encode(), "not HTML: no markup"),
    ],
)
def test_what_is_no_page_says_why(body: bytes, reason: str) -> None:
    article = read(body, URL)
    assert (article.kind, article.error) == ("error", reason)


def test_kinds() -> None:
    rows = "".join(
        f"<li><a href=/a/{n}.html>关于开展第{n}批专项检查工作的通知</a> 2021-08-{n}</li>"
        for n in range(10, 29)
    )
    column = META.format("ColumnName", "通知公告") + "<title>通知公告</title>"
    assert page(f"<ul>{rows}</ul>", column).kind == "list"
    assert page("<h1>防汛纪实</h1><video src=/v/1.mp4></video>").kind == "video"
    assert page("<h1>防汛纪实</h1><script>play('//v.example.cn/a.mp4')</script>").kind == "video"
    assert (
        page(f"<ul>{rows}</ul>{TEXT * 9}", META.format("ArticleTitle", "全市防汛工作会议召开")).kind
        == "article"
    )


def test_addresses_follow_base_and_canonical() -> None:
    head = '<base href="http://img.example.gov.cn/a/"><link rel="canonical" href="http://www.example.gov.cn/1.html">'
    article = page(f"{TEXT}<img src=b.jpg><a href='c.doc'>方案</a>", head, url="file:///tmp/saved.html")
    assert article.url == "http://www.example.gov.cn/1.html"
    assert article.images == ("http://img.example.gov.cn/a/b.jpg",)
    assert [(a.url, a.name) for a in article.attachments] == [("http://img.example.gov.cn/a/c.doc", "方案")]


def test_labels_of_a_copy_in_traditional_characters_are_known() -> None:
    article = page(
        "<h1>全市防汛工作會(huì)議召開(kāi)</h1><p>來源：示範(fàn)日報(bào) 時(shí)間：2021-08-05</p>"
        f"{TEXT}"
        "<p>責(zé)任編輯：錢坤</p><p>掃一掃在手機(jī)打開(kāi)當(dāng)前頁(yè)</p><p>網(wǎng)站標(biāo)識(shí)碼：5120000001",
        "<title>全市防汛工作會(huì)議召開(kāi)</title>",
    )
    assert article.published == datetime(2021, 8, 5, tzinfo=CHINA)
    assert article.source == "示範日报"
    assert article.author is None
    assert article.title == "全市防汛工作會(huì)議召開(kāi)"
    assert article.site.id_code == "5120000001"
    assert lines(article) == BODY


def test_first_post_of_a_thread_is_the_article() -> None:
    posts = "".join(
        f"<div><p>网友{n} 发表于 2021-08-0{n} 10:0{n}</p><p>第{n}楼说：{SECOND}</p></div>"
        for n in range(1, 6)
    )
    assert lines(page(f"<h1>防汛见闻</h1>{posts}", "<title>防汛见闻</title>")) == [f"第1楼说：{SECOND}"]


def test_a_letter_keeps_its_answer() -> None:
    letter = "".join(
        f"<p>{what}时间：2021-08-0{n} 10:00:00</p><p>{what}内容{n}：{SECOND}</p>"
        for n, what in enumerate(("留言", "受理", "转办", "答复"), 1)
    )
    assert "答复内容4" in page(f"<h1>关于排水的来信</h1>{letter}", "<title>关于排水的来信</title>").body


@pytest.mark.parametrize("over", ["回复", "回复：", "【回复】", "回答", "办理结果"])
def test_what_stands_below_a_bare_label_of_answers_is_one(over: str) -> None:
    letter = f"<div><b>来信内容</b><p>{FIRST}</p></div><div><b>{over}</b><p>{SECOND}</p></div>"
    body = page(f"<h1>关于排水的来信</h1>{letter}", "<title>关于排水的来信</title>").body
    assert FIRST in body
    assert SECOND in body


def test_a_cut_mandated_title_is_completed_from_the_page() -> None:
    head = META.format("ArticleTitle", "全市防汛工作会议...")
    assert page(f"<h1>全市防汛工作会议召开</h1>{TEXT}", head).title == "全市防汛工作会议召开"


def test_headline_printed_again_goes_its_lead_and_sub_headline_stay() -> None:
    again = "<p>李大为在会上强调</p><p>全市防汛工作</p><p>会议召开</p><p>王晓主持</p>"
    article = page(f"<h1>全市防汛工作会议召开</h1><p>2021-08-05 来源：示范日报</p><div>{again}{TEXT}</div>")
    assert lines(article) == ["李大为在会上强调", "王晓主持", *BODY]


def test_the_code_to_scan_below_a_text_is_no_picture_of_it() -> None:
    text = "<p>河湾县组织力量对全县饮用水水源地开展检查，发现问题十一个，已责成限期整改，逐项销号。</p>"
    photo = '<p><img src="/images/site.jpg"></p>'
    code = '<div><img src="/images/ewm.png"><p>扫一扫在手机打开当前页</p></div>'
    body = f"<h1>河湾县开展水源地检查</h1><div id='zoom'>{text * 3}{photo}{text}</div>{code}"
    page = f"<html><body>{body}</body></html>"
    article = read(page.encode(), "http://www.example.gov.cn/a/1.html")
    assert article.images == ("http://www.example.gov.cn/images/site.jpg",)
