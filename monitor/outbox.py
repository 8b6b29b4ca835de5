"""Delivering what is due: claim a mail, hand it over, write down the answer, one after the other.

Only one mail is in hand at a time and it is committed right after its answer, so that a kill can
repeat at most that one, under the same Message-ID.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from threading import Event
from uuid import uuid4

from attrs import frozen
from sqlite_utils import Database

from monitor.backoff import next_look, next_try
from monitor.mail.compose import compose
from monitor.senders.channel import ChannelDown, Deferred, Refused, Sender
from pipelines.store import outbox
from pipelines.store.outbox import DueMail

LEASE_SECONDS = 600.0
"""Longer than the slowest conversation with a server takes (some ten answers of 30 s at most each)."""

log = logging.getLogger(__name__)


@frozen
class Delivery:
    """What became of the mails that were due."""

    sent: int
    failed: int
    """Will not be tried again: refused for good, or the last try failed."""
    retried: int
    """Not taken this time; they stay due."""
    answers: tuple[str, ...]
    """Why, in the words of the server: one line per mail, or one for all where the channel is down."""


def deliver_due(
    db: Database,
    sender: Sender,
    clock: Callable[[], datetime],
    mail_from: str,
    *,
    stop: Event | None = None,
    early: bool = False,
    lease_seconds: float = LEASE_SECONDS,
) -> Delivery:
    """Tries every due mail once; `stop` ends it between two mails.

    `early`: also the mails that wait for their next try, which then uses up none of their tries.
    """
    this_round = _Round(db, sender, clock, mail_from)
    last = 0
    try:
        with sender:
            while not (stop and stop.is_set()):
                mails = outbox.claim(db, clock(), this_round.lease, lease_seconds, 1, after=last, early=early)
                if not mails:
                    break
                last = mails[0].id
                this_round.deliver(mails[0])
    except BaseException:  # raised again: what is claimed is given back at an interrupt too
        outbox.release(db, this_round.lease)
        raise
    return this_round.result()


class _Round:
    """One round of deliveries: what every mail of it needs, and what became of them so far."""

    def __init__(self, db: Database, sender: Sender, clock: Callable[[], datetime], mail_from: str) -> None:
        self.lease = uuid4().hex
        self._db = db
        self._sender = sender
        self._clock = clock
        self._mail_from = mail_from
        self._down: str | None = None
        self._sent = self._failed = self._retried = 0
        self._answers: list[str] = []

    def result(self) -> Delivery:
        return Delivery(self._sent, self._failed, self._retried, tuple(self._answers))

    def deliver(self, mail: DueMail) -> None:
        if self._down is not None:
            self._keep(mail, self._down)
            return
        try:
            answer = self._sender.send(compose(mail, self._mail_from), mail.recipient)
        except Refused as error:
            self._fail(mail, str(error))
        except Deferred as error:
            self._put_off(mail, str(error))
        except ChannelDown as error:
            self._down = str(error)
            self._answers.append(self._down)
            log.error("mails wait: %s", self._down)
            self._keep(mail, self._down)
        except Exception as error:  # a mail that cannot be written must not keep the others
            log.exception("mail %d to %s", mail.id, mail.recipient)
            self._put_off(mail, f"govwatch's own error, see its log: {type(error).__name__}: {error}")
        else:
            self._check(mail, outbox.record_sent(self._db, mail.id, self.lease, answer, self._clock()))
            self._sent += 1
            log.info("mail %d to %s: %s", mail.id, mail.recipient, answer)

    def _keep(self, mail: DueMail, answer: str) -> None:
        """The channel is down: the mail waits, and no try of its own is used up."""
        then = next_look(mail.created_at, self._clock())
        outbox.record_failure(self._db, mail.id, self.lease, answer, then, counted=False)
        self._retried += 1

    def _put_off(self, mail: DueMail, answer: str) -> None:
        now = self._clock()
        if mail.next_attempt_at > now:
            outbox.record_failure(self._db, mail.id, self.lease, answer, mail.next_attempt_at, counted=False)
        else:
            then = next_try(mail.attempts + 1, now)
            if then is None:
                self._fail(mail, answer)
                return
            self._check(mail, outbox.record_failure(self._db, mail.id, self.lease, answer, then))
        self._retried += 1
        self._tell(mail, answer)

    def _fail(self, mail: DueMail, answer: str) -> None:
        self._check(mail, outbox.record_failure(self._db, mail.id, self.lease, answer, None))
        self._failed += 1
        self._tell(mail, answer)

    def _tell(self, mail: DueMail, answer: str) -> None:
        self._answers.append(f"{mail.recipient}: {answer}")
        log.warning("mail %d to %s: %s", mail.id, mail.recipient, answer)

    def _check(self, mail: DueMail, still_ours: bool) -> None:
        if not still_ours:
            log.warning("mail %d took longer than its lease; it may arrive a second time", mail.id)
