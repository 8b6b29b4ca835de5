"""The outbox: leases, answers, counts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from threading import Barrier, Thread

import pytest
from sqlite_utils import Database

from crawlers.items import Pollution
from pipelines.store import outbox
from pipelines.store.database import open_store
from tests.support.rows import NOON, add_article, add_mail, outbox_row

MINUTE = timedelta(minutes=1)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    opened = open_store(tmp_path / "govwatch.db")
    yield opened
    opened.close()


def test_a_claimed_mail_carries_all_that_it_is_written_from(db: Database) -> None:
    first = add_article(db, url="https://first.example.gov.cn/1.html")
    mail_id = add_mail(
        db,
        "a@example.org",
        copy_of=first,
        article_version=3,
        locale="en",
        pollution=json.dumps({"kind": "pinyin", "pinyin": 4, "repaired_bytes": 0, "unresolved": 0}),
    )
    (mail,) = outbox.claim(db, NOON, "mine", 60, 10)
    assert (mail.id, mail.recipient, mail.locale, mail.version) == (mail_id, "a@example.org", "en", 3)
    assert (mail.subscription, mail.query, mail.title) == ("饮水安全", "水质", "清溪县第三季度水质公报")
    assert mail.published is not None
    assert mail.published.isoformat() == "2026-11-21T09:30:00+08:00"
    assert mail.created_at == mail.first_seen == NOON
    assert mail.pollution == Pollution("pinyin", pinyin=4)
    assert mail.copy_of == "https://first.example.gov.cn/1.html"
    assert mail.message_id == outbox_row(db, mail_id)["message_id"]


def test_absent_values_stay_absent(db: Database) -> None:
    add_mail(db, title=None, published=None, source=None, site=None, region=None)
    (mail,) = outbox.claim(db, NOON, "mine", 60, 10)
    absent = (mail.title, mail.published, mail.source, mail.site, mail.region, mail.copy_of)
    assert absent == (None,) * 6
    assert mail.pollution == Pollution()


def test_only_what_is_due_now_and_not_in_other_hands_is_claimed(db: Database) -> None:
    due = add_mail(db)
    add_mail(db, next_attempt_at=(NOON + MINUTE).isoformat(timespec="milliseconds"))
    for state in ("held", "sent", "failed"):
        add_mail(db, state=state)
    assert [mail.id for mail in outbox.claim(db, NOON, "first", 60, 10)] == [due]
    assert outbox.claim(db, NOON, "second", 60, 10) == []


def test_early_claims_take_what_waits_for_its_next_try(db: Database) -> None:
    waiting = add_mail(db, next_attempt_at=(NOON + MINUTE).isoformat(timespec="milliseconds"))
    add_mail(db, state="held")
    (mail,) = outbox.claim(db, NOON, "mine", 60, 10, early=True)
    assert (mail.id, mail.next_attempt_at) == (waiting, NOON + MINUTE)


def test_claims_go_on_behind_the_last_one(db: Database) -> None:
    ids = [add_mail(db) for _ in range(5)]
    first = outbox.claim(db, NOON, "mine", 60, 2)
    assert [mail.id for mail in first] == ids[:2]
    assert [mail.id for mail in outbox.claim(db, NOON, "mine", 60, 9, after=ids[2])] == ids[3:]


def test_a_lease_that_ran_out_makes_the_mail_claimable_under_the_same_message_id(db: Database) -> None:
    add_mail(db)
    (mine,) = outbox.claim(db, NOON, "mine", 60, 1)
    assert outbox.claim(db, NOON + timedelta(seconds=59), "other", 60, 1) == []
    (theirs,) = outbox.claim(db, NOON + timedelta(seconds=60), "other", 60, 1)
    assert theirs == mine
    assert not outbox.record_sent(db, mine.id, "mine", "250 late", NOON + MINUTE)
    assert not outbox.record_failure(db, mine.id, "mine", "450 late", None)
    assert outbox.record_sent(db, mine.id, "other", "250 ok", NOON + MINUTE)
    row = outbox_row(db, mine.id)
    assert (row["state"], row["answer"], row["lease"], row["leased_until"]) == ("sent", "250 ok", None, None)
    assert row["sent_at"] == "2026-11-22T12:01:00.000+08:00"


def test_a_failure_puts_off_or_ends(db: Database) -> None:
    add_mail(db)
    (mail,) = outbox.claim(db, NOON, "mine", 60, 1)
    assert outbox.record_failure(db, mail.id, "mine", "451 later", NOON + MINUTE)
    row = outbox_row(db, mail.id)
    assert (row["state"], row["attempts"], row["answer"]) == ("due", 1, "451 later")
    assert outbox.claim(db, NOON, "mine", 60, 1) == []

    (mail,) = outbox.claim(db, NOON + MINUTE, "mine", 60, 1)
    assert mail.attempts == 1
    assert outbox.record_failure(db, mail.id, "mine", "server away", NOON, counted=False)
    assert outbox_row(db, mail.id)["attempts"] == 1

    (mail,) = outbox.claim(db, NOON + MINUTE, "mine", 60, 1)
    assert outbox.record_failure(db, mail.id, "mine", "550 no such user", None)
    row = outbox_row(db, mail.id)
    assert (row["state"], row["answer"], row["lease"]) == ("failed", "550 no such user", None)


def test_released_mails_are_free_at_once(db: Database) -> None:
    add_mail(db)
    add_mail(db)
    (mine,) = outbox.claim(db, NOON, "mine", 60, 1)
    (theirs,) = outbox.claim(db, NOON, "theirs", 60, 1)
    outbox.release(db, "mine")
    assert [mail.id for mail in outbox.claim(db, NOON, "third", 60, 9)] == [mine.id]
    assert outbox_row(db, theirs.id)["lease"] == "theirs"


def test_the_leases_of_the_dead_can_be_given_back_together(db: Database) -> None:
    ids = [add_mail(db) for _ in range(2)]
    for lease in ("one", "other"):
        outbox.claim(db, NOON, lease, 60, 1)
    outbox.release_all(db)
    assert [mail.id for mail in outbox.claim(db, NOON, "third", 60, 9)] == ids


def test_what_was_tried_and_not_taken_is_listed_with_its_answer(db: Database) -> None:
    for recipient in ("new@example.org", "later@example.org", "no@example.org", "fine@example.org"):
        add_mail(db, recipient)
    _, later, no, fine = outbox.claim(db, NOON, "mine", 60, 4)
    outbox.record_failure(db, later.id, "mine", "451 busy", NOON + MINUTE)
    outbox.record_failure(db, no.id, "mine", "550 nobody", None)
    outbox.record_sent(db, fine.id, "mine", "250 OK", NOON)
    listed = [(row["recipient"], row["state"], row["answer"]) for row in outbox.unsent(db, 9)]
    assert listed == [("no@example.org", "failed", "550 nobody"), ("later@example.org", "due", "451 busy")]
    assert outbox.unsent(db, 9)[1]["next_attempt_at"] == "2026-11-22T12:01:00.000+08:00"
    assert len(outbox.unsent(db, 1)) == 1


def test_counts_name_every_state(db: Database) -> None:
    assert outbox.counts(db) == {"due": 0, "held": 0, "sent": 0, "failed": 0}
    for state in ("due", "due", "held", "failed"):
        add_mail(db, state=state)
    assert outbox.counts(db) == {"due": 2, "held": 1, "sent": 0, "failed": 1}


def test_failed_mails_can_be_revived_with_all_their_tries(db: Database) -> None:
    failed = add_mail(db, state="failed", attempts=8)
    sent = add_mail(db, state="sent", attempts=1)
    assert outbox.retry_failed(db, NOON + MINUTE) == 1
    (mail,) = outbox.claim(db, NOON + MINUTE, "mine", 60, 9)
    assert (mail.id, mail.attempts) == (failed, 0)
    assert outbox_row(db, sent)["state"] == "sent"


def test_two_senders_at_once_never_claim_the_same_mail(tmp_path: Path, db: Database) -> None:
    ids = {add_mail(db) for _ in range(40)}
    claimed: dict[str, list[int]] = {"a": [], "b": [], "c": []}
    barrier = Barrier(len(claimed))

    def claim_all(lease: str) -> None:
        own = open_store(tmp_path / "govwatch.db")
        barrier.wait(10)
        while mails := outbox.claim(own, NOON, lease, 60, 1):
            claimed[lease] += [mail.id for mail in mails]
        own.close()

    threads = [Thread(target=claim_all, args=[lease]) for lease in claimed]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    everything = [mail_id for ids_of_one in claimed.values() for mail_id in ids_of_one]
    assert len(everything) == len(set(everything))
    assert set(everything) == ids
