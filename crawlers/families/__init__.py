"""CMS families: one module each, asked in the order of this tuple.

A family knows its sites by their markup (`recognise`), finds the rows where it puts them (`rows`), reads
the total
that it declares (`total`) and the number it gives this page (`current`, from 0 or 1), and says how the
following page is asked for (`steps`, likeliest first). To add one,
write its module and put it before `plain`, which takes everything.
"""

from __future__ import annotations

from typing import Any, Protocol, runtime_checkable

from crawlers.catalogue.model import Recipe
from crawlers.families import (
    ajax,
    answer,
    component,
    dedecms,
    epoint,
    feed,
    founder,
    gkmlpt,
    hanweb,
    inline_data,
    jeecms,
    jpaas,
    lonsun,
    nfcms,
    phpcms,
    plain,
    rednet,
    shanghai,
    sitemap,
    trs,
    truecms,
    ucap,
    vsb,
    wordpress,
)
from crawlers.items import NextPage
from crawlers.listing import Document, Mined
from crawlers.paging.step import Step


class Family(Protocol):
    NAME: str

    def recognise(self, document: Document) -> bool: ...

    def rows(self, document: Document, row_path: str | None) -> Mined: ...

    def total(self, document: Document) -> int | None: ...

    def current(self, document: Document) -> int | None: ...

    def steps(self, document: Document, recipe: Recipe, number: int) -> tuple[Step, ...]: ...


@runtime_checkable
class Interface(Protocol):
    """What a family has besides when an interface of the site gives its rows, or its later pages."""

    def learn(self, document: Document, recipe: Recipe) -> dict[str, Any]:
        """What later pages are asked for with and only this one tells; `home`: what links are relative to."""

    def doors(self, document: Document, recipe: Recipe) -> tuple[NextPage, ...]:
        """Where the rows of page 1 may be had when this page shows none, likeliest first."""


FAMILIES: tuple[Family, ...] = (
    feed, sitemap, truecms, hanweb, jpaas, gkmlpt, epoint, ucap, nfcms, inline_data, component, trs, vsb,
    lonsun, shanghai, jeecms, dedecms, phpcms, rednet, founder, wordpress, ajax, answer, plain,
)  # fmt: skip


def family_of(document: Document) -> Family:
    """The first family that recognises the page."""
    return next(family for family in FAMILIES if family.recognise(document))


def family_named(name: str) -> Family | None:
    return next((family for family in FAMILIES if name == family.NAME), None)
