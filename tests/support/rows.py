"""Rows for tests of what comes behind the crawl, written by plain SQL."""

from __future__ import annotations

import itertools
import json
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from crawlers.china import CHINA
from pipelines.store.times import stamp

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=CHINA)
"""The moment at which these rows came into being."""

_numbers = itertools.count(1)


def add_mail(db: Database, recipient: str = "reader@example.org", **wishes: Any) -> int:
    """An article that matched, and the mail about it; gives the outbox row's id.

    `wishes` are columns of articles and subscriptions (`name`, `query`, `locale`), of the match
    (`article_version`) and of the outbox row (`state`, `attempts`, `next_attempt_at`, `created_at`).
    """
    article_id = add_article(db, **wishes)
    values = _wished(wishes, {"name": "饮水安全", "query": "水质", "locale": "zh"})
    subscription_id = _subscription(db, recipient, values)
    match_id = _insert(
        db,
        "matches",
        {
            "article_id": article_id,
            "story_id": _story_of(db, article_id),
            "article_version": wishes.get("article_version", 1),
            "subscription_id": subscription_id,
            "subscription_version": 1,
            "matched_at": stamp(NOON),
        },
    )
    row = {"state": "due", "attempts": 0, "next_attempt_at": stamp(NOON), "created_at": stamp(NOON)}
    fixed = {
        "match_id": match_id,
        "recipient": recipient,
        "message_id": f"<{next(_numbers)}.test@govwatch>",
    }
    return _insert(db, "outbox", fixed | _wished(wishes, row))


def add_article(db: Database, **wishes: Any) -> int:
    """An article, any of its columns as wished; gives its id."""
    number = next(_numbers)
    story_id = _insert(db, "stories", {"title": None, "created_at": stamp(NOON)})
    row = {
        "url": f"https://www.example.gov.cn/art/{number}.html",
        "kind": "article",
        "title": "清溪县第三季度水质公报",
        "published": "2026-11-21T09:30:00+08:00",
        "source": "清溪县生态环境局",
        "body": "第三季度，全县集中式饮用水水源地水质全部达标。\n下一步将继续加密监测。",
        "site": "清溪县人民政府",
        "host": "www.example.gov.cn",
        "region": "湖南省清溪县",
        "first_seen": stamp(NOON),
        "pollution": None,
        "copy_of": None,
    }
    fixed = {
        "story_id": story_id,
        "last_seen": stamp(NOON),
        "content_hash": str(number),
        "text_hash": str(number),
        "encoding": "utf-8",
    }
    return _insert(db, "articles", fixed | _wished(wishes, row))


def outbox_row(db: Database, mail_id: int) -> dict[str, Any]:
    return dict(db.execute("SELECT * FROM outbox WHERE id = ?", [mail_id]).fetchone())


def _subscription(db: Database, recipient: str, values: dict[str, Any]) -> int:
    known = db.execute("SELECT id FROM subscriptions WHERE name = ?", [values["name"]]).fetchone()
    if known is not None:
        return int(known[0])
    fixed = {"recipients": json.dumps([recipient]), "created_at": stamp(NOON)}
    return _insert(db, "subscriptions", fixed | values)


def _story_of(db: Database, article_id: int) -> int:
    return int(db.execute("SELECT story_id FROM articles WHERE id = ?", [article_id]).fetchone()[0])


def _wished(wishes: dict[str, Any], defaults: dict[str, Any]) -> dict[str, Any]:
    return {name: wishes.get(name, default) for name, default in defaults.items()}


def _insert(db: Database, table: str, values: dict[str, Any]) -> int:
    names, marks = ", ".join(values), ", ".join(f":{name}" for name in values)
    row_id = db.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", values).lastrowid
    assert row_id is not None
    return row_id
