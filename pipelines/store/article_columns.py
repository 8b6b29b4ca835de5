"""What a page says of itself, as columns of the table `articles`."""

from __future__ import annotations

import json

from attrs import asdict

from crawlers.items import Reading
from pipelines.dedupe import text_hash
from pipelines.store import lineage


def columns_of(reading: Reading, digest: str) -> dict[str, object]:
    """By name of the column; written at birth, at every change and when it is read again."""
    article, region, pollution = reading.article, reading.region, reading.pollution
    return {
        "kind": article.kind,
        "title": article.title,
        "published": lineage.published_text(article),
        "source": article.source,
        "author": article.author,
        "lead_title": article.lead_title,
        "subtitle": article.subtitle,
        "editors": _json([asdict(editor) for editor in article.editors]),
        "body": article.body,
        "disclaimer": article.disclaimer,
        "openness": _json(dict(article.openness)),
        "captions": _json(article.captions),
        "pages": article.pages,
        "site": article.site.name,
        "site_code": article.site.id_code,
        "host": article.site.host,
        "region_code": region.code if region else None,
        "region": region.name if region else None,
        "content_hash": digest,
        "text_hash": text_hash(article.body),
        "original_title": reading.original_title,
        "original_body": reading.original_body,
        "pollution": None if pollution.kind == "none" else _json(asdict(pollution)),
        "encoding": article.encoding,
        "images": _json(article.images),
        "meta": _json(article.meta),
        "etag": reading.etag,
        "last_modified": reading.last_modified,
    }


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)
