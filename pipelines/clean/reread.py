"""A polluted page read again after its repair: labels are recognised only in their true form.

`來(lái)源：清川新聞網(wǎng)` is no source line and `責(zé)編：黃(huáng)文杏` no end of a text to a
reader who looks for 来源 and 责编. So the page itself is repaired, markup and all, and read once more.
"""

from __future__ import annotations

from attrs import evolve

from crawlers.items import Article, Page
from crawlers.reading import read
from crawlers.reading.decode import decode
from pipelines.clean.detect import PollutedBy
from pipelines.clean.readings import annotated_simplified
from pipelines.clean.undo import undo


def read_repaired(page: Page, first: Article, by: PollutedBy) -> Article:
    """The article of a page that was polluted so; what only the first reading knew is kept from it."""
    markup = decode(page.body, page.content_type).text
    repaired = undo(markup, by, annotated_simplified(markup)).text
    again = read(repaired.encode("utf-8"), page.url, "text/html; charset=utf-8")
    return evolve(
        again,
        encoding=first.encoding,
        title=again.title or first.title,
        published=again.published or first.published,
    )
