"""Headlines that no template marks, that are set in several lines, or that look like a site's name."""

from __future__ import annotations

import pytest

from crawlers.items import Article
from crawlers.reading import read

FIRST = "今年我镇将于11月15日起全面开展合作医疗筹资工作。现将有关事宜通知如下，请认真贯彻执行。"
SECOND = "各村要成立由支部书记负总责的工作专班，实行村干部包组、组长包户，当日收缴、次日入库。"
TEXT = f"<p>{FIRST}</p><p>{SECOND}</p>"
DATELINE = "<p>2013-12-18 来源：青禾新报</p>"


def page(inner: str, head: str) -> Article:
    html = f"<html><head><meta charset=utf-8><title>{head}</title></head><body>{inner}</body></html>"
    return read(html.encode(), "http://www.qinghe.example/a/1.html")


def title(inner: str, head: str) -> str | None:
    return page(inner, head).title


@pytest.mark.parametrize(
    ("inner", "head", "expected"),
    [
        (f"<td><b>冬闲人不闲<br>茶农管园忙</b></td>{DATELINE}", "青禾新报", "冬闲人不闲 茶农管园忙"),
        (f"<h1>冬闲人不闲<br>茶农管园忙</h1>{DATELINE}", "青禾新报", "冬闲人不闲 茶农管园忙"),
        (f"<h1>茶农管园正当时<br>——青禾冬管见闻</h1>{DATELINE}", "青禾新报", "茶农管园正当时"),
        (f"<h1>冬闲人不闲<br><small>茶农管园忙得很</small></h1>{DATELINE}", "青禾新报", "茶农管园忙得很"),
        (f"<div>青禾市交通运输局<br>锦城快速路通车公告</div>{DATELINE}", "青禾新报", "锦城快速路通车公告"),
        (f"<h1>茶农管园正当时<br>2013-12-18</h1>{DATELINE}", "青禾新报", "茶农管园正当时"),
    ],
)
def test_all_that_one_element_says_in_one_style_is_the_headline(inner: str, head: str, expected: str) -> None:
    assert title(f"<table><tr>{inner}</tr></table>{TEXT}", head) == expected


@pytest.mark.parametrize(
    "head",
    [
        "新建网页 1",
        "New Page 3",
        "无标题文档",
        "Untitled Document",
        "::: 欢迎光临青禾市经济贸易委员会网站 :::",
    ],
)
def test_a_page_that_nobody_named_is_called_by_its_headline_and_not_by_whom_it_addresses(head: str) -> None:
    inner = (
        f"<p>关于做好2007年度新型农村<br>合作医疗筹资工作的通知</p><p>各村民委员会、镇直各单位：</p>{TEXT}"
    )
    assert title(inner, head) == "关于做好2007年度新型农村合作医疗筹资工作的通知"


@pytest.mark.parametrize(
    ("inner", "head"),
    [
        ("<p>睡河记</p>", "睡河记-副刊-青禾新闻网"),
        ("<h1>睡河记</h1>", "青禾新闻网"),
        ("<p>睡河记</p>", "睡河记_青禾新闻网"),
    ],
)
def test_a_headline_of_three_characters_stands_above_the_dateline(inner: str, head: str) -> None:
    assert title(f"<p>青禾新闻网</p>{inner}{DATELINE}{TEXT}", head) == "睡河记"


@pytest.mark.parametrize(
    ("inner", "head"),
    [
        ("<p>公告</p><p>关于快速路通车有关交通管制措施的安排</p>", "公告-青禾市人民政府"),
        ("<h1>要闻</h1><h2>关于快速路通车有关交通管制措施的安排</h2>", "青禾市人民政府"),
        ("<h2>要闻</h2><p>关于快速路通车有关交通管制措施的安排</p>", "青禾市人民政府"),
        ("<h1>要闻</h1>", "关于快速路通车有关交通管制措施的安排-青禾市人民政府"),
    ],
)
def test_the_name_of_a_column_is_no_headline_however_near_the_dateline(inner: str, head: str) -> None:
    assert title(f"{inner}{DATELINE}{TEXT}", head) == "关于快速路通车有关交通管制措施的安排"


@pytest.mark.parametrize("mandated", ["青环罚决〔2024〕37号", "青禾市生态环境局 青禾市公安局 青禾市教育局"])
def test_a_number_or_those_who_sign_are_no_headline_though_the_metadata_says_so(mandated: str) -> None:
    signed = "".join(f"<p>{word}</p>" for word in mandated.split())
    heading = f"<h1>关于考试期间噪声管理的通告</h1>{DATELINE}"
    meta = f'<meta name="ArticleTitle" content="{mandated}">'
    assert title(f"{meta}{heading}{TEXT}{signed}", "通告公示") == "关于考试期间噪声管理的通告"


def test_whom_a_document_concerns_is_part_of_its_headline() -> None:
    inner = f"<h1>青禾市生态环境局行政处罚决定书<br>（东岭区鑫达电镀厂）</h1>{DATELINE}{TEXT}"
    assert title(inner, "行政处罚-青禾市生态环境局") == "青禾市生态环境局行政处罚决定书 （东岭区鑫达电镀厂）"


