from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipelines.match import Rule, matching, not_understood
from tests.support.queries import articles, mixtures


def rule(number: int, query: str) -> Rule:
    return Rule(number, 1, query, ("reader@example.org",))


def test_rules_that_hold_come_in_the_order_given() -> None:
    rules = [rule(3, "处罚"), rule(1, "湘潭 -处罚"), rule(2, "湘潭")]
    assert matching(rules, "湘潭", "处罚决定") == (rules[0], rules[2])


def test_a_rule_that_is_not_understood_keeps_no_other_from_matching() -> None:
    rules = [rule(1, "处罚*"), rule(2, "处罚")]
    assert matching(rules, None, "处罚决定") == (rules[1],)
    ((broken, error),) = not_understood(rules)
    assert broken == rules[0]
    assert "wildcards" in str(error)


@given(st.data())
def test_rules_equal_a_brute_force_evaluation(data: st.DataObject) -> None:
    archive = data.draw(st.lists(articles, min_size=1, max_size=3))
    asked = data.draw(st.lists(mixtures(archive), max_size=5))
    rules = [rule(number, text) for number, (text, _) in enumerate(asked)]
    for title, body in archive:
        found = [rule.subscription_id for rule in matching(rules, title, body)]
        assert found == [number for number, (_, holds) in enumerate(asked) if holds(title, body)]
