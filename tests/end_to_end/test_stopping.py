"""SIGTERM and Ctrl-C: whatever runs ends within seconds, loses nothing, and goes on where it was."""

from __future__ import annotations

import json
import re
import signal
import socket
import sqlite3
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from pipelines.store.database import open_store
from tests.support.columns import column, everything
from tests.support.commands import Done, Folder, came_to_pass, here, watched
from tests.support.httpserver import Answer, serving
from tests.support.rows import add_mail
from tests.support.smtp import smtp_server


def ended(process: subprocess.Popen[bytes], number: signal.Signals, within: float) -> Done:
    """Sends the signal; the process has to end in that many seconds."""
    process.send_signal(number)
    asked = time.monotonic()
    out, err = process.communicate(timeout=30)
    assert time.monotonic() - asked < within
    assert b"Traceback" not in err
    return Done(process.returncode, out.decode(), err.decode())


def count(folder: Folder, sql: str) -> int:
    with closing(sqlite3.connect(folder.database, timeout=10)) as conn:
        (number,) = conn.execute(sql).fetchone()
        return int(number)


def child_is_alive(folder: Folder) -> bool:
    found = subprocess.run(["pgrep", "-f", "monitor.child"], capture_output=True, text=True).stdout
    return any(
        Path(f"/proc/{number}/environ").read_bytes().find(str(folder.path).encode()) >= 0
        for number in found.split()
        if Path(f"/proc/{number}/environ").exists()
    )


def test_a_watch_stopped_in_the_middle_of_a_crawl_goes_on_there(tmp_path: Path) -> None:
    folder = here(tmp_path, tick=0.5, delay=0.2)
    with serving(column()) as site:
        watched(folder, column=site.url + "/list/")
        first = folder.start("run")
        assert came_to_pass(lambda: count(folder, "SELECT count(*) FROM articles") >= 3)
        done = ended(first, signal.SIGTERM, within=6)
        assert done.code == 0
        assert "stopped; nothing is lost" in done.err
        assert not child_is_alive(folder)
        assert 3 <= count(folder, "SELECT count(*) FROM articles") < 12
        assert count(folder, "SELECT count(*) FROM sources WHERE claimed_by IS NOT NULL") == 0
        assert count(folder, "SELECT count(*) FROM runs WHERE state = 'running'") == 0
        assert count(folder, "SELECT count(*) FROM failures") == 0
        folder.env["GOVWATCH_DELAY"] = "0"
        second = folder.start("run")
        assert came_to_pass(lambda: count(folder, "SELECT count(*) FROM articles") == 12)
        assert ended(second, signal.SIGINT, within=6).code == 0
        asked = [path for path in site.paths() if path.startswith("/art/")]
        assert len(asked) <= 13, "only the page in hand may be asked for twice"


def test_a_watch_stopped_while_a_site_stalls_ends_soon(tmp_path: Path) -> None:
    folder = here(tmp_path, tick=0.5)
    with serving({"/list/": Answer(stalls=True)}) as site:
        watched(folder, column=site.url + "/list/")
        run = folder.start("run")
        assert site.came.wait(20)
        assert came_to_pass(lambda: "/list/" in site.paths())
        ended(run, signal.SIGTERM, within=8)
        assert not child_is_alive(folder)
        assert count(folder, "SELECT count(*) FROM failures") == 0


@contextmanager
def silent_server() -> Iterator[tuple[int, threading.Event]]:
    """Takes connections and says nothing at all; the event is set with the first one."""
    called = threading.Event()
    connections = []

    def accept() -> None:
        while True:
            try:
                connections.append(listener.accept()[0])
            except OSError:
                return
            called.set()

    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        thread = threading.Thread(target=accept, daemon=True)
        thread.start()
        yield listener.getsockname()[1], called
        listener.shutdown(socket.SHUT_RDWR)
        thread.join()
    for connection in connections:
        connection.close()


