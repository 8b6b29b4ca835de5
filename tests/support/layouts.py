"""One column in many layouts: templates in the shapes of common systems, filled with invented posts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from random import Random

from attrs import field, frozen

HOST = "http://www.qinghe.gov.cn"
_WHO = (
    "县政府",
    "县水利局",
    "县教育局",
    "县卫生健康局",
    "县交通运输局",
    "县农业农村局",
    "县住建局",
    "县应急局",
)
_WHAT = (
    "召开专题会议部署防汛备汛工作",
    "开展校园周边食品安全联合检查",
    "公布农村饮水工程管护责任名单",
    "组织干部下乡走访困难群众",
    "启动老旧小区改造二期工程",
    "发布夏季高温作业劳动保护提示",
    "举办乡村医生急救技能培训班",
    "通报道路运输安全隐患整改情况",
    "推进秸秆综合利用试点见成效",
)


@frozen
class Story:
    number: int
    title: str
    day: date

    def __str__(self) -> str:
        return self.title


def stories(newest: int, oldest: int, who: Sequence[str] = _WHO, base: int = 0) -> list[Story]:
    """Down from the `newest`; two a day, every title only once. `base` is added to their numbers."""
    return [
        Story(
            base + number,
            f"{who[number % len(who)]}{_WHAT[number // len(who) % len(_WHAT)]}{_ordinal(number)}",
            date(2026, 3, 1) + timedelta(days=number // 2),
        )
        for number in range(newest, oldest - 1, -1)
    ]


def _ordinal(number: int) -> str:
    return f"（第{number // (len(_WHO) * len(_WHAT)) + 1}批）"


Address = Callable[[Story], str]


def trs(story: Story) -> str:
    return f"./{story.day:%Y%m}/t{story.day:%Y%m%d}_{81000 + story.number}.html"


def rooted(story: Story) -> str:
    return f"/zwdt/{story.day:%Y%m}/t{story.day:%Y%m%d}_{81000 + story.number}.html"


def ucap(story: Story) -> str:
    return (
        f"/qhx/c100{story.number % 7 + 210}/{story.day:%Y%m}/{Random(story.number).randbytes(16).hex()}.shtml"
    )


def vsb(story: Story) -> str:
    return f"info/1042/{story.number + 300}.htm"


def lonsun(story: Story) -> str:
    return f"/public/6616/{story.number + 12340000}.html"


def art(story: Story) -> str:
    return f"/art/{story.day:%Y/%-m/%-d}/art_2203_{story.number + 50000}.html"


def jsp(story: Story) -> str:
    return f"/content/show.jsp?newsid={story.number + 7000}"


@frozen
class Look:
    """How a page sets its list."""

    rows: str = "ul"
    address: Address = trs
    box: str = "list-con"
    item: str = ""
    """Class of a row."""
    head: str = ""
    """Markup above the list."""
    pager: str = '<div class="page"><a href="index_1.html">下一页</a></div>'
    day: str = "%Y-%m-%d"
    cut: int | None = None
    titled: bool = True
    """The whole title stands in `title=` where it is cut."""
    dated: bool = True
    shell: Callable[[str], str] = field(
        default=lambda inner: f'<div class="main"><div class="con">{inner}</div></div>'
    )
    around: str = ""
    """Markup behind the list: boxes at the side, a foot."""


def rows_html(posts: Sequence[Story], look: Look) -> str:
    cells = [_row(post, look) for post in posts]
    wrap = {
        "ul": '<ul class="{box}">{rows}</ul>',
        "table": '<table class="{box}" width="100%"><tbody>{rows}</tbody></table>',
        "headed": '<table class="{box}"><tr><th>标题</th><th>成文日期</th><th>发布日期</th></tr>'
        "{rows}</table>",
        "cards": '<div class="{box}">{rows}</div>',
        "linked": '<div class="{box}">{rows}</div>',
        "dl": '<dl class="{box}">{rows}</dl>',
        "summaries": '<div class="{box}">{rows}</div>',
        "divs": '<div class="{box}">{rows}</div>',
        "paragraphs": '<div class="{box}">{rows}</div>',
    }[look.rows]
    return wrap.format(box=look.box, rows="".join(cells))


def _row(post: Story, look: Look) -> str:
    title = post.title if look.cut is None else post.title[: look.cut] + "..."
    whole = f' title="{post.title}"' if look.titled else ""
    link = f'<a href="{look.address(post)}"{whole} target="_blank">{title}</a>'
    day = f"{post.day:{look.day}}" if look.dated else ""
    signed = post.day - timedelta(days=9)
    name = f' class="{look.item}"' if look.item else ""
    return {
        "ul": f"<li{name}>{link}<span>{day}</span></li>",
        "table": f'<tr><td width="20">·</td><td>{link}</td><td align="right">{day}</td></tr>',
        "headed": f"<tr><td>{link}</td><td>{signed}</td><td>{day}</td></tr>",
        "cards": f'<div class="{look.item or "card"}"><div class="pic"><img src="/p{post.number}.jpg"></div>'
        f'<h3>{link}</h3><div class="time">{day}</div></div>',
        "linked": f'<div class="item"><a href="{look.address(post)}"><div class="day"><b>{post.day:%d}</b>'
        f'<span>{post.day:%Y-%m}</span></div><div class="tit">{post.title}</div></a></div>',
        "dl": f"<dt>{link}</dt><dd>{day}</dd>",
        "summaries": f'<div class="news"><h4>{link}</h4><p class="sum">记者从{post.title[:4]}获悉，有关工作'
        f"已经按计划完成，下一步将持续跟踪落实情况，并及时向社会公布。</p><em>发布时间：{day}</em></div>",
        "divs": f'<div class="li"><span class="d">[{day}]</span>{link}</div>',
        "paragraphs": f"<p>{day} {link}</p>",
    }[look.rows]


def box(heading: str, posts: Sequence[Story], name: str, address: Address = trs, more: bool = False) -> str:
    """A box with a heading and a short list."""
    link = '<a class="more" href="/zwdt/">更多&gt;&gt;</a>' if more else ""
    rows = "".join(f'<li><a href="{address(post)}">{post.title}</a></li>' for post in posts)
    return f'<div class="{name}"><h3>{heading}{link}</h3><ul>{rows}</ul></div>'


NAV = "".join(
    f'<li><a href="/{name}/">{text}</a></li>'
    for name, text in (
        ("", "首页"),
        ("zwgk", "政务公开"),
        ("zwdt", "政务动态"),
        ("bsfw", "办事服务"),
        ("hdjl", "互动交流"),
        ("sjfb", "数据发布"),
    )
)


def html(inner: str, title: str = "政务动态_青禾县人民政府", head: str = "", foot: str = "") -> bytes:
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title>{head}</head><body>'
        f'<div class="header"><ul class="nav">{NAV}</ul></div>{inner}'
        f'<div class="footer">{foot}<p>主办：青禾县人民政府办公室 <a href="/about/">网站地图</a>'
        f'<a href="https://beian.miit.gov.cn/">冀ICP备05000000号</a></p></div></body></html>'
    ).encode()


def page(posts: Sequence[Story], look: Look) -> bytes:
    return html(look.shell(look.head + rows_html(posts, look) + look.pager) + look.around)
