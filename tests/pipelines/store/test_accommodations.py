"""What a site needs to answer is remembered for a while, and since when it is so for longer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlite_utils import Database

from crawlers.china import CHINA
from crawlers.items import Accommodation
from pipelines.store import accommodations
from pipelines.store.accommodations import REMEMBERED_FOR
from pipelines.store.database import open_store

NOW = datetime(2026, 11, 28, 9, tzinfo=CHINA)
SITE = "www.qinghe.gov.cn"
SHORT = Accommodation(SITE, "tls_dh", "dh key too small")
PLAIN = Accommodation(SITE, "http", "refused over https: the connection was refused")


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with open_store(tmp_path / "govwatch.db") as db:
        yield db


def test_it_is_remembered_by_site(db: Database) -> None:
    accommodations.learn(db, [SHORT, PLAIN, Accommodation("other.gov.cn", "https", "")], NOW)
    assert accommodations.lately(db.conn, SITE, NOW + timedelta(days=6)) == (PLAIN, SHORT)


def test_after_a_week_the_usual_way_is_tried_again(db: Database) -> None:
    accommodations.learn(db, [SHORT], NOW)
    assert accommodations.lately(db.conn, SITE, NOW + REMEMBERED_FOR) == ()


def test_found_again_it_keeps_since_when_it_is_so(db: Database) -> None:
    accommodations.learn(db, [SHORT], NOW)
    accommodations.learn(db, [SHORT], NOW + timedelta(days=8))
    [shown] = accommodations.by_site(db, NOW + timedelta(days=9))[SITE]
    assert shown == {
        "kind": "tls_dh", "evidence": "dh key too small", "since": "2026-11-28T09:00:00.000+08:00"
    }  # fmt: skip


def test_what_is_found_no_longer_is_shown_no_longer(db: Database) -> None:
    accommodations.learn(db, [SHORT], NOW)
    assert accommodations.by_site(db, NOW + 3 * REMEMBERED_FOR) == {}
