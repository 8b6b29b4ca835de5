"""Searching the archive: exact, newest or best first, with the passages that show why."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from typing import Any, Literal

from attrs import asdict, field, frozen
from sqlite_utils import Database

from pipelines.query import And, Folded, Passage, Query, QuerySyntaxError, Term, parse
from pipelines.query.ranking import rarity, score, words_of
from pipelines.store import search as store
from pipelines.store.search import Period, StoredArticle

Order = Literal["newest", "best"]

BEST_OF = 5_000
"""`best` orders that many of the newest articles found, so that a query for 的 is answered in a second."""
PASSAGE_WIDTH = 80
PASSAGES = 2
MARKS = ("[[", "]]")
"""What stands around a keyword in a snippet: in no Chinese text, in contrast to 【】, 「」 and «»."""
MOST_COUNTED = 1_000
"""Hits of a suggestion are counted up to here."""


@frozen
class Hit:
    """An article that a query found; absent values are None."""

    id: int
    url: str
    title: str | None
    published: str | None
    source: str | None
    site: str | None
    region: str | None
    story: int
    reprints: int
    """Further copies of its story in the archive."""
    score: float
    """How well it fits; comparable within one answer only."""
    snippet: str
    """One line of the body with its keywords in [[ ]], and of a file with its name before it; of the title
    where only that holds them."""
    passages: tuple[Passage, ...] = field(repr=False)

    def as_json(self) -> dict[str, Any]:
        """The hit as `search --json` shows it."""
        return asdict(self, filter=lambda attribute, _: attribute.name != "passages")


@frozen
class Suggestion:
    """Another query that finds more than the one that was asked."""

    query: str
    hits: int
    """Articles it finds; counted up to `MOST_COUNTED`."""


def search(
    db: Database,
    query: str,
    *,
    limit: int,
    since: date | None = None,
    until: date | None = None,
    order: Order = "newest",
    collapse: bool = False,
) -> list[Hit]:
    """The first `limit` of precisely those articles for which `parse(query).matches`.

    `since` and `until` are days of publication in China, both included. `collapse` shows one article of
    each story: the first one in the order asked for. Raises `QuerySyntaxError`.
    """
    wanted = parse(query)
    articles = store.found(db, wanted, Period(since, until))
    if order == "best":
        return _best(db, wanted, articles, limit, collapse)
    weights = {term.text: 1.0 for term in wanted.terms}
    shown = islice(_one_of_each_story(articles) if collapse else articles, limit)
    return [_hit(wanted, article, score(weights, _folded(article))) for article in shown]


def suggestion(
    db: Database, query: str, since: date | None = None, until: date | None = None
) -> Suggestion | None:
    """For words that stand nowhere in a row: the words that jieba finds in them, wherever they stand.

    None for queries whose author used more than words and blanks, and where nothing would be found.
    """
    asked = parse(query)
    terms = asked.root.parts if isinstance(asked.root, And) else (asked.root,)
    words = [term.text for term in terms if isinstance(term, Term) and term.scope is None]
    if '"' in query or len(words) < len(terms):
        return None
    if all(len(word) <= 2 for word in words):  # would fall into single characters, if at all
        return None
    cut = words_of(asked)
    telling = [word for word in cut if len(word) > 1] or list(cut)
    text = " AND ".join(map(_as_word, telling))
    if tuple(map(Term, telling)) == terms:
        return None
    hits = sum(1 for _ in islice(store.found(db, parse(text), Period(since, until)), MOST_COUNTED))
    return Suggestion(text, hits) if hits else None


def _best(
    db: Database, query: Query, articles: Iterator[StoredArticle], limit: int, collapse: bool
) -> list[Hit]:
    weights = _weights(db, query)
    ranked = ((score(weights, _folded(article)), article) for article in islice(articles, BEST_OF))
    if collapse:
        stories: dict[int, tuple[float, StoredArticle]] = {}
        for points, article in ranked:
            if article.story not in stories or points > stories[article.story][0]:
                stories[article.story] = (points, article)
        ranked = (best for best in stories.values())
    chosen = heapq.nlargest(limit, ranked, key=lambda pair: pair[0])
    return [_hit(query, article, points) for points, article in chosen]


def _weights(db: Database, query: Query) -> Mapping[str, float]:
    articles = store.size(db)
    return {word: rarity(store.holding(db, word), articles) for word in words_of(query)}


def _one_of_each_story(articles: Iterator[StoredArticle]) -> Iterator[StoredArticle]:
    shown: set[int] = set()
    for article in articles:
        if article.story not in shown:
            shown.add(article.story)
            yield article


def _hit(query: Query, article: StoredArticle, points: float) -> Hit:
    passages = query.passages(article.title, article.text, PASSAGE_WIDTH, PASSAGES, article.files)
    return Hit(
        article.id,
        article.url,
        article.title,
        article.published,
        article.source,
        article.site,
        article.region,
        article.story,
        article.reprints,
        round(points, 3),
        _snippet(passages, article.body),
        passages,
    )


def _snippet(passages: Sequence[Passage], body: str) -> str:
    pieces = [passage for passage in passages if passage.place != "title"] or passages
    return " ".join(map(_marked, pieces)) or _one_line(body[: PASSAGE_WIDTH * PASSAGES])


def _folded(article: StoredArticle) -> Folded:
    return Folded.of(article.title, article.text)


def _as_word(word: str) -> str:
    try:
        if parse(word).root == Term(word):
            return word
    except QuerySyntaxError:
        pass
    return '"' + word.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _marked(passage: Passage) -> str:
    text, at = "…" if passage.cut_before else "", 0
    for start, end in passage.marks:
        text += passage.text[at:start] + MARKS[0] + passage.text[start:end] + MARKS[1]
        at = end
    line = _one_line(text + passage.text[at:] + ("…" if passage.cut_after else ""))
    return f"{passage.file}: {line}" if passage.file else line


def _one_line(text: str) -> str:
    return text.replace("\n", " ")
