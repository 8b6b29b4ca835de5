"""What a look at a column has understood, for a person to agree with and for programs."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from attrs import asdict
from rich.table import Table

from crawlers.catalogue.model import Source
from crawlers.items import Region, Site
from crawlers.onboarding import Onboarding
from crawlers.rhythm import rhythm
from monitor.cli import common
from pipelines.clean import clean_parts
from pipelines.region import region_of

SHOWN_ROWS = 5
_BY_ROBOTS = ("robots", "robots_unreachable")
"""Kinds of failure with which a site's robots.txt, or the lack of it, keeps us out."""


def as_json(found: Onboarding, stored: Source | None) -> dict[str, Any]:
    region = _region(found)
    return {
        "url": found.url,
        "stored": stored is not None,
        "id": stored.id if stored else None,
        "name": stored.name if stored else None,
        "title": found.title,
        "kind": found.list_page.kind,
        "recipe": asdict(found.recipe),
        "rows": [
            {
                "url": row.url,
                "title": row.title,
                "published": row.published.isoformat() if row.published else None,
            }
            for row in found.list_page.rows
        ],
        "publishes": _publishes(found),
        "page_two": len(found.page_two),
        "single_page": found.single_page,
        "articles": [
            {
                "url": check.row.url,
                "title": check.title,
                "agrees": check.agrees,
                "problems": list(check.problems),
            }
            for check in found.articles
        ],
        "site": asdict(found.site) if found.site else None,
        "region": asdict(region) if region else None,
        "robots": _robots(found),
        "confidence": found.confidence,
        "warnings": list(found.warnings),
        "candidates": [asdict(candidate) for candidate in found.candidates],
        "error": found.error,
    }


def show(found: Onboarding) -> None:
    rows = found.list_page.rows
    table = Table("date", "title", title=f"{found.title or found.url}: {len(rows)} rows")
    for row in rows[:SHOWN_ROWS]:
        table.add_row(row.published.isoformat() if row.published else "", row.title)
    common.out.print(table, markup=False)
    for line in _lines(found):
        common.out.print(line, markup=False, highlight=False)


def mirror_warnings(found: Onboarding) -> tuple[str, ...]:
    """That the site shows pages of others in disguise, where the headlines of the column do."""
    titles = [row.title for row in found.list_page.rows] + [check.title or "" for check in found.articles]
    _, pollution = clean_parts("\n".join(titles))
    if pollution.kind in ("none", "bytes"):
        return ()
    return (
        f"a mirror: its headlines are those of polluted copies ({pollution.kind}); watch the site that they"
        " come from",
    )


def _lines(found: Onboarding) -> list[str]:
    pace = rhythm((*found.list_page.rows, *found.page_two))
    when = f"{pace.said}, last on {pace.newest}" if pace else "not told: too few rows have a date"
    region = _region(found)
    lines = [
        f"page 2:     {found.single_page or f'{len(found.page_two)} rows'}",
        f"publishes:  {when}",
    ]
    for check in found.articles:
        verdict = (
            "agrees with its row" if check.agrees else "; ".join(check.problems) or "differs from its row"
        )
        lines.append(f"article:    {check.title or check.row.title}: {verdict}")
    if found.site and (found.site.name or found.site.id_code):
        lines.append(f"site:       {' '.join(filter(None, (found.site.name, found.site.id_code)))}")
    if region:
        lines.append(f"region:     {region.name} {region.code}")
    lines.append(f"robots.txt: {_robots_said(found)}")
    lines.append(f"confidence: {found.confidence:.0%}")
    return [*lines, *(f"warning:    {warning}" for warning in found.warnings)]


def _publishes(found: Onboarding) -> dict[str, Any] | None:
    pace = rhythm((*found.list_page.rows, *found.page_two))
    if pace is None:
        return None
    return {"per_week": pace.per_week, "newest": pace.newest.isoformat(), "said": pace.said}


def _region(found: Onboarding) -> Region | None:
    """By what the articles say of their site; where none was read, by the column's host."""
    if found.list_page.kind != "list":
        return None
    return region_of(found.site or Site(None, urlsplit(found.url).hostname or "", None))


def _refused(found: Onboarding) -> list[str]:
    """Articles among those that were looked at which robots.txt kept us from."""
    return [check.row.url for check in found.articles if check.failure and check.failure.kind in _BY_ROBOTS]


def _robots(found: Onboarding) -> dict[str, Any] | None:
    """None where nothing was had from the site: whether it would have been allowed is not known."""
    if found.list_page.kind == "error":
        by_robots = (found.error or "").partition(":")[0] in _BY_ROBOTS
        return {"allows": False, "refused": [found.url]} if by_robots else None
    refused = _refused(found)
    return {"allows": not refused, "refused": refused}


def _robots_said(found: Onboarding) -> str:
    refused = _refused(found)
    if refused:
        return f"allows the list, forbids {', '.join(refused)}"
    count = len(found.articles)
    articles = {0: "", 1: " and the article looked at"}.get(count, f" and the {count} articles looked at")
    return f"allows the list{articles}"
