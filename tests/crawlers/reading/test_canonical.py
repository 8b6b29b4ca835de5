from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.reading.canonical import canonical_url


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://WWW.Example.gov.cn:80/a.html#top", "http://www.example.gov.cn/a.html"),
        ("https://example.gov.cn:8443/a", "https://example.gov.cn:8443/a"),
        ("http://example.gov.cn", "http://example.gov.cn/"),
        ("http://e.cn/a.jsp;jsessionid=1A2B?id=7", "http://e.cn/a.jsp?id=7"),
        ("http://e.cn/a?utm_source=x&id=7&from=timeline&isappinstalled=0", "http://e.cn/a?id=7"),
        ("http://e.cn/a?sid=755001&col=2", "http://e.cn/a?sid=755001&col=2"),
        ("http://e.cn/a?b=2&a=1", "http://e.cn/a?b=2&a=1"),
        ("http://e.cn/app#/detail/7", "http://e.cn/app#/detail/7"),
        ("file:///tmp/a.html#x", "file:///tmp/a.html"),
        ("", ""),
        ("http://[broken/a", "http://[broken/a"),
    ],
)
def test_canonical(url: str, expected: str) -> None:
    assert canonical_url(url) == expected


@given(st.text(max_size=60))
def test_any_text_is_survived_and_stable(url: str) -> None:
    once = canonical_url(url)
    assert canonical_url(once) == once
