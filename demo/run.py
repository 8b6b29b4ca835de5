"""The demo's course: what is done, what the world does, and what must come of it."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection

from demo.judge import Judge
from demo.readers import READERS, text_of
from demo.screen import Screen
from demo.verify import Finding, check_added, check_end, differences
from demo.world import Expected

EVERY = "2s"
LONGEST_WAIT = 60.0
"""Seconds until what must come is given up; on a quiet machine everything comes within ten."""
LONGEST_END = 15.0
PAUSE = 0.2
"""Seconds between two looks; a look that starts a command waits `COMMAND_PAUSE`, which leaves the machine
to the crawler meanwhile."""
COMMAND_PAUSE = 0.6
CORRECTED = "据市农业农村局更正"
COPIED = ("污染防治攻坚战半年点评会", "芦花荡湿地")


class StepFailed(Exception):
    """A step did not do what it must; `findings` say what was expected and what was found."""

    def __init__(self, step: str, findings: Collection[Finding]) -> None:
        super().__init__(step)
        self.step = step
        self.findings = tuple(findings)


class Course:
    """Goes through the demo, step by step; every step raises `StepFailed` unless it really happened."""

    def __init__(self, judge: Judge, screen: Screen) -> None:
        self._judge = judge
        self._screen = screen
        self._world = judge.world
        self._govwatch = judge.govwatch

    def go(self) -> None:
        """All of it."""
        self._subscribe()
        self._add_columns()
        self._first_visits()
        self._news_and_a_correction()
        self._copies_and_an_outage()
        self._recovery()
        self._stop()
        self._verify_everything()

    def _subscribe(self) -> None:
        wishes = [
            ["subscriptions", "add", reader.name, "--query", reader.query, "--locale", reader.locale]
            + [part for address in reader.addresses for part in ("--to", address)]
            for reader in READERS
        ]
        answers = self._govwatch.side_by_side(
            wishes, lambda: self._screen.waiting("the first commands start")
        )
        for reader, answer in zip(READERS, answers, strict=True):
            expected = {"query": reader.query, "recipients": list(reader.addresses), "locale": reader.locale}
            expect("subscriptions", differences(reader.name, expected, answer))
            self._screen.doing(f"{reader.name}: {reader.query}  ->  {', '.join(reader.addresses)}")
        self._screen.done(f"{len(READERS)} subscriptions")

    def _add_columns(self) -> None:
        columns, truth = self._world.sites, self._world.expected
        listed = [truth[key] for key in self._world.listed]
        wishes = [["add", column.url, "--yes", "--every", EVERY] for column in columns]
        answers = self._govwatch.side_by_side(wishes, lambda: self._screen.waiting("govwatch add"))
        for column, answer in zip(columns, answers, strict=True):
            own = [article for article in listed if article.site == column.key]
            expect("add", check_added(column, answer, own))
            self._screen.doing(f"{column.name} {column.column}: {len(answer['rows'])} rows, {column.charset}")
        self._screen.done(f"{len(columns)} columns understood from their addresses and taken on")

    def _first_visits(self) -> None:
        self._govwatch.watch()
        self._screen.doing("govwatch run: scheduler, crawler and sender at work")
        self._until("first visits", "every column is read", self._judge.sources, COMMAND_PAUSE)
        expect("first visits", self._judge.articles())
        expect("first visits", self._judge.mails())
        count = len(self._judge.readable)
        self._screen.done(f"{count} articles are stored to the letter, as history: nobody was mailed")

    def _news_and_a_correction(self) -> None:
        self._advance("appear")
        self._advance("edit")
        self._until("appear, edit", "all is found and the mails arrive", self._judge.mails)
        expect("appear, edit", self._judge.articles())
        self._screen.done(f"appear: found, read to the letter and told: {len(self._judge.inbox.mails)} mails")
        expect("edit", self._judge.search(CORRECTED, self._with(CORRECTED)))
        self._screen.done("edit: both versions are kept, the second is found, and who waited for it was told")

    def _copies_and_an_outage(self) -> None:
        """It takes a while until a server's 503 counts; the copies come meanwhile."""
        for step in ("reprint", "pollute", "outage"):
            self._advance(step)
        copied, query = self._with(*COPIED), " OR ".join(f'"{words}"' for words in COPIED)
        self._until(
            "reprint, pollute",
            "the copies are found",
            lambda: self._judge.search(query, copied),
            COMMAND_PAUSE,
        )
        expect("reprint, pollute", self._judge.articles())
        expect("reprint, pollute", self._judge.mails())
        self._screen.done("reprint, pollute: stored as copies of the first, without a second mail")
        self._until("outage", "the outage is noticed", self._judge.sources, COMMAND_PAUSE)
        self._screen.done("outage: status names the site that answers 503; the others go on")

    def _recovery(self) -> None:
        self._advance("recovery")
        self._until("recovery", "the site is asked again and its news told", self._judge.mails)
        self._until("recovery", "the source is healthy again", self._judge.sources, COMMAND_PAUSE)
        self._screen.done("recovery: the site is healthy again, and its new article was told")

    def _stop(self) -> None:
        self._screen.doing("SIGTERM to govwatch run")
        ending = self._govwatch.stop_watching()
        last_words = self._govwatch.run_log.read_text("utf-8").rstrip().rpartition("\n")[2]
        expect("SIGTERM", check_end(ending, last_words, LONGEST_END))
        self._screen.done(f"govwatch run ended in order, {ending.seconds:.1f} s after SIGTERM")

    def _verify_everything(self) -> None:
        judge = self._judge
        for look in (judge.articles, judge.mails, judge.outbox, judge.failures, judge.manners):
            expect(f"the whole: {look.__name__}", look())
        articles, mails = len(judge.readable), len(judge.inbox.mails)
        self._screen.done(
            f"all {articles} articles and {mails} mails are as the world knows them, and no other;"
            " robots.txt and delay were kept"
        )

    def _advance(self, name: str) -> None:
        for step in self._world.advance_to(name):
            self._screen.heading(f"{step.name}: {step.description}")

    def _with(self, *words: str) -> list[Expected]:
        return [e for e in self._judge.readable if any(word in text_of(e) for word in words)]

    def _until(self, step: str, what: str, look: Callable[[], list[Finding]], pause: float = PAUSE) -> None:
        """Looks again and again until there is no finding any more, or the time is over."""
        deadline = time.monotonic() + LONGEST_WAIT
        while findings := look():
            self._govwatch.expect_watching()
            if time.monotonic() > deadline:
                raise StepFailed(step, findings)
            self._screen.waiting(what)
            time.sleep(pause)


def expect(step: str, findings: Collection[Finding]) -> None:
    """Raises `StepFailed` where there is a finding."""
    if findings:
        raise StepFailed(step, findings)
