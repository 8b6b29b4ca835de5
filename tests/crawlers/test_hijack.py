"""Advertising in the head of a page gives strangers away; news about the same things does not."""

from __future__ import annotations

import html

import pytest

from crawlers.hijack import hijacked
from crawlers.items import Page
from crawlers.symptoms import symptom

NEWS = "<p>全县安全生产工作会议召开，会议传达了上级精神，部署了下一阶段的重点任务。</p>" * 9


def page(title: str, keywords: str = "", body: str = NEWS) -> str:
    meta = f'<meta name="keywords" content="{keywords}">'
    return f"<html><head><title>{title}</title>{meta}</head><body>{body}</body></html>"


@pytest.mark.parametrize(
    ("markup", "says"),
    [
        (page("开云体育官网-开云体育app下载", "开云体育,百家乐,真人娱乐"), "gambling: 开云体育"),
        (page("清溪县水利局", "六合彩,时时彩,北京赛车"), "gambling"),
        (page("澳门威尼斯人娱乐 注册送38元"), "gambling"),
        (page("国产精品久久久一区二区"), "pornography"),
        (page("".join(f"&#{ord(one)};" for one in "亚博体育-百家乐开户送")), "gambling"),
        (page("皇冠体育", body="<footer>主站蜘蛛池模板: 准格尔旗|哈尔滨市</footer>"), "蜘蛛池"),
        (
            "<head><META content='老虎机,博彩,娱乐城' name=Keywords><title>首页</title></head>" + NEWS,
            "老虎机、博彩、娱乐城",
        ),
    ],
)
def test_advertising(markup: str, says: str) -> None:
    assert says in (hijacked(markup) or "")
    found = symptom(Page("http://www.qinghe.gov.cn/a/", markup.encode(), "text/html"))
    assert found is not None
    assert found[0] == "hijacked"


@pytest.mark.parametrize(
    "markup",
    [
        page("警方捣毁“六合彩”“时时彩”网络赌博团伙"),
        page("关于打击整治网络博彩、体育投注平台的通告", "博彩,体育投注"),
        page("体育局召开棋牌项目裁判员培训班", "体育,棋牌"),
        page("福利彩票公益金使用情况公告", "彩票,公益金"),
        page("太阳城小区改造工程竣工", "太阳城,改造"),
        page("九游湖湿地保护", "九游湖"),
        page("", ""),
        "<p>" + html.escape("百家乐 老虎机") * 40 + "</p>",
        NEWS + "<div>友情链接：主站蜘蛛池模板</div>",
    ],
)
def test_news_and_names_are_no_advertising(markup: str) -> None:
    assert hijacked(markup) is None
