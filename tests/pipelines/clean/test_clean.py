"""Polluted copies are undone, everything else keeps every character."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.items import Pollution
from pipelines.clean import clean, clean_parts
from pipelines.clean.detect import polluted_by

POLLUTED = {
    "readings": (
        "縣(xiàn)生態(tài)環(huán)境局開(kāi)展檢(jiǎn)查，副縣(xiàn)長(zhǎng)邗(hán)江籍的李某參加。",
        "县生态环境局开展检查，副县长邗(hán)江籍的李某参加。",
        7,
    ),
    "a title alone": ("區(qū)召開(kāi)會(huì)議", "区召开会议", 3),
    "one reading in a title": ("環(huán)保督察", "环保督察", 1),
    "Latin stays": (
        "質(zhì)量體系(ISO)與標(biāo)準(zhǔn)(GB)項(xiàng)目、政府合作(PPP)",
        "质量体系(ISO)与标准(GB)项目、政府合作(PPP)",
        4,
    ),
    "another reading of the same character": (
        "成長(cháng)為長(zhǎng)江經(jīng)濟(jì)帶(dài)",
        "成长为长江经济带",
        5,
    ),
    "without tone marks": ("辦(ban)公室關(guan)于開(kai)展學(xue)習", "办公室关于开展学习", 4),
    "a bracket that is no reading of it": (
        "縣(xiàn)長(zhǎng)會(huì)見(jiàn)體(abc)育隊(duì)",
        "县长会见体(abc)育队",
        5,
    ),
    "著 is 着 except in its own words": (
        "環(huán)境質(zhì)量顯(xiǎn)著改善，存在著問題，圍(wéi)繞著著名景區(qū)、乾隆碑、瞭望塔",
        "环境质量显著改善，存在着问题，围绕着著名景区、乾隆碑、瞭望塔",
        5,
    ),
    "著有 is a word before what was written; 鮸 has no form that anybody writes": (
        "著有《漁(yú)業(yè)志》，鮸魚吃著鮮(xiān)，笑著稱贊(zàn)",
        "著有《渔业志》，鮸鱼吃着鲜，笑着称赞",
        4,
    ),
    "one character stood for several": (
        "今后聯(lián)系干部，并于村里開(kāi)會(huì)，臺賬、臺州、征收、象徵(zhēng)",
        "今后联系干部，并于村里开会，台账、台州、征收、象征(zhēng)",
        3,
    ),
}


@pytest.mark.parametrize(("text", "expected", "count"), POLLUTED.values(), ids=POLLUTED.keys())
def test_polluted_copy_is_undone(text: str, expected: str, count: int) -> None:
    cleaned = clean(text)
    assert cleaned.text == expected
    assert cleaned.pollution == Pollution("pinyin", pinyin=count)
    assert clean(cleaned.text) == type(cleaned)(expected, Pollution())


def test_traditional_copy_without_readings_is_known_by_what_the_machine_left() -> None:
    text = (
        "縣委書記主持召開會議，學習關于生態環境保護的重要講話。會后，干部們到現場檢查，并對下步工作"
        "作了部署。會議要求，要進一步聯系實際，推動經濟社會發展，“實事求是”解決問題。"
    )
    cleaned = clean(text)
    assert cleaned.pollution == Pollution("traditional")
    assert cleaned.text == (
        "县委书记主持召开会议，学习关于生态环境保护的重要讲话。会后，干部们到现场检查，并对下步工作"
        "作了部署。会议要求，要进一步联系实际，推动经济社会发展，“实事求是”解决问题。"
    )


LOST = {
    "cut at a full-width semicolon, an undefined pair dropped": (
        "補齊環?；A(chǔ)設(shè)施短板，擴(kuò)大園(yuán)區(qū)",
        "补齐环保基础设施短板，扩大园区",
    ),
    "cut at a comma": (
        "會(huì)議(yì)開(kāi)得很好，大家認(rèn)真學習?，F在開始",
        "会议开得很好，大家认真学习。现在开始",
    ),
    "a reading inserted inside a character": (
        "來(lái)源：某市日?qǐng)?bào) 記(jì)者報(bào)道",
        "来源：某市日报 记者报道",
    ),
    "a telephone number behind it": (
        "咨詢(xún)電話(huà)（本地?fù)艽颍?28-55550123，聯(lián)系人劉(liú)某",
        "咨询电话（本地拨打）028-55550123，联系人刘某",
    ),
    "a tag": (
        "區(qū)長(zhǎng)參加會(huì)議?br />各鎮(zhèn)參加",
        "区长参加会议。<br />各镇参加",
    ),
    "half-width copy": (
        "補齊環?;A(chǔ)設(shè)施短板,擴(kuò)大園(yuán)區(qū)",
        "补齐环保基础设施短板,扩大园区",
    ),
}


@pytest.mark.parametrize(("text", "expected"), LOST.values(), ids=LOST.keys())
def test_lost_bytes_are_put_right(text: str, expected: str) -> None:
    cleaned = clean(text)
    assert cleaned.text == expected
    assert cleaned.pollution.repaired_bytes == 1
    assert cleaned.pollution.unresolved == 0
    assert clean(expected).text == expected


@pytest.mark.parametrize(
    ("text", "expected", "unresolved"),
    [
        ("開(kāi)展“3?5”學(xué)雷鋒(fēng)?文明實(shí)踐", "开展“3?5”学雷锋?文明实践", 2),
        ("縣(xiàn)長(zhǎng)會(huì)見(jiàn)\n?\n體育隊(duì)", "县长会见\n?\n体育队", 1),
        ("縣(xiàn)長(zhǎng)問(wèn):錢(qián)從哪里來?", "县长问:钱从哪里来?", 0),
        ("縣(xiàn)長(zhǎng)問(wèn):是不是這樣?誰(shuí)答", "县长问:是不是这样?谁答", 0),
        ("縣(xiàn)網(wǎng)開(kāi)通 index.php?id=3", "县网开通 index.php?id=3", 0),
    ],
)
def test_question_mark_that_asks_nothing_is_left_and_counted(
    text: str, expected: str, unresolved: int
) -> None:
    assert clean(text).text == expected
    assert clean(text).pollution.unresolved == unresolved


def test_what_is_known_of_a_damaged_place_is_put_right_and_the_rest_marked() -> None:
    # 。”他说: the bytes allow 他 and 她 alike.
    text = "老張(zhāng)笑著稱贊(zàn)，“一輛(liàng)車(chē)就夠(gòu)了?！彼f(shuō)，明天再來"
    assert clean(text).text == "老张笑着称赞，“一辆车就够了。”?说，明天再来"
    assert clean(text).pollution.repaired_bytes == clean(text).pollution.unresolved == 1


def test_readings_without_tones_behind_simplified_characters() -> None:
    text = "办(ban)公室关(guan)于开(kai)展学(xue)习(xi)的通知，全县(xian)机(ji)关(guan)参(can)加，邗(hán)江"
    assert clean(text).text == "办公室关于开展学习的通知，全县机关参加，邗(hán)江"
    assert clean(text).pollution == Pollution("pinyin", pinyin=9)


def test_lines_that_the_mirror_put_around_the_text_go() -> None:
    body = "縣(xiàn)長(zhǎng)主持會(huì)議(yì)，開(kāi)展檢(jiǎn)查。"
    text = f"国产精品久久久一区二区\n{body}\n主站蜘蛛池模板：準格爾旗|哈爾濱市|聞喜縣"
    assert clean(text).text == "县长主持会议，开展检查。"
    assert clean(f"{body}主站蜘蛛池模板: 開遠市").text == "县长主持会议，开展检查。"
    news = f"{body}\n警方查處(chù)“蜘蛛池”團(tuán)伙，關(guān)停淫穢色情網(wǎng)站。"
    assert clean(news).text.endswith("\n警方查处“蜘蛛池”团伙，关停淫秽色情网站。")
    alone = "主站蜘蛛池模板：准格尔旗|哈尔滨市|闻喜县"
    assert clean(alone).text == alone


def test_what_is_not_clear_stays_and_is_counted() -> None:
    text = "會(huì)議(yì)開(kāi)得很好，人名?qǐng)乙乙"
    cleaned = clean(text)
    assert cleaned.text == "会议开得很好，人名?qǐng)乙乙"
    assert cleaned.pollution.unresolved == 1


def test_broken_tag_in_simplified_text() -> None:
    cleaned = clean("会议圆满结束?br />来源：本站")
    assert cleaned.text == "会议圆满结束。<br />来源：本站"
    assert cleaned.pollution == Pollution("bytes", repaired_bytes=1)


def test_many_sites_cost_no_more_than_a_few() -> None:
    text = "區(qū)縣(xiàn)會(huì)" + "議?，情況" * 5_000
    assert clean(text).text.endswith("议?，情况")


def test_parts_are_judged_together_and_returned_apart() -> None:
    body = "縣(xiàn)長(zhǎng)主持會(huì)議(yì)，開(kāi)展檢(jiǎn)查。"
    assert polluted_by("生態保護") is None
    parts, pollution = clean_parts("生態保護", body, "")
    assert parts == ("生态保护", "县长主持会议，开展检查。", "")
    assert pollution == Pollution("pinyin", pinyin=6)


ORDINARY = st.text(
    st.sampled_from(
        "的一是在人有我他这中大来上个国到说们为和你地出道也时年得就那要下以生会自着去之过家学对可里后小么心多"
        "天而能好都然没日于起还发成事只作当想看文无开手用主行方又如前所本见经头面公同三已老从动两长县区市政府"
        "并干系台著乾邗赟，。、：；？！（）“”《》—…·　 \n\tABCxyz0123456789.,;:?!()[]-/%<>=áéǎ龍鳳"
    ),
    max_size=200,
)


@given(ORDINARY)
def test_ordinary_text_is_returned_as_it_is(text: str) -> None:
    assert clean(text).text == text


@given(st.text(max_size=200))
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = clean(text).text
    assert clean(once).text == once


def test_clean_page_loads_no_dictionary() -> None:
    program = (
        "import sys; from pipelines.clean import clean; clean('会议要求，全县上下认真学习。' * 150);"
        "assert not {'opencc', 'pypinyin', 'jieba'} & sys.modules.keys()"
    )
    subprocess.run([sys.executable, "-c", program], check=True, timeout=60)
