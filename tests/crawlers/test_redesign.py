"""Pairs of layouts: whether a list is learned anew when its page was redesigned, and never a wrong one."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from random import Random

import pytest
from attrs import evolve, frozen

from crawlers.archive import KnownRow
from crawlers.catalogue.model import Recipe
from crawlers.china import CHINA
from crawlers.items import Page
from crawlers.probing import look, probe
from crawlers.relearning import Relearned, relearn
from tests.support import layouts
from tests.support.layouts import HOST, Look, Story, box, html, rows_html, stories

URL = HOST + "/zwdt/"
AT = datetime(2026, 4, 1, 9, tzinfo=CHINA)
OLD, NOW = stories(60, 41), stories(62, 43)
"""What the list showed last, and what it would show now: two posts more."""
OTHERS = stories(60, 21, who=("邻县新闻办", "市委宣传部", "省气象台", "团县委"), base=3000)
"""Posts of other columns."""
TRS = Look()
CRUMB = '<div class="crumb">当前位置：<a href="/">首页</a> &gt; <a href="/zwdt/">政务动态</a></div>'
SHELL = '<div class="wrap"><div class="fl left-box">{side}</div><div class="fr w900">{inner}</div></div>'
NO_PAGER = ""
TRS_PAGER = '<div class="page"><script>createPageHTML(25, 0, "index", "shtml");</script></div>'


@frozen
class Pair:
    """A column before and after; `page` is what its address answers now."""

    name: str
    page: Page
    old: Look = TRS
    repaired: bool = True
    known: Callable[[Look], list[KnownRow]] | None = None
    truth: Sequence[Story] = tuple(NOW)
    """What the new list shows."""

    @property
    def rows(self) -> list[KnownRow]:
        return (self.known or remembered)(self.old)


def remembered(old: Look, posts: Sequence[Story] = OLD, before: int = 20) -> list[KnownRow]:
    """The rows of the old page as it was read, and older ones from before."""
    seen = taken(old, posts, AT)
    lowest = posts[-1].number
    return seen + taken(old, stories(lowest - 1, max(1, lowest - before)), AT - timedelta(days=12))


def taken(old: Look, posts: Sequence[Story], when: datetime) -> list[KnownRow]:
    listed = probe(Page(URL, layouts.page(posts, old), "text/html"))
    assert len(listed.rows) == len(posts)
    return [KnownRow(row.url, row.title, row.published, when) for row in listed.rows]


def answer(body: bytes, url: str = URL, content_type: str = "text/html") -> Page:
    return Page(url, body, content_type, requested_url=URL if url != URL else None)


def new(look: Look, posts: Sequence[Story] = NOW, url: str = URL) -> Page:
    return answer(layouts.page(posts, look), url)


def aside(inner: str) -> str:
    return SHELL.format(side=box("热点排行", OTHERS[:8], "phb"), inner=inner)


def hot(posts: Sequence[Story], address: layouts.Address = layouts.trs) -> str:
    """The same stories in the order of their clicks."""
    shuffled = [*posts]
    Random(7).shuffle(shuffled)
    return box("热点排行", shuffled, "hot-list", address)


def home() -> bytes:
    """A site's home page with a box for each column."""
    blocks = "".join(
        box(name, posts, "block", more=True)
        for name, posts in (
            ("政务动态", NOW[:7]),
            ("通知公告", OTHERS[:7]),
            ("部门动态", OTHERS[7:14]),
            ("乡镇动态", OTHERS[14:21]),
            ("政策文件", OTHERS[21:28]),
        )
    )
    return html(f'<div class="index">{blocks}</div>', "青禾县人民政府")


def hot_first(inner: str) -> str:
    return f'<div class="w">{hot(OLD[2:10])}<div class="r">{inner}</div></div>'


CARDS = Look(
    rows="cards",
    box="card-list",
    shell=aside,
    pager='<ul class="pagination"><li><a href="?page=2">下一页</a></li></ul>',
)
TABLE = Look(rows="table", box="newslist", shell=aside)