def test_an_entry_of_a_menu_is_no_headline_though_the_title_holds_its_words() -> None:
    inner = f"<p><a href=/p/3>涂布白卡纸</a></p><h2>长堤纸业2023年度环境信息公开</h2>{DATELINE}{TEXT}"
    assert title(inner, "长堤纸业-瓦楞纸、涂布白卡纸生产厂家") == "长堤纸业2023年度环境信息公开"


@pytest.mark.parametrize(
    ("mandated", "inner", "expected"),
    [
        (
            "青禾县人民政府第38次",
            "<h1>青禾县人民政府<br>第38次常务会议纪要</h1>",
            "青禾县人民政府第38次常务会议纪要",
        ),
        (
            "青禾县人民政府关于印发",
            "<h1>青禾县人民政府关于印发<br>青禾县防汛抗旱应急预案的通知</h1>",
            "青禾县人民政府关于印发青禾县防汛抗旱应急预案的通知",
        ),
        (
            "青禾县新增确诊病例",
            "<h2>青禾县新增确诊病例12例</br><h2><small>( 2022-04-26)</small></h2>",
            "青禾县新增确诊病例",
        ),
        (
            "青禾县新增确诊病例12例",
            "<h2>青禾县新增确诊病例12例</br><h2><small>( 2022-04-26)</small></h2>",
            "青禾县新增确诊病例12例",
        ),
        (
            "采购公告详情",
            "<p>采购公告</p><h3>青禾市中心血站采购项目中标公告</h3>",
            "青禾市中心血站采购项目中标公告",
        ),
    ],
)
def test_metadata_that_is_cut_or_names_the_kind_gives_way_to_what_is_shown(
    mandated: str, inner: str, expected: str
) -> None:
    meta = f'<meta name="ArticleTitle" content="{mandated}">'
    assert title(f"{meta}{inner}{DATELINE}{TEXT}", "青禾市") == expected


def test_the_kind_that_a_text_repeats_is_not_the_headline_above_it() -> None:
    inner = f"<h2>关于临江路案件的警情通报</h2>{DATELINE}<h3>警 情 通 报</h3>{TEXT}"
    meta = '<meta name="ArticleTitle" content="警情通报">'
    assert title(f"{meta}{inner}", "青禾市") == "关于临江路案件的警情通报"


@pytest.mark.parametrize("kind", ["公告", "讣 告", "启事"])
def test_a_document_may_be_called_what_it_is(kind: str) -> None:
    assert title(f"<h1>青禾县人民法院</h1><p>{kind}</p>{DATELINE}{TEXT}", "青禾县人民法院") == kind


def test_a_short_headline_above_its_sub_headline_is_one() -> None:
    article = page(
        f"<h2>灶火</h2><p>——怀念外婆</p>{DATELINE}<p>何 满 舟</p>{TEXT}", "灰烬 会保存温度-青禾晚报"
    )
    assert (article.title, article.subtitle, article.author) == ("灶火", "——怀念外婆", "何满舟")


def test_a_headline_that_ends_as_names_of_sites_do_is_one() -> None:
    inner = f"<p><a href=/>文秀阁</a></p><h1>灯下补网</h1>{DATELINE}{TEXT}"
    assert title(inner, "灯下补网_散文_文秀阁") == "灯下补网"


def test_the_link_to_a_section_is_no_headline_though_the_title_names_it() -> None:
    inner = f"<a href=/ly>莲蓬夜谈</a><p>『莲蓬夜谈』 我的外公是个守陵人（真事）</p>{TEXT}"
    assert title(inner, "我的外公是个守陵人（真事）_莲蓬夜谈_海角社区") == "我的外公是个守陵人（真事）"
    blog = f"<h1><a href=/>半夜的终端</a></h1><h2><a href=/12>用树莓派做增量备份的笔记</a></h2>{TEXT}"
    assert title(blog, "半夜的终端 » Blog Archive » 用树莓派做增量备份的笔记") == "用树莓派做增量备份的笔记"


def test_the_label_of_a_headline_is_none_of_it() -> None:
    assert (
        title(f"<p>标题：关于恢复青禾至江口班线的建议</p>{DATELINE}{TEXT}", "")
        == "关于恢复青禾至江口班线的建议"
    )


def test_what_templates_draw_behind_a_headline_is_none_of_it() -> None:
    assert title(f"<h2>在县城修钟表的人- -</h2>{DATELINE}{TEXT}", "") == "在县城修钟表的人"


@pytest.mark.parametrize(
    ("line", "author"),
    [("袁鹰", "袁鹰"), ("蒋子龙", "蒋子龙"), ("副刊", None), ("解读", None), ("关闭", None)],
)
def test_the_name_between_headline_and_text_wrote_it(line: str, author: str | None) -> None:
    below = page(f"<h1>但得夕阳无限好</h1><p>{line}</p>{TEXT}", "但得夕阳无限好")
    above = page(f"<h1>但得夕阳无限好</h1><p>{line}</p>{DATELINE}<p>分享到：</p>{TEXT}", "但得夕阳无限好")
    assert (below.author, above.author) == (author, author)
