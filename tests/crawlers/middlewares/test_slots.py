from __future__ import annotations

from time import monotonic
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy import Request, signals
from scrapy.core.downloader import Slot
from scrapy.signalmanager import SignalManager

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


@pytest.fixture
def crawler() -> Any:
    slots = {"a.example.cn": Slot(1, 2.0, 0)}
    engine = SimpleNamespace(downloader=SimpleNamespace(slots=slots))
    return SimpleNamespace(signals=SignalManager(), engine=engine)


def test_a_redirected_request_moves_to_its_new_site(crawler: Any) -> None:
    request = Request("http://b.example.cn/", meta={"download_slot": "a.example.cn"})
    SiteSlotMiddleware(crawler).process_request(request)
    assert request.meta["download_slot"] == "b.example.cn"


def test_the_delay_counts_from_the_answer_on(crawler: Any) -> None:
    kept = SiteSlotMiddleware(crawler)
    request = Request("http://a.example.cn/")
    kept.process_request(request)
    asked = monotonic()
    crawler.signals.send_catch_log(signals.headers_received, request=request, headers={}, body_length=0)
    assert crawler.engine.downloader.slots["a.example.cn"].lastseen >= asked


@given(st.floats(0.01, 100))
def test_no_jitter_undercuts_the_delay(delay: float) -> None:
    slot = Slot(1, spaced(delay), JITTER)
    assert all(delay * 0.999999 <= slot.download_delay() <= delay * 1.200001 for _ in range(50))