REPAIRED = [
    Pair("list to table", new(TABLE)),
    Pair("table to list", new(TRS), old=Look(rows="table", box="tab01")),
    Pair("list to cards with pictures", new(CARDS)),
    Pair("list to cards that are one link", new(evolve(CARDS, rows="linked"))),
    Pair("list to rows of divs", new(Look(rows="divs", box="gl-list", shell=aside))),
    Pair("list to definition list", new(Look(rows="dl", box="dlist", shell=aside))),
    Pair("list to rows with summaries", new(Look(rows="summaries", box="news-list", shell=aside))),
    Pair("table to rows with summaries", new(Look(rows="summaries", box="newsList")), old=TABLE),
    Pair("list to paragraphs, day in front", new(Look(rows="paragraphs", box="text-list"))),
    Pair(
        "other classes",
        new(Look(box="xxgk_gkgd_con", shell=lambda inner: f'<div class="gkgd">{inner}</div>')),
    ),
    Pair("a table with two kinds of days", new(Look(rows="headed", box="tableList", shell=aside))),
    Pair("days no longer shown", new(evolve(TABLE, dated=False))),
    Pair("days shown at last", new(TABLE), old=evolve(TRS, dated=False)),
    Pair("days in Chinese", new(evolve(TABLE, day="%Y年%m月%d日"))),
    Pair("titles cut, whole in title=", new(evolve(TABLE, cut=12))),
    Pair("titles were cut and are whole now", new(TABLE), old=evolve(TRS, cut=14, titled=False)),
    Pair("https", new(TABLE, url=URL.replace("http:", "https:"))),
    Pair(
        "https and new addresses",
        new(evolve(CARDS, address=layouts.ucap), url=URL.replace("http:", "https:")),
    ),
    Pair("without www", new(TABLE, url="http://qinghe.gov.cn/zwdt/")),
    Pair(
        "portal of the city",
        new(evolve(TABLE, address=layouts.lonsun), url="https://www.luzhou.gov.cn/qhx/zwdt/"),
    ),
    Pair("TRS to UCAP", new(Look(rows="ul", box="list", address=layouts.ucap, pager=TRS_PAGER, shell=aside))),
    Pair("TRS to VSB", new(Look(rows="ul", box="winstyle1042", address=layouts.vsb, shell=aside))),
    Pair("TRS to Hanweb", new(Look(rows="table", box="lm", address=layouts.art, shell=aside))),
    Pair(
        "JSP to Lonsun",
        new(Look(rows="ul", box="doc_list", address=layouts.lonsun)),
        old=Look(rows="table", address=layouts.jsp),
    ),
    Pair("new addresses and no days", new(evolve(TABLE, address=layouts.ucap, dated=False))),
    Pair(
        "pager moved above the list",
        new(evolve(TABLE, head='<div class="page"><a href="?p=2">下一页</a></div>', pager=NO_PAGER)),
    ),
    Pair("pager gone, as long as before", new(evolve(TABLE, pager=NO_PAGER))),
    Pair("smaller pages", new(CARDS, NOW[:9]), truth=NOW[:9]),
    Pair("a hot list beside it", new(evolve(TABLE, around=hot(OLD[2:10])))),
    Pair("a hot list before it", new(evolve(TABLE, shell=hot_first))),
    Pair("another column's list below", new(evolve(TABLE, around=box("通知公告", OTHERS[:15], "ggl")))),
    Pair(
        "another column's list above",
        new(evolve(TABLE, head=rows_html(OTHERS[:12], Look(rows="table", box="newslist2")))),
    ),
    Pair("pinned posts on top", new(TABLE, [*stories(30, 29), *NOW]), truth=[*stories(30, 29), *NOW]),
    Pair("two weeks later", new(TABLE, stories(72, 53)), truth=stories(72, 53)),
    Pair(
        "of two rows",
        new(TABLE, stories(3, 1)),
        known=lambda old: remembered(old, stories(2, 1), 0),
        truth=stories(3, 1),
    ),
    Pair(
        "its name is 热点关注",
        answer(
            html(
                CRUMB.replace("政务动态", "热点关注")
                + f'<div class="m"><h2>热点关注</h2>{rows_html(NOW, Look(box="l2"))}</div>',
                "热点关注_青禾县人民政府",
            )
        ),
    ),
]


