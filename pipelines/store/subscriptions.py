"""The tables `subscriptions` and `matches`: who is told what, and what concerned whom."""

from __future__ import annotations

import json
import sqlite3
import uuid
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any, Literal

from attrs import frozen
from sqlite_utils import Database

from pipelines import match
from pipelines.match import Rule, matching
from pipelines.query import FileText, QuerySyntaxError
from pipelines.store import files
from pipelines.store.database import transaction
from pipelines.store.times import stamp

Locale = Literal["zh", "en"]


@frozen
class Subscription:
    """A standing question and who is told its answers."""

    name: str
    query: str
    recipients: tuple[str, ...]
    locale: Locale = "zh"
    mode: Literal["instant"] = "instant"
    state: Literal["active", "paused"] = "active"
    version: int = 1
    created_at: str = ""
    id: int | None = None


@frozen
class Told:
    """An article's text as it was."""

    title: str
    body: str
    files: tuple[FileText, ...] = ()


@frozen
class News:
    """A text that is to be told to whom it concerns."""

    article_id: int
    story_id: int
    version: int
    title: str
    body: str
    files: tuple[FileText, ...] = ()
    before: Told | None = None
    """What was there before: whom that concerned knows, or was not to be told."""


class NoSuchSubscription(Exception):
    """There is no subscription of that name."""


def put(db: Database, wanted: Subscription, now: datetime) -> Subscription:
    """Stores a subscription; a known name with another query becomes its next version.

    So does one that had been removed: whoever asks again is told again.
    """
    with transaction(db) as conn:
        conn.execute(
            "INSERT INTO subscriptions (name, query, recipients, locale, mode, state, created_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (name) DO UPDATE SET"
            " version = version + (query <> excluded.query OR state = 'removed'), query = excluded.query,"
            " recipients = excluded.recipients, locale = excluded.locale, mode = excluded.mode,"
            " state = excluded.state",
            [
                wanted.name,
                wanted.query,
                json.dumps(wanted.recipients, ensure_ascii=False),
                wanted.locale,
                wanted.mode,
                wanted.state,
                stamp(now),
            ],
        )
        return _one(conn, wanted.name)


def find(db: Database, name: str) -> Subscription:
    """The subscription of that name; raises `NoSuchSubscription`."""
    return _one(db.conn, name)


def all_of(db: Database) -> list[Subscription]:
    rows = db.execute("SELECT * FROM subscriptions WHERE state <> 'removed' ORDER BY name")
    return [_subscription(row) for row in rows]


def not_understood(db: Database) -> list[tuple[Subscription, QuerySyntaxError]]:
    """Active subscriptions whose query is understood no more, and which therefore tell nobody anything."""
    errors = {rule.subscription_id: error for rule, error in match.not_understood(_rules(db.conn))}
    return [(one, errors[one.id]) for one in all_of(db) if one.id in errors]


def set_state(db: Database, name: str, state: Literal["active", "paused"]) -> None:
    find(db, name)
    db.execute("UPDATE subscriptions SET state = ? WHERE name = ?", [state, name])


def remove(db: Database, name: str) -> None:
    """Ends a subscription. Who was told what stays on record; what is still to be sent is held."""
    with transaction(db) as conn:
        one = _one(conn, name)
        conn.execute("UPDATE subscriptions SET state = 'removed' WHERE id = ?", [one.id])
        conn.execute(
            "UPDATE outbox SET state = 'held', answer = 'the subscription was removed'"
            " WHERE state = 'due' AND match_id IN (SELECT id FROM matches WHERE subscription_id = ?)",
            [one.id],
        )


def tell(conn: sqlite3.Connection, news: News, now: datetime) -> int:
    """Writes matches and their mails for everyone whom `news` concerns; gives the number of mails.

    Runs inside the transaction that stores the article. The same story is told once per subscription
    and version, whichever of its copies comes first.
    """
    rules = _rules(conn)
    concerned = matching(rules, news.title, news.body, news.files)
    if news.before is not None:
        was = news.before
        told = {rule.subscription_id for rule in matching(rules, was.title, was.body, was.files)}
        concerned = tuple(rule for rule in concerned if rule.subscription_id not in told)
    return sum(_tell_one(conn, rule, news, now) for rule in concerned)


def _tell_one(conn: sqlite3.Connection, rule: Rule, news: News, now: datetime) -> int:
    match_id = conn.execute(
        "INSERT INTO matches (article_id, story_id, article_version, subscription_id,"
        " subscription_version, matched_at) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (story_id, subscription_id, subscription_version) DO NOTHING RETURNING id",
        [
            news.article_id,
            news.story_id,
            news.version,
            rule.subscription_id,
            rule.version,
            stamp(now),
        ],
    ).fetchone()
    if match_id is None:
        return 0
    conn.executemany(
        "INSERT INTO outbox (match_id, recipient, message_id, next_attempt_at, created_at)"
        " VALUES (?, ?, ?, ?, ?)",
        [
            (match_id["id"], recipient, f"<{uuid.uuid4().hex}@govwatch>", stamp(now), stamp(now))
            for recipient in rule.recipients
        ],
    )
    return len(rule.recipients)


def look_back(
    db: Database,
    subscription: Subscription,
    since: date,
    now: datetime,
    report: Callable[[int, int], None],
) -> int:
    """Tells a subscription of what the archive holds since a day; gives the number of mails.

    In batches, each a transaction of its own, so that crawling goes on meanwhile; a second call after
    a kill adds only what is missing. `report(done, total)` shows progress.
    """
    day = f"{since.isoformat()}T00:00:00"
    ids = [
        row["id"]
        for row in db.execute(
            "SELECT id FROM articles WHERE coalesce(published, first_seen) >= ? ORDER BY id", [day]
        )
    ]
    mails = 0
    for start in range(0, len(ids), _BATCH):
        with transaction(db) as conn:
            rule = next((r for r in _rules(conn) if r.subscription_id == subscription.id), None)
            if rule is None:
                return mails  # paused or removed meanwhile
            for article_id in ids[start : start + _BATCH]:
                mails += _tell_archived(conn, rule, article_id, now)
        report(min(start + _BATCH, len(ids)), len(ids))
    return mails


_BATCH = 200


def _tell_archived(conn: sqlite3.Connection, rule: Rule, article_id: int, now: datetime) -> int:
    row = conn.execute(
        "SELECT id, story_id, version, title, searched FROM articles WHERE id = ?", [article_id]
    ).fetchone()
    read = files.texts(conn, article_id)
    news = News(row["id"], row["story_id"], row["version"], row["title"] or "", row["searched"], read)
    if not matching((rule,), news.title, news.body, news.files):
        return 0
    return _tell_one(conn, rule, news, now)


def _rules(conn: sqlite3.Connection) -> Sequence[Rule]:
    rows = conn.execute("SELECT * FROM subscriptions WHERE state = 'active' ORDER BY id")
    return [
        Rule(row["id"], row["version"], row["query"], tuple(json.loads(row["recipients"])), row["locale"])
        for row in rows
    ]


def _one(conn: sqlite3.Connection, name: str) -> Subscription:
    row = conn.execute("SELECT * FROM subscriptions WHERE name = ? AND state <> 'removed'", [name]).fetchone()
    if row is None:
        raise NoSuchSubscription(f"no subscription is named '{name}'; see `govwatch subscriptions list`")
    return _subscription(row)


def _subscription(row: Any) -> Subscription:
    values = dict(row)
    return Subscription(**values | {"recipients": tuple(json.loads(row["recipients"]))})
