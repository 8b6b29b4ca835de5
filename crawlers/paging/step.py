"""One guess at the address of a following page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import field, frozen

from crawlers.items import NextPage


@frozen
class Step:
    """A candidate for the following page, with what onboarding keeps when it proves right."""

    page: NextPage
    offset: int | None = None
    """The number that page 2 carries in this way of numbering; None where the page itself gives the
    address.
    """
    template: str | None = None
    """The address with `{n}` for that number, where nothing on the page itself would lead there again."""
    params: Mapping[str, Any] = field(factory=dict)
    """What else is kept of it in `Recipe.params`; JSON values."""


def unique(steps: list[Step]) -> tuple[Step, ...]:
    """In order, each address once."""
    first: dict[NextPage, Step] = {}
    for step in steps:
        first.setdefault(step.page, step)
    return tuple(first.values())
