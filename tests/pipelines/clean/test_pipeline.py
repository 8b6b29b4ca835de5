from __future__ import annotations

from datetime import UTC, datetime

import pytest
from attrs import evolve

from crawlers.items import Article, Attachment, Editor, Page, Pollution, Reading, Site
from pipelines.clean import CleanPipeline, clean_reading

BODY = "縣(xiàn)長(zhǎng)主持會(huì)議(yì)，開(kāi)展檢(jiǎn)查。"
READING = Reading(
    Article(
        url="http://example.org/1.html",
        encoding="utf-8",
        kind="article",
        title="生態保護",
        source="某縣融媒體中心",
        author=None,
        body=BODY,
        attachments=(Attachment("http://example.org/a.pdf", "檢查清單.pdf"),),
    ),
    datetime(2026, 1, 1, tzinfo=UTC),
    listed_title="生態保護",
)


def test_every_text_of_a_reading_is_cleaned_and_the_original_kept() -> None:
    cleaned = clean_reading(READING)
    assert cleaned.article.title == "生态保护"
    assert cleaned.article.body == "县长主持会议，开展检查。"
    assert cleaned.article.source == "某县融媒体中心"
    assert cleaned.article.author is None
    assert cleaned.article.attachments == (Attachment("http://example.org/a.pdf", "检查清单.pdf"),)
    assert cleaned.listed_title == "生态保护"
    assert (cleaned.original_title, cleaned.original_body) == ("生態保護", BODY)
    assert cleaned.pollution == Pollution("pinyin", pinyin=6)


def test_what_stands_around_the_text_is_cleaned_with_it() -> None:
    article = evolve(
        READING.article,
        lead_title="深化環境執法",
        subtitle="——某縣開展檢查",
        editors=(Editor("責編", "劉某"),),
        disclaimer="版權歸原作者所有",
        openness=(("發布機構", "某縣環保局"), ("文號", "某環發〔2026〕3號")),
        captions={"http://example.org/a.jpg": "會議現場"},
        site=Site("某縣政府網", "example.org", None),
    )
    cleaned = clean_reading(evolve(READING, article=article)).article
    assert (cleaned.lead_title, cleaned.subtitle) == ("深化环境执法", "——某县开展检查")
    assert cleaned.editors == (Editor("责编", "刘某"),)
    assert cleaned.disclaimer == "版权归原作者所有"
    assert cleaned.openness == (("发布机构", "某县环保局"), ("文号", "某环发〔2026〕3号"))
    assert cleaned.captions == {"http://example.org/a.jpg": "会议现场"}
    assert cleaned.site == Site("某县政府网", "example.org", None)
    assert cleaned.url == article.url


def test_cleaning_again_keeps_the_first_original() -> None:
    again = clean_reading(clean_reading(READING))
    assert again.article == clean_reading(READING).article
    assert (again.original_title, again.original_body) == ("生態保護", BODY)


def test_clean_reading_is_left_as_it_is() -> None:
    article = evolve(READING.article, title="标题", source=None, body="正文。", attachments=())
    reading = evolve(READING, article=article, listed_title=None)
    assert clean_reading(reading) == reading


def test_pipeline_cleans_readings_and_passes_anything_else() -> None:
    pipeline, other = CleanPipeline(), {"body": BODY}
    assert pipeline.process_item(READING) == clean_reading(READING)
    assert pipeline.process_item(other) is other


@pytest.mark.parametrize(
    ("foot", "kind"),
    [
        ("主站蜘蛛池模板: 准格尔旗|哈尔滨市", "mirror"),
        ("友情链接：蜘蛛池模板下载", "none"),
        ("警方查处“蜘蛛池”犯罪团伙", "none"),
    ],
)
@pytest.mark.parametrize("charset", ["utf-8", "gb18030"])
def test_page_of_a_network_of_mirrors(foot: str, kind: str, charset: str) -> None:
    markup = f'<meta charset="{charset}"><title>通知</title><p>县政府召开会议。</p><div>{foot}</div>'
    page = Page("http://example.org/1.html", markup.encode(charset), None)
    article = evolve(READING.article, title="通知", source=None, body="县政府召开会议。", attachments=())
    cleaned = clean_reading(evolve(READING, article=article, listed_title=None, page=page))
    assert cleaned.pollution == Pollution(kind)
    assert cleaned.article == article
