"""A query that was understood."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from attrs import field, frozen

from pipelines.query.folding import FileText, Folded
from pipelines.query.passages import BODY_PASSAGES, Passage, find_passages
from pipelines.query.tree import Node, Term


@frozen(slots=False)
class Query:
    text: str
    """As its author wrote it."""
    root: Node = field(repr=False)

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        """The words and phrases that speak for an article, in the query's order, each once."""
        return tuple(dict.fromkeys(self.root.positive_terms()))

    def holds(self, article: Folded) -> bool:
        """Whether a folded article is found; for many queries over one article."""
        return self.root.holds(article)

    def matches(self, title: str | None, body: str, files: Iterable[FileText] = ()) -> bool:
        """Whether an article with this clean title and body, and these files, is found."""
        return self.holds(Folded.of(title, body, files))

    def passages(
        self,
        title: str | None,
        body: str,
        width: int,
        limit: int = BODY_PASSAGES,
        files: Iterable[FileText] = (),
    ) -> tuple[Passage, ...]:
        """Where its keywords stand: the title, then up to `limit` pieces of `width` characters.

        Empty where the article was found only by what it does not hold.
        """
        return find_passages(self.terms, title or "", body, width, limit, files)
