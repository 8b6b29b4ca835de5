"""The sender: whatever the server does, every mail ends up sent, failed or due, and none twice."""

from __future__ import annotations

import mailbox
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from threading import Barrier, Event, Thread
from types import TracebackType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from monitor.backoff import WAITS
from monitor.outbox import Delivery, deliver_due
from monitor.senders.channel import ChannelDown, Deferred, Refused, Sender
from monitor.senders.maildir import MaildirSender
from monitor.senders.smtp import Account, SmtpSender
from pipelines.store import outbox
from pipelines.store.database import open_store
from tests.support.rows import NOON, add_mail, outbox_row
from tests.support.smtp import free_port, smtp_server

FROM = "watch@example.org"
LEASE = timedelta(minutes=10)


class Scripted:
    """A sender that answers by recipient and remembers what it took."""

    name = "scripted"

    def __init__(self, act: Callable[[str], str] = lambda recipient: "250 OK") -> None:
        self.act = act
        self.tried: list[str] = []
        self.taken: list[tuple[str, str]] = []
        self.closed = 0

    def send(self, message: EmailMessage, recipient: str) -> str:
        self.tried.append(recipient)
        answer = self.act(recipient)
        self.taken.append((recipient, str(message["Message-ID"])))
        return answer

    def __enter__(self) -> Sender:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.closed += 1


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    opened = open_store(tmp_path / "govwatch.db")
    yield opened
    opened.close()


def deliver(db: Database, sender: Sender, now: datetime = NOON, *, early: bool = False) -> Delivery:
    return deliver_due(db, sender, lambda: now, FROM, early=early, lease_seconds=LEASE.total_seconds())


def raising(error: BaseException) -> Callable[[str], str]:
    def act(recipient: str) -> str:
        raise error

    return act


def smtp_to(port: int) -> SmtpSender:
    return SmtpSender(Account("127.0.0.1", port, "none", None, None, FROM), timeout=5)


def test_what_is_due_is_delivered_once_with_the_servers_answer(db: Database) -> None:
    ids = [add_mail(db, f"{name}@example.org") for name in "abc"]
    with smtp_server() as server:
        server.answer_data = lambda recipient: f"250 queued for {recipient}"
        assert deliver(db, smtp_to(server.port)) == Delivery(sent=3, failed=0, retried=0, answers=())
        assert deliver(db, smtp_to(server.port)).sent == 0
    assert server.recipients == ["a@example.org", "b@example.org", "c@example.org"]
    assert server.connections == 1
    for mail_id, (_, message) in zip(ids, server.delivered, strict=True):
        row = outbox_row(db, mail_id)
        assert (row["state"], row["attempts"]) == ("sent", 1)
        assert row["answer"] == f"250 queued for {row['recipient']}"
        assert row["message_id"] == message["Message-ID"]


def test_one_readers_refusal_does_not_stop_the_others(db: Database) -> None:
    refused, deferred, fine = (add_mail(db, f"{name}@example.org") for name in ("no", "later", "fine"))
    answers = {"no@example.org": "550 5.1.1 no such user", "later@example.org": "451 4.7.1 greylisted"}
    with smtp_server() as server:
        server.answer_rcpt = lambda recipient: answers.get(recipient, "250 OK")
        delivery = deliver(db, smtp_to(server.port))
    assert delivery == Delivery(
        sent=1,
        failed=1,
        retried=1,
        answers=("no@example.org: 550 5.1.1 no such user", "later@example.org: 451 4.7.1 greylisted"),
    )
    assert outbox_row(db, refused)["state"] == "failed"
    assert outbox_row(db, refused)["answer"] == "550 5.1.1 no such user"
    row = outbox_row(db, deferred)
    assert (row["state"], row["attempts"], row["answer"]) == ("due", 1, "451 4.7.1 greylisted")
    assert row["next_attempt_at"] == "2026-11-22T12:01:00.000+08:00"
    assert outbox_row(db, fine)["state"] == "sent"


def test_what_was_put_off_is_delivered_at_its_time(db: Database) -> None:
    add_mail(db)
    with smtp_server() as server:
        server.answer_data = lambda recipient: "451 busy"
        assert deliver(db, smtp_to(server.port)).retried == 1
        server.answer_data = lambda recipient: "250 OK"
        assert deliver(db, smtp_to(server.port), NOON + timedelta(seconds=59)).sent == 0
        assert deliver(db, smtp_to(server.port), NOON + timedelta(seconds=60)).sent == 1


def test_after_the_last_try_a_mail_has_failed_and_keeps_the_answer(db: Database) -> None:
    mail_id = add_mail(db)
    sender, now = Scripted(raising(Deferred("451 busy"))), NOON
    for wait in WAITS:
        assert deliver(db, sender, now).retried == 1
        now += wait
    assert deliver(db, sender, now).failed == 1
    assert deliver(db, sender, now + timedelta(days=365)) == Delivery(0, 0, 0, ())
    assert len(sender.tried) == len(WAITS) + 1
    row = outbox_row(db, mail_id)
    assert (row["state"], row["attempts"], row["answer"]) == ("failed", len(WAITS) + 1, "451 busy")


