from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.reading.endings import ends_article, is_imprint
from crawlers.reading.noise import is_credit, is_dateline, is_noise


@pytest.mark.parametrize(
    "line",
    [
        "扫一扫在手机打开当前页",
        "用微信“扫一扫”，点击右上角分享按钮",
        "分享到：",
        "分享到：微信 微博 QQ空间",
        "【打印】 【关闭】",
        "打印本页 | 关闭窗口",
        "[我要打印] [关闭本页]",
        "字体：【大 中 小】",
        "【大 中 小】",
        "浏览次数：1024次",
        "浏览量：23010",
        "责任编辑：钱坤",
        "【纠错】 责任编辑： 焦鹏",
        "（责编：萧潇、张研）",
        "(示范网编辑 孙桂)",
        "一审：谢婷",
        "终审:罗新",
        "来源：示范日报",
        "首页 > 新闻 > 要闻",
        "您当前的位置：首页",
        "发表评论",
        "今天是2026年1月5日 星期一",
        "第1页/共1页 << 上一页 | 下一页 >>",
        "扫码关注",
        "更多精彩内容请关注“青禾生态环境”微信公众号",
        "［字号 大 中 小］ ［打印］",
        "对本次办理结果评价：非常满意 满意 不满意",
        "点击日期查询往期日报",
        "顶一下",
        "▼ 廣告 請繼續往下閱讀 ▼",
        "共有 3391 人参与投票",
        "办理满意度★★★★☆解决程度：4分办理态度：5分",
        "我也关注(46)分享",
        "本帖最后由 老赵 于 2019-3-4 12:01 编辑",
        "发信人: leaf (叶), 信区: Campus",
        "👍 214💬 26分享",
        "听新闻 03:12",
        "语音播报 00:00 / 02:51",
        "记者：甘霖 黎清 ｜ 编辑：曾小玲 ｜ 责编：欧阳清 ｜ 监制：刘建华",
        "原文地址：http://www.example.cn/12.html",
        "版权声明：转载时请以超链接形式标明文章原始出处和作者信息及本声明",
        "This entry was posted on Sunday, March 4th, 2007 at 9:12 pm and is filed under 随笔.",
        "以下内容为会员专享",
        "上一章 回目录 下一章",
        "水云书屋独家推出，欢迎转载，请注明出处 扫校：阿青",
        "财经热搜: 人民币汇率 股权分置",
        "固定链接 | 引用(0) | 推荐到圈子 | 举报",
        "« 懒人版葱油拌面 | 深秋一碗羊杂汤 »",
        "您对本文的评价：",
        "您的浏览器版本过低",
        "您对本办事指南是否满意？",
        "语音朗读：",
        "本文朗读约需6分钟",
        "您有烦心事、揪心事，请扫码告诉我们",
        "【广告】青禾新大米上市 扫码下单享九折",
        "— END —",
        "预览时标签不可点",
        "微信里点“发现”，扫一下二维码便可将本文分享至朋友圈。",
        "继续访问 放弃",
        "有效性：有效",
        "初审编辑：王一山",
        "一审一校：王一山",
        "来源丨青禾日报",
        "00:00 / 01:42 点击收听本文语音版",
        "点击播报本文，约",
        "语速 1.0x",
        "AI摘要",
        "本文主要解读准入条件放宽，由大模型自动生成，仅供参考。",
        "您对考试期间噪声管控工作的评价：",
        "2025年青禾网读者调查，等您填写",
        "（本版编辑：史翠萍）",
        "您当前的浏览器不支持视频播放",
        "点击上方蓝字关注我们",
        "办件评价：非常满意",
        "目前共有 38 人参与投票",
        "右江新闻网原创内容，未经授权不得转载，违者必究，本行文字仅供防采集使用。",
        "很好 较好 一般 较差",
        "完善下载复制1827 人评分 8.7",
        "UID 142 帖子 271 精华 9 积分 4660 阅读权限 50",
        "lanmao77 当前离线",
        "【观看视频】 【网友讨论】 【现场图片】",
        "温馨提示：来信人请对所反映问题的真实性负责，不得捏造、歪曲事实。",
    ],
)
def test_noise(line: str) -> None:
    assert is_noise(line)


