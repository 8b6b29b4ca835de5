"""Pages that broke the reading of lists, or made it take long: found by mutation, kept small."""

from __future__ import annotations

import time

import pytest

from crawlers.items import Page
from crawlers.probing import probe
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


@pytest.mark.parametrize("body", PAGES.values(), ids=PAGES.keys())
def test_neither_breaks_nor_takes_long(body: bytes) -> None:
    started = time.process_time()
    probe(Page(HERE, body))
    assert time.process_time() - started < 5


def test_much_text_without_a_full_stop_takes_no_time_to_read() -> None:
    started = time.process_time()
    read(("<html><body><noscript>" + "甲" * 100_000).encode(), HERE)
    assert time.process_time() - started < 3
