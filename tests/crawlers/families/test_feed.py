"""Feeds as sources, whatever they are served as."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from email.utils import format_datetime

import pytest

from crawlers.china import CHINA
from crawlers.items import Page, Row
from crawlers.probing import probe
from tests.support.dictsite import Body, Site, taken_on, walked
from tests.support.entries import Entry, article, entries, page, pages_of, rows_of

HOST = "http://www.qinghe.example"
ALL = entries(24)


def address(entry: Entry) -> str:
    return f"/xw/{entry.number}.html"


def late(entry: Entry) -> datetime:
    """Half past midnight in China: still the day before in Greenwich."""
    return datetime(entry.day.year, entry.day.month, entry.day.day, 0, 30, tzinfo=CHINA)


def rss(shown: Sequence[Entry], more: str = "", charset: str = "utf-8") -> str:
    stamp = [format_datetime(late(one).astimezone(tz=None)) for one in shown]
    items = "".join(
        f"<item><title><![CDATA[<b>{one.title}</b>]]></title><link>{HOST}{address(one)}</link>"
        f"<description>&lt;p&gt;摘要&lt;/p&gt;</description><pubDate>{when}</pubDate></item>"
        for one, when in zip(shown, stamp, strict=True)
    )
    return (
        f'<?xml version="1.0" encoding="{charset}"?>\n<!-- a feed --><rss version="2.0" '
        f'xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>部门动态</title><link>{HOST}/</link>'
        f"{more}{items}</channel></rss>"
    )


def atom(shown: Sequence[Entry], following: str | None = None) -> str:
    entries = "".join(
        f'<entry><title type="html">{one.title} &amp;amp; 其他</title><id>tag:{one.number}</id>'
        f'<link rel="enclosure" href="/a.mp3"/><link href="{address(one)}"/>'
        f"<updated>2026-12-01T00:00:00Z</updated><published>{late(one).isoformat()}</published></entry>"
        for one in shown
    )
    link = f'<link rel="next" href="{following}"/>' if following else ""
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>动态</title>{link}{entries}</feed>'


def served(body: str | bytes, content_type: str, path: str = "/feed") -> Page:
    return Page(HOST + path, body.encode() if isinstance(body, str) else body, content_type)


def articles() -> dict[str, Body]:
    return {address(entry): article(entry) for entry in ALL}


@pytest.mark.parametrize(
    "content_type",
    ["application/rss+xml; charset=utf-8", "text/xml", "text/html", "application/octet-stream", "text/plain"],
)
def test_rss_under_any_content_type(content_type: str) -> None:
    site = Site(HOST, {"/feed": served(rss(ALL), content_type), **articles()})
    assert walked(site, "/feed") == rows_of(ALL, address, HOST)
    found = taken_on(site, "/feed")
    assert (found.recipe.family, found.title) == ("feed", "部门动态")
    assert found.confidence >= 0.85


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_rss_in_another_charset(mark: bytes) -> None:
    codec = "utf-8" if mark else "gb18030"
    body = mark + rss(ALL, charset="utf-8" if mark else "gb2312").encode(codec)
    rows = probe(served(body, "application/octet-stream")).rows
    assert rows == tuple(rows_of(ALL, address, HOST))


def test_atom_followed_by_its_next_links() -> None:
    shown = pages_of(ALL, 10)
    pages: dict[str, Body] = {
        "/atom.xml": served(atom(shown[0], "/atom.xml?n=2"), "application/atom+xml"),
        "/atom.xml?n=2": served(atom(shown[1], "?n=3"), "application/atom+xml"),
        "/atom.xml?n=3": served(atom(shown[2]), "application/atom+xml"),
        **articles(),
    }
    found = walked(Site(HOST, pages), "/atom.xml")
    assert found == [
        Row(row.url, f"{row.title} & 其他", row.published) for row in rows_of(ALL, address, HOST)
    ]


def test_the_feed_of_wordpress_is_paged_without_saying_so() -> None:
    more = "<generator>https://wordpress.org/?v=6.4</generator>"
    shown = pages_of(ALL, 10)
    pages: dict[str, Body] = {
        f"/feed/?paged={n}": served(rss(shown[n - 1], more), "text/xml") for n in (2, 3)
    }
    site = Site(HOST, {"/feed/": served(rss(shown[0], more), "text/xml"), **pages, **articles()})
    assert walked(site, "/feed/") == rows_of(ALL, address, HOST)


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ("<guid>http://x.example/1</guid><title>甲</title>", Row("http://x.example/1", "甲")),
        ('<guid isPermaLink="false">http://x.example/1</guid><title>甲</title>', None),
        ("<link>/b.pdf</link><description>无题的一则</description>", Row(HOST + "/b.pdf", "无题的一则")),
        (
            "<link>https://mp.weixin.qq.com/s/x</link><title>微信</title>"
            "<dc:date xmlns:dc='http://purl.org/dc/elements/1.1/'>2026-11-20T23:30:00Z</dc:date>",
            Row("https://mp.weixin.qq.com/s/x", "微信", date(2026, 11, 21)),
        ),
        (
            "<link>http://x.example/1</link><title>甲&nbsp;乙</title><pubDate>2026年11月3日</pubDate>",
            Row("http://x.example/1", "甲 乙", date(2026, 11, 3)),
        ),
    ],
)
def test_items_as_they_come(item: str, expected: Row | None) -> None:
    rows = probe(served(f"<rss><channel><item>{item}</item></channel></rss>", "text/xml")).rows
    assert rows == ((expected,) if expected else ())


def test_what_is_foreign_in_a_feed_is_not_followed() -> None:
    body = (
        '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><item><title>&x;标题</title>'
        "<link>http://x.example/1</link></item></channel></rss>"
    )
    (row,) = probe(served(body, "text/xml")).rows
    assert row.title == "&x;标题"


def test_a_page_without_a_list_points_to_its_feed() -> None:
    shell = page(
        "<div id='app'></div>",
        head='<link rel="alternate" type="application/rss+xml" href="/comments/feed">'
        '<link rel="alternate" type="application/rss+xml" href="/feed">',
    )
    shell = shell.replace('<ul class="hot">', '<ul class="hot" hidden>')
    bare = shell.partition('<div class="side">')[0]
    site = Site(HOST, {"/dt/": bare, "/feed": served(rss(ALL), "text/xml"), **articles()})
    found = taken_on(site, "/dt/")
    assert found.recipe.params["entry"]["url"] == HOST + "/feed"
    assert walked(site, "/dt/") == rows_of(ALL, address, HOST)


def test_a_feed_has_no_guesses_for_a_second_page() -> None:
    assert probe(served(rss(ALL), "text/xml")).next is None
