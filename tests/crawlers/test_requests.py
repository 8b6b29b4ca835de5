from __future__ import annotations

import gzip

import pytest
from scrapy.http import Response

from crawlers.items import NextPage, Page
from crawlers.requests import page_of, request_for


def test_a_request_stands_in_its_site_s_slot() -> None:
    request = request_for("http://www.example.gov.cn:8080/col/", meta={"depth": 2})
    assert request.meta == {"download_slot": "www.example.gov.cn:8080", "verify_tls": True, "depth": 2}
    assert (request.method, request.body, request.dont_filter) == ("GET", b"", True)
    assert not set(request.headers) & {b"If-None-Match", b"If-Modified-Since", b"Referer", b"Content-Type"}


def test_validators_referrer_and_exception_are_carried() -> None:
    request = request_for(
        "https://a.cn/", verify_tls=False, etag='W/"1"', last_modified="yesterday", referrer="https://a.cn/0"
    )
    assert request.headers.to_unicode_dict() == {
        "If-None-Match": 'W/"1"', "If-Modified-Since": "yesterday", "Referer": "https://a.cn/0",
    }  # fmt: skip
    assert request.meta["verify_tls"] is False


@pytest.mark.parametrize(
    ("body", "content_type"),
    [("page=2&rows=20", b"application/x-www-form-urlencoded"), (' {"page": 2}', b"application/json")],
)
def test_the_next_page_is_posted_for_in_its_own_format(body: str, content_type: bytes) -> None:
    request = request_for(NextPage("http://a.cn/list", "POST", body))
    assert (request.method, request.body) == ("POST", body.encode())
    assert request.headers["Content-Type"] == content_type


@pytest.mark.parametrize("address", ["", "www.example.gov.cn", "/col/index.html"])
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="Missing scheme"):
        request_for(address)


def test_a_response_becomes_a_page() -> None:
    request = request_for("http://a.cn/new", meta={"redirect_urls": ["http://a.cn/old", "http://a.cn/mid"]})
    headers = {"Content-Type": b"text/html; charset=gb2312\xb0", "ETag": "x", "Last-Modified": "y"}
    response = Response("http://a.cn/new", 203, headers, b"<p>", request=request)
    assert page_of(response) == Page(
        "http://a.cn/new", b"<p>", "text/html; charset=gb2312\xb0", 203, "http://a.cn/old", "x", "y"
    )


def test_a_packed_sitemap_is_unpacked_and_nothing_else_is() -> None:
    body, packed = b"<urlset></urlset>", gzip.compress(b"<urlset></urlset>")
    assert page_of(Response("http://a.cn/sitemap-1.xml.gz", body=packed)).body == body
    assert page_of(Response("http://a.cn/files.tar.gz", body=packed)).body == packed
    assert page_of(Response("http://a.cn/sitemap.xml.gz", body=body)).body == body


@pytest.mark.parametrize("body", [b"\x1f\x8bnot packed at all", gzip.compress(bytes(21 << 20))])
def test_a_broken_or_giant_packed_sitemap_stays_what_it_is(body: bytes) -> None:
    assert page_of(Response("http://a.cn/sitemap.xml.gz", body=body)).body == body


def test_a_response_without_history_names_no_other_address() -> None:
    page = page_of(Response("http://a.cn/", request=request_for("http://a.cn/")))
    assert page == Page("http://a.cn/", b"")
    assert page_of(Response("http://a.cn/")) == page


def test_an_interface_is_told_which_page_asks() -> None:
    asked = NextPage("http://a.cn/api?page=2", referrer="http://a.cn/col/", expects="data")
    assert request_for(asked, referrer="http://a.cn/").headers["Referer"] == b"http://a.cn/col/"
    assert (
        request_for(NextPage("http://a.cn/2"), referrer="http://a.cn/").headers["Referer"] == b"http://a.cn/"
    )
