"""Our values in, Scrapy's requests out, and back."""

from __future__ import annotations

import zlib
from typing import Any

from scrapy import Request
from scrapy.http import Response
from scrapy.utils.gz import gunzip

from crawlers.items import NextPage, Page
from crawlers.middlewares.slots import site_of

RENDERED = "rendered"
"""Flag of a response that is a page as it stood in the browser."""
_MOST_UNPACKED = 20 * 1024 * 1024


def request_for(
    target: str | NextPage,
    *,
    verify_tls: bool = True,
    etag: str | None = None,
    last_modified: str | None = None,
    referrer: str | None = None,
    meta: dict[str, Any] | None = None,
    **kwargs: Any,
) -> Request:
    """A request in its site's slot; with validators it is conditional, and a 304 can come back.

    Never filtered as a duplicate: what has been seen is known to the archive, and a site that sets a
    cookie and redirects to the same address must be let do so. `kwargs` go to `Request`. Raises
    `ValueError` for what is no address.
    """
    asked = NextPage(target) if isinstance(target, str) else target
    headers = {
        "If-None-Match": etag,
        "If-Modified-Since": last_modified,
        "Referer": asked.referrer or referrer,
    }
    if asked.body is not None:
        is_json = asked.body.lstrip().startswith(("{", "["))
        headers["Content-Type"] = "application/json" if is_json else "application/x-www-form-urlencoded"
    return Request(
        asked.url,
        method=asked.method,
        body=asked.body,
        headers={name: value for name, value in headers.items() if value is not None},
        meta={**(meta or {}), "download_slot": site_of(asked.url), "verify_tls": verify_tls},
        dont_filter=True,
        **kwargs,
    )


def page_of(response: Response) -> Page:
    """The response as a value."""
    asked = _first_asked(response)
    return Page(
        url=response.url,
        body=_unpacked(response),
        content_type=_header(response, "Content-Type"),
        status=response.status,
        requested_url=asked if asked != response.url else None,
        etag=_header(response, "ETag"),
        last_modified=_header(response, "Last-Modified"),
        accommodated=response.request.meta.get("accommodated", ()) if response.request else (),
        rendered=RENDERED in response.flags,
    )


def _unpacked(response: Response) -> bytes:
    """The body; that of a `sitemap.xml.gz` unpacked, up to the size that any answer may have."""
    if not response.url.endswith(".xml.gz") or not response.body.startswith(b"\x1f\x8b"):
        return response.body
    try:
        return gunzip(response.body, max_size=_MOST_UNPACKED)
    except (OSError, EOFError, zlib.error, ValueError):  # broken, or a bomb: told by what it still is
        return response.body


def _first_asked(response: Response) -> str:
    if response.request is None:
        return response.url
    earlier: list[str] = response.request.meta.get("redirect_urls", [])
    return earlier[0] if earlier else response.request.url


def _header(response: Response, name: str) -> str | None:
    value = response.headers.get(name)
    return value.decode("latin-1") if value is not None else None
