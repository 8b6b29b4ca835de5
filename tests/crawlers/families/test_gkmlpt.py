"""广东 gkmlpt: a frame whose column stands behind `#`, articles by the hundred as JSON."""

from __future__ import annotations

import json
from datetime import datetime, time

import pytest

from crawlers.china import CHINA
from crawlers.families import family_of, gkmlpt
from crawlers.listing import parse
from tests.support.column import Post
from tests.support.simulated import HOST, NOT_FOUND, Question, Reply, Simulated, posts, proved

SHELL = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>政府信息公开目录</title></head><body>
<div id="app"></div><script>window._CONFIG = {{ SID: '755001', SITE_NAME: '青禾县',
 TREE: [{{"id":2811,"name":"通知公告","children":[]}},{{"id":2812,"name":"规范性文件"}}]{more} }};
</script><script src="{base}/gkmlpt/js/app.js"></script></body></html>"""


def link(one: Post) -> str:
    return f"/gkmlpt/content/10/{9000 + one.number}/post_{9000 + one.number}.html"


def site(count: int, base: str = "", declared: int | None = None, tail: bool = False) -> Simulated:
    shown = posts(count)

    def address(one: Post) -> str:
        return base + link(one)

    def articles(asked: Question) -> Reply:
        if asked.query.get("sid") != "755001":
            return NOT_FOUND
        first = max(asked.number("page") - 1, 0) * 100
        window = shown[first : first + 100]
        if tail and not window:
            return NOT_FOUND
        found = [
            {
                "id": 9000 + one.number, "title": one.title, "type": 1, "url": HOST + address(one),
                "create_time": int(datetime.combine(one.day, time(0, 5), CHINA).timestamp()),
                "date": int(datetime(2020, 1, 1, tzinfo=CHINA).timestamp()), "publisher": "青禾县",
                "document_number": "", "identifier": "", "attachment": [],
            }
            for one in window
        ]  # fmt: skip
        total = count if declared is None else declared
        answer = {"articles": found, "total": total, "offset": first, "classify": {"post_count": 3}}
        return Reply(json.dumps(answer), "application/json")

    shell = SHELL.format(base=base, more="")
    interfaces = {f"{base}/gkmlpt/api/all/{column}": articles for column in ("2812", "0")}
    return Simulated({f"{base}/gkmlpt/index": shell}, interfaces, shown, address)


@pytest.mark.parametrize("base", ["", "/zqhjj"])
@pytest.mark.parametrize("count", [7, 100, 101, 230])
def test_every_article_of_the_column_once(base: str, count: int) -> None:
    found = proved(site(count, base), f"{base}/gkmlpt/index#2812")
    assert found.recipe.family == "gkmlpt"
    assert found.url == f"{HOST}{base}/gkmlpt/index#2812"


@pytest.mark.parametrize("tail", [False, True])
@pytest.mark.parametrize("declared", [50, 230, 9000])
def test_totals_are_hints_and_the_end_may_be_missing(declared: int, tail: bool) -> None:
    proved(site(230, declared=declared, tail=tail), "/gkmlpt/index#2812")


def test_without_a_column_everything_is_meant() -> None:
    found = proved(site(7), "/gkmlpt/index")
    assert "/api/all/0?" in found.recipe.params["entry"]["url"]


def test_two_columns_of_a_site_are_two_addresses() -> None:
    assert proved(site(7), "/gkmlpt/index#0").url != proved(site(7), "/gkmlpt/index#2812").url


def test_an_article_of_the_platform_is_no_column() -> None:
    shell = SHELL.format(base="", more=', DETAIL: {"id": 1, "content": "<p>正文</p>"}')
    page = parse(shell, HOST + "/gkmlpt/content/10/1/post_1.html")
    assert page is not None
    assert family_of(page) is not gkmlpt