def page_of_json(posts: Sequence[Story]) -> bytes:
    rows = [
        {"title": post.title, "url": layouts.ucap(post), "publishedTimeStr": f"{post.day} 09:00"}
        for post in posts
    ]
    return json.dumps({"code": 200, "data": {"results": rows}}, ensure_ascii=False).encode()


HIJACKED = "".join(
    f'<li><a href="https://www.{name}-vip.example/game/{number}.html">{text}{number}期开奖直播现场</a>'
    "<span>2026-04-01</span></li>"
    for number, (name, text) in enumerate(
        [("kk88", "澳门新葡京官方"), ("bet9", "皇冠体育网址"), ("ly77", "真人棋牌下载")] * 6, 100
    )
)
NOTICE = '<div class="box"><h2>{}</h2><p>{}</p></div>'
INTERNAL = (
    '<form><input name="user"><input type="password" name="p"><input type="submit" value="登录"></form>'
)
APP = '<div id="app"></div><script src="/js/vendors.8f3a.js"></script><script src="/js/app.77c1.js"></script>'

REFUSED = [
    Pair("filled by script", answer(html(f'<div class="main">{APP}</div>'))),
    Pair(
        "filled by script, hot list beside it", answer(html(f'<div class="main">{APP}</div>{hot(NOW[2:10])}'))
    ),
    Pair(
        "filled by script, pager in place, hot list in between",
        answer(html(f'<div class="main">{APP}</div>{hot(NOW[2:12])}{TRS_PAGER}')),
    ),
    Pair(
        "filled by script, five newest beside it",
        answer(html(f'<div class="main">{APP}{TRS_PAGER}</div>{box("最新发布", NOW[:5], "zxfb")}')),
    ),
    Pair(
        "a hot list without a name",
        answer(html(hot(NOW[:18]).replace("热点排行", "").replace("hot-list", "lb"))),
    ),
    Pair("hijacked, a list of strangers", answer(html(f'<ul class="list-con">{HIJACKED}</ul>'))),
    Pair(
        "hijacked, strangers among a few rows",
        answer(html(f'<div class="n"><ul class="con">{HIJACKED}{rows_html(NOW[:6], TRS)}</ul></div>')),
    ),
    Pair("copied to a stranger's host", new(TABLE, url="http://www.qinghe-news.example/zwdt/")),
    Pair(
        "old addresses under other headlines",
        new(
            TABLE,
            [
                evolve(post, title=f"{name}平台注册送彩金{post.number}元")
                for post, name in zip(NOW, "金银铜铁锡" * 4, strict=True)
            ],
        ),
    ),
    Pair("login page", answer(html(INTERNAL, "统一身份认证平台登录"), HOST + "/cas/login?service=zwdt")),
    Pair(
        "login page with news",
        answer(html(INTERNAL + box("政务动态", NOW[:6], "news", more=True), "用户登录")),
    ),
    Pair(
        "maintenance", answer(html(NOTICE.format("网站维护", "网站正在升级维护，请稍后访问。"), "系统维护"))
    ),
    Pair(
        "maintenance with a list of notices",
        answer(
            html(
                NOTICE.format("公告", "为提升服务，本站迁移期间暂停更新。")
                + rows_html(OTHERS[:6], Look(rows="ul"))
            )
        ),
    ),
    Pair("soft 404", answer(html(NOTICE.format("404", "您访问的页面不存在或已删除"), "页面不存在"))),
    Pair(
        "soft 404 with the newest",
        answer(
            html(
                NOTICE.format("抱歉", "您访问的页面不存在。") + box("您可能关注", NOW[:6], "rec"),
                "404 Not Found",
            )
        ),
    ),
    Pair("empty list", answer(html(f'{CRUMB}<div class="list"><p>暂无数据</p></div>'))),
    Pair("empty page", answer(b"")),
    Pair("home page by redirect", answer(home(), HOST + "/")),
    Pair("home page at the column's address", answer(home())),
    Pair(
        "a small home page",
        answer(
            html(
                f'<div class="a">{box("要闻", NOW[:6], "b1")}{box("公告", OTHERS[:6], "b2")}</div>',
                "青禾县人民政府",
            )
        ),
    ),
    Pair(
        "portal of sub-columns",
        answer(
            html(
                f'{CRUMB}<div class="a">{box("县级动态", NOW[:12], "b1", more=True)}'
                f"{box('部门动态', OTHERS[:12], 'b2', more=True)}</div>"
            )
        ),
    ),
    Pair(
        "all columns in one list",
        new(TABLE, [post for two in zip(NOW, OTHERS, strict=False) for post in two]),
    ),
    Pair("all columns in one list, ours in front", new(TABLE, [*NOW[:5], *OTHERS[:15]])),
    Pair("posts on one subject only", new(TABLE, stories(62, 21)[::3])),
    Pair("another column", new(TABLE, OTHERS[:20])),
    Pair("the archive of years ago", new(TABLE, stories(20, 1)), known=lambda old: remembered(old, before=0)),
    Pair(
        "an article with related links",
        answer(
            html(
                '<h1>县政府召开常务会议</h1><p>来源：县府办　发布时间：2026-04-01</p><div class="TRS_Editor">'
                + "<p>会议听取了有关部门的汇报，研究了重点工作，要求各单位压实责任，按期完成任务。</p>" * 12
                + "</div>"
                + box("相关阅读", NOW[:12], "xgyd")
            )
        ),
    ),
    Pair(
        "in the foot only", answer(html(NOTICE.format("政务动态", "栏目调整中"), foot=box("", NOW, "links")))
    ),
    Pair(
        "in the menu only",
        answer(
            html(
                f'<div class="side-menu"><ul>{rows_html(NOW, TRS)}</ul></div>'
                + NOTICE.format("政务动态", "栏目调整中")
            )
        ),
    ),
    Pair(
        "search without results",
        answer(html(f'<form><input name="q"></form><p>共 0 条结果</p>{hot(OLD[:6])}')),
    ),
    Pair("a data file that is not ours", answer(page_of_json(OTHERS[:15]), content_type="application/json")),
    Pair(
        "every headline the same",
        new(TABLE, [evolve(post, title="行政处罚信息公示") for post in NOW]),
        known=lambda old: remembered(
            old, [evolve(post, title="行政处罚信息公示") for post in stories(160, 141)], 0
        ),
    ),
    Pair(
        "one row known",
        new(TABLE, stories(2, 1)),
        known=lambda old: [
            KnownRow(URL + "202603/t20260301_81001.html", stories(1, 1)[0].title, stories(1, 1)[0].day, AT)
        ],
    ),
    Pair("nothing known", new(TABLE), known=lambda old: []),
]
PAIRS = [*REPAIRED, *(evolve(pair, repaired=False) for pair in REFUSED)]


