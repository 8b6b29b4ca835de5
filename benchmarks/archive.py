"""A large archive of generated articles, written by the store itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from sqlite_utils import Database

from crawlers.items import Article, Reading, Site
from demo.world import CHINA
from demo.world.compose import composed
from pipelines.store.articles import save
from pipelines.store.database import open_store

TEXTS = 4
"""Composed texts in one article, about 700 characters."""
RARE = "省级饮用水水源保护区规范化建设试点名单由市生态环境局会同水利局逐一现场核定后向社会公布"
"""Stands in one article of `EVERY`; longer than forty characters."""
EVERY = 1000

PROGRESS_EVERY = 500


def build(path: Path, articles: int, progress: Callable[[int], None] = lambda count: None) -> Database:
    """Makes the database; article by article as the crawler does, but nothing is synced meanwhile."""
    db = open_store(path)
    now = datetime.now(CHINA)
    db.execute("PRAGMA synchronous = OFF")
    for number in range(articles):
        save(db, _reading(number, now), now)
        if number % PROGRESS_EVERY == PROGRESS_EVERY - 1:
            progress(PROGRESS_EVERY)
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return db


def _reading(number: int, now: datetime) -> Reading:
    title, body = text_of(number)
    site = Site(f"样例站{number % 100}", f"www.example{number % 100}.gov.cn", None)
    article = Article(
        url=f"http://{site.host}/xwzx/{number}.html",
        encoding="utf-8",
        kind="article",
        title=title,
        published=now - timedelta(minutes=7 * number),
        source=site.name,
        body=body,
        site=site,
    )
    return Reading(article, now, backlog=True)


def text_of(number: int) -> tuple[str, str]:
    """Title and body of the article with that number, always the same."""
    parts = [composed(f"样例区{number % 37}", number, f"archive/{part}") for part in range(TEXTS)]
    lines = [line for _, paragraphs in parts for line in paragraphs]
    if number % EVERY == 7:
        lines.append(f"{RARE}。")
    return f"{parts[0][0]}（{number}）", "\n".join(lines)
