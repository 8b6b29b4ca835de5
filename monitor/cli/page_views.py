"""What `govwatch read` and `probe` make of a page, as JSON and for people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from attrs import asdict
from rich.table import Table

from crawlers.candidates import Candidate
from crawlers.items import ListPage, Reading
from monitor.cli import common
from pipelines.store.times import published_stamp


def reading_json(reading: Reading) -> dict[str, Any]:
    """A reading in the shape of `govwatch read --json`."""
    article, region = reading.article, reading.region
    return {
        "url": article.url,
        "encoding": article.encoding,
        "kind": article.kind,
        "title": article.title,
        "published": published_stamp(article.published) if article.published else None,
        "source": article.source,
        "author": article.author,
        "editors": [asdict(editor) for editor in article.editors],
        "lead_title": article.lead_title,
        "subtitle": article.subtitle,
        "body": article.body,
        "disclaimer": article.disclaimer,
        "openness": dict(article.openness),
        "images": list(article.images),
        "captions": article.captions,
        "attachments": [asdict(attachment) for attachment in article.attachments],
        "next_page": article.next_page,
        "pages": article.pages,
        "site": asdict(article.site),
        "region": asdict(region) if region else {"code": None, "name": None},
        "meta": article.meta,
        "pollution": asdict(reading.pollution),
        "error": article.error,
    }


def list_json(found: ListPage, columns: Sequence[Candidate] = ()) -> dict[str, Any]:
    """A column page in the shape of `govwatch probe --json`; `columns` are those of a home page."""
    return {
        "url": found.url,
        "kind": found.kind,
        "family": found.family,
        "rows": [
            {
                "url": row.url,
                "title": row.title,
                "published": row.published.isoformat() if row.published else None,
            }
            for row in found.rows
        ],
        "next": asdict(found.next) if found.next else None,
        "pages": found.pages,
        "elsewhere": [where.url for where in (*found.elsewhere, *found.parts)],
        "candidates": [asdict(column) for column in columns],
        "error": found.error,
    }


def show_reading(reading: Reading) -> None:
    """A reading for people."""
    article = reading.article
    table = Table(show_header=False, box=None)
    table.add_column()
    table.add_column(overflow="fold")  # nothing is cut off
    for label, value in (
        ("above the title", article.lead_title),
        ("title", article.title),
        ("below the title", article.subtitle),
        ("published", published_stamp(article.published) if article.published else None),
        ("source", article.source),
        ("author", article.author),
        ("editors", " ".join(f"{editor.role}：{editor.name}" for editor in article.editors)),
        ("site", " ".join(part for part in (article.site.name, article.site.id_code) if part)),
        ("region", reading.region.name if reading.region else None),
        ("pages", f"{article.pages}, put together" if article.pages > 1 else None),
        ("goes on at", article.next_page),
        *article.openness,
        ("attachments", "\n".join(f"{a.name} {a.url}" for a in article.attachments)),
        ("pollution", None if reading.pollution.kind == "none" else str(asdict(reading.pollution))),
    ):
        if value:
            table.add_row(label, value)
    common.out.print(table, markup=False)
    common.out.print(article.body, markup=False, highlight=False)
    if article.disclaimer:
        common.out.print(f"\n{article.disclaimer}", style="dim", markup=False, highlight=False)


def show_list(found: ListPage) -> None:
    """A column page for people."""
    table = Table("date", "title", "address", title=found.title)
    for row in found.rows:
        table.add_row(row.published.isoformat() if row.published else "", row.title, row.url)
    common.out.print(table, markup=False)
    following = found.next.url if found.next else "none"
    common.out.print(f"family {found.family}; next page: {following}", markup=False, highlight=False)