_LEARNED: dict[str, Relearned | None] = {}


def learned(pair: Pair) -> Relearned | None:
    if pair.name not in _LEARNED:
        _LEARNED[pair.name] = relearn(pair.page, pair.rows)
    return _LEARNED[pair.name]


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.name.replace(" ", "_"))
def test_a_redesigned_list_is_learned_anew_where_its_known_rows_prove_it(pair: Pair) -> None:
    found = learned(pair)
    if not pair.repaired:
        assert found is None
        return
    assert found is not None
    again = look(pair.page, found.recipe)
    assert not again.anew
    assert [row.title for row in again.list_page.rows] == [post.title for post in pair.truth]


@pytest.mark.parametrize("pair", REPAIRED, ids=lambda pair: pair.name.replace(" ", "_"))
def test_the_old_recipe_finds_nothing_on_the_new_page(pair: Pair) -> None:
    """Else the pair would prove nothing."""
    old = probe(Page(URL, layouts.page(OLD, pair.old), "text/html"))
    assert look(pair.page, Recipe(old.family or "", old.row_path)).anew


def another_list(seed: int) -> Page:
    """A choice of the column's posts, the same in an order of its own, or posts of several columns."""
    random, ours = Random(seed), stories(60, 21)
    shown = (
        sorted(random.sample(ours, random.randint(5, 16)), key=ours.index),
        random.sample(OLD, random.randint(8, 20)),
        sorted([*ours[:10], *random.sample(OTHERS[:15], 10)], key=lambda post: post.day, reverse=True),
    )[seed % 3]
    frame = random.choice([TABLE, CARDS, TRS, evolve(TABLE, address=layouts.ucap)])
    return new(frame if random.random() < 0.5 else evolve(frame, pager=NO_PAGER), shown)


