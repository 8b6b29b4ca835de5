"""Many articles cheaply, for benchmarks: plain sites with composed texts, the same for the same seed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from attrs import frozen

from demo.world.compose import composed
from demo.world.model import Entry, Site, Step

LATER = Step("later", "every generated column publishes its later articles", "")


@frozen
class Generated:
    """Columns of one host and all their articles, as `World` takes them."""

    sites: tuple[Site, ...]
    entries: tuple[Entry, ...]


def generated_site(
    n_columns: int, n_articles: int, *, now: datetime, seed: str = "g", later: int = 0, rows: int = 20
) -> Generated:
    """One host with `n_columns` columns of `n_articles` articles each, one a day, newest first.

    `later` more articles per column appear with the step `LATER`. Different seeds are different hosts;
    several `Generated` are joined by adding their `sites` and `entries`.
    """
    sites = tuple(_column(seed, number, rows) for number in range(n_columns))
    entries = tuple(entry for site in sites for entry in _articles(site, n_articles, later, now))
    return Generated(sites, entries)


def _column(seed: str, number: int, rows: int) -> Site:
    folder = f"/c{number}"
    return Site(
        key=f"{seed}-c{number}",
        name=f"样例站{seed}",
        column=f"样例栏目{number}",
        charset="utf-8",
        content_type="text/html; charset=utf-8",
        list_path=f"{folder}/index.html",
        page_path=f"{folder}/index_{{n}}.html",
        second_page=2,
        article_path=f"{folder}/{{date:%Y%m}}/{{id}}.html",
        precision="minute",
        rows=rows,
        validators="both",
        robots="User-agent: *\nAllow: /\n",
        templates="generated",
        server=seed,
    )


def _articles(site: Site, count: int, later: int, now: datetime) -> Iterable[Entry]:
    total = count + later
    for number in range(total - 1, -1, -1):
        title, paragraphs = composed("样例区", number, site.key)
        yield Entry(
            key=f"{site.key}/{number:05}",
            site=site.key,
            number=site.first_number + number,
            title=title,
            paragraphs=paragraphs,
            published=now.replace(second=0, microsecond=0) - timedelta(days=total - 1 - number),
            source=site.name,
            step=LATER.name if number >= count else None,
        )
