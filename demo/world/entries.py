"""All articles of the demo world, read from `content/` and filled up with composed ones."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta
from importlib.resources import files
from itertools import groupby
from typing import Any

from attrs import evolve

from demo.world.compose import composed
from demo.world.model import Edit, Entry, File, Site, Step
from demo.world.sites import AREAS

COMPOSED = {
    "qingchuan": 20,
    "yunze": 21,
    "industry": 15,
    "citygov": 19,
    "luzhou": 22,
    "lanping": 21,
    "mirror": 9,
}
"""How many composed articles a site shows besides the written ones."""


def all_entries(sites: Sequence[Site], steps: Sequence[Step], now: datetime) -> tuple[Entry, ...]:
    """Every article that there is or will be; times follow from `now` (aware, +08:00)."""
    times = step_times(steps, now)
    written = [entry for site in sites for entry in _written(site, times, now)]
    by_key = {entry.key: entry for entry in written}
    copies = [_copy(row, by_key, times, now) for row in _table("copies")["copy"]]
    filled = [entry for site in sites for entry in _filled(site, now)]
    return tuple(_numbered(sites, [*written, *copies, *filled]))


def step_times(steps: Sequence[Step], now: datetime) -> dict[str, datetime]:
    """When each step happens: one second after another, from `now` on."""
    return {step.name: now.replace(microsecond=0) + timedelta(seconds=n) for n, step in enumerate(steps, 1)}


def _table(name: str) -> dict[str, Any]:
    text = files("demo.world").joinpath(f"content/{name}.toml").read_text("utf-8")
    return tomllib.loads(text)


def _written(site: Site, times: dict[str, datetime], now: datetime) -> Iterable[Entry]:
    source = files("demo.world").joinpath(f"content/{site.key}.toml")
    for row in _table(site.key)["article"] if source.is_file() else ():
        published = _published(row, times, now)
        yield Entry(
            key=f"{site.key}/{row['name']}",
            site=site.key,
            number=0,
            title=row["title"],
            paragraphs=tuple(row["text"].strip().split("\n")),
            published=published,
            source=row.get("source"),
            author=row.get("author"),
            editors=tuple((role, name) for role, name in row.get("editors", ())),
            kickers=tuple(row.get("kickers", ())),
            images=_files(row.get("images", ()), published, row["name"], "png"),
            attachments=_files(row.get("attachments", ()), published, row["name"]),
            step=row.get("step"),
            edits=_edits(row),
            forbidden=row.get("forbidden", False),
        )


def _published(row: dict[str, Any], times: dict[str, datetime], now: datetime) -> datetime:
    if "step" in row:
        return times[row["step"]]
    day = now.date() - timedelta(days=row["days_ago"])
    return datetime.combine(day, time.fromisoformat(row["time"]), now.tzinfo)


def _files(
    labels: Sequence[str], published: datetime, name: str, ending: str | None = None
) -> tuple[File, ...]:
    """File names as TRS gives them, `P020260912` and a serial number, unlike the text of their links."""
    serial = sum(name.encode()) % 1000
    return tuple(
        File(f"P0{published:%Y%m%d}{serial:03}{n:03}.{ending or label.rpartition('.')[2]}", label)
        for n, label in enumerate(labels, 1)
    )


def _edits(row: dict[str, Any]) -> tuple[Edit, ...]:
    """The later states of an article: the replacements of one step belong together."""
    text, title, edits = row["text"].strip(), row["title"], []
    for step, changes in groupby(row.get("edit", ()), key=lambda change: change["step"]):
        for change in changes:
            text = text.replace(change["replace"], change["by"])
            title = title.replace(change["replace"], change["by"])
        edits.append(Edit(step, title, tuple(text.split("\n"))))
    return tuple(edits)


def _copy(
    row: dict[str, Any], originals: dict[str, Entry], times: dict[str, datetime], now: datetime
) -> Entry:
    """A reprint names its source; a mirror's copy (no `source`) takes dateline and editors over too."""
    original = originals[row["of"]]
    entry = evolve(
        original,
        key=f"{row['at']}/{row['name']}",
        site=row["at"],
        copy_of=original.key,
        step=row.get("step"),
        images=(),
        attachments=(),
        edits=(),
    )
    if "source" not in row:
        return entry
    published = _published(row, times, now)
    return evolve(entry, source=row["source"], author=None, editors=(), kickers=(), published=published)


def _filled(site: Site, now: datetime) -> Iterable[Entry]:
    area = AREAS[site.key]
    for number in range(COMPOSED[site.key]):
        title, paragraphs = composed(area, number, site.key)
        day = now.date() - timedelta(days=2 + number * 4 // 3)
        clock = time(9 + number * 5 % 9, number * 17 % 60, number * 29 % 60)
        yield Entry(
            key=f"{site.key}/composed-{number:02}",
            site=site.key,
            number=0,
            title=title,
            paragraphs=paragraphs,
            published=datetime.combine(day, clock, now.tzinfo),
            source={"luzhou": None, "mirror": "棠溪新闻网"}.get(site.key, site.name),
        )


def _numbered(sites: Sequence[Site], entries: Sequence[Entry]) -> Iterable[Entry]:
    """Gives the CMS's running numbers, oldest first, and orders each site newest first."""
    for site in sites:
        own = sorted((e for e in entries if e.site == site.key), key=lambda e: (e.published, e.key))
        own.sort(key=lambda e: e.step is not None)
        numbered = [evolve(entry, number=site.first_number + n) for n, entry in enumerate(own)]
        yield from reversed(numbered)
