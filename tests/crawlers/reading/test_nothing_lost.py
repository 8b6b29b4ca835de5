"""What public pages say in the words of menus, footers and datelines is read all the same."""

from __future__ import annotations

import pytest

from crawlers.reading import read

DUTY = "为贯彻落实国家和省有关要求，进一步改善全县环境空气质量，现就有关事项通知如下，请认真抓好落实。"
TITLE = "关于加强大气污染防治工作的通知"
LAYOUTS = {
    "element": "<div class=con>{}</div>",
    "cell": "<table><tr><td>{}</td></tr></table>",
    "editor": "<div id=zoom class=TRS_Editor>{}</div>",
    "bare": "<div>{}</div>",
}


def body(text: str, layout: str) -> str:
    """The text of a page with a menu, a dateline and a footer."""
    html = (
        f"<html><meta charset=utf-8><title>{TITLE}-青禾县人民政府</title><body>"
        "<div class=nav><a href=/>首页</a><a href=/a>政务公开</a></div>"
        f"<h1>{TITLE}</h1><p>发布时间：2023-05-06 来源：青禾县人民政府</p>{layout.format(text)}"
        "<div class=foot><p>主办：青禾县人民政府办公室 地址：青禾大道1号 电话：0000-1234567</p>"
        "<p>蜀ICP备05007000号</p></div></body></html>"
    )
    return read(html.encode(), "http://www.qinghe.gov.cn/a/202305/t20230506_1.html").body


def paragraphs(*lines: str) -> str:
    return "".join(f"<p>{line}</p>" for line in lines)


CASES = {
    "plan of an event": (
        DUTY,
        "二、组织单位",
        "主办单位：县生态环境局",
        "承办单位：县环境监测站",
        "协办单位：县教育局 县科协",
        "三、活动时间",
        "6月5日上午9:00",
        "联系人：李明 电话：0000-2222222 地址：青禾大道2号 邮编：628000",
    ),
    "minutes": (
        "时间：2023年5月6日上午9:00",
        "地点：县政府三楼会议室",
        "主持人：王一山",
        "参加人员：李二河、张三江",
        "会议听取了县生态环境局关于大气污染防治工作情况的汇报，研究了下一步工作。",
    ),
    "tender": (
        "一、项目基本情况",
        "项目编号：QH2023-001",
        "预算金额：120万元",
        "三、获取采购文件",
        "时间：2023年5月6日至5月12日",
        "地点：县公共资源交易中心",
        "四、凡对本次采购提出询问，请按以下方式联系。",
        "采购人信息",
        "地 址：青禾大道2号",
        "联系方式：0000-2222222",
    ),
    "tasks": (DUTY, "责任单位：县生态环境局", "责任人：李明", "完成时限：2023年6月底"),
    "steps": (DUTY, "受理：到窗口递交材料。", "审核：凭身份证件办理，当场作出决定。", "编制：县环境监测站"),
    "questions": (
        "日前，县生态环境局有关负责人就《条例》答记者问。",
        "记者：请介绍一下背景。",
        "负责人：《条例》于今年实施。",
        "编辑：感谢您的介绍，谢谢。",
    ),
    "warning": (
        "郑重声明",
        "近日，有不法分子冒充我局工作人员实施诈骗，我局声明如下：",
        "我局从未委托任何单位收费，请广大群众提高警惕。",
        "特此声明。",
    ),
    "copyright law": (
        "《著作权法》规定，未经著作权人许可，复制、发行其作品的，应当承担民事责任。",
        "版权所有者应当依法登记。",
        DUTY,
    ),
    "policies": (DUTY, "相关政策", "《大气污染防治法》第三条规定，地方各级人民政府应当对大气环境质量负责。"),
    "days to note": (
        "2023年重要节点：",
        "2023-06-05 世界环境日",
        "2023-08-15 全国生态日",
        "2023-09-16 臭氧层保护日",
    ),
    "exhibition": ("收藏品展览公告", "展览时间：5月8日至5月18日", "展览地点：县文化馆", "展品：捐赠的字画。"),
    "agenda": ("会议时间：2023年5月8日上午9:00", "会议地点：县会议中心", "会议议程：", "1.传达学习文件"),
    "keywords": (DUTY, "主题词：环保 通知", "抄报：省生态环境厅", "印发：2023年5月6日"),
    "guide": (
        "一、办理依据",
        "《排污许可管理条例》第六条",
        "下载地址：县政府网站表格下载栏目",
        "受理→审核→决定→送达",
        "周一至周五上午9:00-12:00，下午13:30-17:30",
        "监督投诉：12345",
    ),
    "desk": (
        "受理单位：青禾县生态环境局",
        "受理条件：持有营业执照",
        "办理人员：李明",
        "咨询电话：0000-1234567",
    ),
    "appointments": (
        "县政府决定，任命：",
        "王一山为县生态环境局副局长（试用期一年）；",
        "免去：",
        "张三江的县生态环境局副局长职务。",
    ),
}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("case", CASES)
def test_every_line_of_a_text_is_read(case: str, layout: str) -> None:
    assert body(paragraphs(*CASES[case]), LAYOUTS[layout]).split("\n") == list(CASES[case])


@pytest.mark.parametrize("layout", LAYOUTS)
def test_times_in_a_table_of_two_columns_are_read(layout: str) -> None:
    rows = (
        ("停电时间", "停电范围"),
        ("2023-05-08 08:00—12:00", "青禾大道"),
        ("2023-05-09 08:00—12:00", "滨江路"),
    )
    table = "".join(f"<tr><td>{when}</td><td>{where}</td></tr>" for when, where in rows)
    text = body(f"<p>因检修，计划停电如下：</p><table>{table}</table>", LAYOUTS[layout])
    assert text.split("\n") == ["因检修，计划停电如下：", *("\t".join(row) for row in rows)]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_time_beside_its_label_in_a_table_is_read(layout: str) -> None:
    rows = (("申报时间", "2023年5月8日—5月12日"), ("联系人", "李明"))
    table = "".join(f"<tr><td>{what}</td><td>{value}</td></tr>" for what, value in rows)
    text = body(f"<table>{table}</table><p>{DUTY}</p>", LAYOUTS[layout])
    assert text.split("\n")[:2] == ["\t".join(row) for row in rows]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_row_that_other_pages_lead_away_with_is_data_here(layout: str) -> None:
    row = ("其他信息", "由企业于每月十日前报送县生态环境局审核备案")
    table = f"<table><tr><td>{row[0]}</td><td>{row[1]}</td></tr></table>"
    assert "\t".join(row) in body(f"<p>{DUTY}</p>{table}<p>{DUTY[:-1]}！</p>", LAYOUTS[layout])
