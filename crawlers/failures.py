"""Why a page could not be had: one word, one line, in terms a user can act on. Pure."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping
from gzip import BadGzipFile
from typing import Literal

from OpenSSL import SSL
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    NotSupported,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)
from service_identity import VerificationError
from twisted.internet.error import ConnectError, ConnectionClosed
from twisted.python.failure import Failure as TwistedFailure

from crawlers.items import Failure, Page
from crawlers.symptoms import data_symptom, file_symptom, symptom

KINDS: Mapping[str, str] = {
    "bad_address": "The address is no http or https address; check it for typing mistakes.",
    "dns": "The name of the site is not known; check the address and your own connection.",
    "refused": "Nobody answers at this address and port; the site may be down, try again later.",
    "unreachable": "The connection broke off; the site may be down or closed to visitors from here, try"
    " again later.",
    "timeout": "No complete answer in time; the site may be slow, down, or closed to visitors from here,"
    " try again later.",
    "tls": "The certificate of the site is not acceptable; http may work, or turn the check off for this one"
    " source.",
    "tls_legacy": "The encryption of the site is too old (renegotiation), and allowing that did not help.",
    "tls_dh": "The encryption of the site is too old (a short key), and allowing that did not help.",
    "tls_curve": "The encryption of the site is broken (its curve), and offering P-256 only did not help.",
    "tls_version": "The site knows only old versions of TLS, and allowing TLS 1.0 did not help.",
    "tls_handshake": "No connection comes about over https, nor over http; check the address in a browser.",
    "private_address": "The address leads into a private network; GOVWATCH_ALLOW_PRIVATE=1 permits that.",
    "redirect_loop": "The site sends the visitor round in circles; try the address at which a browser ends"
    " up.",
    "robots": "The site's robots.txt forbids this page to programs; ask the site, or watch another column.",
    "robots_unreachable": "The site's robots.txt gave an error, so nothing may be fetched for now; it is"
    " tried again.",
    "http_403": "The site refuses this page (401 or 403); it may be closed to visitors from here.",
    "http_404": "The page is not there (404 or 410); the column may have moved.",
    "http_429": "The site asks for fewer requests; raise the delay.",
    "http_5xx": "The site has an error of its own; it is tried again.",
    "http_other": "The site answered with an unusual status; check the address in a browser.",
    "js_challenge": "The site serves only browsers that run its protection script; that is not worked"
    " around, ask the site.",
    "waf": "The site's firewall turned the request away; that is not worked around, ask the site.",
    "login": "The page wants a login; give the address of one that everybody may see.",
    "hijacked": "Strangers have taken the site or its name: the page advertises gambling or the like; remove"
    " the source.",
    "foreign_site": "The address leads to a site of somebody else; find the column's new address.",
    "redirect_home": "The address leads to the site's home page; what stood there is gone or has moved.",
    "frozen": "The site shows an old state of the list, as a copy that nobody renews; see it in a browser.",
    "suspended": "The site is closed, suspended or under maintenance; check in a browser whether it has"
    " moved.",
    "soft_404": "The site says that the page does not exist, though its status says 200; the column may"
    " have moved.",
    "empty": "The page is empty; check the address in a browser.",
    "stub": "The page is a shell without content; if a browser fills it, `govwatch add URL --browser`.",
    "browser": "The page could not be shown in a browser; the detail says what is lacking or went wrong.",
    "not_html": "The address is a file and no page; give the address of a page.",
    "no_file": "A page came in place of a file that an article offers; check its link in a browser.",
    "too_large": "The answer is larger than a page may be (20 MB, also after unpacking); check the address"
    " in a browser.",
    "truncated": "The answer ended too early or could not be unpacked; try again later.",
    "no_rows": "No list was found on the page; the column may have a new layout, try `govwatch probe URL`.",
    "foreign_rows": "The list on the page is not the column's; look at it in a browser, and add it anew if it"
    " is all the same.",
    "unreadable": "The page could not be read as an article; check it in a browser.",
    "unfinished": "More new rows than one visit walks through; `govwatch crawl NAME --pages N` fetches more.",
    "hung": "The visit took longer than its time limit and was stopped; it is tried again later.",
    "interrupted": "The visit was broken off: stopped by the user, by the system or by an error of its own;"
    " it is tried again.",
    "unexpected": "Something unforeseen; the detail says what. Please report it.",
}
"""Every kind of failure, explained in one line."""

TLS = frozenset(kind for kind in KINDS if kind.startswith("tls"))

TRANSIENT = frozenset({"dns", "refused", "unreachable", "timeout", "truncated"})
"""Kinds of exceptions that may be gone a few seconds later."""


_END_OF_POSTS = b"rest_post_invalid_page_number"
"""WordPress answers 400 with this code where the list of posts has no such page."""


class Refused(IgnoreRequest):
    """A request that our own rules stop: robots.txt, private addresses, schemes other than http."""

    def __init__(self, kind: str, detail: str) -> None:
        super().__init__(f"{kind}: {detail}")
        self.kind = kind
        self.detail = detail


_BY_TYPE: tuple[tuple[type[BaseException] | tuple[type[BaseException], ...], str, str], ...] = (
    (CannotResolveHostError, "dns", "the name of the site cannot be resolved"),
    (DownloadConnectionRefusedError, "refused", "the connection was refused"),
    (DownloadTimeoutError, "timeout", "no complete answer in time"),
    (DownloadCancelledError, "too_large", "the answer is larger than allowed"),
    (ResponseDataLossError, "truncated", "the answer ended before its announced end"),
    ((zlib.error, EOFError, BadGzipFile), "truncated", "the compressed answer cannot be unpacked"),
    ((UnsupportedURLSchemeError, NotSupported), "bad_address", "only http and https can be fetched"),
    ((ConnectError, ConnectionClosed, DownloadFailedError, OSError), "unreachable", "connection failed: "),
    (ValueError, "bad_address", "not an address: "),
)
"""Types, kind, detail; a detail that ends in a colon is followed by the innermost cause's own words."""


