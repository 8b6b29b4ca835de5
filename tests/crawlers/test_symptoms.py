"""Pages that are none, and pages that only look so."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.items import Page
from crawlers.symptoms import symptom, visible_text

URL = "http://www.example.gov.cn/col/"
NEWS = "市水务局组织开展汛期安全检查，要求各单位落实责任，完善预案，确保群众生命财产安全。" * 8


def kind_of(
    body: str | bytes, content_type: str | None = "text/html", status: int = 200, **more: str
) -> str | None:
    raw = body.encode() if isinstance(body, str) else body
    found = symptom(
        Page(url=more.pop("url", URL), body=raw, content_type=content_type, status=status, **more)
    )
    assert found is None or "\n" not in found[1]
    return found[0] if found else None


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("js_challenge", "<html><head><script>$_ts=window['$_ts'];if(!$_ts)$_ts={};</script></head></html>"),
        ("js_challenge", "<meta id='9DhefwqGPrzGxEp9hPaoag' content='x' r='m'><script src=/a.js></script>"),
        (
            "js_challenge",
            "<script>document.cookie=('_')+('_jsl')</script><script>__jsl_clearance_s=1</script>",
        ),
        ("js_challenge", "<script>var arg1='A';setCookie('acw_sc__v2', x)</script>"),
        ("js_challenge", '<script>document.cookie="C3VK=1a2b";location.reload()</script>'),
        ("waf", "<title>拦截提示</title><p>您的请求可能存在威胁，已被拦截。</p>"),
        ("waf", "<html>访问被拒绝 创宇盾</html>"),
        ("suspended", "<h1>Account has been suspended</h1>"),
        ("suspended", "<p>网站正在升级维护，请稍后访问</p>"),
        ("soft_404", "<title>404</title><p>抱歉</p>"),
        ("soft_404", "<p>您访问的页面不存在或已删除！</p>"),
        ("soft_404", f"<title>页面不存在</title><p>{NEWS}</p>"),
        ("login", "<title>统一身份认证平台</title><a href=/>首页</a><input type='password' name=p>"),
        ("empty", ""),
        ("empty", " \r\n"),
        ("empty", "<html><head></head><body><!-- 首页 --></body></html>"),
        ("stub", "ok"),
        ("stub", "<div id='app'></div><script src='/js/app.js'></script>"),
    ],
)
def test_what_is_no_page(kind: str, body: str) -> None:
    assert kind_of(body) == kind
    assert kind_of(body.encode("gb18030")) == kind


@pytest.mark.parametrize(
    "body",
    [
        f"<p>{NEWS}</p>",
        "<ul><li><a href='1.html'>公告</a></ul>",
        "<img src='notice.jpg'>",
        "<frameset><frame src='main.html'></frameset>",
        "<meta http-equiv='refresh' content='0; url=/index/'>",
        f"<script>$_ts=window['$_ts'];</script><p>{NEWS}</p>",
        f"<title>关于网站升级维护的公告</title><p>{NEWS}网站正在升级维护。</p>",
        f"<title>404种药品纳入医保目录</title><p>{NEWS}</p>",
        f"<title>站点首页</title><p>{NEWS}</p><form><input type=password></form>",
        '<title>解读</title><meta name="r" content="m"><p>网络安全法解读：访问控制与等级保护制度要点</p>',
    ],
)
def test_what_is_a_page(body: str) -> None:
    assert kind_of(body) is None


@pytest.mark.parametrize(
    ("body", "content_type", "kind"),
    [
        (b"%PDF-1.7", "text/html", "not_html"),
        (b"PK\x03\x04....", None, "not_html"),
        (b"\x89PNG\r\n", "image/png", "not_html"),
        (b"\x00\x01\x02", "application/octet-stream", "not_html"),
        (b"x", "application/vnd.ms-excel", "not_html"),
        (b"<html><a href=1>a</a>", "application/octet-stream", None),
        (b'{"code": 200}', "text/html", None),
        (b"[]", "application/json;charset=UTF-8", None),
        (b"<rss/>", "application/rss+xml", None),
        ("<a href='1'>公告</a>".encode("utf-16"), "text/html", None),
        (b"\xff" * 300 + b"<a href=1>", "text/html; charset=klingon", None),
    ],
)
def test_other_formats(body: bytes, content_type: str | None, kind: str | None) -> None:
    assert kind_of(body, content_type) == kind


def test_a_redirect_to_a_login_is_a_login() -> None:
    form = "<title>欢迎</title><a href=/>首页</a><input type=password>"
    assert kind_of(form, url="http://www.example.gov.cn/sso/index", requested_url=URL) == "login"
    assert kind_of(form) is None


def test_an_error_page_keeps_its_status_unless_it_is_a_wall() -> None:
    assert kind_of("<h1>403 Forbidden</h1>", status=403) is None
    assert kind_of(f"<p>{NEWS}</p><script>__jsl_clearance</script>", "text/plain", 521) == "js_challenge"


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>一 二</p>", "一二"),
        ("a<script>if (1 < 2) b</script>c<STYLE>d</STYLE >e", "ace"),
        ("a<!-- <p>b</p> -->c", "ac"),
        ("a<script>b", "a"),
        ("a&nbsp;<br", "a"),
    ],
)
def test_visible_text(markup: str, text: str) -> None:
    assert visible_text(markup) == text


@given(st.binary(max_size=400) | st.text(alphabet="<>!-/scriptyle'\"= \n$_公告", max_size=400))
def test_no_bytes_break_it(body: bytes | str) -> None:
    kind_of(body)


@pytest.mark.parametrize(
    "piece", ["<script", "<!--", "<a ", "<meta ", "<title", "<", "<input type=", "404 ", " "]
)
def test_hostile_markup_takes_no_time(piece: str) -> None:
    body = (piece * (128 * 1024 // len(piece))).encode()
    begun = time.perf_counter()
    kind_of(body)
    assert time.perf_counter() - begun < 2
