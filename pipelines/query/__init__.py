"""The one language of searches and subscriptions: words, AND, OR, NOT, parentheses, "phrases".

A word or phrase holds where its characters stand, one after the other, in the title, the body or a file;
letter case and full-width forms of ASCII make no difference, and nothing else is smoothed over.
"""

from pipelines.query.errors import QuerySyntaxError
from pipelines.query.folding import FileText, Folded, fold
from pipelines.query.parsing import parse
from pipelines.query.passages import Passage
from pipelines.query.query import Query
from pipelines.query.tree import And, Node, Not, Or, Term

__all__ = [
    "And",
    "FileText",
    "Folded",
    "Node",
    "Not",
    "Or",
    "Passage",
    "Query",
    "QuerySyntaxError",
    "Term",
    "fold",
    "parse",
]
