"""NFCMS: files from `index_2.html` on, of which only the first twenty exist."""

from __future__ import annotations

import pytest

from crawlers.families import family_of, nfcms
from crawlers.listing import parse
from tests.support.column import Post
from tests.support.simulated import HOST, NOT_FOUND, Reply, Simulated, posts, proved, taken_on

COLUMN = "/zwgk/tzgg/index.html"


def link(one: Post) -> str:
    return f"/zwgk/tzgg/content/{'m' * (one.number % 3 == 0)}post_{9000 + one.number}.html"


def listing(shown: list[Post], number: int, told: int, pager: str) -> str:
    rows = "".join(
        f'<li><a href="http://www.qinghe.example{link(one)}" title="{one.title}">{one.title[:14]}...</a>'
        f"<span>{one.day}</span></li>"
        for one in shown
    )
    following, last = f"index_{number + 1}.html", f"index_{told}.html"
    buttons = {
        "icons": f'<a class="next" href="{following}"><i></i></a><a class="last" href="{last}"></a>',
        "words": f'<a class="next" href="{following}">下一页</a><a class="last" href="{last}">尾页</a>',
        "none": f"共{told}页",
    }
    page = f'<div class="page">{buttons[pager] if number < told else ""}</div>'
    return (
        '<html><head><meta charset="utf-8"><title>通知公告</title><meta name="ColumnId" content="774"></head>'
        f'<body><div class="nav"><a href="/">首页</a></div><ul class="list">{rows}</ul>{page}'
        "<script>window.NFCMS_SITE_ID=755001;window.NFCMS_CAT_ID=774;window.NFCMS_PUB_TYPE='cat';</script>"
        "</body></html>"
    )


def site(count: int, pager: str = "icons", told: int | None = None, alias: bool = False) -> Simulated:
    shown = posts(count)
    pages = -(-count // 15)
    last = told or pages
    lists: dict[str, Reply | str] = {
        f"/zwgk/tzgg/index_{number}.html": listing(
            shown[(number - 1) * 15 : number * 15], number, last, pager
        )
        for number in range(2, pages + 1)
    }
    lists[COLUMN] = listing(shown[:15], 1, last, pager)
    lists["/zwgk/tzgg/index_1.html"] = lists[COLUMN] if alias else NOT_FOUND
    return Simulated(lists, {}, shown, link)


@pytest.mark.parametrize("alias", [False, True])
@pytest.mark.parametrize("pager", ["icons", "words", "none"])
def test_files_are_followed_from_the_second_on(pager: str, alias: bool) -> None:
    found = proved(site(61, pager, alias=alias), COLUMN)
    assert (found.recipe.family, found.list_page.pages) == ("nfcms", 5)


@pytest.mark.parametrize("pager", ["icons", "none"])
def test_pages_that_are_promised_and_not_there_end_the_list(pager: str) -> None:
    proved(site(61, pager, told=322), COLUMN)


def test_a_page_by_itself() -> None:
    assert taken_on(site(9), COLUMN).page_two == ()


def test_articles_and_other_pages_are_not_its() -> None:
    article = parse("<script>window.NFCMS_POST_ID=1</script>", HOST + "/a/content/post_1.html")
    other = parse('<a class="next" href="/x/2.html">下一页</a>', HOST)
    assert article is not None
    assert other is not None
    assert family_of(article) is not nfcms
    assert family_of(other) is not nfcms