def test_a_server_that_is_away_is_asked_once_and_uses_up_no_tries(db: Database) -> None:
    ids = [add_mail(db, attempts=len(WAITS)) for _ in range(3)]
    port = free_port()
    delivery = deliver(db, smtp_to(port))
    assert delivery == Delivery(0, 0, 3, (f"127.0.0.1:{port}: Connection refused",))
    for mail_id in ids:
        row = outbox_row(db, mail_id)
        assert (row["state"], row["attempts"]) == ("due", len(WAITS))
        assert row["next_attempt_at"] == "2026-11-22T12:01:00.000+08:00"
        assert row["answer"].endswith("Connection refused")
    with smtp_server(port=port) as server:
        assert deliver(db, smtp_to(port), NOON + timedelta(minutes=1)).sent == 3
    assert len(server.delivered) == 3


def test_a_channel_that_is_down_is_tried_once_a_round(db: Database) -> None:
    for _ in range(5):
        add_mail(db)
    sender = Scripted(raising(ChannelDown("login refused")))
    assert deliver(db, sender) == Delivery(0, 0, 5, ("login refused",))
    assert len(sender.tried) == 1
    assert deliver(db, sender).retried == 0


def test_a_channel_down_for_a_month_loses_no_mail(db: Database) -> None:
    add_mail(db)
    sender, now = Scripted(raising(ChannelDown("away"))), NOON
    for _ in range(30):
        assert deliver(db, sender, now).retried == 1
        now += timedelta(days=1)
    sender.act = lambda recipient: "250 OK"
    assert deliver(db, sender, now).sent == 1


def test_asked_by_hand_also_what_waits_is_tried_and_loses_no_try(db: Database) -> None:
    mail_id = add_mail(db)
    sender = Scripted(raising(Deferred("451 busy")))
    deliver(db, sender)
    waiting = outbox_row(db, mail_id)
    for _ in range(3):
        assert deliver(db, sender, early=True).retried == 1
    assert outbox_row(db, mail_id) == waiting
    sender.act = lambda recipient: "250 OK"
    assert deliver(db, sender, early=True).sent == 1


def test_a_lost_connection_keeps_no_other_mail(db: Database) -> None:
    add_mail(db, "poison@example.org")
    add_mail(db, "fine@example.org")
    with smtp_server() as server:
        server.answer_rcpt = lambda recipient: "drop" if recipient.startswith("poison") else "250 OK"
        delivery = deliver(db, smtp_to(server.port))
    assert (delivery.sent, delivery.retried) == (1, 1)
    assert server.recipients == ["fine@example.org"]


def test_a_mail_that_cannot_be_written_keeps_no_other(db: Database) -> None:
    broken = add_mail(db)
    db.execute("UPDATE outbox SET message_id = '<broken' || char(10) || 'id>' WHERE id = ?", [broken])
    add_mail(db, "fine@example.org")
    delivery = deliver(db, sender := Scripted())
    assert sender.tried == ["fine@example.org"]
    assert (delivery.sent, delivery.retried) == (1, 1)
    assert "govwatch's own error" in delivery.answers[0]
    assert outbox_row(db, broken)["attempts"] == 1


def test_stop_is_honoured_between_two_mails(db: Database) -> None:
    ids = [add_mail(db) for _ in range(3)]
    stop = Event()

    def act(recipient: str) -> str:
        stop.set()
        return "250 OK"

    sender = Scripted(act)
    delivery = deliver_due(db, sender, lambda: NOON, FROM, stop=stop)
    assert delivery.sent == 1
    assert sender.closed == 1
    states = [(outbox_row(db, i)["state"], outbox_row(db, i)["lease"]) for i in ids]
    assert states == [("sent", None), ("due", None), ("due", None)]


def test_an_interrupted_delivery_gives_its_mail_back_at_once(db: Database) -> None:
    mail_id = add_mail(db)
    with pytest.raises(KeyboardInterrupt):
        deliver(db, Scripted(raising(KeyboardInterrupt())))
    assert outbox_row(db, mail_id)["lease"] is None
    assert deliver(db, Scripted()).sent == 1


class Killed(BaseException):
    """Stands for kill -9: nothing of ours runs any more."""


