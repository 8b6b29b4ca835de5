"""What is not polluted keeps every character: texts of all kinds, and every page of our own."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from attrs import evolve

from crawlers.items import Page, Pollution, Reading
from crawlers.reading import read
from crawlers.reading.decode import decode
from crawlers.symptoms import visible_text
from pipelines.clean import clean, clean_reading, normal_form
from tests.pipelines.clean.sentences import SENTENCES, TABLE

PAGES = Path(__file__).parents[2] / "pages"

GENUINE = [
    "多音字：行(hang)业、重(zhong)要、长(zhang)辈、调(diao)查、乐(yue)器、还(huan)书、发(fa)现、了(liao)解",
    "一年级上册：天(tiān)地(dì)人(rén)你(nǐ)我(wǒ)他(tā)，上(shàng)中(zhōng)下(xià)，会(huì)写(xiě)个(gè)字。",
    "今天学习繁体字：國是“国”，會是“会”，這是“这”，體是“体”，經是“经”，發是“发”，書是“书”，門是“门”。",
    "《說文解字》：“門，聞也。”段玉裁注曰：“聞者，謂外可聞於內，內可聞於外也。”本期讲座邀请文字学者解读。",
    "他问:“你们什么时候来?我们好准备?”她说:“三点?不，四点。”",
    "网址：http://www.example.gov.cn/list.aspx?id=12&type=3；Q&A：Is it open? (Yes!)",
    "警方查处“蜘蛛池”犯罪团伙，涉案网站以国产精品、久久精品等关键词引流。主站模板已被封存。",
    "日语中“環境”写作环境，韩文汉字“國會”亦通行；展品说明牌：“漢、滿、蒙、回、藏五體清文鑑”。",
    "县质量强县工作领导小组办公室通过了质量管理体系(ISO)复审，采用政府和社会资本合作(PPP)模式。",
    "邗(hán)江区与濮(pú)阳县签订协议，副市长李赟(yūn)、局长陈堃(kūn)出席。",
    "龟(jūn)裂的土地等来了雨水，(a)、(b)两个标段同时开工。",
    "字形对照：龍(lóng)是龙，鳳(fèng)是凤，龜(guī)是龟，讲座在区图书馆举行，由市书法家协会与教育局联合主办。",
    "《顯密圓通成佛心要集》校勘本在市图书馆展出，市民可以免费参观。",
    "问：手续怎么办?答：带身份证到服务大厅(二楼)办理，可以吗?)可以。",
    "乾隆年间的碑刻、瞭望塔、宫商角徵羽、哪吒闹海、蒜薹收购，著名作家的著作。",
    "Contact us (8:00-17:00)? Yes; see http://example.com/?a=1&b=(c)",
]

# Written by choice of meaning, with 後, 裡, 於 and corner brackets: what Taiwan and Hong Kong write.
GENUINE_TRADITIONAL = [
    "龜(jūn)裂的田地",
    "行政院會今天通過「國土計畫法」修正草案，院長表示，這項修法能讓縣市政府有更充裕的時間完成公告，後續將送立法院"
    "審議。內政部說明，各縣市國土功能分區圖已陸續完成審議，並會同農業部、環境部等機關檢視，確保糧食安全。",
    "運輸署發言人說：「專營巴士公司會加強班次，港鐵亦會於繁忙時間後加開列車。」署方呼籲市民預留充裕時間出門，"
    "並留意電台、電視的交通消息；如遇水浸，切勿冒險駛入。有關安排將會於今晚於網頁公布。",
    "國語日報注音版：「醫(yī)生說，吃飯要細(xì)嚼慢嚥(yàn)。」小朋友把難字的讀音寫在後面，老師說很好。",
    "市政府今天舉行記者會，說明關於公園整建計畫的進度。局長表示：「工程將於明年三月完工，之後開放民眾使用。」"
    "他並強調，園區裡的樹木都會保留，過去這個地點常有積水問題，經過改善後已經解決，國內外專家都給予肯定。",
    "政府發言人今日表示，當局關注國際市場的發展，會與業界保持聯繫，並於適當時候公布進一步措施。"
    "財政司司長說，經濟環境仍然複雜，須審慎理財，為長遠發展做好準備，有關開支將在預算案後公布。",
    "於是他們開會討論了三個問題：經費、時間與場地。會後發表聲明，說將來還要繼續進行。",
]


@pytest.mark.parametrize("text", [*GENUINE, *GENUINE_TRADITIONAL, "\n".join(SENTENCES + TABLE)])
def test_genuine_text_keeps_every_character(text: str) -> None:
    assert clean(text).text == text
    assert clean(text).pollution == Pollution()


def test_no_page_of_our_own_is_taken_for_a_polluted_one() -> None:
    pages = sorted(path for path in PAGES.rglob("*") if path.suffix in (".html", ".htm", ".shtml", ".xml"))
    assert len(pages) > 100
    for path in pages:
        page = Page("http://www.example.gov.cn/a/1.html", path.read_bytes(), None)
        text = visible_text(decode(page.body).text)
        assert (clean(text).text, clean(text).pollution) == (normal_form(text), Pollution()), path.name
        article = read(page.body, page.url)
        cleaned = clean_reading(Reading(article, datetime(2026, 8, 7, tzinfo=UTC), page))
        assert cleaned.pollution == Pollution(), path.name
        assert cleaned.article == evolve(
            article, title=cleaned.article.title, body=normal_form(article.body)
        ), path.name
        assert (cleaned.article.title or "") == normal_form(article.title or ""), path.name
