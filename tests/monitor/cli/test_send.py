"""`govwatch send`: what it delivers, says and ends with."""

from __future__ import annotations

import json
import mailbox
import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import typer
from sqlite_utils import Database
from typer.testing import CliRunner, Result

import monitor
from crawlers.config import PREFIX
from monitor import locks
from monitor.cli.send import send
from pipelines.store import outbox
from pipelines.store.database import open_store
from pipelines.store.times import now_in_china, stamp
from tests.support.rows import add_mail, outbox_row
from tests.support.smtp import free_port, smtp_server


@pytest.fixture(autouse=True)
def _working_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith(PREFIX)]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    opened = open_store(tmp_path / "data" / "govwatch.db")
    yield opened
    opened.close()


def run(*arguments: str) -> Result:
    app = typer.Typer()
    app.command()(send)
    return CliRunner().invoke(app, arguments)


def run_json(*arguments: str) -> tuple[int, dict[str, Any]]:
    result = run("--json", *arguments)
    assert result.stdout.count("\n") == 1
    return result.exit_code, json.loads(result.stdout)


def use_smtp(monkeypatch: pytest.MonkeyPatch, port: int, **more: str) -> None:
    for name, value in {"host": "127.0.0.1", "port": str(port), **more}.items():
        monkeypatch.setenv(f"GOVWATCH_SMTP_{name.upper()}", value)


def test_without_a_server_mails_go_into_the_maildir_of_the_data_folder(tmp_path: Path, db: Database) -> None:
    add_mail(db)
    result = run()
    assert result.exit_code == 0
    folder = tmp_path / "data" / "maildir"
    assert f"Maildir {folder}: 1 sent" in result.stdout
    assert "0 due, 0 held, 1 sent, 0 failed" in result.stdout
    assert result.stderr == ""
    (mail,) = mailbox.Maildir(folder, create=False)
    assert mail["To"] == "reader@example.org"


def test_the_summary_as_json(monkeypatch: pytest.MonkeyPatch, db: Database) -> None:
    add_mail(db, "fine@example.org")
    add_mail(db, "no@example.org")
    with smtp_server() as server:
        server.answer_rcpt = lambda recipient: "550 nobody" if recipient[0] == "n" else "250 OK"
        use_smtp(monkeypatch, server.port)
        code, summary = run_json()
    assert code == 1
    assert summary == {
        "channel": f"127.0.0.1:{server.port}",
        "revived": 0,
        "sent": 1,
        "failed": 1,
        "retried": 0,
        "answers": ["no@example.org: 550 nobody"],
        "outbox": {"due": 0, "held": 0, "sent": 1, "failed": 1},
    }


def test_failures_are_named_on_stderr_with_the_way_to_try_again(
    monkeypatch: pytest.MonkeyPatch, db: Database
) -> None:
    add_mail(db, "no@example.org")
    with smtp_server() as server:
        server.answer_rcpt = lambda recipient: "550 nobody [here]"
        use_smtp(monkeypatch, server.port)
        result = run()
    assert result.exit_code == 1
    assert result.stderr == "govwatch: no@example.org: 550 nobody [here]\n"
    assert "--retry-failed" in result.stdout


def test_failed_mails_are_tried_again_on_request(monkeypatch: pytest.MonkeyPatch, db: Database) -> None:
    add_mail(db, state="failed", attempts=8)
    assert run_json()[1]["sent"] == 0
    code, summary = run_json("--retry-failed")
    assert (code, summary["revived"], summary["sent"]) == (0, 1, 1)


def test_a_server_that_is_back_gets_at_once_what_waited_for_it(
    monkeypatch: pytest.MonkeyPatch, db: Database
) -> None:
    mail_id = add_mail(db, next_attempt_at=stamp(now_in_china() + timedelta(hours=1)))
    port = free_port()
    use_smtp(monkeypatch, port)
    result = run()
    assert result.exit_code == 1
    assert result.stderr == f"govwatch: 127.0.0.1:{port}: Connection refused\n"
    assert "1 not taken now, tried again later" in result.stdout
    assert outbox_row(db, mail_id)["state"] == "due"
    with smtp_server(port=port):
        assert run().exit_code == 0
    assert outbox.counts(db)["sent"] == 1


def test_while_another_govwatch_delivers_nothing_goes_out_twice(tmp_path: Path, db: Database) -> None:
    add_mail(db)
    lock = locks.hold(tmp_path / "data" / "locks" / "sender")
    try:
        result = run()
    finally:
        os.close(lock)
    assert "another govwatch is delivering" in result.stdout
    assert outbox.counts(db) == {"due": 1, "held": 0, "sent": 0, "failed": 0}
    assert run().exit_code == 0
    assert outbox.counts(db)["sent"] == 1


def test_a_sender_that_is_killed_repeats_one_mail_and_loses_none(
    monkeypatch: pytest.MonkeyPatch, db: Database
) -> None:
    for number in range(5):
        add_mail(db, f"r{number}@example.org")
    child = [sys.executable, "-c", "import typer; from monitor.cli.send import send; typer.run(send)"]
    with smtp_server() as server:
        use_smtp(monkeypatch, server.port)
        monkeypatch.setenv("PYTHONPATH", str(Path(monitor.__file__).parents[1]))
        sender = subprocess.Popen(child)
        # Killed while the server has the third mail and has not answered yet: the worst moment there is.
        server.on_data = lambda: sender.kill() if len(server.delivered) == 2 else None
        assert sender.wait(30) == -signal.SIGKILL
        server.on_data = lambda: None
        assert subprocess.run(child, timeout=30, stdout=subprocess.DEVNULL, check=False).returncode == 0
    assert outbox.counts(db) == {"due": 0, "held": 0, "sent": 5, "failed": 0}
    ids = Counter(str(message["Message-ID"]) for _, message in server.delivered)
    assert len(ids) == 5
    assert sorted(ids.values()) in ([1, 1, 1, 1, 1], [1, 1, 1, 1, 2])


def test_a_wrong_password_is_told_and_never_shown(monkeypatch: pytest.MonkeyPatch, db: Database) -> None:
    mail_id = add_mail(db)
    with smtp_server(logins=True) as server:
        use_smtp(monkeypatch, server.port, user="watch", password="Gehe1m!")
        result = run()
        assert server.logins
    assert result.exit_code == 1
    assert "login as watch refused: 535" in result.stderr
    assert "check smtp_user and smtp_password" in result.stderr
    assert "Gehe1m!" not in result.output
    assert "Gehe1m!" not in str(outbox_row(db, mail_id))
    assert outbox_row(db, mail_id)["state"] == "due"


def test_without_a_database_there_is_one_line_and_exit_2() -> None:
    result = run()
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert "no database yet" in result.stderr
