"""The lines around a text: labels run together, dates of every rank, names with and without roles."""

from __future__ import annotations

from datetime import datetime

import pytest

from crawlers.china import CHINA
from crawlers.items import Editor
from crawlers.reading.dateline import RANKS, read_dateline


@pytest.mark.parametrize(
    ("line", "source"),
    [
        ("来源：市科学技术局时间：2026-03-05", "市科学技术局"),
        ("来源：市水务局字体：大 中 小", "市水务局"),
        ("来源：县林业局浏览次数：12", "县林业局"),
        ("来源：水利部大 中 小", "水利部"),
        ("日期：[2026-03-05] 来源：[曲溪镇政府] 作者：[慕青峰]", "曲溪镇政府"),
        ("来源 青禾环境执法", "青禾环境执法"),
        ("来源：青禾县人民政府网站A+", "青禾县人民政府网站"),
        ("信息来源:区水务局 发布日期:2026-03-05", "区水务局"),
        ("来源：示范生态环境厅字 号：[大 中 小]", "示范生态环境厅"),
        ("来源：示范网播放 2.1万", "示范网"),
        ("来源：人民网－示范日报 手机看新闻", "人民网－示范日报"),
        ("来源：芦花晨报 蒋少平", "芦花晨报"),
        ("来源：保险机构检查局 文章类型：原创", "保险机构检查局"),
        ("转贴自：县政府办公室 点击数：", "县政府办公室"),
        ("来源：中共中央 国务院", "中共中央 国务院"),
        ("来源：admin", None),
        ("来源：\n字体：大 中 小", None),
        ("2015-4-7 08:31 | 原作者: 白书敏 | 来自: 临江晚报", "临江晚报"),
        ("来自: 江苏", None),
        ("来源丨青禾日报 编辑丨王一", "青禾日报"),
        ("来源｜青禾日报", "青禾日报"),
        ("来源：云河广播电视台 12", "云河广播电视台"),
        ("来源：县财政局（政府采购监管科） 浏览次数：12", "县财政局（政府采购监管科）"),
        ("（来源：县府办公室）", "县府办公室"),
        ("来源：青禾日报（记者 白书敏）", "青禾日报"),
        ("活动来源不明", None),
    ],
)
def test_source(line: str, source: str | None) -> None:
    assert read_dateline(line.split("\n")).source == source


@pytest.mark.parametrize(
    ("lines", "day", "sort"),
    [
        (["发布时间：2026-03-05 09:10", "更新时间：2026-04-01"], datetime(2026, 3, 5, 9, 10), "published"),
        (["来源：市水务局时间：2026-03-05"], datetime(2026, 3, 5), "time"),
        (["2026-03-05 09:10", "成文日期：2026-03-01"], datetime(2026, 3, 5, 9, 10), None),
        (["发文日期：2026-03-01"], datetime(2026, 3, 1), "issued"),
        (["成文日期：2026-03-01"], datetime(2026, 3, 1), "dated"),
        (["提问时间：2026-03-01", "答复时间：2026年3月5日"], datetime(2026, 3, 5), "answered"),
        (["活动时间：2026-05-01", "发布日期：2026-03-05"], datetime(2026, 3, 5), "published"),
        (["发布日期：2026-03-05", "发布时间：2026-03-05 10:12"], datetime(2026, 3, 5, 10, 12), "published"),
        (["日期：2026-03-05 时间：08:15 来源：市水务局"], datetime(2026, 3, 5, 8, 15), "time"),
        (["2026", "03-05"], datetime(2026, 3, 5), None),
        (["05", "2026-03"], datetime(2026, 3, 5), None),
        (["（2026-3-5 阅读213次）"], datetime(2026, 3, 5), None),
        (["(2026-03-05 22:10:33)"], datetime(2026, 3, 5, 22, 10, 33), None),
        (["更新时间：26-3-5　文章录入：qh"], datetime(2026, 3, 5), "updated"),
        (["发布时间： 26-03-05 07:48"], datetime(2026, 3, 5, 7, 48), "published"),
        (["（2026年3月5日第三次会议通过）"], None, None),
        (["现在是2026年3月9日 星期一"], None, None),
    ],
)
def test_the_plainest_date_is_believed(lines: list[str], day: datetime | None, sort: str | None) -> None:
    found = read_dateline(lines)
    assert found.published == (day.replace(tzinfo=CHINA) if day else None)
    if day:
        assert found.rank == (RANKS[sort] if sort else 2)


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("作者：记者 李大为 通讯员 王晓 浏览：3", "李大为 王晓"),
        ("记者：刘勇 谌建章 责任编辑：黄雅琪", "刘勇 谌建章"),
        ("作者：朱智翔 吴琦4162", "朱智翔 吴琦"),
        ("作者：方怡 副主任医师 市第三医院", "方怡"),
        ("作者：祁道鹏　〔大 中 小〕", "祁道鹏"),
        ("本报记者 施立辉", "施立辉"),
        ("保山日报　杨艾东　2022-08-11 15:00", "杨艾东"),
        ("来源：芦花晨报 蒋少平", "蒋少平"),
        ("陆一鸣 2020-05-17 共人围观", "陆一鸣"),
        ("党建 2020-05-17", None),
        ("来源: 黄河口晚报 记者 王盛 通讯员 尚建国 我要评论(3)", "王盛 尚建国"),
        ("水肥一体机在麦田作业 本报记者 邢栋 摄", None),
        ("水泥家 · 吴筱蓓 · 2021-11-02 15:36", "吴筱蓓"),
        ("2023-08-15 06:58 两淮日报记者 荀若川", "荀若川"),
        ("文字：谢文哲　图片：林志强", "谢文哲"),
        ("策划：康延芳　摄像：李裊　出镜记者：羊华　责任编辑：田智", "羊华"),
        ("作者：佚名", None),
        ("作者：admin 点击：3", None),
        ("责任编辑：钱坤", None),
        ("2022-08-11 关闭 打印", None),
    ],
)
def test_author(line: str, author: str | None) -> None:
    assert read_dateline([line]).author == author


