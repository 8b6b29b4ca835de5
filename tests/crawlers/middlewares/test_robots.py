"""What a robots.txt means; that it is asked for, and when, is in test_politeness."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)
from scrapy.http import Response

from crawlers.failures import KINDS, Refused
from crawlers.middlewares.robots import LONGEST_DELAY, MOST_BYTES, rules_of, rules_without_response

ROBOTS = "http://www.example.gov.cn/robots.txt"
PAGE = "http://www.example.gov.cn/zwgk/index.html"


def verdict(text: str | bytes, status: int = 200) -> str | None:
    """The kind of refusal for `PAGE`; None: it may be fetched."""
    body = text.encode() if isinstance(text, str) else text
    try:
        rules_of(Response(ROBOTS, status, body=body)).check(PAGE)
    except Refused as refused:
        return refused.kind
    return None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", None),
        ("User-agent: *\nDisallow: /", "robots"),
        ("User-agent: *\r\nDisallow: /zwgk/\r\n", "robots"),
        ("User-agent: *\nDisallow: /\nAllow: /zwgk/", None),
        ("User-agent: GovWatch\nDisallow: /zwgk/\n\nUser-agent: *\nAllow: /", "robots"),
        ("User-agent: govwatch\nAllow: /\n\nUser-agent: *\nDisallow: /", None),
        ("User-agent: watch\nDisallow: /\n\nUser-agent: *\nAllow: /", None),
        ("User-agent: *\nDisallow: /*.html$", "robots"),
        ("# 禁止\nUser-agent: *\nDisallow: /zwgk/".encode("gb18030"), "robots"),
        ("User-agent: *\nAllow: /\n" + "#" * MOST_BYTES + "\nUser-agent: govwatch\nDisallow: /", None),
    ],
)
def test_rules(text: str | bytes, kind: str | None) -> None:
    assert verdict(text) == kind


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (204, None), (301, None), (400, None), (404, None), (410, None), (451, None), (401, "robots"),
        (403, "robots"), (412, "js_challenge"), (429, "robots_unreachable"), (500, "robots_unreachable"),
        (503, "robots_unreachable"),
    ],
)  # fmt: skip
def test_statuses(status: int, kind: str | None) -> None:
    assert verdict("User-agent: *\nDisallow: /other", status) == kind


@pytest.mark.parametrize(
    ("exc", "refused"),
    [
        (IgnoreRequest("max redirections reached"), None),
        (CannotResolveHostError(), ("dns", "the name of the site cannot be resolved")),
        (Refused("private_address", "it is private"), ("private_address", "it is private")),
        (DownloadTimeoutError(), ("timeout", "no complete answer in time (while asking for robots.txt)")),
        (
            ResponseDataLossError(),
            ("robots_unreachable", "the answer ended before its announced end (while asking for robots.txt)"),
        ),
    ],
)
def test_without_an_answer_the_site_is_left_alone(exc: Exception, refused: tuple[str, str] | None) -> None:
    assert rules_without_response(exc, ROBOTS).refused == refused


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("", 0), ("User-agent: *\nCrawl-delay: 7.5", 7.5),
        ("User-agent: *\nCrawl-delay: 86400", LONGEST_DELAY),
        ("User-agent: *\nCrawl-delay: -1", 0), ("User-agent: *\nCrawl-delay: viel", 0),
        ("User-agent: Baiduspider\nCrawl-delay: 9", 0), ("User-agent: govwatch\nCrawl-delay: 3", 3),
    ],
)  # fmt: skip
def test_crawl_delay(text: str, seconds: float) -> None:
    assert rules_of(Response(ROBOTS, body=text.encode())).delay == seconds


@given(st.binary(max_size=200) | st.text("User-agent: *\nDisallow/Crawl-delay$%", max_size=200))
def test_no_robots_txt_breaks_us(text: bytes | str) -> None:
    assert verdict(text) in {None, *KINDS}
