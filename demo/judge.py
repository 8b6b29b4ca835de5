"""What is so far, next to what must be so far: each question asked of the real thing, once."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from demo.commands import Govwatch
from demo.facts import Archive, read_archive
from demo.inbox import Inbox
from demo.readers import READERS, Owed, owed
from demo.verify import (
    Finding,
    check_archive,
    check_failures,
    check_outbox,
    check_search,
    check_watched,
)
from demo.verify_mails import check_mails
from demo.verify_manners import check_manners
from demo.world import Column, Expected, World

CONTACT = "demo@govwatch.example"
DELAY = 0.1
"""Seconds between two requests to one site."""


class Judge:
    """Compares at any moment; no finding means that all is as the world knows it."""

    def __init__(self, world: World, inbox: Inbox, govwatch: Govwatch) -> None:
        self.world = world
        self.inbox = inbox
        self.govwatch = govwatch
        self._keys: dict[str, None] = {}
        """Of the articles that the columns have shown so far; a dict, so that their order stays."""

    @property
    def archive(self) -> Archive:
        """What stands in the database."""
        return read_archive(self.govwatch.folder / "data" / "govwatch.db")

    @property
    def readable(self) -> list[Expected]:
        """The truth about every article that was to be had so far."""
        return [article for article in self._shown() if not article.forbidden]

    @property
    def forbidden(self) -> list[Expected]:
        """Articles in the lists that robots.txt keeps everybody from."""
        return [article for article in self._shown() if article.forbidden]

    @property
    def owed(self) -> list[Owed]:
        """The mails that must have come so far."""
        return owed(READERS, self.world.expected)

    def counts(self) -> dict[str, int]:
        """How many articles each source must have, by its address."""
        readable = self.readable
        return {c.url: sum(e.site == c.key for e in readable) for c in self.world.sites}

    def failing(self, *, now: bool) -> list[Column]:
        """Columns whose site answers 503 now, or (`now` False) ever did."""
        steps = [step for step in self.world.steps if step.name in self.world.done]
        down = {step.site for step in steps if step.outage}
        up = {step.site for step in steps if step.outage is False} if now else set()
        return [column for column in self.world.sites if column.key in down - up]

    def status(self) -> dict[str, Any]:
        answer: dict[str, Any] = self.govwatch.json("status")
        return answer

    def sources(self) -> list[Finding]:
        """`govwatch status` against what each column has, and which site is down."""
        return check_watched(self.status(), self.counts(), [c.url for c in self.failing(now=True)])

    def articles(self) -> list[Finding]:
        """The database against every article so far."""
        return check_archive(self.readable, self.archive.articles)

    def mails(self) -> list[Finding]:
        """The inbox against all that is owed so far."""
        return check_mails(self.owed, self.inbox.mails)

    def search(self, query: str, truth: Collection[Expected]) -> list[Finding]:
        """`govwatch search` against the articles that it must find."""
        return check_search(self.govwatch.json("search", query, "--limit", "100")["hits"], truth)

    def outbox(self) -> list[Finding]:
        """`govwatch status` against the number of mails that came."""
        return check_outbox(self.status(), len(self.owed))

    def failures(self) -> list[Finding]:
        """Every failure that was written down against those that the world caused."""
        urls = [column.url for column in self.failing(now=False)]
        return check_failures(self.archive.failures, [article.url for article in self.forbidden], urls)

    def manners(self) -> list[Finding]:
        """The sites' own log against what was promised to them."""
        paths = {(article.site, article.url.partition(article.host)[2]) for article in self.forbidden}
        return check_manners(self.world.log.of(), DELAY, paths, CONTACT)

    def _shown(self) -> list[Expected]:
        self._keys.update(dict.fromkeys(self.world.listed))
        truth = self.world.expected
        return [truth[key] for key in self._keys]