@pytest.mark.parametrize(
    ("line", "editors"),
    [
        ("责任编辑：吉强 审核：樊丽", [("责任编辑", "吉强"), ("审核", "樊丽")]),
        (
            "（责编：段思 初审：宁国清 终审：欧阳晖）",
            [("责编", "段思"), ("初审", "宁国清"), ("终审", "欧阳晖")],
        ),
        (
            "【编辑】胡晓松【二审】潘雪【三审】王立新",
            [("编辑", "胡晓松"), ("二审", "潘雪"), ("三审", "王立新")],
        ),
        ("责编 / 贾若曦 审读 / 黄河", [("责编", "贾若曦"), ("审读", "黄河")]),
        ("编辑 | 顾佳 审核 | 韩东良", [("编辑", "顾佳"), ("审核", "韩东良")]),
        ("责任编辑：系统发布管理员", []),
        ("来源：示范日报", []),
    ],
)
def test_editors(line: str, editors: list[tuple[str, str]]) -> None:
    assert list(read_dateline([line]).editors) == [Editor(*one) for one in editors]


@pytest.mark.parametrize(
    ("line", "medium"),
    [
        ("2023年09月12日 08:50 青禾市文体广电和旅游局 点击：[]", "青禾市文体广电和旅游局"),
        ("2024-12-04 市生态环境监测中心", "市生态环境监测中心"),
        ("青禾日报 2024-12-04 浏览次数：12次", "青禾日报"),
        ("水泥家 · 吴筱蓓 · 2021-11-02 15:36", "水泥家"),
        ("2023-08-15 06:58 两淮日报记者 荀若川", "两淮日报"),
        ("2022-12-02 09:08 环评科 211", "环评科"),
        ("http://www.qinghe-news.com.cn 2005年06月17日09:02 青禾晚报", "青禾晚报"),
        ("青禾融媒 | 2025-10-25 20:14 | 阅读量 1.1万", "青禾融媒"),
        ("原创 青禾发布 2023-08-15 18:30 发表于 贵州", "青禾发布"),
        ("青禾都市报 · 2023/09/25 07:48 · 责编 于凡", "青禾都市报"),
        ("2024-12-04 打印 关闭", None),
    ],
)
def test_the_office_beside_a_date_may_be_the_source(line: str, medium: str | None) -> None:
    assert read_dateline([line]).beside == medium


def test_below_a_text_only_what_signs_it_is_believed_without_a_label() -> None:
    signed = read_dateline(["清河县融媒体中心2020年9月1日", "打印"], below=True)
    assert signed.published == datetime(2020, 9, 1, tzinfo=CHINA)
    far = read_dateline(["打印", "关闭", "上一篇", "下一篇", "2019-01-01"], below=True)
    assert far.published is None


@pytest.mark.parametrize(
    ("lines", "author"),
    [
        (["2021年4月2日 由 谷雨 3 条评论"], "谷雨"),
        (["青禾都市报 · 2023/09/25 07:48 · 责编 于凡"], None),
        (["时间：2023-06-19 10:05 稿源：青禾日报", "□ 阮听涛"], "阮听涛"),
        (["□ 王一、李二三"], "王一 李二三"),
        (["2023-08-01 来源：青禾日报 记者：董颖 实习生：简宁nbsp;简宁 点击："], "董颖 简宁"),
        (["2016-7-6 信息来源：辐射科 作者： 添加人：admin"], None),
        (["作者丨董颖", "责编丨王一"], "董颖"),
        (["青禾日报记者 顾思远 黎明 通讯员 向东 2023-11-06 05:30 来源：青禾发布"], "顾思远 黎明 向东"),
        (["2022-11-04 17:25 青禾交通广播 记者 / 贝晓 通讯员 / 龙飞 石磊"], "贝晓 龙飞 石磊"),
        (["■ 通知公告"], None),
        (["■ 党建"], None),
        (["● 金融 水利"], None),
        (["2024-03-01 由 应急 管理局发布"], None),
        (["记者：甘霖 黎清 ｜ 编辑：曾小玲 ｜ 监制：刘建华"], "甘霖 黎清"),
    ],
)
def test_who_wrote_stands_without_a_label_too(lines: list[str], author: str | None) -> None:
    assert read_dateline(lines).author == author
