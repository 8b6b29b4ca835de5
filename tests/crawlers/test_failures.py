"""Every failure has one word and one line."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from OpenSSL import SSL
from scrapy import Request
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)
from twisted.internet.error import ConnectionAborted, ConnectionLost
from twisted.python.failure import Failure as TwistedFailure
from twisted.web._newclient import ResponseNeverReceived

from crawlers import failures
from crawlers.failures import KINDS, TRANSIENT, Refused, failure_of_exception, failure_of_response
from crawlers.items import Page

URL = "http://www.example.gov.cn/"


def from_twisted(reason: Exception) -> DownloadFailedError:
    """As Scrapy's handler raises it: the reason lies two wrappers deep."""
    error = DownloadFailedError("[<twisted.python.failure.Failure ...>]")
    error.__cause__ = ResponseNeverReceived([TwistedFailure(reason)])
    return error


def no_address() -> ValueError:
    with pytest.raises(ValueError) as caught:  # noqa: PT011  # the message is Scrapy's
        Request("www.example.gov.cn")
    return caught.value


def openssl(reason: str) -> SSL.Error:
    return SSL.Error([("SSL routines", "", reason)])


CERTIFICATE = openssl("certificate verify failed")


@pytest.mark.parametrize(
    ("exc", "kind", "detail"),
    [
        (Refused("robots", "forbidden"), "robots", "forbidden"),
        (CannotResolveHostError("..."), "dns", "cannot be resolved"),
        (DownloadConnectionRefusedError("..."), "refused", "refused"),
        (DownloadTimeoutError("..."), "timeout", "in time"),
        (DownloadCancelledError(""), "too_large", "larger than allowed"),
        (ResponseDataLossError(), "truncated", "ended before"),
        (UnsupportedURLSchemeError("gopher"), "bad_address", "only http and https"),
        (from_twisted(CERTIFICATE), "tls", "certificate verify failed"),
        (from_twisted(SSL.Error()), "tls_handshake", "the TLS handshake failed"),
        (from_twisted(openssl("unsafe legacy renegotiation disabled")), "tls_legacy", "legacy renegotiation"),
        (from_twisted(openssl("dh key too small")), "tls_dh", "dh key too small"),
        (from_twisted(openssl("bad ecpoint")), "tls_curve", "bad ecpoint"),
        (from_twisted(openssl("tlsv1 alert protocol version")), "tls_version", "protocol version"),
        (from_twisted(openssl("ee key too small")), "tls", "ee key too small"),
        (from_twisted(openssl("wrong version number")), "tls_handshake", "wrong version number"),
        (from_twisted(ConnectionLost()), "unreachable", "connection failed: Connection to the other side"),
        (ConnectionAborted(), "unreachable", "connection failed: Connection was aborted"),
        (IgnoreRequest("max redirections reached"), "redirect_loop", "more redirects"),
        (IgnoreRequest("body exceeded DOWNLOAD_MAXSIZE (20 B)"), "too_large", "unpacked"),
        (IgnoreRequest("some other\nmiddleware"), "unexpected", "some other middleware"),
        (no_address(), "bad_address", "not an address: Missing scheme"),
        (KeyError("x"), "unexpected", "KeyError: 'x'"),
    ],
)
def test_exceptions(exc: Exception, kind: str, detail: str) -> None:
    failure = failure_of_exception(exc, URL)
    assert (failure.kind, failure.url) == (kind, URL)
    assert detail in failure.detail
    assert "\n" not in failure.detail


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (200, None), (304, None), (301, "http_other"), (400, "http_other"), (401, "http_403"),
        (403, "http_403"), (404, "http_404"), (405, "http_other"), (410, "http_404"), (412, "js_challenge"),
        (429, "http_429"), (500, "http_5xx"), (502, "http_5xx"), (521, "http_5xx"),
    ],
)  # fmt: skip
def test_statuses(status: int, kind: str | None) -> None:
    body = "<p>关于印发水污染防治工作方案的通知</p>".encode()
    failure = failure_of_response(Page(URL, body, "text/html", status))
    assert (failure.kind if failure else None) == kind


def test_every_kind_is_explained_in_one_line() -> None:
    assert set(KINDS) >= TRANSIENT
    assert all(text.endswith(".") and "\n" not in text and len(text) < 130 for text in KINDS.values())


def test_no_kind_is_used_that_is_not_explained() -> None:
    folder = Path(failures.__file__).parent
    used = set()
    for path in folder.rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.args:
                kind = call.args[0]
                if call.func.id in ("Failure", "Refused") and isinstance(kind, ast.Constant):
                    used.add(kind.value)
    assert {"private_address", "too_large"} <= used <= set(KINDS)


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b'{"articles": []}', "application/octet-stream"),
        (b"<datastore><totalrecord>0</totalrecord><recordset></recordset></datastore>", "text/html"),
        (b'cb({"result":""})', "text/html"),
        (b'var siteInfo={"siteGuid":"7e"};', "application/x-javascript"),
        (b"<script type='text/xml'><datastore><record></record></datastore></script>", "text/html"),
    ],
)
def test_data_that_was_asked_for_is_no_failure(body: bytes, content_type: str) -> None:
    assert failure_of_response(Page(URL, body, content_type), "data") is None


@pytest.mark.parametrize(
    ("body", "status", "kind"),
    [
        ("<!DOCTYPE html><html><body>请求已被拦截</body></html>", 200, "waf"),
        ("<html><head><title>青禾县人民政府</title></head><body>欢迎</body></html>", 200, "stub"),
        ("<html><title>404 Not Found</title></html>", 200, "soft_404"),
        ("<script>$_ts=window['$_ts'];</script>", 200, "js_challenge"),
        ("", 200, "empty"),
        ("%PDF-1.7", 200, "not_html"),
        ('{"error": 1}', 404, "http_404"),
        ('{"error": 1}', 500, "http_5xx"),
    ],
)
def test_what_comes_instead_of_data_is_named(body: str, status: int, kind: str) -> None:
    failure = failure_of_response(Page(URL, body.encode(), "text/html", status), "data")
    assert failure is not None
    assert failure.kind == kind
