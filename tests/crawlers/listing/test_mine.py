from __future__ import annotations

from datetime import date

import pytest

from crawlers.listing import Document, Mined, mine, parse
from crawlers.listing.links import candidate_links, is_noise

HERE = "http://www.qinghe.example/zwdt/index.html"


def document(body: str) -> Document:
    parsed = parse(f"<html><body>{body}</body></html>", HERE)
    assert parsed is not None
    return parsed


def rows(numbers: range, day: str = "2026-09-05", folder: str = "./202609") -> str:
    return "".join(
        f'<li><a href="{folder}/t20260905_{n}.html">青禾县第{n}号工程建设进展情况通报</a>'
        f"<span>{day}</span></li>"
        for n in numbers
    )


def numbers(mined: Mined) -> list[int]:
    return [int(row.url.rpartition("_")[2].removesuffix(".html")) for row in mined.rows]


def test_the_day_beside_a_row_is_believed_and_not_the_one_its_title_ends_with() -> None:
    listed = "".join(
        f'<li><a href="/a/{n}.html">青禾县空气质量日报（2026年9月{n}日）</a><span>2026-09-{n + 1}</span></li>'
        for n in range(10, 20)
    )
    found = mine(document(f"<ul>{listed}</ul>")).rows
    assert [row.published.day for row in found if row.published] == list(range(11, 21))


def test_what_a_link_leads_to_within_its_page_is_kept_and_makes_no_second_row() -> None:
    listed = "".join(
        f'<li><a href="/a/{n}.html#rd">青禾县第{n}号工程建设进展情况通报</a>'
        f'<a href="/a/{n}.html#pl">读者评论的地方</a><span>2026-09-05</span></li>'
        for n in range(9)
    )
    found = mine(document(f"<ul>{listed}</ul>")).rows
    assert [row.url for row in found] == [f"http://www.qinghe.example/a/{n}.html#rd" for n in range(9)]


def test_pages_of_a_program_in_the_browser_are_rows_of_their_own() -> None:
    listed = "".join(
        f'<li><a href="#/detail/{n}">青禾县第{n}号工程建设进展情况通报</a><span>2026-09-05</span></li>'
        for n in range(9)
    )
    assert [row.url for row in mine(document(f"<ul>{listed}</ul>")).rows] == [
        f"{HERE}#/detail/{n}" for n in range(9)
    ]


PAGER = '<div class="page"><a href="index_2.html">下一页</a></div>'


def test_the_learned_path_finds_a_last_page_of_one_row() -> None:
    first = mine(document(f'<div class="m"><ul class="list">{rows(range(9))}</ul></div>'))
    last = document(
        f'<div class="m"><ul class="list">{rows(range(40, 41))}</ul></div>'
        f'<ul class="hot">{rows(range(70, 90))}</ul>'
    )
    again = mine(last, first.row_path)
    assert numbers(again) == [40]
    assert again.anew is False


def test_a_path_that_gives_nothing_any_more_is_told_and_the_list_found_anew() -> None:
    first = mine(document(f'<div class="m"><ul class="list">{rows(range(9))}</ul></div>'))
    redesigned = mine(document(f'<section><ol class="feed">{rows(range(9))}</ol></section>'), first.row_path)
    assert redesigned.anew is True
    assert numbers(redesigned) == list(range(9))
    assert redesigned.row_path != first.row_path


def test_a_list_set_in_groups_of_five_is_one_list() -> None:
    groups = "".join(f"<ul>{rows(range(n, n + 5))}</ul><hr>" for n in range(0, 20, 5))
    assert numbers(mine(document(f'<div class="list">{groups}</div>'))) == list(range(20))


def test_months_divide_a_list_and_named_boxes_are_lists_of_their_own() -> None:
    months = "".join(
        f"<div><h3>2026年{month}月</h3><ul>{rows(part)}</ul></div>"
        for month, part in ((9, range(6)), (8, range(6, 9)))
    )
    named = f"<div><h3>编辑推荐</h3><ul>{rows(range(20, 40))}</ul></div>"
    assert numbers(mine(document(f'<div id="w">{months}{PAGER}{named}</div>'))) == list(range(9))


@pytest.mark.parametrize("heading", ["热点排行", "推荐阅读", "点击排行", "相关新闻"])
def test_a_longer_hot_list_does_not_win(heading: str) -> None:
    main = f'<div class="b2"><ul>{rows(range(6))}</ul></div>'
    hot = f'<div class="b1"><div class="t">{heading}</div><ul>{rows(range(50, 80), folder="/hot")}</ul></div>'
    assert numbers(mine(document(hot + main))) == list(range(6))


def test_a_lead_story_above_the_list_is_its_first_row() -> None:
    link = '<a href="./202609/t20260906_99.html">县政府召开常务会议部署秋收工作</a>'
    lead = f'<div class="top"><h2>{link}</h2><i>2026-09-06</i></div>'
    box = f'<div class="list">{lead}<ul>{rows(range(6))}</ul></div>'
    first = mine(document(box))
    assert numbers(first) == [99, 0, 1, 2, 3, 4, 5]
    assert mine(document(box), first.row_path).rows == first.rows


