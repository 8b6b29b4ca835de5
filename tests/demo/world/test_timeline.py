from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from demo.world import World

Get = Callable[..., Any]


def visible(world: World) -> set[str]:
    return {key for key, truth in world.expected.items() if truth.visible}


def test_steps_in_order_with_what_each_brings(world: World) -> None:
    brought = {}
    before = visible(world)
    while step := world.advance():
        brought[step.name] = visible(world) - before
        before = visible(world)
    assert brought == {
        "appear": {"qingchuan/plenary", "citygov/sources", "luzhou/wetland"},
        "edit": set(),
        "reprint": {"industry/reprint-wetland"},
        "pollute": {"mirror/plenary"},
        "outage": set(),
        "recovery": {"lanping/spring"},
    }
    assert before == set(world.expected)
    assert world.advance() is None


def test_edit_keeps_the_address_and_changes_the_text(world: World, get: Get) -> None:
    old = world.expected["yunze/river"]
    moment = get(old.url).headers["last-modified"]
    world.advance_to("edit")
    new = world.expected["yunze/river"]
    assert new.url == old.url
    assert [version.step for version in old.versions] == [None]
    assert [version.step for version in new.versions] == [None, "edit"]
    assert new.versions[0] == old.versions[0]
    assert "58种" in old.body
    assert "58种" not in new.body
    assert "61种" in new.body
    page = get(new.url, If_Modified_Since=moment)
    assert page.status == 200
    assert "61种" in page.body.decode("gb18030")


def test_copies_know_their_original(world: World) -> None:
    truths = world.expected
    copies = {key: e.copy_of for key, e in truths.items() if e.copy_of}
    assert copies == {
        "industry/reprint-wetland": "luzhou/wetland",
        "industry/reprint-straw": "luzhou/straw",
        "mirror/plenary": "qingchuan/plenary",
        "mirror/campaign": "yunze/campaign",
        "mirror/conference": "luzhou/conference",
        "mirror/committee": "citygov/committee",
    }
    assert truths["industry/reprint-wetland"].body == truths["luzhou/wetland"].body
    assert truths["industry/reprint-wetland"].group == truths["luzhou/wetland"].group == "luzhou/wetland"
    narrow = str.maketrans("，；：（）！？", ",;:()!?")
    assert truths["mirror/plenary"].body == truths["qingchuan/plenary"].body.translate(narrow)
    bodies = [e.body for e in truths.values() if not e.copy_of]
    assert len(set(bodies)) == len(bodies)


def test_outage_is_503_for_everything_and_ends(world: World, get: Get) -> None:
    column = world.sites[5]
    world.advance_to("outage")
    answer = get(column.url)
    assert (answer.status, answer.headers["retry-after"]) == (503, "2")
    assert get(f"{world.bases['lanping']}/robots.txt").status == 503
    assert get(world.sites[0].url).status == 200
    world.advance_to("recovery")
    assert get(column.url).status == 200
    assert get(world.expected["lanping/spring"].url).status == 200


def test_new_articles_stand_on_top_of_their_list(world: World, get: Get) -> None:
    world.advance_to("recovery")
    for key, truth in world.expected.items():
        if truth.step:
            column = next(c for c in world.sites if c.key == truth.site)
            text = get(column.url).body.decode(column.charset)
            others = [
                e.displayed.title for e in world.expected.values() if e.site == truth.site and e.key != key
            ]
            assert 0 <= text.find(truth.displayed.title) < min(p for o in others if (p := text.find(o)) >= 0)


def test_times_follow_from_now(world: World) -> None:
    for truth in world.expected.values():
        ahead = truth.published - world.now
        assert ahead < timedelta(seconds=len(world.steps) + 1)
        assert bool(truth.step) == (truth.published.date() == world.now.date())


def test_unknown_step(world: World) -> None:
    with pytest.raises(KeyError):
        world.advance_to("flood")
