"""`govwatch run`: scheduler, crawler and sender until stopped."""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading

from crawlers.config import Config
from monitor import locks
from monitor.cli import common
from monitor.scheduler import Watch
from monitor.senders import sender_for
from pipelines.store import sources


def run(data: common.DataOption = None) -> None:
    """Watch: crawl what is due, deliver what matches, until Ctrl-C or SIGTERM.

    One per data folder. Everything it knows is in the database: stop it at any moment, start it
    again, and it goes on where it was.
    """
    config = common.configuration(data)
    db = common.open_own_store(data)
    watched = len(sources.all_of(db))
    db.close()
    try:
        lock = locks.hold(config.data / "locks" / "watch", f"process {os.getpid()}")
    except locks.Held as held:
        common.usage_error(f"already watching in {config.data} ({held}); stop that one first")
    _log_to_stderr()
    _introduce(config, watched)
    until = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: until.set())
    Watch(config).run(until)
    os.close(lock)
    common.err.print("govwatch: stopped; nothing is lost, start again at any time", highlight=False)


def _introduce(config: Config, watched: int) -> None:
    """What a newcomer wants to know first."""
    say = common.err.print
    say(f"govwatch watches {watched} columns; Ctrl-C ends it.", highlight=False)
    if not watched:
        say("  add one:       govwatch add https://www.example.gov.cn/xwzx/ --yes", highlight=False)
        say(
            "  be told:       govwatch subscriptions add 环保 --query 环保督察 --to you@example.org",
            highlight=False,
        )
    say(f"  database:      {config.database}", markup=False, highlight=False)
    say(f"  mails go to:   {sender_for(config).name}", markup=False, highlight=False)
    if config.smtp_host is None:
        say("                 (no SMTP server is configured: nothing leaves this machine)", highlight=False)
    say(f"  crawler's log: {config.data / 'logs' / 'crawl.log'}", markup=False, highlight=False)


def _log_to_stderr() -> None:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s", "%Y-%m-%d %H:%M:%S"))
    for name in ("govwatch", "monitor"):
        logger = logging.getLogger(name)
        logger.addHandler(handler)
        logger.setLevel(logging.INFO)
