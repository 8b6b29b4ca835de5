"""Whose news an article is: the rules that hold for it, evaluated one by one on its text.

Never through the full-text index: an alert is owed even where the index would be damaged or late.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from attrs import frozen

from pipelines.query import FileText, Folded, Query, QuerySyntaxError, parse


@frozen
class Rule:
    """A subscription as it stood when the article came."""

    subscription_id: int
    version: int
    query: str
    recipients: tuple[str, ...]
    locale: str = "zh"


def matching(
    rules: Sequence[Rule], title: str | None, body: str, files: Iterable[FileText] = ()
) -> tuple[Rule, ...]:
    """The rules that hold for this clean text, in the order in which they were given.

    A query that is no longer understood holds for nothing, so that one rule cannot keep an article from
    being stored for the others; `not_understood` names such rules for the operator.
    """
    article = Folded.of(title, body, files)
    return tuple(rule for rule in rules if (query := _understood(rule)) and query.holds(article))


def not_understood(rules: Sequence[Rule]) -> tuple[tuple[Rule, QuerySyntaxError], ...]:
    """Rules that can never hold, each with the reason: stored by another version, or edited by hand."""
    found = []
    for rule in rules:
        try:
            parse(rule.query)
        except QuerySyntaxError as error:
            found.append((rule, error))
    return tuple(found)


def _understood(rule: Rule) -> Query | None:
    try:
        return parse(rule.query)
    except QuerySyntaxError:
        return None
