from __future__ import annotations

from pathlib import Path

import pytest

from crawlers.catalogue.toml_file import FileError
from monitor.subscription_file import subscriptions_from, subscriptions_toml

FILE = Path("subscriptions.toml")
GOOD = """[[subscription]]
name = "督察"
query = "督察 NOT 招聘"
recipients = ["a@example.org", "b@example.org"]
"""


def test_what_is_written_is_read_back() -> None:
    stored = subscriptions_from(GOOD, FILE)
    assert [(one.name, one.query, one.recipients) for one in stored] == [
        ("督察", "督察 NOT 招聘", ("a@example.org", "b@example.org"))
    ]
    assert subscriptions_from(subscriptions_toml(stored), FILE) == stored


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        ("督察 NOT 招聘", "(督察", "query: character 1: this parenthesis is not closed; add the closing one"),
        ("b@example.org", "nobody", "recipients.1: 'nobody' is no mail address"),
        ("name", "nmae", "name: is missing"),
    ],
)
def test_a_mistake_is_told_with_its_place_and_once(was: str, now: str, said: str) -> None:
    with pytest.raises(FileError) as refusal:
        subscriptions_from(GOOD.replace(was, now), FILE)
    assert str(refusal.value) == f"subscriptions.toml: [[subscription]] number 1: {said}"
