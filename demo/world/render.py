"""From what a site publishes to the bytes of its pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import cache, partial
from typing import Any

from attrs import evolve, frozen
from jinja2 import Environment, PackageLoader, StrictUndefined

from demo.world.addresses import (
    article_path,
    file_path,
    link,
    page_count,
    page_path,
    precision,
    route,
    shown,
)
from demo.world.files import content_type, file_bytes
from demo.world.model import Entry, File, Resource, Site
from demo.world.pollute import pollute

HOT = 6
"""Rows in a site's list of favourites: fewer than in its column."""
RELATED = 4


@frozen
class Link:
    """A link as a template prints it."""

    href: str
    title: str
    published: datetime | None = None
    summary: str = ""


@frozen
class Numbered:
    page: int
    href: str


Pages = dict[str, Callable[[], Resource]]


def site_pages(
    site: Site, entries: Sequence[Entry], changed: Mapping[str, datetime], friends: Mapping[str, str]
) -> Pages:
    """Every address of the site with what makes its answer; nothing is rendered before it is asked for.

    `entries` newest first, as they stand now; `changed` says when each last changed (by key);
    `friends` are names and addresses of other sites for the footer.
    """
    newest = max(changed.values(), default=datetime.fromtimestamp(0).astimezone())
    view = _common(site, entries, friends)
    pages: Pages = {}
    if site.robots is not None:
        pages["/robots.txt"] = partial(Resource, site.robots.encode(), "text/plain", newest)
    pages["/"] = partial(_page, site, "home.html", "/", newest, view)
    for number in range(1, page_count(site, len(entries)) + 1):
        pages[route(page_path(site, number))] = partial(_list, site, entries, number, newest, view)
    if site.list_path.endswith("/"):
        pages[site.list_path + "index.html"] = pages[site.list_path]
    for entry in entries:
        when = changed[entry.key]
        pages[route(article_path(site, entry))] = partial(_article, site, entries, entry, when, view)
        for file in (*entry.images, *entry.attachments):
            pages[file_path(site, entry, file)] = partial(_file, file.name, when)
    return pages


def _common(site: Site, entries: Sequence[Entry], friends: Mapping[str, str]) -> dict[str, Any]:
    by_interest = sorted(entries, key=lambda entry: entry.number * 7919 % 1009)
    return {
        "site": site,
        "folder": site.folder,
        "friends": [Link(href, name) for name, href in friends.items()],
        "favourites": [entry for entry in by_interest if not entry.forbidden][:HOT],
        "latest": list(entries[: site.rows]),
        "total": len(entries),
    }


def _list(
    site: Site, entries: Sequence[Entry], page: int, modified: datetime, view: Mapping[str, Any]
) -> Resource:
    here, pages = page_path(site, page), page_count(site, len(entries))
    to = partial(_to_page, site, here, pages)
    local = {
        "rows": _links(site, here, entries[(page - 1) * site.rows : page * site.rows]),
        "page": page,
        "pages": pages,
        "first": to(1),
        "last": to(pages),
        "previous": to(page - 1),
        "next": to(page + 1),
        "numbers": [Numbered(n, link(site, here, page_path(site, n))) for n in _window(page, pages)],
    }
    return _page(site, f"{site.folder}/list.html", here, modified, view, local)


def _window(page: int, pages: int) -> range:
    """Page numbers that a pager shows: at most nine around the current one."""
    first = max(1, min(page - 4, pages - 8))
    return range(first, min(pages, first + 8) + 1)


def _to_page(site: Site, here: str, pages: int, page: int) -> str | None:
    return link(site, here, page_path(site, page)) if 1 <= page <= pages else None


def _article(
    site: Site, entries: Sequence[Entry], entry: Entry, modified: datetime, view: Mapping[str, Any]
) -> Resource:
    here = article_path(site, entry)
    place = next(n for n, other in enumerate(entries) if other.key == entry.key)
    near = [other for other in entries[max(0, place - 2) : place + 4] if other.key != entry.key]
    beside = {"newer": entries[place - 1 : place], "older": entries[place + 1 : place + 2]}
    reviewers = [f"{role}：{name}" for role, name in entry.editors if role != "责编"]
    local = {
        "entry": entry,
        "title": entry.title,
        "kickers": entry.kickers,
        "paragraphs": entry.paragraphs,
        "published": shown(site, entry),
        "precision": precision(site, entry),
        "reviewers": " ".join(reviewers),
        "chief": dict(entry.editors).get("责编"),
        "images": _file_links(site, entry, entry.images),
        "attachments": _file_links(site, entry, entry.attachments),
        "related": _links(site, here, [other for other in near if not other.forbidden][:RELATED]),
        **{name: next(iter(_links(site, here, some)), None) for name, some in beside.items()},
    }
    return _page(site, f"{site.folder}/article.html", here, modified, view, local)


def _links(site: Site, here: str, entries: Sequence[Entry]) -> list[Link]:
    return [
        Link(link(site, here, article_path(site, e)), e.title, e.published, e.paragraphs[0]) for e in entries
    ]


def _file_links(site: Site, entry: Entry, files: Sequence[File]) -> list[Link]:
    here = article_path(site, entry)
    return [Link(link(site, here, file_path(site, entry, file)), file.label) for file in files]


def _page(
    site: Site,
    template: str,
    here: str,
    modified: datetime,
    view: Mapping[str, Any],
    local: Mapping[str, Any] | None = None,
) -> Resource:
    links = {
        "home": link(site, here, "/"),
        "column": link(site, here, site.list_path),
        "rows": _links(site, here, view["latest"]),
        "hot": _links(site, here, view["favourites"]),
    }
    text = _environment().get_template(template).render({**view, **links, **(local or {})})
    return Resource(text.encode(site.charset), site.content_type, modified)


def _file(name: str, modified: datetime) -> Resource:
    return Resource(file_bytes(name), content_type(name), modified)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("demo.world", "templates"), autoescape=True, undefined=StrictUndefined
    )
    environment.filters["spoil"] = pollute
    return environment


def as_of(entry: Entry, done: Sequence[str]) -> Entry:
    """The article as it stands after the steps `done`."""
    for edit in entry.edits:
        if edit.step in done:
            entry = evolve(entry, title=edit.title, paragraphs=edit.paragraphs)
    return entry
