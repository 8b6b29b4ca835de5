"""Links of equal shape put together as the lists they form."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable

from attrs import evolve, frozen
from lxml.html import HtmlElement

from crawlers.listing.links import Link
from crawlers.listing.shapes import looks

_MOST_IN_ROW = 50


@frozen(eq=False)
class Cluster:
    """Links of one list. `links[i].path[depth]` is the list's node, the next one down the row's element."""

    links: tuple[Link, ...]
    depth: int

    def row_element(self, link: Link) -> HtmlElement:
        return link.path[self.depth + 1]

    def is_crammed(self) -> bool:
        """Whether an element that would be a row holds more links than any row does: it is a page, or much
        of one, and to look through it for each of them would take minutes."""
        held = Counter(id(self.row_element(link)) for link in self.links)
        return max(held.values()) > _MOST_IN_ROW

    def row_elements(self) -> list[HtmlElement]:
        """The rows' elements; where only wrappers stand around the links, the widest with one link each."""
        if any(self.row_element(link) is not link.element for link in self.links):
            return [self.row_element(link) for link in self.links]
        around = [_wrappers(link, link.path[self.depth]) for link in self.links]
        held = Counter(id(node) for nodes in around for node in nodes)
        return [next(node for node in nodes if held[id(node)] == 1) for nodes in around]


def clusters(links: Iterable[Link]) -> list[Cluster]:
    by_tags: dict[tuple[str, ...], list[Link]] = defaultdict(list)
    for link in links:
        by_tags[link.tags].append(link)
    return [cluster for group in by_tags.values() for cluster in _split(group, 0)]


def _wrappers(link: Link, top: HtmlElement) -> list[HtmlElement]:
    """From the child of `top` down to the link."""
    nodes = [link.element]
    for node in link.element.iterancestors():
        if node is top:
            break
        nodes.append(node)
    return nodes[::-1]


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
    if len(children) > 1 and all(len({link.url for link in group}) == 1 for group in crowded):
        return [Cluster(tuple(_in_words(group) for group in children.values()), depth)]
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
        headed = _headed(child, cluster)
        likeness = f"{looks(child)} {headed}"
        for index, (other, before) in enumerate(kept):
            if other == likeness and not headed and _alike(before, cluster):
                depth = before.depth if len(before.links) > 1 else cluster.depth
                kept[index] = other, evolve(before, links=before.links + cluster.links, depth=depth)
                break
        else:
            kept.append((likeness, cluster))
    return [cluster for _, cluster in kept]


def _alike(one: Cluster, other: Cluster) -> bool:
    """Titles of like length and addresses out of a common folder; single links join any of them."""
    smaller = min(len(one.links), len(other.links))
    if one.depth != other.depth and smaller > 1:
        return False
    lengths = sorted(
        sum(len(link.text) for link in cluster.links) / len(cluster.links) for cluster in (one, other)
    )
    ratio = 2.5 if smaller > 2 else 4.0
    return lengths[1] <= ratio * max(lengths[0], 1) and (smaller < 3 or bool(_folders(one) & _folders(other)))


def _folders(cluster: Cluster) -> set[str]:
    """Host and first folder of each address, digits levelled."""
    return {re.sub(r"\d+", "9", "/".join(link.url.split("/")[2:4])) for link in cluster.links}


def _headed(child: HtmlElement, cluster: Cluster) -> bool:
    """True for a box with a name of its own (热点排行); a heading that is a month only divides one list."""
    rows = {id(cluster.row_element(link)) for link in cluster.links}
    for heading in child.iter("h1", "h2", "h3", "h4", "h5", "h6"):
        if any(id(node) in rows for node in (heading, *heading.iterancestors(), *heading.iterdescendants())):
            continue
        if re.search(r"[\u4e00-\u9fff]", re.sub(r"[\d年月日]", "", "".join(heading.itertext()))):
            return True
    return False


def _titled(children: dict[HtmlElement, list[Link]], crowded: list[list[Link]]) -> bool:
    """Rows that hold the link of a column or office and that of the title: only the latter is the row's."""
    if len(children) < 3 and any(child.tag not in ("li", "tr", "p", "dd", "article") for child in children):
        return False
    clear = 0
    for group in crowded:
        second, longest = sorted(len(link.text) for link in group)[-2:]
        to_pages = sum(not link.to_column for link in group)
        clear += to_pages == 1 or (longest >= 8 and longest >= 2 * second)
    return clear >= 0.7 * len(crowded)


def _in_words(links: list[Link]) -> Link:
    """Of a picture and a headline with one address, the headline."""
    return next((link for link in links if "".join(link.element.itertext()).strip()), links[0])


def _weightiest(links: list[Link]) -> Link:
    return max(links, key=lambda link: (not link.to_column, min(len(link.text), 12)))