def test_a_kill_between_the_answer_and_the_commit_repeats_that_mail_with_the_same_message_id(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = [add_mail(db, f"{name}@example.org") for name in "abc"]

    def dies(*arguments: object, **named: object) -> bool:
        raise Killed

    with smtp_server() as server:
        with monkeypatch.context() as patched:
            patched.setattr(outbox, "record_sent", dies)
            patched.setattr(outbox, "release", dies)
            with pytest.raises(Killed):
                deliver(db, smtp_to(server.port))
        assert server.recipients == ["a@example.org"]

        assert deliver(db, smtp_to(server.port)).sent == 2  # a is still leased to the dead
        assert deliver(db, smtp_to(server.port), NOON + LEASE).sent == 1
    ids_sent = Counter(str(message["Message-ID"]) for _, message in server.delivered)
    rows = [outbox_row(db, mail_id) for mail_id in ids]
    assert ids_sent == {rows[0]["message_id"]: 2, rows[1]["message_id"]: 1, rows[2]["message_id"]: 1}
    assert [row["state"] for row in rows] == ["sent"] * 3
    first, _, _, again = (message.as_bytes() for _, message in server.delivered)
    assert _without_trace(first) == _without_trace(again)


def _without_trace(raw: bytes) -> bytes:
    """Without what the server itself put before it."""
    return raw[raw.index(b"Subject:") :]


def test_a_kill_after_delivery_into_a_maildir_repeats_nothing(
    tmp_path: Path, db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_mail(db)
    sender = MaildirSender(tmp_path / "maildir")

    def dies(*arguments: object) -> bool:
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(outbox, "record_sent", dies)
        with pytest.raises(Killed):
            deliver(db, sender)
    assert deliver(db, sender).sent == 1
    assert len(mailbox.Maildir(tmp_path / "maildir", create=False)) == 1


def test_two_senders_at_once_deliver_every_mail_once(tmp_path: Path, db: Database) -> None:
    for number in range(30):
        add_mail(db, f"r{number}@example.org")
    sent: list[int] = []
    barrier = Barrier(3)

    def work(port: int) -> None:
        own = open_store(tmp_path / "govwatch.db")
        barrier.wait(10)
        sent.append(deliver(own, smtp_to(port)).sent)
        own.close()

    with smtp_server() as server:
        threads = [Thread(target=work, args=[server.port]) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
    assert sorted(server.recipients) == sorted(f"r{number}@example.org" for number in range(30))
    assert sum(sent) == 30
    assert outbox.counts(db)["sent"] == 30


def test_an_answer_after_the_lease_ran_out_changes_nothing(
    tmp_path: Path, db: Database, caplog: pytest.LogCaptureFixture
) -> None:
    mail_id = add_mail(db)
    other = open_store(tmp_path / "govwatch.db")

    def slow(recipient: str) -> str:
        deliver(other, Scripted(lambda recipient: "250 by the other"), NOON + LEASE)
        return "250 too late"

    deliver(db, Scripted(slow))
    other.close()
    assert outbox_row(db, mail_id)["answer"] == "250 by the other"
    assert "took longer than its lease" in caplog.text


def test_a_locked_database_stops_the_round_before_the_next_mail_goes_out(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        add_mail(db)

    def full(*arguments: object) -> bool:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(outbox, "record_sent", full)
    sender = Scripted()
    with pytest.raises(sqlite3.OperationalError):
        deliver(db, sender)
    assert len(sender.tried) == 1


OUTCOMES = st.sampled_from(["ok", "refused", "deferred", "down", "bug", "killed", "killed after"])


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(mails=st.integers(1, 6), script=st.lists(OUTCOMES, max_size=60), step=st.integers(1, 90))
def test_whatever_happens_no_mail_is_lost(db: Database, mails: int, script: list[str], step: int) -> None:
    db.execute("DELETE FROM outbox")
    ids = [add_mail(db, f"r{number}@example.org") for number in range(mails)]
    events = list(script)
    taken: Counter[str] = Counter()
    kills: Counter[str] = Counter()
    refused: set[str] = set()

    def act(recipient: str) -> str:
        event = events.pop() if events else "ok"
        if event in ("ok", "killed after"):
            taken[recipient] += 1
        if event.startswith("killed"):
            kills[recipient] += 1
            raise Killed
        if event == "refused":
            refused.add(recipient)
            raise Refused("550 no")
        if event != "ok":
            raise {"deferred": Deferred("451"), "down": ChannelDown("away"), "bug": ValueError("bug")}[event]
        return "250 OK"

    sender, now = Scripted(act), NOON
    for _ in range(len(script) + 1):
        with suppress(Killed):
            deliver(db, sender, now)
        now += timedelta(minutes=step)
        counts = outbox.counts(db)
        assert sum(counts.values()) == mails
    events.clear()
    for _ in range(2):
        deliver(db, sender, now)
        now += timedelta(days=1)
    rows = [outbox_row(db, mail_id) for mail_id in ids]
    assert {row["state"] for row in rows} <= {"sent", "failed"}
    for row in rows:
        recipient = row["recipient"]
        if row["state"] == "sent":
            assert 1 <= taken[recipient] <= 1 + kills[recipient]
        else:
            assert recipient in refused or row["attempts"] > len(WAITS)
    ids_by_reader: dict[str, set[str]] = {}
    for recipient, message_id in sender.taken:
        ids_by_reader.setdefault(recipient, set()).add(message_id)
    assert all(len(message_ids) == 1 for message_ids in ids_by_reader.values())
