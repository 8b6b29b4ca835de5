"""PDF, by PDFium."""

from __future__ import annotations

import re

import pypdfium2

from crawlers.files.extract import Encrypted, Extract

_MOST_PAGES = 2_000
_FULL = 0.75
"""A line that fills so much of the widest one goes on in the next: only the page's edge broke it."""
_LATIN = re.compile(r"[A-Za-z0-9,.;]$")


def read(body: bytes) -> Extract:
    try:
        document = pypdfium2.PdfDocument(body)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise Encrypted from error
        raise
    pages = []
    for number in range(min(len(document), _MOST_PAGES)):
        page = document[number]
        text = page.get_textpage()
        pages.append(_paragraphs(text.get_text_bounded()))
        text.close()
        page.close()
    bare = sum(not page.strip() for page in pages)
    detail = f"{bare} of {len(document)} pages without text" if bare else None
    if len(document) > _MOST_PAGES:
        detail = f"the first {_MOST_PAGES} of {len(document)} pages"
    return Extract("read", "\n".join(page for page in pages if page), detail)


def _paragraphs(text: str) -> str:
    """A page's lines joined where they were only broken: a keyword may go over the edge."""
    lines = [line.strip() for line in text.splitlines()]
    widest = max(map(len, lines), default=0)
    joined: list[str] = []
    goes_on = False
    for line in lines:
        if not line:
            goes_on = False
            continue
        if goes_on:
            joined[-1] += (" " if _LATIN.search(joined[-1]) else "") + line
        else:
            joined.append(line)
        goes_on = widest > 20 and len(line) >= _FULL * widest and not line.endswith(("。", "：", "；"))
    return "\n".join(joined)
