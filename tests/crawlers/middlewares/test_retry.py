from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest
from scrapy import Request, Spider
from scrapy.exceptions import CannotResolveHostError, DownloadTimeoutError, NotSupported
from scrapy.utils.test import get_crawler

from crawlers.failures import Refused
from crawlers.middlewares.retry import BackoffMiddleware, wished_pause

NOW = datetime(2026, 11, 22, 8, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        (b"0", 0.0),
        (b" 120 ", 120.0),
        (b"Sun, 22 Nov 2026 08:00:30 GMT", 30.0),
        (b"Sun, 22 Nov 2026 07:00:00 GMT", 0.0),
        (b"-5", None),
        (b"1.5", None),
        (b"soon", None),
        (b"Sun, 22 Foo 2026 08:00:30 GMT", None),
        ("１２".encode(), None),
        (b"", None),
        (None, None),
    ],
)
def test_retry_after(header: bytes | None, seconds: float | None) -> None:
    assert wished_pause(header, lambda: NOW) == seconds


@pytest.mark.parametrize(
    ("exc", "again"),
    [
        (DownloadTimeoutError(), True),
        (CannotResolveHostError(), True),
        (NotSupported(), False),
        (Refused("timeout", "robots.txt did not come in time"), False),
    ],
)
def test_what_is_decided_is_not_tried_again(exc: Exception, again: bool) -> None:
    crawler = get_crawler(settings_dict={"RETRY_PAUSES": [0]})
    crawler.spider = Spider.from_crawler(crawler, "any")
    request = Request("http://www.example.gov.cn/")
    result = asyncio.run(BackoffMiddleware.from_crawler(crawler).process_exception(request, exc))
    assert (result is not None) == again
