"""A data folder with columns to watch, and crawls of it, as processes of their own.

Imports little: on Linux a process counts the memory of the one that started it as its own peak.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

from benchmarks.measure import Usage, usage_of_children
from crawlers.catalogue.model import Recipe, Source
from crawlers.config import DATABASE_NAME
from crawlers.items import Page
from pipelines.store import sources, subscriptions
from pipelines.store.database import open_store
from pipelines.store.times import now_in_china, stamp

CONCURRENCY = 8
GOVWATCH = (sys.executable, "-c", "from monitor.cli.app import main; raise SystemExit(main())")
QUERIES = (
    "环保督察 OR 生态环境",
    "污水 AND 验收",
    '"红外热成像"',
    "title:水质",
    "臭氧 NOT 加油站",
    "(征地 OR 拆迁) AND 补偿",
    "垃圾分类",
    "秸秆焚烧 OR 秸秆禁烧",
    "河长制 AND 巡河",
    "饮用水 AND (水源 OR 保护区)",
    '"行政处罚决定书"',
    "食品安全 AND 抽检",
    "矿山 AND 生态修复",
    "title:公示 AND 环评",
    "化工园区",
    "噪声 OR 油烟 OR 异味",
    "碳达峰 OR 碳中和",
    "土壤污染 NOT 招标",
    "应急演练",
    "沈春晓",
)
"""Twenty subscriptions as people write them; some concern many of the pages, some none."""


def prepare(place: Path, columns: tuple[str, ...], every: int | None = None) -> None:
    """A data folder with these columns, all of one make, as sources, due now; and the subscriptions."""
    now = now_in_china()
    recipe = _learned(columns[0])
    with open_store(place / DATABASE_NAME) as db:
        for number, url in enumerate(columns):
            source = Source(f"column {number}", url, recipe, every, alert_backlog=True)
            sources.add(db, source, now)
        for number, query in enumerate(QUERIES):
            wanted = subscriptions.Subscription(f"query {number}", query, ("reader@example.org",))
            subscriptions.put(db, wanted, now)


def _learned(url: str) -> Recipe:
    """What `govwatch add` stores of a column: how its rows are found again."""
    from crawlers.probing import probe  # nothing for the processes that are measured

    with urlopen(url) as response:
        listed = probe(Page(url, response.read(), response.headers["Content-Type"]))
    if listed.family is None:
        raise RuntimeError(f"{url}: {listed.error}")
    return Recipe(listed.family, listed.row_path)


def configured(place: Path, delay: float = 0, concurrency: int = CONCURRENCY) -> None:
    """Sets this process's environment: that data folder, that politeness, loopback allowed."""
    os.environ.update(
        GOVWATCH_DATA=str(place),
        GOVWATCH_DATABASE=str(place / DATABASE_NAME),
        PYTHONPATH=str(Path(__file__).parents[1]),
        GOVWATCH_DELAY=str(delay),
        GOVWATCH_ALLOW_PRIVATE="1",
        GOVWATCH_CONCURRENCY=str(concurrency),
        GOVWATCH_TICK="1",
    )


def visit(place: Path, pages: int | None = None, delay: float = 0, concurrency: int = CONCURRENCY) -> Usage:
    """`govwatch crawl` over all sources, which are made due; once in a process.

    Raises `RuntimeError` where anything could not be had but what robots.txt forbids.
    """
    configured(place, delay, concurrency)
    with open_store(place / DATABASE_NAME) as db:
        db.execute("UPDATE sources SET next_check_at = ?", [stamp(now_in_china())])
    command = [*GOVWATCH, "crawl", "--json", *(["--pages", str(pages)] if pages else [])]
    done: list[subprocess.CompletedProcess[bytes]] = []
    usage = usage_of_children(lambda: done.append(subprocess.run(command, capture_output=True)))
    if done[0].returncode not in (0, 1):
        raise RuntimeError(f"the crawl did not go well: {done[0].stderr.decode()[:1000]}")
    failures = json.loads(done[0].stdout)["failures"]
    if any(failure["kind"] != "robots" for failure in failures):
        raise RuntimeError(f"the crawl did not go well: {failures[:3]}")
    return usage


def bare(log: Path, columns: tuple[str, ...]) -> Usage:
    """Scrapy in a process of its own, as govwatch has it."""
    command = [sys.executable, "-m", "benchmarks.bare", str(CONCURRENCY), *columns]
    with log.open("wb") as output:
        return usage_of_children(lambda: subprocess.run(command, stderr=output, check=True))
