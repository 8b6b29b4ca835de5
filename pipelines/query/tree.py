"""A query as a tree of frozen values, each of which can say whether it holds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from attrs import frozen

from pipelines.query.folding import Folded

Scope = Literal["title", "body", "file"]


@frozen
class Term:
    """A word or phrase: a run of characters."""

    text: str
    """Folded, at least one character."""
    scope: Scope | None = None
    """Where it must stand; None: in the title, in the body or in a file of the article."""

    def holds(self, article: Folded) -> bool:
        match self.scope:
            case "title":
                return self.text in article.title
            case "body":
                return self.text in article.body
            case "file":
                return self.text in article.files
        return self.text in article.title or self.text in article.body or self.text in article.files

    def may_stand_in(self, place: Scope) -> bool:
        return self.scope is None or self.scope == place

    def positive_terms(self, wanted: bool = True) -> Iterator[Term]:
        if wanted:
            yield self


@frozen
class And:
    parts: tuple[Node, ...]

    def holds(self, article: Folded) -> bool:
        return all(part.holds(article) for part in self.parts)

    def positive_terms(self, wanted: bool = True) -> Iterator[Term]:
        for part in self.parts:
            yield from part.positive_terms(wanted)


@frozen
class Or:
    parts: tuple[Node, ...]

    def holds(self, article: Folded) -> bool:
        return any(part.holds(article) for part in self.parts)

    def positive_terms(self, wanted: bool = True) -> Iterator[Term]:
        for part in self.parts:
            yield from part.positive_terms(wanted)


@frozen
class Not:
    part: Node

    def holds(self, article: Folded) -> bool:
        return not self.part.holds(article)

    def positive_terms(self, wanted: bool = True) -> Iterator[Term]:
        return self.part.positive_terms(not wanted)


Node = Term | And | Or | Not
