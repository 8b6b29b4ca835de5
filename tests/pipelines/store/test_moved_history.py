"""History that comes again at another address: told to nobody on its own site, news on another."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from sqlite_utils import Database

from crawlers.items import Article, Reading
from crawlers.reading.dates import CHINA
from pipelines.store import articles, subscriptions
from pipelines.store.database import open_store
from pipelines.store.subscriptions import Subscription

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=CHINA)
BODY = "河湾县组织力量对全县饮用水水源地开展检查，发现问题十一个，要求各乡镇对照清单逐项整改销号。" * 4


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with open_store(tmp_path / "govwatch.db") as store:
        subscriptions.put(store, Subscription("水源", "水源地", ("a@example.org",)), NOW)
        yield store


def seen(url: str, backlog: bool) -> Reading:
    return Reading(Article(url, "utf-8", "article", "河湾县开展水源地检查", body=BODY), NOW, backlog=backlog)


@pytest.mark.parametrize(
    ("first", "again", "mails"),
    [
        ("http://www.hewan.gov.cn/a/1.html", "https://www.hewan.gov.cn/a/1.html", 0),
        ("http://www.hewan.gov.cn/a/1.html", "http://www.hewan.gov.cn/new/cms/8812.shtml", 0),
        ("http://www.hewan.gov.cn/a/1.html", "http://www.linxian.gov.cn/zz/7.html", 1),
    ],
)
def test_a_site_that_moves_its_history_alarms_nobody(
    db: Database, first: str, again: str, mails: int
) -> None:
    assert articles.save(db, seen(first, backlog=True), NOW).alerts == 0
    moved = articles.save(db, seen(again, backlog=False), NOW)
    assert (moved.outcome, moved.alerts) == ("reprint", mails)
