"""A watch that is killed again and again while its world goes on."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any, Literal

from attrs import define, field, frozen

from benchmarks.killing import judge
from benchmarks.killing.news import READERS, news_world
from benchmarks.killing.processes import kill, processes_of, wait_for
from crawlers.catalogue.model import Source
from demo.world import World
from pipelines.store import sources, subscriptions
from pipelines.store.database import open_store
from pipelines.store.subscriptions import Subscription
from pipelines.store.times import now_in_china
from tests.support.smtp import Mailbox, smtp_server

GOVWATCH = Path(sys.executable).with_name("govwatch")

Target = Literal["all", "watch", "crawl"]
"""What is killed: everything at once, or one of the two, and the other lives on."""


@frozen
class Result:
    """What 200 kills, say, have done."""

    kills: Counter[Target]
    in_crawl: int
    """Kills while a child process was crawling."""
    in_mail: int
    """Kills while a mail was in hand."""
    before_commit: int
    """Kills between the server's taking a mail and our writing that down."""
    articles: int
    mails: int
    """That were due; each arrived."""
    repeats: int
    """Mails that came a second time, under the same Message-ID."""
    troubles: list[str]
    seconds: float


def killed(folder: Path, kills: int, seed: int, report: Callable[[str], None]) -> Result:
    """Kills a watch so many times, lets it finish in peace, and judges what is there."""
    started = time.monotonic()
    steps = max(5, min(kills // 2, 60))
    with smtp_server() as mailbox, news_world(steps, now_in_china()) as world:
        watch = Watch(folder, world, mailbox, Random(seed))
        watch.set_up()
        troubles: list[str] = []
        try:
            while watch.kills.total() < kills:
                watch.go_on(share=watch.kills.total() / kills)
                found = judge.consistency(watch.database) + watch.count_mail_in_hand()
                troubles += [f"kill {watch.kills.total()}: {text}" for text in found]
                if found or watch.kills.total() % 20 == 0:
                    report(f"{watch.kills.total()} kills, {len(mailbox.delivered)} mails {found or ''}")
        finally:
            watch.end()
        world.advance_to(world.steps[-1].name)
        troubles += watch.finish()
        truth = {key: article for key, article in world.expected.items() if article.visible}
        troubles += judge.consistency(watch.database) + judge.stored_wrong(watch.database, truth)
        mails = judge.Mails(mailbox.delivered, truth)
        troubles += mails.troubles
        if mails.repeats > watch.before_commit:
            troubles.append(
                f"{mails.repeats} mails came twice after {watch.before_commit} kills that allow it"
            )
        return Result(
            kills=watch.kills,
            in_crawl=watch.in_crawl,
            in_mail=watch.in_mail,
            articles=len(truth),
            mails=mails.due,
            before_commit=watch.before_commit,
            repeats=mails.repeats,
            troubles=troubles,
            seconds=time.monotonic() - started,
        )


@define
class Watch:
    """`govwatch run` in a folder, and the ways to make an end of it."""

    folder: Path
    world: World
    mailbox: Mailbox
    random: Random
    kills: Counter[Target] = field(factory=Counter)
    in_crawl: int = 0
    in_mail: int = 0
    before_commit: int = 0
    _process: subprocess.Popen[bytes] | None = None
    _mails_begun: int = 0

    @property
    def database(self) -> Path:
        return self.folder / "data" / "govwatch.db"

    def set_up(self) -> None:
        def begun() -> None:
            self._mails_begun += 1
            time.sleep(self.random.uniform(0, 0.02))

        self.mailbox.on_data = begun
        with open_store(self.database) as db:
            for site in self.world.sites:
                sources.add(db, Source(site.key, site.url, every=1), now_in_china())
            for reader in READERS:
                wanted = Subscription(reader.name, reader.word, reader.recipients)
                subscriptions.put(db, wanted, now_in_china())

    def go_on(self, share: float) -> None:
        """Starts the watch where it is not running, and kills at a random moment; `share` of the way."""
        if self._process is None or self._process.poll() is not None:
            with (self.folder / "watch.log").open("ab") as log:
                self._process = subprocess.Popen(
                    [GOVWATCH, "run"], cwd=self.folder, env=self._env, stderr=log, start_new_session=True
                )
        if self._history_is_known() and len(self.world.done) < share * len(self.world.steps) + 1:
            self.world.advance()
        self._wait_for_the_moment()
        self.kill(self.random.choices(("all", "watch", "crawl"), (6, 2, 2))[0])

    def kill(self, target: Target) -> None:
        """SIGKILL to all, to the watch alone, whose crawls go on as orphans, or to its crawls alone."""
        watch = {self._process.pid} if self._process and self._process.poll() is None else set()
        crawls = processes_of(self.folder / "data") - watch
        self.in_crawl += bool(crawls)
        self.in_mail += self._mails_begun > len(self.mailbox.delivered)
        victims = {"all": watch | crawls, "watch": watch, "crawl": crawls or watch}[target]
        for number in victims:
            kill(number)
        if self._process is not None and (not watch or watch & victims):
            self._process.wait()
            self._process = None
        self.kills[target if crawls or target == "all" else "watch"] += bool(victims)

    def count_mail_in_hand(self) -> list[str]:
        """After a kill: one mail at most may have been taken and not written down."""
        if self._process is not None:
            return []  # the sender lives on
        wait_for(lambda: self._mails_begun == len(self.mailbox.delivered))
        number = judge.in_hand(self.database, self.mailbox.delivered)
        self.before_commit += bool(number)
        return [f"{number} mails were taken and not written down"] if number > 1 else []

    def end(self) -> None:
        """Ends whatever still runs."""
        for number in processes_of(self.folder / "data"):
            kill(number)
        if self._process is not None:
            self._process.wait()

    def finish(self) -> list[str]:
        """One quiet round of everything; what it complains of."""
        crawled = self._told("crawl", *(site.key for site in self.world.sites), "--json")
        sent = self._told("send", "--json")
        troubles = [f"the last crawl: {failure}" for failure in crawled["failures"]]
        due = {state: number for state, number in sent["outbox"].items() if state != "sent" and number}
        return troubles + ([f"the outbox at the end: {due}"] if due else [])

    def _wait_for_the_moment(self) -> None:
        """Any moment of the first seconds; or right after a request; or in the middle of a mail."""
        chance = self.random.random()
        if chance < 0.3:
            time.sleep(self.random.uniform(0, 5))
            return
        if chance < 0.7:
            wanted = len(self.world.log) + self.random.randint(1, 30)
            wait_for(lambda: len(self.world.log) >= wanted)
            time.sleep(self.random.uniform(0, 0.05))
        else:
            wanted = self._mails_begun + 1
            wait_for(lambda: self._mails_begun >= wanted)
            time.sleep(self.random.uniform(0, 0.03))

    def _history_is_known(self) -> bool:
        """What the columns show at the first visit is history; nothing new may appear before."""
        with open_store(self.database) as db:
            (left,) = db.execute("SELECT count(*) FROM sources WHERE last_success IS NULL").fetchone()
            return not left

    def _told(self, *arguments: str) -> Any:
        done = subprocess.run(
            [GOVWATCH, *arguments],
            cwd=self.folder,
            env=self._env,
            capture_output=True,
            check=False,
            text=True,
        )
        if done.returncode > 1 or "Traceback" in done.stderr:
            raise RuntimeError(f"govwatch {' '.join(arguments)}: {done.stderr}")
        return json.loads(done.stdout) if "--json" in arguments else None

    @property
    def _env(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
        settings = {
            "data": self.folder / "data", "allow_private": 1, "delay": 0, "tick": 0.3,
            "smtp_host": "127.0.0.1", "smtp_port": self.mailbox.port,
        }  # fmt: skip
        return kept | {f"GOVWATCH_{name.upper()}": str(value) for name, value in settings.items()}