@pytest.mark.parametrize(
    "line",
    [
        "打印机采购项目中标公告",
        "分享会上，三位代表介绍了经验。",
        "关闭矿山十二座，恢复植被三百亩。",
        "推荐单位：示范市文联",
        "编辑出版《示范年鉴》一千册。",
        "审核通过后，由县级部门发放补贴。",
        "【时间】2021年3月5日",
        "登上热搜：青禾一化工厂爆炸",
        "网络热搜：青禾市一小区发生火灾",
        "【化工厂爆炸】【伤亡通报】",
        "全市工会会员专享普惠活动启动",
        "较好",
        "景区获5231人评分，居第一",
        "群众对办理结果表示满意",
        "广告监测专项行动启动",
        "继续访问三户困难家庭",
        "有效性评估工作有效开展",
        "建议使用清洁能源，减少散煤燃烧。",
        "图片和文字的版权归作者。",
        "以上数据仅供参考，以年报为准。",
        "您对这项规定有什么意见，可以来信。",
        "发放带有蓝色标志的名片三百张",
        "企业整改，未经验收不得恢复生产，逾期未改的依法处罚。",
        "12345热线 当前在线",
        "上一章 总则",
        "平台积分兑换共有3条评论和回复意见，现公布如下。",
        "来源清晰、去向可查。",
        "一审法院认为，原告主张成立。",
        "评论区留言的网友表示支持。",
        "扫黑除恶专项斗争取得阶段性成效。",
        "（示范县统计局）",
        "2021年8月3日",
    ],
)
def test_text_is_no_noise(line: str) -> None:
    assert not is_noise(line)
    assert not ends_article(line)


@pytest.mark.parametrize(
    "line",
    [
        "相关阅读",
        "相关链接：",
        "相关新闻 >>",
        "延伸阅读：春耕全面展开",
        "今 日 推 荐",
        "上一篇：无",
        "下一篇",
        "版权声明",
        "【版权及免责声明】凡本网所属版权作品，转载时须获得授权。",
        "1.凡本站及其子站注明“原创”的作品，转载须注明来源。",
        "未经本网书面授权，不得转载。",
        "网友评论",
        "当前新闻共有3条评论",
        "猜您喜欢",
        "友情链接",
        "您访问的链接即将离开“青禾县人民政府”门户网站，是否继续？",
        "本稿件所含文字、图片和音视频资料，版权均属青禾日报社所有。",
        "建议使用1024*768分辨率浏览",
        "网站标识码：5120000001",
        "蜀ICP备05007000号-1",
    ],
)
def test_ends_of_articles(line: str) -> None:
    assert ends_article(line)


@pytest.mark.parametrize(
    "line",
    [
        "相关文件规定，企业应当自行监测。",
        "其他信息详见附件。",
        "最新消息称，道路已经抢通。",
        "未经许可擅自排污的，依法处罚。",
        "版权所有者享有下列权利。",
        "更多群众受益于这项政策。",
    ],
)
def test_sentences_do_not_end_articles(line: str) -> None:
    assert not ends_article(line)


@pytest.mark.parametrize(
    "line", ["1. " * 60 + "x", "1、 " * 60 + "答", "编辑：王一 " * 9 + "。", " " * 80 + "x"]
)
def test_a_hostile_line_is_done_with(line: str) -> None:
    """Where a pattern reads the same characters in two ways, this does not end."""
    assert not ends_article(line)
    assert is_noise(line) == line.startswith("编辑：")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("发布时间：2021-08-03 来源：示范日报", True),
        ("2021-08-03 09:57 示范网", True),
        ("（2023年4月12日）", False),
        ("项目工期为2021年3月至2023年4月，分三期实施", False),
    ],
)
def test_datelines(line: str, expected: bool) -> None:
    assert is_dateline(line) is expected


@given(st.text(st.sampled_from("【】打印关闭分享 >»|｜·a1。、：:·相关阅读责编[]()（）"), max_size=300))
def test_no_line_takes_long(line: str) -> None:
    start = time.process_time()
    is_noise(line), is_credit(line), ends_article(line), is_imprint(line), is_dateline(line)
    assert time.process_time() - start < 0.5
