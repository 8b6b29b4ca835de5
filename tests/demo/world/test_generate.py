from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

from lxml import html

from demo.world import CHINA, LATER, World, generated_site

Get = Callable[..., Any]
parsed: Callable[[str], Any] = html.fromstring

NOW = datetime(2026, 9, 12, 14, 30, tzinfo=CHINA)


def test_columns_of_one_host_with_all_their_articles(get: Get) -> None:
    made = generated_site(3, 45, now=NOW, later=2)
    with World(NOW, made.sites, made.entries, (LATER,)) as world:
        assert len(world.bases) == 1
        assert len(world.sites) == 3
        for column in world.sites:
            url: str | None = column.url
            found = list[str]()
            while url:
                tree = parsed(get(url).body.decode())
                tree.make_links_absolute(url)
                found += tree.xpath("//ul[@class='list']//a/@href")
                url = next(iter(tree.xpath("//a[text()='下一页']/@href")), None)
            wanted = [e.url for e in world.expected.values() if e.site == column.key and e.visible]
            assert found == wanted
            assert len(found) == 45
        world.advance()
        assert sum(e.visible for e in world.expected.values()) == 3 * 47
        first = world.expected["g-c0/00046"]
        assert first.title in get(world.sites[0].url).body.decode()
        assert all(paragraph in get(first.url).body.decode() for paragraph in first.body.split("\n"))


def test_hosts_are_joined_and_seeds_differ(get: Get) -> None:
    one, other = generated_site(1, 3, now=NOW, seed="a"), generated_site(1, 3, now=NOW, seed="b")
    assert one == generated_site(1, 3, now=NOW, seed="a")
    with World(NOW, one.sites + other.sites, one.entries + other.entries, ()) as world:
        assert set(world.bases) == {"a", "b"}
        texts = [get(column.url).body for column in world.sites]
        assert texts[0] != texts[1]


def test_a_thousand_articles_cost_little() -> None:
    begun = time.process_time()
    made = generated_site(5, 200, now=NOW)
    assert len(made.entries) == 1000
    assert time.process_time() - begun < 1
