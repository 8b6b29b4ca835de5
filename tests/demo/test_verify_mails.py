"""Mails as govwatch really writes them: faultless ones pass, and every fault is reported by name."""

from __future__ import annotations

from collections.abc import Callable
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest
from attrs import evolve

from crawlers.items import Pollution
from demo.inbox import Mail
from demo.readers import READERS, Owed, owed
from demo.verify_mails import check_mails
from demo.world import World
from monitor.mail.compose import compose
from pipelines.store.outbox import DueMail
from tests.demo.conftest import NOW


def written(number: int, one: Owed) -> Mail:
    due = DueMail(
        id=number,
        message_id=f"<{number}@govwatch>",
        recipient=one.recipient,
        attempts=0,
        next_attempt_at=NOW,
        created_at=NOW,
        subscription=one.reader.name,
        query=one.reader.query,
        locale=one.reader.locale,
        url=one.article.url,
        title=one.article.title,
        body=one.article.body,
        source=one.article.source,
        site=None,
        host="127.0.0.1",
        region=None,
        published=one.article.published,
        first_seen=NOW,
        version=one.version,
        pollution=Pollution(),
        copy_of=None,
    )
    sent = bytes(compose(due, "govwatch <alerts@govwatch.example>"))
    return Mail(one.recipient, message_from_bytes(sent, policy=default), Path(f"{number}.eml"))


@pytest.fixture
def due(finished: World) -> list[Owed]:
    return owed(READERS, finished.expected)


@pytest.fixture
def mails(due: list[Owed]) -> list[Mail]:
    return [written(number, one) for number, one in enumerate(due)]


def found(due: list[Owed], mails: list[Mail]) -> list[str]:
    return [finding.what.rpartition(": ")[2] for finding in check_mails(due, mails)]


def test_what_is_owed_and_came_brings_no_finding(due: list[Owed], mails: list[Mail]) -> None:
    assert len(mails) == 8
    assert found(due, mails) == []
    assert found([], []) == []


def test_a_mail_that_did_not_come_is_named(due: list[Owed], mails: list[Mail]) -> None:
    assert found(due, mails[1:]) == ["missing"]


def test_a_second_mail_is_named_even_with_an_identity_of_its_own(due: list[Owed], mails: list[Mail]) -> None:
    assert found(due, [*mails, written(99, due[0])]) == ["too much"]


def test_a_mail_about_history_is_named(finished: World, due: list[Owed], mails: list[Mail]) -> None:
    history = evolve(due[0], article=finished.expected["citygov/committee"])
    assert found(due, [*mails, written(99, history)]) == ["too much"]


def test_a_mail_about_a_copy_is_named(finished: World, due: list[Owed], mails: list[Mail]) -> None:
    copy = evolve(due[0], article=finished.expected["mirror/plenary"])
    assert found(due, [*mails, written(99, copy)]) == ["too much"]


def test_a_mail_to_somebody_else_is_named(due: list[Owed], mails: list[Mail]) -> None:
    mails[0] = evolve(mails[0], recipient="somebody@else.example")
    assert found(due, mails) == ["missing", "too much"]


def test_an_identity_that_was_used_twice_is_named(due: list[Owed], mails: list[Mail]) -> None:
    mails[1].message.replace_header("Message-ID", mails[0].message["Message-ID"])
    assert found(due, mails) == ["too much"]


def test_the_wrong_language_is_named(due: list[Owed], mails: list[Mail]) -> None:
    number = next(n for n, one in enumerate(due) if one.reader.locale == "en")
    chinese = evolve(due[number], reader=evolve(due[number].reader, locale="zh"))
    mails[number] = written(number, chinese)
    names = ["site", "time", "link", "language of the HTML"]
    assert found(due, mails) == names


def rewritten(change: Callable[[str], str], part: str) -> Callable[[EmailMessage], None]:
    def rewrite(message: EmailMessage) -> None:
        body = message.get_body((part,))
        assert body is not None
        before = body.get_content()
        assert change(before) != before
        body.set_content(change(before), subtype=part)

    return rewrite


def without(words: str, part: str = "plain") -> Callable[[EmailMessage], None]:
    return rewritten(lambda text: text.replace(words, "－"), part)


def header(name: str, value: str | None) -> Callable[[EmailMessage], None]:
    def change(message: EmailMessage) -> None:
        del message[name]
        if value is not None:
            message[name] = value

    return change


FAULTS: dict[str, Callable[[EmailMessage], None]] = {
    "Subject": header("Subject", "[督察整改] 别的"),
    "To": header("To", "somebody@else.example"),
    "Message-ID": header("Message-ID", None),
    "title": without("半年点评会"),
    "source": without("来源："),
    "site": without("网站："),
    "time": without("时间："),
    "marked keyword": rewritten(lambda text: text.replace("【", "").replace("】", ""), "plain"),
    "why it came": without(READERS[0].query),
    "language of the HTML": without("zh-CN", "html"),
    "link in the HTML": without("href", "html"),
    "marked keyword in the HTML": without("<mark", "html"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_faulty_mail_is_named(fault: str, due: list[Owed], mails: list[Mail]) -> None:
    number = next(n for n, one in enumerate(due) if one.reader is READERS[0])
    FAULTS[fault](mails[number].message)
    assert found(due, mails) == [fault]


def test_a_mail_without_text_is_no_mail(due: list[Owed], mails: list[Mail]) -> None:
    empty = EmailMessage()
    for name in ("Subject", "To", "Message-ID", "X-Govwatch-Subscription"):
        empty[name] = mails[0].message[name]
    mails[0] = evolve(mails[0], message=message_from_bytes(bytes(empty), policy=default))
    assert found(due, mails) == ["missing", "too much"]