def test_an_undated_advertisement_above_the_list_is_no_row() -> None:
    advertisement = '<div class="top"><a href="./202609/t20260906_99.html">欢迎订阅本站手机报服务</a></div>'
    assert numbers(
        mine(document(f'<div class="list">{advertisement}<ul>{rows(range(6))}</ul></div>'))
    ) == list(range(6))


def test_a_row_in_one_more_paragraph_is_a_row() -> None:
    odd = rows(range(7, 8)).replace("<a", "<p><a").replace("</a>", "</a></p>")
    assert numbers(mine(document(f"<ul>{rows(range(7))}{odd}{rows(range(8, 12))}</ul>"))) == list(range(12))


def test_other_hosts_files_and_wechat_stay() -> None:
    extra = "".join(
        f'<li><a href="{address}">关于做好第{n}批项目申报工作的通知</a><span>2026-09-05</span></li>'
        for n, address in enumerate(
            (
                "https://mp.weixin.qq.com/s/Ab1",
                "http://zjt.example/a/1.html",
                "./P020260905.pdf",
                "//b.example/2",
            )
        )
    )
    urls = [row.url for row in mine(document(f"<ul>{rows(range(5))}{extra}</ul>")).rows]
    assert urls[5:] == [
        "https://mp.weixin.qq.com/s/Ab1",
        "http://zjt.example/a/1.html",
        "http://www.qinghe.example/zwdt/P020260905.pdf",
        "http://b.example/2",
    ]


def test_a_menu_is_no_list() -> None:
    menu = "".join(f'<li><a href="/m{n}/">政务公开目录{n}</a></li>' for n in range(40))
    assert mine(document(f'<div class="nav"><ul>{menu}</ul></div>')) == Mined()


@pytest.mark.parametrize(
    "text", ["下一页", "下页>", "尾页", "更多>>", "[详细]", "查看全文", "12", "[本地]", "", "»", "解读"]
)
def test_words_of_pagers_and_labels_are_noise(text: str) -> None:
    assert is_noise(text)


@pytest.mark.parametrize("text", ["下一页纸的故事", "详情公布", "[本地]县政府召开会议", "2026年工作要点"])
def test_titles_are_not(text: str) -> None:
    assert not is_noise(text)


def test_a_picture_and_a_headline_are_one_row_with_the_day_below_them() -> None:
    rows = "".join(
        f'<div class="item"><div><a href="/show/{n}.html"><img src="/{n}.jpg" alt="第{n}次宣传"></a></div>'
        f'<div class="txt"><h4><a href="/show/{n}.html">第{n}次宣传周活动</a></h4>'
        f'<div class="date">发布时间：2026-06-{n:02} 浏览：</div></div></div>'
        for n in range(1, 13)
    )
    found = mine(document(f"<div class=list>{rows}</div>"))
    assert [row.published for row in found.rows] == [date(2026, 6, n) for n in range(1, 13)]


def test_an_exact_moment_in_an_attribute_stands_for_the_day_shown() -> None:
    rows = "".join(
        f'<li><a href="/c_{n}.html"><div>第{n}次调研黑臭水体治理</div>'
        f'<span data-time="2026-05-{n:02} 10:20">05-{n:02}</span></a></li>'
        for n in range(1, 13)
    )
    found = mine(document(f"<ul>{rows}</ul>"))
    assert [row.published for row in found.rows] == [date(2026, 5, n) for n in range(1, 13)]


def test_links_that_were_never_closed_and_stand_in_each_other_are_not_all_looked_at() -> None:
    unclosed = "".join(f"<div><a href={n}.html>通知{'<i>第</i>' * 100}" for n in range(60))
    page = document(f"<ul>{rows(range(1, 12))}</ul><option>{unclosed}</option>")
    assert 11 < len(candidate_links(page)) < 71
    assert numbers(mine(page))[:11] == list(range(1, 12))


def test_a_row_may_be_a_large_card() -> None:
    summary = "<br>".join(f"<span>第{n}项</span>" for n in range(45))
    cards = "".join(
        f"<li><a href=./202609/t20260905_{n}.html><h3>青禾县第{n}号工程建设进展情况通报</h3>"
        f"<p>{summary}</p><i>2026-09-05</i></a></li>"
        for n in range(1, 12)
    )
    assert numbers(mine(document(f"<ul>{cards}</ul>"))) == list(range(1, 12))


def test_a_learned_row_that_holds_all_links_of_a_page_is_no_row() -> None:
    link = '<a href="./202609/t20260905_{0}.html">青禾县召开第{0}次工作会议</a>'
    listed = "".join(f"<dt>{link.format(n)}</dt><dd>发布日期：2026-09-18</dd>" for n in range(1, 12))
    learned = mine(document(f"<dl>{listed}</dl>")).row_path
    crammed = "<b></b>".join(link.format(n) for n in range(2000))
    mined = mine(document(f"<dl><dt>{crammed}</dt></dl>"), learned)
    assert mined.anew
    assert len(mined.rows) == 2000
