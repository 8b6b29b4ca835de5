"""A seed to a damaged page: the same on every machine, as long as the pages are the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from random import Random

from attrs import field, frozen

from benchmarks.mutating import on_bytes, on_markup, pieces
from benchmarks.saved import SavedPage

Mutation = Callable[[Random, bytes, bytes], bytes]
"""(its random numbers, the page, another page) to the damaged page."""

USUAL, SELDOM = 6, 1
MUTATIONS: Mapping[Mutation, int] = {
    **dict.fromkeys(
        (
            *(on_bytes.flip, on_bytes.insert, on_bytes.delete, on_bytes.truncate, on_bytes.splice),
            *(on_bytes.graft, on_bytes.swap, on_bytes.declare, on_bytes.recode, on_bytes.mark, on_bytes.nuls),
            *(on_bytes.controls, on_bytes.high, on_markup.duplicate, on_markup.drop, on_markup.rename),
            *(on_markup.nest, on_markup.soup, on_markup.entities, on_markup.open_, on_markup.unclose),
        ),
        USUAL,
    ),
    **dict.fromkeys(
        (
            *(on_bytes.blank, on_bytes.repeat, on_markup.deepen, on_markup.tables, on_markup.swell),
            *(on_markup.link, on_markup.babble, on_markup.crowd),
        ),
        SELDOM,
    ),
}
"""With their weights: those that make a page large are seldom, as each takes as long as a hundred others."""
_TIMES = (1, 1, 1, 1, 2, 2, 3, 5)
_TYPES = ("text/html", "text/html; charset={}", "TEXT/HTML;charset='{}", "application/json", "text/xml", "")
_URLS = ("", "file:///a.html", "http://[::1", "http://www.example.gov.cn/", "http://例.gov.cn/a?b=ü#c", "//a")


@frozen
class Mutant:
    seed: int
    base: SavedPage
    how: tuple[str, ...]
    """The mutations, in order."""
    body: bytes = field(repr=False)
    content_type: str | None
    url: str

    @property
    def name(self) -> str:
        return f"seed {self.seed} ({self.base.name}: {', '.join(self.how)}; {len(self.body):,} bytes)"


def mutant(seed: int, bases: Sequence[SavedPage]) -> Mutant:
    """One page with up to five kinds of damage, 2 MB at most; its address and header may be odd as well."""
    random = Random(seed)
    base, other = random.choice(bases), random.choice(bases)
    chosen = random.choices(list(MUTATIONS), list(MUTATIONS.values()), k=random.choice(_TIMES))
    body = base.body
    for mutation in chosen:
        body = mutation(random, body, other.body)[: on_bytes.LARGEST]
    content_type, url = base.content_type, base.url
    if random.random() < 0.2:
        content_type = random.choice(_TYPES).format(random.choice(pieces.CHARSETS))
    if random.random() < 0.1:
        url = random.choice(_URLS)
    how = tuple(f"{mutation.__name__}".rstrip("_") for mutation in chosen)
    return Mutant(seed, base, how, body, content_type, url)
