"""Pages that broke the reading of lists, or made it take long: found by mutation, kept small."""

from __future__ import annotations

import time

import pytest

from crawlers.catalogue.model import Recipe
from crawlers.items import Page
from crawlers.listing import document, links
from crawlers.paging.literals import objects_after
from crawlers.probing import look, probe
from crawlers.reading import read

HERE = "http://www.qinghe.example/zwgk/index.html"
ROWS = "".join(f'<span><a href="/2026/{i}.html">关于{i}号项目的公示</a>2026-03-05' for i in range(300))
FEED = '<?xml version="1.0"?><feed><entry><title>&#xD800;公示&#57343;</title><link href="f"/></entry></feed>'
DEEP = "<font>" * 195 + "关于某项目的公示" * 8000
PAGES = {
    "control characters in records": b"<record>\x0fdataproxy.jsp",
    "half a surrogate pair": FEED.encode(),
    "elements left open": f"<html><body>{ROWS}</body></html>".encode(),
    "a link of many levels": f'<html><body><a href="/1.html">{DEEP}</a></body></html>'.encode(),
    "a long word in a script": (
        "<script>var list=[{url:'/1.html',title:'甲乙丙丁戊己'}];</script><script>"
        + "etan" * 6250
        + "</script>"
    ).encode(),
    "thousands of links": b"<html><body>" + b'<a href="/a?b=1"><img src=x>x</a>' * 6000 + b"</body></html>",
}

BROKEN_FEEDS = (b'<?xml version="1.0"?><rss><channel><:item></:item></channel></rss>', b'<d s=""><:')


@pytest.mark.parametrize("body", PAGES.values(), ids=PAGES.keys())
def test_neither_breaks_nor_takes_long(body: bytes) -> None:
    started = time.process_time()
    probe(Page(HERE, body))
    assert time.process_time() - started < 5


@pytest.mark.parametrize("body", BROKEN_FEEDS)
def test_a_known_feed_with_elements_that_have_no_name(body: bytes) -> None:
    assert look(Page(HERE, body), Recipe("feed")).list_page.rows == ()


def test_of_far_too_many_links_the_first_are_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(links, "_MOST", 30)
    rows = "".join(f"<li><a href='/{i}.html'>关于{i}号项目的公示</a></li>" for i in range(60))
    found = probe(Page(HERE, f"<ul>{rows}</ul>".encode())).rows
    assert [row.url.rpartition("/")[2] for row in found] == [f"{i}.html" for i in range(30)]


def test_of_far_too_many_elements_the_first_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document, "_MOST", 64)  # html, body, ul, 30 rows of li and a, and another li
    rows = "".join(f"<li><a href='/{i}.html'>关于{i}号项目的公示</a></li>" for i in range(60))
    found = document.parse(f"<ul>{rows}</ul><p>页脚</p>", HERE)
    assert found is not None
    assert len(found.nodes) == len(list(found.tree.iter())) == 64
    assert "".join(found.tree.itertext()).endswith("关于29号项目的公示")


def test_thousands_of_literals_left_open_are_not_all_read() -> None:
    started = time.process_time()
    assert list(objects_after(".jpage({" * 20_000, r"\.jpage\s*\(")) == []
    assert time.process_time() - started < 5


def test_much_text_without_a_full_stop_takes_no_time_to_read() -> None:
    started = time.process_time()
    read(("<html><body><noscript>" + "甲" * 100_000).encode(), HERE)
    assert time.process_time() - started < 3
