"""Usual extractors, each as its documentation recommends for a page that was fetched already.

Those that want text are given ours: their own guesses at a charset are not what is compared.
"""

from __future__ import annotations

import importlib
import logging
import re
from collections.abc import Callable, Mapping

import jieba
import justext
import newspaper
import trafilatura
from gne import GeneralNewsExtractor
from gne.exceptions import NoContentException
from lxml import etree, html
from readability import Document

from benchmarks.saved import SavedPage
from crawlers.reading.decode import decode

_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")

Reader = Callable[[SavedPage], str]
"""The text of the article on a page; "" where there is none."""

jieba.setLogLevel(logging.WARNING)


def trafilatura_normal(page: SavedPage) -> str:
    return trafilatura.extract(page.body, include_comments=False) or ""


def trafilatura_fast(page: SavedPage) -> str:
    return trafilatura.extract(page.body, include_comments=False, fast=True) or ""


def readability(page: SavedPage) -> str:
    # Its version for lxml 6 stumbles over bytes.
    try:
        summary = Document(_text(page)).summary()
    except (etree.LxmlError, ValueError):
        return ""  # its way of saying that it found nothing
    return "\n".join(map(str, html.fromstring(summary).itertext())) if summary.strip() else ""


def gne(page: SavedPage) -> str:
    try:
        return str(GeneralNewsExtractor().extract(_text(page))["content"])
    except (NoContentException, etree.LxmlError):
        return ""


class _Offline(newspaper.Article):  # type: ignore[misc]  # newspaper has no types
    """An article whose pictures are not asked for: with `fetch_images=False` some still are (0.9.4)."""

    def fetch_images(self) -> None:
        return


def newspaper4k(page: SavedPage) -> str:
    article = _Offline(page.url or "http://www.example.gov.cn/", language="zh")
    article.download(input_html=_text(page))
    article.parse()
    return str(article.text)


def justext_any(page: SavedPage) -> str:
    """In the mode that it calls language-independent, as it has no list of Chinese stop words.

    Its lengths are halved, as one character says what takes several letters: it finds twice as much so.
    """
    try:
        paragraphs = justext.justext(
            _text(page), frozenset(), length_low=35, length_high=100, stopwords_low=0, stopwords_high=0
        )
    except etree.LxmlError:
        return ""
    return "\n".join(paragraph.text for paragraph in paragraphs if not paragraph.is_boilerplate)


def _text(page: SavedPage) -> str:
    """Without an XML declaration, over which lxml stumbles in a text."""
    return _DECLARATION.sub("", decode(page.body, page.content_type).text)


def _resiliparse() -> Reader | None:
    try:
        html2text = importlib.import_module("resiliparse.extract.html2text")
    except ImportError:
        return None
    return lambda page: str(html2text.extract_plain_text(_text(page), main_content=True))


def _peers() -> dict[str, Reader]:
    peers: dict[str, Reader | None] = {
        "trafilatura": trafilatura_normal,
        "trafilatura fast": trafilatura_fast,
        "readability-lxml": readability,
        "resiliparse": _resiliparse(),
        "GNE": gne,
        "newspaper4k": newspaper4k,
        "jusText": justext_any,
    }
    return {name: reader for name, reader in peers.items() if reader}


PEERS: Mapping[str, Reader] = _peers()
ABSENT = () if "resiliparse" in PEERS else ("without resiliparse, which has no wheel for this machine",)
"""What is not compared here, and why."""
