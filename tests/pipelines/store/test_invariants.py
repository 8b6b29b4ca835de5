"""After any sequence of operations: everything stored whole, told once, and told to everyone it concerns."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from attrs import define, field
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from crawlers.items import Failure, ListSeen, Row, Unmodified
from pipelines.store import articles, links, runs, sources, subscriptions
from pipelines.store.database import open_store
from pipelines.store.subscriptions import NoSuchSubscription, Subscription
from tests.support.stored import HOST, LONG, NOW, audit, reading, watch

WORDS = ("水质", "空气", "处罚")
BODIES = (
    "",
    "水质。",
    "空气，处罚。",
    "ＰＭ２.５水质\n处罚。",
    LONG + "水质。",
    LONG + "水质！\n",
    LONG + "空气，处罚。",
    LONG,
)
HOSTS = (HOST, "news.example")
COLUMNS = ("部门动态", "要闻")


@define
class Desk:
    """A store, and what has been promised to whom so far."""

    db: Database
    clock: itertools.count[int] = field(factory=itertools.count)

    def moment(self):
        return NOW + timedelta(hours=next(self.clock))

    def rules(self) -> list[tuple[int, int, str]]:
        rows = self.db.execute("SELECT id, version, query FROM subscriptions WHERE state = 'active'")
        return [tuple(row) for row in rows]

    def matched(self) -> set[tuple[int, int, int]]:
        rows = self.db.execute("SELECT story_id, subscription_id, subscription_version FROM matches")
        return {tuple(row) for row in rows}

    def mails(self) -> int:
        return self.db["outbox"].count

    def column(self, place: int | None) -> int | None:
        if place is None:
            return None
        row = self.db.execute("SELECT id FROM sources WHERE name = ?", [COLUMNS[place]]).fetchone()
        return row["id"] if row else watch(self.db, COLUMNS[place])

    def save(self, page: int, body: int, title: int, source: int | None, backlog: bool) -> None:
        url = f"http://{HOSTS[page % 2]}/{page}.html"
        before = self.db.execute("SELECT title, body, backlog FROM articles WHERE url = ?", [url]).fetchone()
        mails, known = self.mails(), self.matched()
        read = reading(
            f"/{page}.html",
            BODIES[body],
            host=HOSTS[page % 2],
            title=f"公报{WORDS[title]}",
            source=self.column(source),
            backlog=backlog,
        )
        saved = articles.save(self.db, read, self.moment())
        assert self.mails() - mails == saved.alerts
        new = self.matched() - known
        assert len(new) <= saved.alerts
        self._told_whom_it_concerns(saved, read, before)

    def _told_whom_it_concerns(self, saved, read, before) -> None:
        row = self.db.execute(
            "SELECT story_id, backlog FROM articles WHERE id = ?", [saved.article_id]
        ).fetchone()
        text = f"{read.article.title}\n{read.article.body}"
        matched = self.matched()
        for number, version, query in self.rules():
            told = (row["story_id"], number, version) in matched
            if query not in text:
                continue
            if before is None and not row["backlog"]:
                assert told
            if before is not None and query not in f"{before['title']}\n{before['body']}":
                assert told
            if before is not None and before["backlog"] and not row["backlog"]:
                assert told
        if before is None and row["backlog"]:
            assert saved.alerts == 0

    def list_rows(self, pages: list[int], source: int, backlog: bool, title: int) -> None:
        rows = tuple(Row(f"http://{HOSTS[page % 2]}/{page}.html", f"公报{title}") for page in pages)
        links.record_rows(self.db, ListSeen(self.column(source), "", rows, backlog), self.moment())

    def fail(self, page: int, source: int) -> None:
        run = runs.start(self.db, "manual", self.moment())
        url = f"http://{HOSTS[page % 2]}/{page}.html"
        runs.record_failure(self.db, run, Failure("timeout", "?", url, self.column(source)), self.moment())

    def unmodified(self, page: int, source: int) -> None:
        url = f"http://{HOSTS[page % 2]}/{page}.html"
        articles.seen_unmodified(self.db, Unmodified(self.column(source), url), self.moment())

    def remove_column(self, place: int) -> None:
        self.column(place)
        sources.remove(self.db, COLUMNS[place])

    def subscribe(self, name: int, query: int, readers: int) -> None:
        recipients = tuple(f"{number}@example.org" for number in range(readers))
        subscriptions.put(self.db, Subscription(f"s{name}", WORDS[query], recipients), self.moment())

    def unsubscribe(self, name: int, how: str) -> None:
        try:
            if how == "removed":
                subscriptions.remove(self.db, f"s{name}")
            else:
                subscriptions.set_state(self.db, f"s{name}", how)
        except NoSuchSubscription:
            return

    def look_back(self, name: int) -> None:
        try:
            one = subscriptions.find(self.db, f"s{name}")
        except NoSuchSubscription:
            return
        mails = self.mails()
        told = subscriptions.look_back(self.db, one, date(2026, 1, 1), self.moment(), lambda *_: None)
        assert self.mails() - mails == told
        assert subscriptions.look_back(self.db, one, date(2026, 1, 1), self.moment(), lambda *_: None) == 0


pages, columns, names = st.integers(0, 5), st.integers(0, 1), st.integers(0, 2)


def operation(
    deed: str, /, **arguments: st.SearchStrategy[object]
) -> st.SearchStrategy[tuple[str, dict[str, object]]]:
    return st.tuples(st.just(deed), st.fixed_dictionaries(arguments))


saves = operation(
    "save",
    page=pages,
    body=st.integers(0, len(BODIES) - 1),
    title=st.integers(0, 2),
    source=st.none() | columns,
    backlog=st.booleans(),
)
operations = st.one_of(
    saves,
    saves,
    saves,
    operation(
        "list_rows",
        pages=st.lists(pages, max_size=4),
        source=columns,
        backlog=st.booleans(),
        title=st.integers(0, 1),
    ),
    operation("subscribe", name=names, query=st.integers(0, 2), readers=st.integers(1, 2)),
    operation("subscribe", name=names, query=st.integers(0, 2), readers=st.integers(1, 2)),
    operation("unsubscribe", name=names, how=st.sampled_from(["paused", "active", "removed"])),
    operation("look_back", name=names),
    operation("fail", page=pages, source=columns),
    operation("unmodified", page=pages, source=columns),
    operation("remove_column", place=columns),
)


@settings(max_examples=80)
@given(st.lists(operations, max_size=30))
def test_whatever_is_done_the_store_stays_whole(plan: list[tuple[str, dict[str, object]]]) -> None:
    with TemporaryDirectory() as folder, open_store(Path(folder) / "govwatch.db") as db:
        db.execute("PRAGMA synchronous = OFF")
        desk = Desk(db)
        for name, arguments in plan:
            getattr(desk, name)(**arguments)
            assert audit(db) == []
            repeated = db.execute(
                "SELECT 1 FROM outbox JOIN matches ON matches.id = match_id"
                " GROUP BY recipient, story_id, subscription_id, subscription_version HAVING count(*) > 1"
            )
            assert repeated.fetchall() == []
