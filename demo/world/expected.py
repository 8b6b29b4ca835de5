"""What a careful reader of the demo world must find: the truth to verify against."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from attrs import frozen

from demo.world.addresses import article_path, file_path, precision, shown
from demo.world.model import Entry, Precision, Site
from demo.world.pollute import narrowed, pollute
from demo.world.render import as_of


@frozen
class Version:
    """A state of an article, in the words a reader must find after cleaning."""

    step: str | None
    """The step that brought it; None: it was there at the start."""
    title: str
    paragraphs: tuple[str, ...]

    @property
    def body(self) -> str:
        """Paragraphs joined by a line feed."""
        return "\n".join(self.paragraphs)


@frozen
class Expected:
    """One article of one site as it must be known."""

    key: str
    site: str
    """Key of the site (column)."""
    site_name: str
    host: str
    """`127.0.0.1:PORT`"""
    url: str
    published: datetime
    """+08:00, as far as the page (text, URL, meta) tells it: see `precision`."""
    precision: Precision
    source: str | None
    author: str | None
    """Names with a blank between them, after 作者 or in the text's own byline （记者 …）."""
    kickers: tuple[str, ...]
    """Lead and sub-headlines between dateline and text; neither title nor body."""
    images: tuple[str, ...]
    attachments: tuple[tuple[str, str], ...]
    """(address, text of the link)"""
    copy_of: str | None
    """Key of the article whose text it repeats."""
    id_code: str | None
    region_code: str | None
    polluted: bool
    displayed: Version
    """What the page really shows, with Traditional characters and readings where it is polluted."""
    versions: tuple[Version, ...]
    """Oldest first; only those of steps that have happened."""
    step: str | None
    """The step at which it appears; None: it is there from the start."""
    visible: bool
    """It has appeared."""
    forbidden: bool
    """robots.txt forbids it: it is in the list and must never be fetched."""

    @property
    def title(self) -> str:
        return self.versions[-1].title

    @property
    def body(self) -> str:
        return self.versions[-1].body

    @property
    def group(self) -> str:
        """Key that all copies of one text share."""
        return self.copy_of or self.key


def expectations(
    sites: Sequence[Site], entries: Sequence[Entry], done: Sequence[str], bases: Mapping[str, str]
) -> dict[str, Expected]:
    """The truth after the steps `done`, by key; also of articles that have not appeared yet."""
    by_key = {site.key: site for site in sites}
    return {entry.key: _expected(by_key[entry.site], entry, done, bases) for entry in entries}


def _expected(site: Site, entry: Entry, done: Sequence[str], bases: Mapping[str, str]) -> Expected:
    base, now = bases[site.host], as_of(entry, done)
    states: list[tuple[str | None, str, tuple[str, ...]]] = [(None, entry.title, entry.paragraphs)]
    states += [(edit.step, edit.title, edit.paragraphs) for edit in entry.edits if edit.step in done]
    clean = narrowed if site.polluted else str
    show = pollute if site.polluted else str
    source = entry.source and clean(entry.source)
    return Expected(
        key=entry.key,
        site=site.key,
        site_name=site.name,
        host=base.removeprefix("http://"),
        url=base + article_path(site, entry),
        published=shown(site, entry),
        precision=precision(site, entry),
        source=source,
        author=entry.author and clean(entry.author),
        kickers=tuple(clean(kicker) for kicker in entry.kickers),
        images=tuple(base + file_path(site, entry, f) for f in entry.images),
        attachments=tuple((base + file_path(site, entry, f), f.label) for f in entry.attachments),
        copy_of=entry.copy_of,
        id_code=site.id_code,
        region_code=site.region_code,
        polluted=site.polluted,
        displayed=Version(None, show(now.title), tuple(show(p) for p in now.paragraphs)),
        versions=tuple(Version(step, clean(t), tuple(clean(p) for p in text)) for step, t, text in states),
        step=entry.step,
        visible=entry.step is None or entry.step in done,
        forbidden=entry.forbidden,
    )
