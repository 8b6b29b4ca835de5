"""Where a visitor was led instead of where he asked to go."""

from __future__ import annotations

import pytest

from crawlers.items import Page
from crawlers.straying import led_home, strayed

ASKED = "http://www.qinghe.gov.cn/zwdt/bmdt/"


@pytest.mark.parametrize(
    ("asked", "answered", "kind"),
    [
        (ASKED, "http://www.qinghe.gov.cn/", "redirect_home"),
        (ASKED, "http://www.qinghe.gov.cn/index.html", "redirect_home"),
        (ASKED, "https://www.qinghe.gov.cn/index.shtml", "redirect_home"),
        (ASKED, "http://www.gamble.example/", "redirect_home"),
        (ASKED, "http://www.gamble.example/news/", "foreign_site"),
        (ASKED, "http://www.linshi.gov.cn/qinghe/zwdt/bmdt/", None),
        (ASKED, "http://www.qinghe.gov.cn/zwdt/bmdt/index.html", None),
        (ASKED, "http://www.qinghe.gov.cn/?column=7", None),
        ("http://www.qinghe.gov.cn/", "http://www.qinghe.gov.cn/index.html", None),
        ("http://www.news.example/", "http://www.other.example/col/", "foreign_site"),
    ],
)
def test_astray(asked: str, answered: str, kind: str | None) -> None:
    page = Page(answered, b"<p>", requested_url=asked if asked != answered else None)
    found = strayed(page)
    assert (found.kind if found else None) == kind
    assert found is None or (found.url, answered in found.detail) == (asked, True)


def test_a_site_that_the_rows_are_of_is_no_strangers() -> None:
    page = Page("http://www.newname.example/col/", b"<p>", requested_url="http://www.oldname.example/col/")
    assert strayed(page, ["http://www.newname.example/col/1.html"]) is None


def test_where_nobody_was_led_anywhere_nobody_strayed() -> None:
    assert not led_home(Page("http://www.qinghe.gov.cn/", b"<p>"))
    assert strayed(Page(ASKED, b"<p>")) is None
