from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy import Request
from scrapy.core.downloader import Slot

from crawlers.middlewares.slots import JITTER, SiteSlotMiddleware, site_of, spaced


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("http://www.example.gov.cn/a", "www.example.gov.cn"),
        ("https://www.example.gov.cn:443/", "www.example.gov.cn"),
        ("http://WWW.example.gov.cn:80", "www.example.gov.cn"),
        ("http://www.example.gov.cn./", "www.example.gov.cn"),
        ("http://www.example.gov.cn:443/", "www.example.gov.cn:443"),
        ("http://127.0.0.1:8001/", "127.0.0.1:8001"),
        ("http://user@127.0.0.1:8002/", "127.0.0.1:8002"),
    ],
)
def test_a_site_is_a_host_whatever_the_scheme(url: str, site: str) -> None:
    assert site_of(url) == site


def test_a_redirected_request_moves_to_its_new_site() -> None:
    request = Request("http://b.example.cn/", meta={"download_slot": "a.example.cn"})
    SiteSlotMiddleware().process_request(request)
    assert request.meta["download_slot"] == "b.example.cn"


@given(st.floats(0.01, 100))
def test_no_jitter_undercuts_the_delay(delay: float) -> None:
    slot = Slot(1, spaced(delay), JITTER)
    assert all(delay * 0.999999 <= slot.download_delay() <= delay * 1.200001 for _ in range(50))
