"""Links of equal shape put together as the lists they form."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from statistics import mean

from attrs import evolve, frozen
from lxml.html import HtmlElement

from crawlers.listing.links import Link
from crawlers.listing.shapes import looks


@frozen(eq=False)
class Cluster:
    """Links of one list. `links[i].path[depth]` is the list's node, the next one down the row's element."""

    links: tuple[Link, ...]
    depth: int

    def row_element(self, link: Link) -> HtmlElement:
        return link.path[self.depth + 1]


def clusters(links: Iterable[Link]) -> list[Cluster]:
    by_tags: dict[tuple[str, ...], list[Link]] = defaultdict(list)
    for link in links:
        by_tags[link.tags].append(link)
    return [cluster for group in by_tags.values() for cluster in _split(group, 0)]


def _split(links: list[Link], depth: int) -> list[Cluster]:
    """The lists among links of one tag path that share the node at `depth`."""
    last = len(links[0].path) - 1
    children = _by_child(links, depth)
    while len(children) == 1 and depth + 1 < last:
        depth += 1
        children = _by_child(links, depth)
    if len(links) == 1:
        return [Cluster(tuple(links), max(0, last - 2))]
    crowded = [group for group in children.values() if len(group) > 1]
    if not crowded:
        return [Cluster(tuple(links), depth)]
    if max(map(len, crowded)) <= 4 and (len(children) > 2 * len(crowded) or _titled(children, crowded)):
        return [Cluster(tuple(_weightiest(group) for group in children.values()), depth)]
    return _merged(
        [(child, cluster) for child, group in children.items() for cluster in _split(group, depth + 1)]
    )


def _by_child(links: list[Link], depth: int) -> dict[HtmlElement, list[Link]]:
    children: dict[HtmlElement, list[Link]] = defaultdict(list)
    for link in links:
        children[link.path[depth + 1]].append(link)
    return children


def _merged(parts: list[tuple[HtmlElement, Cluster]]) -> list[Cluster]:
    """Neighbours that look alike are one list: many columns set a new `<ul>` after every five rows."""
    kept: list[tuple[str, Cluster]] = []
    for child, cluster in parts:
        likeness = looks(child)
        for index, (other, before) in enumerate(kept):
            if other == likeness and _alike(before, cluster):
                depth = before.depth if len(before.links) > 1 else cluster.depth
                kept[index] = other, evolve(before, links=before.links + cluster.links, depth=depth)
                break
        else:
            kept.append((likeness, cluster))
    return [cluster for _, cluster in kept]


def _alike(one: Cluster, other: Cluster) -> bool:
    if one.depth != other.depth and min(len(one.links), len(other.links)) > 1:
        return False
    lengths = sorted(mean(len(link.text) for link in cluster.links) for cluster in (one, other))
    return lengths[1] <= 2.5 * max(lengths[0], 1)


def _titled(children: dict[HtmlElement, list[Link]], crowded: list[list[Link]]) -> bool:
    """Rows that hold a short and a long link (the office, the title): only the long one is the row's."""
    if len(children) < 3:
        return False
    lengths = [sorted(len(link.text) for link in group)[-2:] for group in crowded]
    clear = sum(longest >= 8 and longest >= 2 * second for second, longest in lengths)
    return clear >= 0.7 * len(crowded)


def _weightiest(links: list[Link]) -> Link:
    return max(links, key=lambda link: min(len(link.text), 12))
