"""Evidence that disagrees: what the list of a column adds to what a page says of itself."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from crawlers.china import CHINA
from crawlers.items import Article
from crawlers.reading import read
from crawlers.reading.evidence import as_listed

TEXT = "<h1>青禾县通报检查情况</h1><p>检查组发现问题十一个，要求限期整改，逐项销号，并向社会公开。</p>"


def article(head: str = "", dateline: str = "") -> Article:
    markup = f"<html><head><meta charset=utf-8>{head}</head><body>{dateline}{TEXT}</body></html>"
    return read(markup.encode(), "http://www.qinghe.gov.cn/a.html")


GENERATED = '<meta name="PubDate" content="2026-09-20 03:12">'


@pytest.mark.parametrize(
    ("page", "listed", "day", "by"),
    [
        (article(), None, None, None),
        (article(), date(2026, 8, 3), date(2026, 8, 3), None),
        (article(GENERATED), None, date(2026, 9, 20), "metadata"),
        (article(GENERATED), date(2026, 8, 3), date(2026, 8, 3), "list"),
        (article(GENERATED), date(2026, 9, 18), date(2026, 9, 20), "metadata"),
        (article(GENERATED), date(2026, 10, 3), date(2026, 9, 20), "metadata"),
        (article(dateline="<p>发布时间：2026-09-20</p>"), date(2026, 8, 3), date(2026, 9, 20), "dateline"),
    ],
)
def test_the_row_of_the_list_dates_a_page_that_only_its_generation_dates(
    page: Article, listed: date | None, day: date | None, by: str | None
) -> None:
    found = as_listed(page, "", listed)
    assert (found.published.date() if found.published else None) == day
    assert found.meta.get("dated_by") == by


def test_what_the_metadata_said_is_kept() -> None:
    found = as_listed(article(GENERATED), "", date(2026, 8, 3))
    assert found.published == datetime(2026, 8, 3, tzinfo=CHINA)
    assert found.meta["passed_over"]["published"] == {"metadata": "2026-09-20T03:12:00+08:00"}


def test_a_title_comes_from_the_row_only_where_the_page_tells_none() -> None:
    assert as_listed(article(), "列表里的标题", None).title == "青禾县通报检查情况"
    bare = read("<p>检查组发现问题十一个，要求限期整改。</p>".encode(), "")
    assert as_listed(bare, "列表里的标题", None).title == "列表里的标题"
