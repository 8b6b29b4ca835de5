"""Delivering for a data folder: one sender at a time, and none of a dead sender's mails kept waiting."""

from __future__ import annotations

import os
import threading

from sqlite_utils import Database

from crawlers.config import Config
from monitor import locks
from monitor.outbox import Delivery, deliver_due
from monitor.senders import sender_for
from pipelines.store import outbox
from pipelines.store.times import now_in_china

NOTHING = Delivery(0, 0, 0, ())


def deliver(
    db: Database, config: Config, stop: threading.Event | None = None, *, early: bool = False
) -> Delivery:
    """Tries every due mail once; `early` also those that wait for their next try.

    Does nothing while another process of this data folder delivers.
    """
    try:
        lock = locks.hold(config.data / "locks" / "sender")
    except locks.Held:
        return NOTHING
    try:
        # We hold the lock, so whoever left a lease behind is dead.
        outbox.release_all(db)
        return deliver_due(db, sender_for(config), now_in_china, config.mail_from, stop=stop, early=early)
    finally:
        os.close(lock)
