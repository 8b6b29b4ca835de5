from datetime import datetime

from crawlers.china import CHINA
from crawlers.items import Page, Reading
from crawlers.reading import read
from pipelines.clean import clean_reading

POLLUTED = """<!DOCTYPE html><html><head><meta charset="utf-8">
<title>河灣縣開(kāi)展水源地檢查</title></head>
<body><div class="content"><h1>河灣縣開(kāi)展水源地檢查</h1>
<p class="info">來(lái)源：河灣新聞網(wǎng) 作者：黃(huáng)文杏 2026-08-06 19:37</p>
<div class="text">
<p>8月6日，河灣縣環(huán)境保護(hù)局對(duì)全縣飲用水水源地開(kāi)展檢查，發(fā)現(xiàn)問題十一個(gè)。</p>
<p>檢查組要求，各鄉(xiāng)鎮(zhèn)要對(duì)照清單逐項(xiàng)整改，確保群眾喝上干凈水，整改情況每周報(bào)告一次。</p>
<p>責(zé)編：劉(liú)玉泉</p></div></div></body></html>"""

BODY = (
    "8月6日，河湾县环境保护局对全县饮用水水源地开展检查，发现问题十一个。\n"
    "检查组要求，各乡镇要对照清单逐项整改，确保群众喝上干净水，整改情况每周报告一次。"
)


def reading_of(html: str) -> Reading:
    page = Page("http://mirror.example/1.html", html.encode(), "text/html; charset=utf-8")
    article = read(page.body, page.url, page.content_type)
    return Reading(article, datetime(2026, 8, 7, tzinfo=CHINA), page)


def test_labels_of_a_polluted_page_are_recognised_after_its_repair() -> None:
    reading = clean_reading(reading_of(POLLUTED))
    assert reading.article.title == "河湾县开展水源地检查"
    assert reading.article.source == "河湾新闻网"
    assert reading.article.author == "黄文杏"
    assert reading.article.published == datetime(2026, 8, 6, 19, 37, tzinfo=CHINA)
    assert reading.article.body == BODY
    assert reading.pollution.kind == "pinyin"
    assert reading.original_title == "河灣縣開(kāi)展水源地檢查"
    assert reading.original_body is not None
    assert "環(huán)境" in reading.original_body


def test_without_its_page_the_text_alone_is_cleaned() -> None:
    reading = reading_of(POLLUTED)
    alone = clean_reading(Reading(reading.article, reading.fetched_at))
    assert BODY in alone.article.body
    assert alone.pollution.kind == "pinyin"