def failure_of_exception(exc: BaseException, url: str) -> Failure:
    """What an exception of the downloader, of a middleware or of `Request()` means to the user."""
    if isinstance(exc, Refused):
        return Failure(exc.kind, exc.detail, url)
    if isinstance(exc, IgnoreRequest):
        return _ignored(exc, url)
    causes = tuple(_causes(exc))
    for cause in causes:
        if isinstance(cause, (SSL.Error, VerificationError)):
            detail = _tls_detail(cause)
            return Failure(_tls_kind(detail), detail, url)
    for types, kind, meaning in _BY_TYPE:
        if isinstance(exc, types):
            said = next((text for cause in reversed(causes) if (text := _one_line(cause))), "unknown")
            return Failure(kind, meaning + said if meaning.endswith(": ") else meaning, url)
    return Failure("unexpected", f"{type(exc).__name__}: {_one_line(exc)}", url)


def failure_of_response(page: Page, expects: Literal["page", "data", "file"] = "page") -> Failure | None:
    """What is wrong with a response, by its status and content; None: it can be read (or is a 304).

    `expects`: as in `NextPage`.
    """
    if page.status == 304:
        return None
    looked_at = {"data": data_symptom, "file": file_symptom}.get(expects, symptom)
    found = looked_at(page) if page.status < 300 else symptom(page)
    if found and (found[0] in ("js_challenge", "waf") or page.status < 300):
        return Failure(*found, page.url)
    if 200 <= page.status < 300:
        return None
    kind = "http_404" if _END_OF_POSTS in page.body else _kind_of_status(page.status)
    return Failure(kind, f"HTTP status {page.status}", page.url)


def _kind_of_status(status: int) -> str:
    named = {401: "http_403", 403: "http_403", 404: "http_404", 410: "http_404", 429: "http_429"}
    if status == 412:  # 瑞数 answers so to every visitor who has not run its script
        return "js_challenge"
    return named.get(status, "http_5xx" if status >= 500 else "http_other")


def _ignored(exc: IgnoreRequest, url: str) -> Failure:
    """Scrapy's own middlewares tell only by their words why they drop a request."""
    words = _one_line(exc)
    if "max redirections" in words:
        return Failure("redirect_loop", "more redirects than allowed", url)
    if "DOWNLOAD_MAXSIZE" in words:
        return Failure("too_large", "larger than allowed when unpacked", url)
    return Failure("unexpected", words, url)


def _causes(exc: BaseException) -> Iterator[BaseException]:
    """`exc`, what it was raised from, and the reasons that Twisted wraps, outermost first."""
    waiting: list[BaseException | None] = [exc]
    seen: set[int] = set()
    while waiting:
        current = waiting.pop(0)
        if current is None or id(current) in seen:
            continue
        seen.add(id(current))
        yield current
        waiting.append(current.__cause__)
        for reason in getattr(current, "reasons", None) or ():
            waiting.append(reason.value if isinstance(reason, TwistedFailure) else reason)


_TLS_KINDS = (
    (re.compile(r"legacy renegotiation"), "tls_legacy"),
    (re.compile(r"dh key too small|modulus too small|bad dh value"), "tls_dh"),
    (re.compile(r"ecpoint|wrong curve|bad key share|bad ecc|invalid encoding"), "tls_curve"),
    (re.compile(r"unsupported protocol|alert protocol version|no protocols available"), "tls_version"),
    (re.compile(r"certificate|key too small|md too weak"), "tls"),
)
"""What OpenSSL's reasons speak of."""


def _tls_kind(detail: str) -> str:
    return next((kind for said, kind in _TLS_KINDS if said.search(detail)), "tls_handshake")


def _tls_detail(exc: BaseException) -> str:
    """`certificate verify failed` out of OpenSSL's list of (library, function, reason)."""
    if isinstance(exc, VerificationError):
        return "the certificate is made out to another name"
    entries = exc.args[0] if exc.args and isinstance(exc.args[0], list) else []
    return "; ".join(str(entry[-1]) for entry in entries) or "the TLS handshake failed"


def _one_line(exc: BaseException) -> str:
    return " ".join(str(exc).split())[:300]
