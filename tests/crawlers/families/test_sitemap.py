"""Sitemaps as sources."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from crawlers.families import sitemap
from crawlers.items import Page, Row
from crawlers.probing import probe
from tests.support.dictsite import Body, Site, taken_on, walked
from tests.support.entries import Entry, article, entries, pages_of

HOST = "http://www.qinghe.example"
ALL = entries(30)
SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def address(entry: Entry) -> str:
    return f"/xw/202611/t{entry.day:%Y%m%d}_{entry.number + 1000}.html"


def urlset(shown: Sequence[Entry], lastmod: bool = True, more: str = "") -> Page:
    nodes = "".join(
        f"<url><loc>\n {HOST}{address(one)}\n</loc>"
        + (f"<lastmod>{one.day}T09:30:00+08:00</lastmod></url>" if lastmod else "</url>")
        for one in shown
    )
    return xml(f"<urlset {SPACE}>{more}{nodes}</urlset>")


def index(*parts: tuple[str, str]) -> Page:
    nodes = "".join(
        f"<sitemap><loc>{HOST}/{name}</loc>{f'<lastmod>{when}</lastmod>' if when else ''}</sitemap>"
        for name, when in parts
    )
    return xml(f"<sitemapindex {SPACE}>{nodes}</sitemapindex>")


def xml(body: str, path: str = "/sitemap.xml") -> Page:
    return Page(HOST + path, f'<?xml version="1.0" encoding="UTF-8"?>{body}'.encode(), "application/xml")


def articles() -> dict[str, Body]:
    return {address(entry): article(entry) for entry in ALL}


def expected(shown: Sequence[Entry]) -> list[Row]:
    return [Row(HOST + address(one), "", one.day) for one in shown]


def by_day(rows: Sequence[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: row.url, reverse=True)


@pytest.mark.parametrize("lastmod", [True, False])
def test_newest_first_whatever_the_order(lastmod: bool) -> None:
    site = Site(HOST, {"/sitemap.xml": urlset(ALL[::-1], lastmod), **articles()})
    found = walked(site, "/sitemap.xml")
    assert by_day(found) == by_day(expected(ALL))
    days = [row.published for row in found if row.published]
    assert days == sorted(days, reverse=True)


def test_it_is_taken_on_though_it_tells_no_titles() -> None:
    found = taken_on(Site(HOST, {"/sitemap.xml": urlset(ALL), **articles()}), "/sitemap.xml")
    assert found.recipe.family == "sitemap"
    assert [check.agrees for check in found.articles] == [True, True, True]


def test_the_parts_of_an_index_newest_first_and_to_the_end() -> None:
    new, middle, old = pages_of(ALL, 10)
    pages: dict[str, Body] = {
        "/sitemap.xml": index(("post-1.xml", "2025-01-01"), ("post-3.xml", "2026-11-20"),
                              ("post-2.xml", "2026-01-01"), ("category.xml", "2026-11-21")),
        "/post-1.xml": urlset(old), "/post-2.xml": urlset(middle), "/post-3.xml": urlset(new), **articles(),
    }  # fmt: skip
    site = Site(HOST, pages)
    found = walked(site, "/sitemap.xml")
    assert by_day(found) == by_day(expected(ALL))
    assert site.list_requests()[:2] == ["/sitemap.xml", "/post-3.xml"]
    assert "/category.xml" not in site.asked
    assert "entry" not in taken_on(site, "/sitemap.xml").recipe.params


def test_a_news_sitemap_tells_title_and_day() -> None:
    body = (
        f'<urlset {SPACE} xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>{HOST}/a/77812.html</loc>'
        "<lastmod>2026-11-21</lastmod><news:news><news:publication><news:name>青禾网</news:name></news:publication>"
        "<news:publication_date>2026-11-19T23:00:00Z</news:publication_date><news:title>河道清淤完工</news:title>"
        "</news:news></url></urlset>"
    )
    assert probe(xml(body)).rows == (Row(HOST + "/a/77812.html", "河道清淤完工", date(2026, 11, 20)),)


def test_home_page_and_columns_are_left_out() -> None:
    more = "".join(f"<url><loc>{HOST}{path}</loc></url>" for path in ("/", "/xw/", "/gk/index.html"))
    assert by_day(probe(urlset(ALL, more=more)).rows) == by_day(expected(ALL))


def test_of_a_giant_sitemap_the_newest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemap, "MOST", 4)
    rows = probe(urlset(ALL[::-1])).rows
    assert by_day(rows) == by_day(expected(ALL[:4]))


def test_an_index_without_parts_has_no_rows() -> None:
    assert probe(index()).rows == ()


def test_where_the_rows_of_an_index_are_is_told() -> None:
    found = probe(index(("post-1.xml", "")))
    assert found.error == f"no rows: they are at {HOST}/post-1.xml"
    assert [part.url for part in found.parts] == [HOST + "/post-1.xml"]