def test_a_list_that_holds_known_rows_but_is_another_is_never_taken() -> None:
    labels = remembered(TRS)
    assert [seed for seed in range(60) if relearn(another_list(seed), labels)] == []


def random_pair(seed: int) -> Pair:
    """Any two layouts, some posts later, with fewer or more rows on a page."""
    random = Random(seed)
    shells = [aside, hot_first, lambda inner: f'<div class="cont">{CRUMB}{inner}</div>']
    old, look_of_it = (
        Look(
            rows=random.choice(["ul", "table", "headed", "cards", "linked", "dl", "summaries", "divs"]),
            address=random.choice([layouts.trs, layouts.ucap, layouts.vsb, layouts.lonsun, layouts.art]),
            box=random.choice(["list", "news-list", "con_list"]),
            pager=random.choice([TRS.pager, TRS_PAGER, NO_PAGER]),
            shell=random.choice(shells),
            dated=random.random() < 0.85,
        )
        for _ in range(2)
    )
    size, later = random.choice([10, 15, 20]), random.randint(0, 6)
    shown = stories(60 + later, 61 + later - random.choice([size, size, 10, 20]))
    known = remembered(old, stories(60, 61 - size), size)
    return Pair(str(seed), new(look_of_it, shown), old, True, lambda old: known, shown)


def test_of_random_layouts_nearly_all_are_repaired_and_none_wrongly() -> None:
    pairs = [random_pair(seed) for seed in range(40)]
    found = [(pair, learnt) for pair in pairs if (learnt := relearn(pair.page, pair.rows))]
    for pair, learnt in found:
        assert [row.title for row in learnt.view.list_page.rows] == [post.title for post in pair.truth]
    assert len(found) >= 0.9 * len(pairs)


def test_the_share_of_repaired_layouts(capsys: pytest.CaptureFixture[str]) -> None:
    found = {pair.name: learned(pair) for pair in PAIRS}
    repaired = [pair for pair in REPAIRED if found[pair.name]]
    wrong = [
        pair.name
        for pair in PAIRS
        if (learnt := found[pair.name])
        and (
            not pair.repaired
            or [row.title for row in learnt.view.list_page.rows] != [post.title for post in pair.truth]
        )
    ]
    share = f"{len(repaired)} of {len(REPAIRED)} repaired"
    with capsys.disabled():
        sys.stdout.write(f"\nredesign: {share}, {len(REFUSED)} to be refused, {len(wrong)} wrong\n")
    assert len(PAIRS) >= 30
    assert wrong == []
    assert len(repaired) == len(REPAIRED)
