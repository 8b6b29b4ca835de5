"""Invented entries of a column, newest first, and their articles."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from urllib.parse import urljoin

from attrs import frozen

from crawlers.items import Row

_PLACES = (
    "云溪镇",
    "望江街道",
    "北湖新区",
    "松林乡",
    "玉泉市",
    "沙河县",
    "安陆港",
    "岳塘区",
    "临川市",
    "青禾县",
)
_DEEDS = (
    "召开生态环境保护专题会议",
    "公开征求河道采砂规划的意见",
    "完成农村饮水安全工程年度任务",
    "发布第三季度空气质量通报",
    "启动秋冬季大气污染防治行动",
    "举办劳动技能竞赛暨就业招聘会",
    "公示拟表彰先进集体名单",
)


@frozen
class Entry:
    number: int
    title: str
    day: date


def entries(count: int, newest: date = date(2026, 11, 20)) -> list[Entry]:
    """`count` entries, two a day."""
    return [
        Entry(n, f"{_PLACES[n % 10]}{_DEEDS[n % 7]}（{n}号）", newest - timedelta(days=(count - n) // 2))
        for n in range(count, 0, -1)
    ]


def pages_of(found: Sequence[Entry], size: int) -> list[Sequence[Entry]]:
    return [found[start : start + size] for start in range(0, len(found), size)]


def rows_of(found: Sequence[Entry], address: Callable[[Entry], str], base: str) -> list[Row]:
    """What a visit is to find: `address` may be relative to `base`."""
    return [Row(urljoin(base, address(entry)), entry.title, entry.day) for entry in found]


def items(shown: Sequence[Entry], address: Callable[[Entry], str]) -> str:
    """`<li>` with link, full title and day."""
    return "\n".join(
        f'<li><a href="{address(entry)}" title="{entry.title}">{entry.title}</a><span>{entry.day}</span></li>'
        for entry in shown
    )


NAV = "".join(
    f'<li><a href="/{place}/">{word}</a></li>'
    for place, word in enumerate(("首页", "政务公开", "政务服务", "互动"))
)
HOT = "".join(f'<li><a href="/rd/{n}.html">热门：{_PLACES[n]}{_DEEDS[n % 7]}</a></li>' for n in range(9))


def page(main: str, title: str = "部门动态-青禾县人民政府", head: str = "", charset: str = "utf-8") -> str:
    """A page with navigation, a hot list with nine rows at its side, and a foot."""
    return (
        f'<html><head><meta charset="{charset}"><title>{title}</title>{head}</head><body>'
        f'<div class="nav"><ul>{NAV}</ul></div><div class="main">{main}</div>'
        f'<div class="side"><h3>热点排行</h3><ul class="hot">{HOT}</ul></div>'
        f'<div class="footer">主办：青禾县人民政府办公室　网站标识码：3610020003</div></body></html>'
    )


def article(entry: Entry) -> str:
    return (
        f"<html><head><meta charset='utf-8'><title>{entry.title}</title></head><body><h1>{entry.title}</h1>"
        f"<div class='info'>发布时间：{entry.day} 09:30　来源：青禾县政府办</div><div class='content'>"
        f"<p>　　本报讯 {entry.title}，第{entry.number}号工作已经部署，要求压实责任，按期完成各项任务。</p>"
        f"<p>　　下一步，第{entry.number}号工作的结果将及时公布，接受群众监督。</p></div></body></html>"
    )
