"""A trial mail: shows a reader what the mails of a subscription look like, and that they arrive."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime

from attrs import frozen

from crawlers.items import Pollution
from monitor.mail.compose import compose
from monitor.senders.channel import ChannelDown, Deferred, Refused, Sender
from pipelines.query import parse
from pipelines.store.outbox import DueMail
from pipelines.store.subscriptions import Subscription

_TEXTS = {
    "zh": ("试发邮件", "这是一封试发邮件，并没有这样一篇文章。今后出现含有 {} 的文章时，会这样告知您。"),
    "en": (
        "Trial mail",
        "This is a trial mail; there is no such article. You will be told of articles with {} like this.",
    ),
}


@frozen
class Answer:
    """What became of a trial mail."""

    taken: bool
    text: str
    """In the words of whoever took or refused it."""


def send_trial(one: Subscription, sender: Sender, mail_from: str, now: datetime) -> Mapping[str, Answer]:
    """Sends one trial mail to every reader, past the outbox; gives the answer by reader."""
    answers = {}
    with sender:
        for recipient in one.recipients:
            message = compose(_trial(one, recipient, now), mail_from)
            try:
                answers[recipient] = Answer(True, sender.send(message, recipient))
            except (Refused, Deferred, ChannelDown) as error:
                answers[recipient] = Answer(False, str(error))
    return answers


def _trial(one: Subscription, recipient: str, now: datetime) -> DueMail:
    """A mail about an article that does not exist and says so, with the words that are watched for."""
    title, body = _TEXTS[one.locale]
    return DueMail(
        id=0,
        message_id=f"<{uuid.uuid4().hex}@govwatch>",
        recipient=recipient,
        attempts=0,
        next_attempt_at=now,
        created_at=now,
        subscription=one.name,
        query=one.query,
        locale=one.locale,
        url="https://www.example.gov.cn/trial.html",
        title=title,
        body=body.format("、".join(term.text for term in parse(one.query).terms)),
        source=None,
        site=None,
        host="www.example.gov.cn",
        region=None,
        published=now,
        first_seen=now,
        version=1,
        pollution=Pollution(),
        copy_of=None,
    )
