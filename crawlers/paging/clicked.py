"""The following page of a list that stands in a browser: what is clicked where nothing is linked."""

from __future__ import annotations

from itertools import islice

from attrs import evolve
from lxml.html import HtmlElement

from crawlers.items import NextPage
from crawlers.listing.document import Document
from crawlers.paging.anchors import says_next
from crawlers.paging.declared import pages_shown
from crawlers.paging.step import Step

CLICKABLE = ("a", "button", "input", "span", "li", "div", "i")
"""Elements that pagers are made of."""


def in_browser(steps: tuple[Step, ...], document: Document, number: int) -> tuple[Step, ...]:
    """Pages that are linked are rendered too; where nothing is linked, 下一页 is clicked once more."""
    if steps:
        return tuple(
            evolve(step, page=evolve(step.page, rendered=True)) if step.page.expects == "page" else step
            for step in steps
        )
    total = pages_shown(document)
    if (total is not None and total <= number) or not any(map(clicks_on, document.nodes)):
        return ()
    return (Step(NextPage(document.url, rendered=True, clicks=number)),)


def clicks_on(node: HtmlElement) -> bool:
    """Whether a click on this very element, and on none inside it, shows the following page."""
    if node.tag not in CLICKABLE or _is_off(node) or not says_next(node):
        return False
    return not any(says_next(inner) for inner in node.iterdescendants(*CLICKABLE))


def _is_off(node: HtmlElement) -> bool:
    """The last page has a 下一页 as well, which does nothing."""
    return any(
        "disabled" in (one.get("class") or "").lower()
        or one.get("disabled") is not None
        or one.get("aria-disabled") == "true"
        for one in (node, *islice(node.iterancestors(), 2))
    )
