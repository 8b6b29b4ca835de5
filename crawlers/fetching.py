"""One address after another, politely: what `add`, `probe` and `read` use to look at the live web."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from crawlers.items import Failure, Page

Fetch = Callable[[str], Awaitable[Page]]
"""Asks for one address; raises `FetchFailed` when no usable page came."""


class FetchFailed(Exception):
    """No usable page came; `failure` says why, in the terms of `crawlers.failures`."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(f"{failure.url}: {failure.kind}: {failure.detail}")
        self.failure = failure
