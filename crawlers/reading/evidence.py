"""Where pieces of evidence disagree: which of them is believed, and what is kept of the others.

When: what the page tells its reader, then what its metadata says, then its address. Metadata is often the
time of page generation; so beside a displayed day it only adds the clock to the same day, and without one an
address or a row of the list that carries an earlier day is believed before it.
From where: the displayed 来源, then the mandated meta, then a medium named beside the date, then what search
engines are told, then who issued the document.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from attrs import evolve, frozen

from crawlers.china import CHINA
from crawlers.items import Article, Site
from crawlers.reading.dateline import RANKS, Dateline, is_empty
from crawlers.reading.dates import date_in_url, parse_date
from crawlers.reading.metadata import first_of

_PUBLISHED = (
    "pubdate", "publishdate", "firstpublishedtime", "article:published_time", "publishedtime",
    "og:release_date", "ld:published", "wechat:published", "datepublished", "weibo:article:create_at",
    "bytedance:published_time", "publication_date", "_pubtime",
)  # fmt: skip
_MANDATED_SOURCES = ("contentsource", "source", "wechat:account")
_OTHER_SOURCES = ("article:author", "mediaid", "ld:publisher")
_LABEL = re.compile(r"^(?:信息|文章|稿件|新闻|内容)?(?:来\s*源|稿\s*源|转\s*载?\s*自)\s*[:：]\s*")
_OURSELVES = re.compile(
    r"^(?:本站|本网|本网站|本站原创|本网原创|原创|本网讯|本站讯|本网站原创|本站发布|网站原创|本站编辑|本网编辑)$"
)
_GENERATED_LATER = timedelta(days=7)


@frozen
class Published:
    when: datetime | None
    by: str | None
    """Who said so: dateline, metadata, address or document."""
    others: dict[str, str]
    """What else was said, by who said it."""


def published(dateline: Dateline, metas: dict[str, str], url: str) -> Published:
    """When it was published."""
    said = first_of(metas, *_PUBLISHED)
    declared = parse_date(said) if said else None
    day = date_in_url(url)
    in_url = datetime.combine(day, time(), CHINA) if day else None
    plainly = dateline.published if dateline.rank <= RANKS["issued"] else None
    told: list[tuple[str, datetime | None]] = [
        ("dateline", plainly),
        ("metadata", declared),
        ("address", in_url),
    ]
    if plainly is None and declared and in_url and declared - in_url > _GENERATED_LATER:
        told.reverse()
    told.append(("document", dateline.published if plainly is None else None))
    by, best = next(((who, when) for who, when in told if when), (None, None))
    if best and best.time() == time() and declared and declared.date() == best.date():
        best = declared
    others = {who: when.isoformat() for who, when in told if when and best and when.date() != best.date()}
    return Published(best, by, others)


def as_listed(article: Article, title: str, day: date | None) -> Article:
    """An article completed by its row: title and day where the page tells none; the day also where only
    a document dates the page (it may be a reprint), or only metadata, and more than a week later, as whenever
    the page is generated anew."""
    if article.title is None:
        article = evolve(article, title=title or None)
    if day is None:
        return article
    listed = datetime.combine(day, time(), CHINA)
    if article.published is None:
        return evolve(article, published=listed)
    by = article.meta.get("dated_by")
    reprinted = by == "document" and article.published.date() != day
    if not reprinted and (by != "metadata" or article.published - listed <= _GENERATED_LATER):
        return article
    passed_over = article.meta.get("passed_over", {})
    dates = passed_over.get("published", {}) | {by: article.published.isoformat()}
    meta = article.meta | {"dated_by": "list", "passed_over": passed_over | {"published": dates}}
    return evolve(article, published=listed, meta=meta)


def source(dateline: Dateline, metas: dict[str, str], site: Site) -> tuple[str | None, dict[str, str]]:
    """Where it came from, and what else was said, by who said it."""
    told = [
        ("dateline", dateline.source),
        ("metadata", first_of(metas, *_MANDATED_SOURCES)),
        ("beside the date", dateline.beside),
        ("other metadata", first_of(metas, *_OTHER_SOURCES)),
        ("issuer", dateline.issuer),
    ]
    clean = [(who, name) for who, value in told if (name := clean_source(value, site.name))]
    # A site that nothing names: 本站 says at least that it is nobody else's.
    clean = clean or [(who, said) for who, value in told if _OURSELVES.match(said := _bare(value))]
    best = clean[0][1] if clean else None
    return best, {who: name for who, name in clean if name != best}


def clean_source(value: str | None, site_name: str | None) -> str | None:
    """A source without its label; 本站 and 本网 stand for the site itself."""
    value = _bare(value)
    if _OURSELVES.match(value):
        return site_name
    return None if is_empty(value) else value


def _bare(value: str | None) -> str:
    return _LABEL.sub("", value or "", count=1).strip(" 　:：|-—[]【】")
