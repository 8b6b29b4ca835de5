"""A world in which something appears, is corrected or is copied at every step, and whom that concerns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta

from attrs import evolve, frozen

from demo.world import Entry, Expected, Site, Step, World, generated_site
from demo.world.compose import composed
from demo.world.model import Edit, File
from demo.world.sites import SITES

HISTORY = 4
"""Articles of each site that are there from the start; they must bring no mail."""

ROWS = 500
"""On a page of a column: nothing ever moves to page 2."""


@frozen
class Reader:
    """A subscription."""

    name: str
    word: str
    recipients: tuple[str, ...]


READERS = (
    Reader("督导", "专项督导组", ("a@example.org", "b@example.org")),
    Reader("听证", "听证告知书", ("b@example.org", "c@example.org")),
)
SUPERVISED, HEARD = (f"　　本月起，{reader.word}将进驻有关单位开展工作。" for reader in READERS)

Told = tuple[str, str, str]
"""Who is told what: recipient, subscription, key of the story."""


def news_world(steps: int, now: datetime) -> World:
    """Five columns on four hosts, one of them a mirror whose copies are polluted."""
    generated = [site for seed in ("a", "b") for site in generated_site(2, 0, now=now, seed=seed).sites]
    shaped = [site for site in SITES if site.key in ("citygov", "mirror")]
    sites = [evolve(site, rows=ROWS) for site in (*generated[:3], *shaped)]
    timeline = [Step(f"s{number}", "news", sites[0].key) for number in range(steps)]
    entries = [entry for index in range(len(sites)) for entry in _of_site(index, sites, steps, now)]
    return World(now, sites, entries, timeline, latency=0.005)


def _of_site(index: int, sites: list[Site], steps: int, now: datetime) -> Iterator[Entry]:
    site = sites[index]
    for number in range(HISTORY):
        yield _entry(site, number, now - timedelta(days=HISTORY - number), [SUPERVISED, HEARD])
    if site.polluted:
        return
    for step in range(steps):
        number = HISTORY + step
        published = now - timedelta(minutes=steps - step)
        kind = (step + index) % 5
        said = {0: [SUPERVISED], 2: [HEARD], 3: [SUPERVISED, HEARD]}.get(kind, [])
        entry = evolve(_entry(site, number, published, said), step=f"s{step}")
        later = f"s{min(step + 1 + kind % 2, steps - 1)}"
        if kind == 1:
            edit = Edit(later, entry.title, (*entry.paragraphs, HEARD.strip("　")))
            entry = evolve(entry, edits=(edit,))
        yield entry
        if kind in (2, 3):
            other = sites[-1] if kind == 2 else sites[index - 1]
            yield evolve(
                entry,
                key=f"{other.key}/copy-{site.key}-{number}",
                site=other.key,
                number=50_000 + 1_000 * index + number,
                copy_of=entry.key,
                attachments=(),
                step=later,
            )


def _entry(site: Site, number: int, published: datetime, said: list[str]) -> Entry:
    title, paragraphs = composed("清溪县", number, site.key)
    return Entry(
        key=f"{site.key}/{number}",
        site=site.key,
        number=site.first_number + number,
        title=title,
        paragraphs=(*paragraphs, *(text.strip("　") for text in said)),
        published=published.replace(second=0, microsecond=0),
        source=site.name,
        attachments=(File(f"P{number:05}.pdf", f"附件{number}.pdf"),) if site.key == "citygov" else (),
    )


def due_mails(truth: dict[str, Expected]) -> set[Told]:
    """Who is to have been told what by now, by the world's own truth."""
    stories: dict[str, list[Expected]] = defaultdict(list)
    for article in truth.values():
        if article.visible:
            stories[article.group].append(article)
    return {
        (recipient, reader.name, group)
        for group, articles in stories.items()
        if articles[0].step is not None
        for reader in READERS
        if any(reader.word in version.body for article in articles for version in article.versions)
        for recipient in reader.recipients
    }
