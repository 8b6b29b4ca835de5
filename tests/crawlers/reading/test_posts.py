"""Threads, entries of blogs, and what stands around and amid them."""

from __future__ import annotations

import pytest

from tests.crawlers.reading.test_parts import FIRST, SECOND, TEXT, TITLE, page


def post(number: int, said: str) -> str:
    profile = "".join(
        f"<p>{line}</p>" for line in (f"网友{number}", "等级：新手上路", "积分：12", "注册：2005-4-8")
    )
    return f"<tr><td>{profile}</td><td><p>{'楼主' if number == 1 else f'第{number}楼'}</p>{said}</td></tr>"


def test_of_a_thread_the_first_post_is_read() -> None:
    replies = "".join(post(number, "<p>说得太好了，要贴在床头天天看。</p>") for number in range(2, 9))
    signature = "<p>签名：木头是直的</p>"
    assert (
        page(f"<h1>{TITLE}</h1><table>{post(1, TEXT + signature)}{replies}</table>").body
        == f"{FIRST}\n{SECOND}"
    )


def test_of_a_thread_that_marks_its_posts_in_brackets_the_first_is_read() -> None:
    first = f"<p>RP: 217</p><p>发表时间 2007-04-19 12:21 [楼主] [举报]</p>{TEXT}<p>----------------------</p>"
    replies = "".join(
        f"<p>网友</p><p>[{number}楼] 2007-04-19 12:2{number}</p><p>顶</p>" for number in (1, 2, 3)
    )
    assert page(f"<h1>{TITLE}</h1><div>{first}{replies}</div>").body == f"{FIRST}\n{SECOND}"


def test_data_that_a_forum_would_tell_of_a_poster_stays_elsewhere() -> None:
    assert page(f"<h1>{TITLE}</h1>{TEXT}<p>性别：男</p><p>状态：在岗</p>").body.endswith(
        "性别：男\n状态：在岗"
    )


@pytest.mark.parametrize(
    "over",
    [
        "<h4>评论 (5)</h4>",
        "<p>网友评论：</p>",
        "<p>阅读全文 | 评论 6 | 引用 0 | 编辑</p>",
        "<p>编辑 引用 使用道具 报告 回复 TOP</p>",
        "<p>返回 回复本贴 发给朋友 点击数：1847</p>",
        "<p>本文的跟贴：</p>",
        "<p>使用道具<a href=/r>举报</a></p>",
        "<p>作者：夜航船长　回复日期：2005-6-21 5:32:10</p>",
    ],
)
def test_comments_are_not_the_text(over: str) -> None:
    comments = "".join(f"<p>这是第{number}位读者说的话，写得真好。</p>" for number in range(6))
    assert page(f"<h1>{TITLE}</h1><div>{TEXT}{over}{comments}</div>").body == f"{FIRST}\n{SECOND}"


def test_links_in_a_table_amid_the_text_are_advertisements() -> None:
    cells = "<td><a href=/1>宽带包年再送猫一只</a></td><td><a href=/2>二手车免费评估</a></td>"
    table = f"<table><tr>{cells}</tr></table>"
    text = f"<p>{FIRST}</p>{table}<p>{SECOND}</p>"
    assert page(f"<h1>{TITLE}</h1><table><tr><td>{text}</td></tr></table>").body == f"{FIRST}\n{SECOND}"