def test_a_mail_server_that_says_nothing_does_not_keep_the_watch_from_ending(tmp_path: Path) -> None:
    with silent_server() as (port, called):
        folder = here(tmp_path, tick=0.2, smtp_host="127.0.0.1", smtp_port=port)
        with open_store(folder.database) as db:
            add_mail(db)
        run = folder.start("run")
        assert called.wait(20)
        assert ended(run, signal.SIGTERM, within=8).code == 0
    with smtp_server() as server:
        folder.env["GOVWATCH_SMTP_PORT"] = str(server.port)
        report = folder.run("send", "--json").json
        assert (report["sent"], len(server.delivered)) == (1, 1)


def test_a_watch_stopped_in_the_middle_of_a_mail_sends_it_once(tmp_path: Path) -> None:
    taking = threading.Event()
    with smtp_server() as server:
        folder = here(tmp_path, tick=0.2, smtp_host="127.0.0.1", smtp_port=server.port)
        with open_store(folder.database) as db:
            for _ in range(3):
                add_mail(db)

        def slowly() -> None:
            taking.set()
            time.sleep(1.5)

        server.on_data = slowly
        run = folder.start("run")
        assert taking.wait(20)
        assert ended(run, signal.SIGTERM, within=6).code == 0
        sent = count(folder, "SELECT count(*) FROM outbox WHERE state = 'sent'")
        assert 1 <= sent < 3
        server.on_data = lambda: None
        assert folder.run("send", "--json").json["sent"] == 3 - sent
        ids = [message["Message-ID"] for _, message in server.delivered]
        assert len(ids) == len(set(ids)) == 3


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_crawl_by_hand_stopped_in_the_middle_keeps_what_came(
    tmp_path: Path, number: signal.Signals
) -> None:
    folder = here(tmp_path, delay=0.2)
    with serving(column()) as site:
        watched(folder, column=site.url + "/list/")
        crawl = folder.start("crawl", "--json")
        assert came_to_pass(lambda: count(folder, "SELECT count(*) FROM articles") >= 2)
        done = ended(crawl, number, within=6)
        assert (done.code, done.complaint) == (130, "stopped")
        assert 2 <= done.json["new"] < 12
        assert not child_is_alive(folder)
        folder.env["GOVWATCH_DELAY"] = "0"
        report = folder.run("crawl", "--json").json
        assert (report["new"], report["failures"]) == (12 - done.json["new"], [])


@pytest.mark.parametrize(
    ("command", "number"),
    [(["add", "--yes"], signal.SIGINT), (["add", "--yes"], signal.SIGTERM), (["probe"], signal.SIGINT)],
)
def test_looking_at_a_stalled_site_can_be_stopped(
    tmp_path: Path, command: list[str], number: signal.Signals
) -> None:
    folder = here(tmp_path)
    with serving(everything()) as site:
        looking = folder.start(*command, site.url + "/stalled")
        assert came_to_pass(lambda: "/stalled" in site.paths())
        done = ended(looking, number, within=4)
        assert (done.code, done.complaint, done.out) == (130, "stopped", "")
    if folder.database.exists():
        assert count(folder, "SELECT count(*) FROM sources") == 0


def test_a_second_watch_on_the_same_data_is_refused(tmp_path: Path) -> None:
    folder = here(tmp_path, tick=0.5)
    first = folder.start("run")
    assert came_to_pass((tmp_path / "data" / "locks" / "watch").exists)
    done = folder.run("run")
    assert done.code == 2
    assert re.fullmatch(
        rf"already watching in {tmp_path}/data \(process {first.pid}\); stop that one first", done.complaint
    )
    assert json.loads(folder.run("status", "--json").out)["sources"] == []
    assert ended(first, signal.SIGTERM, within=4).code == 0


def test_whoever_reads_only_the_first_line_ends_a_command_quietly(tmp_path: Path) -> None:
    folder = here(tmp_path)
    with open_store(folder.database) as db:
        for number in range(200):
            db.execute(
                "INSERT INTO sources (name, url, site, interval, since, added_at, next_check_at)"
                " VALUES (?, ?, '', 3600, '', '', '')",
                [f"source {number}", f"http://www.example.gov.cn/{number}/"],
            )
    for command in (["sources", "list"], ["sources", "export"], ["status"], ["status", "--json"], ["--help"]):
        with folder.start(*command) as process:
            assert process.stdout
            assert process.stderr
            process.stdout.read(10)
            process.stdout.close()
            assert (process.stderr.read(), process.wait(20)) == (b"", 0), command
